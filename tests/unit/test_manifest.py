"""The list of sums: what it says, what it finds, and the command that asks it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import manifest
from generator.cli import main
from generator.release.snapshot import snapshot_path
from tests.conftest import MakeProject
from tests.unit.test_release import kept_project


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "build" / "site"
    (folder / "a").mkdir(parents=True)
    (folder / "index.html").write_text("home")
    (folder / "a" / "ü page.html").write_text("a")
    assert manifest.write_manifest(folder) == 2
    return folder


def verify(root: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "verify", *map(str, arguments)])


def test_a_whole_site_is_as_listed(site: Path, tmp_path: Path) -> None:
    assert manifest.check_folder(site).same
    result = verify(tmp_path)
    assert (result.exit_code, result.stdout) == (
        0,
        "build/site: 2 files, each as listed in SHA256SUMS\n",
    )
    assert manifest.write_manifest(site) == 2, "the list does not list itself"


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this system")
def test_a_common_program_reads_the_list(site: Path) -> None:
    command = ["sha256sum", "--check", "--strict", manifest.NAME]
    assert subprocess.run(command, cwd=site, capture_output=True, check=False).returncode == 0
    (site / "index.html").write_text("another")
    assert subprocess.run(command, cwd=site, capture_output=True, check=False).returncode == 1


def test_what_is_changed_missing_or_more_is_named(site: Path, tmp_path: Path) -> None:
    (site / "index.html").write_text("defaced")
    (site / "a" / "ü page.html").unlink()
    (site / "added.js").write_text("1")
    result = verify(tmp_path, site)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "build/site: WRONG: 3 of 2 files differ",
        "  changed: index.html",
        "  missing: a/ü page.html",
        "  not listed: added.js",
    ]


@pytest.mark.parametrize("content", [None, "no sum  index.html\n"])
def test_without_a_list_nothing_is_verified(content: str | None, site: Path, tmp_path: Path) -> None:
    (site / manifest.NAME).unlink()
    if content is not None:
        (site / manifest.NAME).write_text(content)
    result = verify(tmp_path, site)
    assert (result.exit_code, "WRONG: no" in result.stderr) == (1, True)


def test_nothing_to_verify_is_wrong_usage(tmp_path: Path) -> None:
    result = verify(tmp_path)
    assert (result.exit_code, "there is no site" in result.stderr) == (2, True)


def test_two_builds_are_held_against_each_other(site: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    published.write_bytes((site / manifest.NAME).read_bytes())
    assert verify(tmp_path, "--same-as", published).exit_code == 0
    published.write_text(published.read_text().replace("index.html", "other.html"))
    result = verify(tmp_path, "--same-as", published)
    assert result.exit_code == 1
    assert "missing: other.html" in result.stderr
    assert "not listed: index.html" in result.stderr


def test_a_name_that_the_list_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="line break or a backslash"):
        manifest.written({"a\nb": "0" * 64})


def test_a_copy_holds_its_own_list(tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    listed = manifest.written({"index.html": manifest.hashlib.sha256(b"x").hexdigest()})
    for content, code in ((b"x", 0), (b"y", 1)):
        with zipfile.ZipFile(copy, "w") as archive:
            archive.writestr("atlas/index.html", content)
            archive.writestr(f"atlas/{manifest.NAME}", listed)
        assert verify(tmp_path, copy).exit_code == code


def test_a_released_version_is_verified(project_factory: MakeProject, tmp_path: Path) -> None:
    """By the command, and by the file beside it with a common program."""
    project = kept_project(project_factory("minimal"), tmp_path)
    kept = snapshot_path(project, "1.0")
    result = verify(project.root)
    assert (result.exit_code, result.stdout) == (0, "releases/1.0.zip: as it was released\n")
    beside = manifest.read((kept.parent / "1.0.zip.sha256").read_text())
    assert beside == {"1.0.zip": manifest.digest(kept)}
    kept.write_bytes(kept.read_bytes() + b"x")
    result = verify(project.root, kept)
    assert result.exit_code == 1
    assert "this is not the file that was released as 1.0" in result.stderr
    kept.rename(kept.with_name("9.zip"))
    assert "no version 9 was released here" in verify(project.root).stderr
