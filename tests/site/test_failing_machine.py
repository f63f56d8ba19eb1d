"""A full disk, no writes allowed, a clock set back, two builds at once: the last site stays whole."""

from __future__ import annotations

import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator import manifest
from tests.site.built import OTHER_USER, REPOSITORY, USER, atlas, copy_fixture, tree
from tests.site.killing import INTERPOSED

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_fixture("minimal", tmp_path_factory.mktemp("failing") / "project")
    assert atlas(root, "build").code == 0
    return root


def start(root: Path, *, largest: int = resource.RLIM_INFINITY) -> subprocess.Popen[str]:
    """A build that can write no file larger than so many bytes, as on a disk that is full."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "--root", str(root), "build"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY)),
    )


def left(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "build").iterdir())


@pytest.mark.parametrize(
    "largest", [2_000, 300_000], ids=["while pages are written", "while the site is packed"]
)
def test_a_full_disk_leaves_the_last_site(largest: int, built: Path) -> None:
    """Said in a line, without a traceback; nothing half made stays, and the next build is whole."""
    before = (built / "build" / "site" / manifest.NAME).read_bytes()
    record = built / "techniques" / "patch-a-tube.yaml"
    good = record.read_text("utf-8")
    record.write_text(good.replace("name: Patch a tube", f"name: Patch {largest}"), "utf-8")
    _, err = start(built, largest=largest).communicate()
    assert "Traceback" not in err
    assert "File too large" in err
    assert "The last good site is untouched" in err
    assert (built / "build" / "site" / manifest.NAME).read_bytes() == before
    assert manifest.check_folder(built / "build" / "site").same
    assert not [name for name in left(built) if name.startswith("site.")]
    assert list(built.rglob("*.part")) == []
    record.write_text(good, "utf-8")
    assert atlas(built, "build").code == 0
    assert manifest.check_folder(built / "build" / "site").same


@contextmanager
def without_writes(folder: Path) -> Iterator[list[str]]:
    """A folder and all below it take no writes; yields what a command begins with for whom that holds.

    A superuser may write anywhere, so the project goes to another user, but for that folder.
    """
    if os.geteuid() == 0 and shutil.which("setpriv"):
        root = folder.parents[len(folder.parts) - folder.parts.index("build") - 1]
        inside = {folder, *folder.rglob("*")}
        paths = [path for path in (root, *root.rglob("*")) if path not in inside]
        for path in paths:
            os.chown(path, USER, USER)
        try:
            yield OTHER_USER
        finally:
            for path in (root, *root.rglob("*")):
                os.chown(path, 0, 0)
        return
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    try:
        yield []
    finally:
        for path in folders:
            path.chmod(0o755)


@pytest.mark.parametrize("part", ["build", "build/docs"])
def test_an_output_that_takes_no_writes_is_said(part: str, built: Path, open_folder: Path) -> None:
    """With its place, without a traceback; the last site stays, and with writes allowed all is well again."""
    root = open_folder / "project"
    shutil.copytree(built, root)
    rename(root, "Patch a wheel")
    before = tree(root / "build" / "site")
    command = [sys.executable, "-m", "generator", "--root", str(root), "build"]
    with without_writes(root / part) as another:
        run = subprocess.run(
            [*another, *command],
            cwd=REPOSITORY,
            env={**os.environ, "HOME": str(open_folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert f"Stopped: Permission denied: {root / part}" in run.stderr
    assert f"The last good site is untouched: {root / 'build' / 'site'}" in run.stderr
    assert tree(root / "build" / "site") == before
    assert manifest.check_folder(root / "build" / "site").same
    assert list(root.rglob("*.part")) == []
    assert atlas(root, "build").code == 0
    assert manifest.check_folder(root / "build" / "site").same
    assert tree(root / "build" / "site") != before


def everything_built(root: Path) -> dict[str, str]:
    return {
        f"{folder}/{path}": digest
        for folder in ("docs", "theme", "drawings", "site")
        for path, digest in tree(root / "build" / folder).items()
    }


def date(folder: Path, seconds: float) -> None:
    """Every file was written then: the clock of a test is that of a program, not of the disk."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (seconds, seconds))


def rename(root: Path, name: str) -> None:
    """Change a record, with the time of today."""
    record = root / "techniques" / "patch-a-tube.yaml"
    record.write_text(record.read_text("utf-8").replace("name: Patch a tube", f"name: {name}"), "utf-8")


@pytest.fixture(scope="module")
def renamed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an undisturbed build makes of the changed record."""
    root = copy_fixture("minimal", tmp_path_factory.mktemp("renamed") / "project")
    rename(root, "Patch a wheel")
    assert atlas(root, "build").code == 0
    return everything_built(root)


LATER = 2_400_000_000
IN_2046 = {"PYTHONPATH": str(INTERPOSED), "ATLAS_TEST_CLOCK": str(LATER)}


# In another folder templates are compiled anew: about ninety writes before the engine starts.
@pytest.mark.parametrize("last", [50, 150], ids=["while pages are written", "beside the engine"])
def test_a_build_killed_before_the_clock_was_set_back_is_repaired(
    last: int, built: Path, renamed: dict[str, str], tmp_path: Path
) -> None:
    """What it left is dated in twenty years; the next build takes none of it for newer than its own."""
    root = tmp_path / "project"
    shutil.copytree(built, root)
    before = tree(root / "build" / "site")
    rename(root, "Patch a wheel")
    # Who counts the writes kills the process above it, too: here a shell.
    command = f"{shlex.join([sys.executable, '-m', 'generator', '--root', str(root), 'build'])}; exit $?"
    run = subprocess.run(
        ["sh", "-c", command],
        cwd=REPOSITORY,
        env={**os.environ, **IN_2046, "ATLAS_TEST_LAST_WRITE": str(last)},
        capture_output=True,
        check=False,
    )
    assert run.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    assert everything_built(root) != everything_built(built) or left(root) != left(built)
    assert tree(root / "build" / "site") == before
    date(root, LATER)
    assert atlas(root, "build").code == 0
    assert everything_built(root) == renamed
    assert left(root) == left(built)


def test_a_change_after_the_clock_was_set_back_is_built(
    built: Path, renamed: dict[str, str], tmp_path: Path
) -> None:
    """Though everything that lies there is newer than the change."""
    root = copy_fixture("minimal", tmp_path / "project")
    assert atlas(root, "build", environment=IN_2046).code == 0
    assert everything_built(root) == everything_built(built)
    date(root, LATER)
    rename(root, "Patch a wheel")
    assert atlas(root, "build").code == 0
    assert everything_built(root) == renamed


def test_two_builds_at_once_do_not_disturb_each_other(built: Path) -> None:
    """One waits for the other; both end well, and so does the site."""
    runs = [start(built) for _ in range(2)]
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert sum("Another build works in" in text for text in said) <= 1
    assert manifest.check_folder(built / "build" / "site").same
    assert left(built) == [".lock", "cards", "docs", "drawings", "site", "templates", "theme", "twins"]
