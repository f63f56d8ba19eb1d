"""Runs the site engine over the generated tree and puts the finished site in place of the last one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from generator.config import Project

# Keeps the theme's end-of-life notice out of every build; the plan for it is in DESIGN.md.
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true"}

THEME_FILES = ("assets/javascripts", "assets/stylesheets")


class EngineFailed(Exception):
    """The engine did not finish; the message is what it printed."""


def engine_command(*arguments: str) -> list[str]:
    """The command line of the engine in this environment."""
    return [sys.executable, "-m", "mkdocs", *arguments]


def environment() -> dict[str, str]:
    """The environment the engine runs in."""
    return {**os.environ, **ENVIRONMENT}


def build_site(project: Project) -> None:
    """Build `build/docs` into a fresh folder, strictly. The last site stays until `publish`.

    Without `--quiet`: it would silence the engine's warnings before `--strict` counts them.
    """
    target = next_site(project)
    shutil.rmtree(target, ignore_errors=True)
    finished = subprocess.run(
        engine_command("build", "--strict", "--site-dir", str(target)),
        cwd=project.root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise EngineFailed(_complaints(finished.stderr + finished.stdout))
    _drop_theme_files(target)


def _drop_theme_files(site: Path) -> None:
    """Remove what the theme brings and no page asks for: its style sheets, script and languages."""
    for folder in THEME_FILES:
        shutil.rmtree(site / folder, ignore_errors=True)


def _complaints(output: str) -> str:
    """What the engine printed, without its account of a normal course."""
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("INFO ")]
    return "\n".join(lines)


def next_site(project: Project) -> Path:
    """Where a site is built and checked before it becomes the site."""
    return project.build / "site.next"


def publish(project: Project) -> None:
    """Put the checked site in the place of the last one."""
    last = project.build / "site.last"
    shutil.rmtree(last, ignore_errors=True)
    if project.site.exists():
        project.site.rename(last)
    next_site(project).rename(project.site)
    shutil.rmtree(last, ignore_errors=True)
