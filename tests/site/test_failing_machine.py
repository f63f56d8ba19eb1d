"""A full disk, no writes allowed, two builds at once: a clear message, and the last site stays whole."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from generator import manifest
from tests.site.built import REPOSITORY, atlas, copy_fixture

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


def test_an_output_that_takes_no_writes_is_said(built: Path) -> None:
    """A file where the folder should be stands for it, since a superuser may write anywhere."""
    lock = built / "build" / ".lock"
    lock.unlink()
    lock.mkdir()
    run = atlas(built, "build")
    lock.rmdir()
    assert run.code == 1
    assert "Traceback" not in run.err
    assert "The last good site is untouched" in run.err
    assert manifest.check_folder(built / "build" / "site").same


def test_two_builds_at_once_do_not_disturb_each_other(built: Path) -> None:
    """One waits for the other; both end well, and so does the site."""
    runs = [start(built) for _ in range(2)]
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert sum("Another build works in" in text for text in said) <= 1
    assert manifest.check_folder(built / "build" / "site").same
    assert left(built) == [".lock", "docs", "drawings", "site", "theme", "twins"]
