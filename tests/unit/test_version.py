"""The version of the content, by git or by what was written into a copy without git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.load.version import ARCHIVED, read_version


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def repository(root: Path) -> Path:
    root.mkdir(exist_ok=True)
    git(root, "init", "-q")
    (root / "a").write_text("1")
    git(root, "add", "a")
    git(root, "commit", "-qm", "one")
    return root


def test_a_tag_is_the_version(tmp_path: Path) -> None:
    root = repository(tmp_path)
    git(root, "tag", "v1.2")
    assert read_version(root) == "1.2"


def test_commits_and_changes_after_it_show(tmp_path: Path) -> None:
    root = repository(tmp_path)
    git(root, "tag", "v1.2")
    git(root, "tag", "other")
    (root / "a").write_text("2")
    assert read_version(root) == "1.2+changes"
    git(root, "commit", "-qam", "two")
    assert read_version(root).startswith("1.2-1-g")


def test_without_a_tag_the_commit_is(tmp_path: Path) -> None:
    assert len(read_version(repository(tmp_path))) >= 7


def test_everyone_sees_the_same_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the user's settings are, and whoever owns the folder."""
    root = repository(tmp_path / "repository")
    mine = read_version(root)
    settings = tmp_path / "settings"
    settings.write_text("[core]\n\tabbrev = 4\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    refused = subprocess.run(["git", "-C", str(root), "describe"], capture_output=True, check=False)
    assert b"dubious ownership" in refused.stderr
    assert read_version(root) == mine
    assert len(mine) == 10


def test_a_copy_without_git_says_what_was_written_into_it(tmp_path: Path) -> None:
    (tmp_path / ARCHIVED).write_text("node: 1f2e3d4\ndescribe-name: v1.2-3-g1f2e3d4\n")
    assert read_version(tmp_path) == "1.2-3-g1f2e3d4"
    (tmp_path / ARCHIVED).write_text("node: 1f2e3d4\ndescribe-name: \n")
    assert read_version(tmp_path) == "1f2e3d4"


def test_nothing_is_made_up(tmp_path: Path) -> None:
    assert read_version(tmp_path) == ""
    (tmp_path / ARCHIVED).write_text("node: $Format:%h$\ndescribe-name: $Format:%(describe:tags=true)$\n")
    assert read_version(tmp_path) == ""


def test_git_archive_writes_it(tmp_path: Path) -> None:
    """The committed file is one that git fills in."""
    here = Path(__file__).parents[2]
    root = repository(tmp_path)
    for name in (ARCHIVED, ".gitattributes"):
        (root / name).write_bytes((here / name).read_bytes())
    git(root, "add", ".")
    git(root, "commit", "-qm", "two")
    git(root, "tag", "v3.1")
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(f"git -C {root} archive HEAD | tar -x -C {out}", shell=True, check=True)
    (root / ".git").rename(tmp_path / "elsewhere")
    assert read_version(out) == "3.1"
