"""Runs a site engine over the generated tree and puts the finished site in place of the last one.

Three engines read the same tree and the same `mkdocs.yml`. The one in use can end; the site does not.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TypeVar

from generator import manifest
from generator.config import Project
from generator.swap import put_in_place, remove
from generator.write import move_files

Made = TypeVar("Made")

ENGINES = ("mkdocs", "properdocs", "zensical")
DEFAULT = ENGINES[0]

# Keeps the theme's end-of-life notice out of every build; the plan for it is in DESIGN.md.
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true"}

SITE_DIR = "ATLAS_SITE_DIR"
"""The variable by which `mkdocs.yml` lets the folder of the built site be named."""

_NEXT = "site.next-"
_LAST = "site.last"

# What themes bring and no page asks for: style sheets, script, languages, an index for their own search.
THEME_FILES = ("assets/javascripts", "assets/stylesheets", "search.json")


class EngineFailed(Exception):
    """The engine did not finish; the message is what it printed."""


def engine_command(engine: str, *arguments: str) -> list[str]:
    """The command line of an engine in this environment."""
    return [sys.executable, "-m", engine, *arguments]


def environment(site: Path, day: str = "") -> dict[str, str]:
    """The environment in which an engine builds into a folder, as if on `day` (2026-11-22) if given."""
    found = {**os.environ, **ENVIRONMENT, SITE_DIR: str(site)}
    if day:
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
        found["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    return found


def build_site(project: Project, engine: str = DEFAULT, day: str = "") -> None:
    """Build `build/docs` into a fresh folder, strictly. The last site stays until `publish`.

    `day`, as 2026-11-22, is the date of the site map, so that no file tells when it was built.
    """
    build_beside(project, engine, day, lambda _: None)


def build_beside(project: Project, engine: str, day: str, work: Callable[[Path], Made]) -> Made:
    """The same with other work beside the engine, which uses one core; returns the result of that work.

    What `work` writes into the folder it is given is moved into the site. Without `--quiet`: it would
    silence the engine's warnings before `--strict` counts them.
    """
    if importlib.util.find_spec(engine) is None:
        raise EngineFailed(f"{engine} is not installed. Build with: make site ENGINE={engine}")
    target = next_site(project)
    shutil.rmtree(target, ignore_errors=True)
    with (
        TemporaryDirectory(prefix=f"{target.name}-", dir=project.build) as beside,
        TemporaryFile() as said,
        subprocess.Popen(
            engine_command(engine, "build", "--clean", "--strict"),
            cwd=project.root,
            env=environment(target.relative_to(project.root), day),
            stdout=said,
            stderr=said,
        ) as running,
    ):
        try:
            made = work(Path(beside))
        except BaseException:
            running.kill()
            raise
        failed = running.wait()
        said.seek(0)
        output = said.read().decode(errors="replace")
        if failed or not (target / "index.html").is_file():
            raise EngineFailed(complaints(output))
        drop_theme_files(target)
        move_files(Path(beside), target)
    return made


def drop_theme_files(site: Path) -> None:
    """Remove what a theme brings and no page asks for."""
    for name in THEME_FILES:
        path = site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def complaints(output: str) -> str:
    """What the engine printed, without its account of a normal course."""
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("INFO ")]
    starts = [number for number, line in enumerate(lines) if line.startswith("Traceback ")]
    return "\n".join([*lines[: starts[0]], lines[-1]] if starts else lines)


def next_site(project: Project) -> Path:
    """Where this process builds and checks a site before it becomes the site.

    Every process has its own: an engine that outlives a killed build writes into a folder of nobody's.
    """
    return project.build / f"{_NEXT}{os.getpid()}"


def tidy(project: Project) -> None:
    """Before a build: clear away what a killed one left; put the last site back if it lay aside."""
    last = project.build / _LAST
    if not os.path.lexists(project.site) and _is_whole(last):
        last.rename(project.site)
    for path in (last, *project.build.glob(f"{_NEXT}*")):
        remove(path)


def _is_whole(site: Path) -> bool:
    try:
        return manifest.check_folder(site).same
    except (manifest.NoManifest, OSError):
        return False


def publish(project: Project) -> None:
    """Put the checked site in the place of the last one, in one step where the system can."""
    put_in_place(next_site(project), project.site, project.build / _LAST)
