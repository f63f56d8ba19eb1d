"""Two builds in other circumstances give the same tree, byte for byte, the search index included."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.site.built import OTHER_USER, REPOSITORY, USER, atlas, copy_fixture, tree
from tests.site.killing import INTERPOSED

pytestmark = pytest.mark.engine

# Twenty years later, on the other side of the world, in another language's clothes.
LATER = 2_400_000_000
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "4711",
    "PYTHONDONTWRITEBYTECODE": "1",
    "USER": "nobody",
    "LOGNAME": "nobody",
    "PYTHONPATH": str(INTERPOSED),
    "ATLAS_TEST_CLOCK": str(LATER),
}


def build_elsewhere(
    root: Path, home: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """A release by another user where this one may become another, else by this one with another home."""
    home.mkdir()
    command = [sys.executable, "-m", "generator", "--root", str(root), "release", "1.0"]
    if os.geteuid() == 0 and shutil.which("setpriv"):
        for path in (root, *root.rglob("*"), home):
            os.chown(path, USER, USER)
        command = [*OTHER_USER, *command]
    return subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, **environment, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_other_circumstances_give_the_same_bytes(tmp_path: Path, open_folder: Path) -> None:
    """Folder, time, time zone, locale, user, home and hash seed; pages, data, zips, index, sums."""
    here = copy_fixture("minimal", tmp_path / "here")
    done = atlas(here, "release", "1.0", environment={"TZ": "America/New_York", "PYTHONHASHSEED": "1"})
    assert done.code == 0, done.err
    there = copy_fixture("minimal", open_folder / "else where" / "ünter" / "project")
    for path in there.rglob("*"):
        os.utime(path, (LATER, LATER))
    run = build_elsewhere(there, open_folder / "home", ELSEWHERE)
    assert run.returncode == 0, run.stderr
    for folder in ("build/docs", "build/theme", "build/drawings", "build/site", "releases", "content"):
        first, second = tree(here / folder), tree(there / folder)
        assert first
        assert {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)} == set()
