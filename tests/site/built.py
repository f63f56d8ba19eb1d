"""Builds sites from copies of sources, by the command line, each in a folder of its own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.engine import DEFAULT
from tests.site.html import Element, parse

REPOSITORY = Path(__file__).resolve().parents[2]
FIXTURES = REPOSITORY / "tests" / "fixtures"
ENGINE_FILES = ("site_templates", "mkdocs.yml")
SOURCES = ("content", "techniques", "references", *ENGINE_FILES)
PATIENCE = 300.0

# Another user, who may read what the interpreter needs wherever it lies.
USER = 65534
OTHER_USER = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
OTHER_USER += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished command."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A project and the site that was built from it."""

    root: Path
    run: Run

    @property
    def folder(self) -> Path:
        """The built HTML."""
        return self.root / "build" / "site"

    def page(self, address: str) -> Element:
        """The parsed page at an address; '' is the home page."""
        return parse((self.folder / address / "index.html").read_text("utf-8"))


def copy_sources(target: Path) -> Path:
    """Copy what the repository's site is built from."""
    for name in SOURCES:
        copy(REPOSITORY / name, target / name)
    return target


def copy_fixture(fixture: str, target: Path) -> Path:
    """Copy a fixture project, with the templates and the engine settings of the repository."""
    shutil.copytree(FIXTURES / fixture, target)
    for name in ENGINE_FILES:
        copy(REPOSITORY / name, target / name)
    return target


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder."""
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def atlas(root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Run:
    """Run the command line on a project."""
    finished = subprocess.run(
        [sys.executable, "-m", "generator", "--root", str(root), *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(finished.returncode, finished.stdout, finished.stderr)


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_same_tree(docs: Path, site: BuiltSite) -> None:
    """A generated tree with all its files is the one that a site was built from.

    What an engine has to see lies in the `docs` of that site; the rest of it, finished, in the site itself.
    """
    found, seen, built = tree(docs), tree(site.root / "build" / "docs"), tree(site.folder)
    assert seen.items() <= found.items()
    finished = {path: digest for path, digest in found.items() if path not in seen}
    assert len(finished) > len(seen)
    for path, digest in finished.items():
        # A page is given its policy in the built site.
        assert path in built if path.endswith(".html") else built[path] == digest, path


def shared_site(factory: pytest.TempPathFactory, engine: str = DEFAULT) -> BuiltSite:
    """The site of the repository's records, built once by an engine for all workers of a test run."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    root, done = base / engine, base / f"{engine}.json"
    try:
        os.close(os.open(base / f"{engine}.lock", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        _wait_for(done)
    else:
        run = Run(-1, "", "the sources could not be copied")
        try:
            run = atlas(copy_sources(root), "build", "--engine", engine)
        finally:
            part = done.with_suffix(".part")
            part.write_text(json.dumps([run.code, run.out, run.err]), "utf-8")
            part.replace(done)
    return BuiltSite(root, Run(*json.loads(done.read_text("utf-8"))))


def _wait_for(path: Path) -> None:
    """Until another worker has written the file."""
    deadline = time.monotonic() + PATIENCE
    while not path.exists():
        if time.monotonic() > deadline:
            pytest.fail(f"no worker has finished {path} in {PATIENCE:.0f} s")
        time.sleep(0.2)
