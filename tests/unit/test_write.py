"""Artifacts to disk: only what changed is touched, what is no longer made goes, nothing is left half done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.artifacts import Artifact
from generator.write import Written, move_files, write_files, write_if_changed, write_tree

OLD = 1_000_000_000


def age(path: Path) -> None:
    os.utime(path, (OLD, OLD))


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_tree_holds_exactly_the_artifacts(tmp_path: Path) -> None:
    """Folders are made as needed."""
    written = write_tree(tmp_path / "docs", [Artifact("a/b/c.md", b"one"), Artifact("d.md", b"two")])
    assert written == Written(files=2, changed=2, removed=0)
    assert files(tmp_path / "docs") == {"a/b/c.md": b"one", "d.md": b"two"}


def test_what_did_not_change_keeps_its_time(tmp_path: Path) -> None:
    """So that an engine that watches the tree rebuilds only what is new."""
    write_tree(tmp_path, [Artifact("a.md", b"same"), Artifact("b.md", b"old")])
    age(tmp_path / "a.md")
    age(tmp_path / "b.md")
    written = write_tree(tmp_path, [Artifact("a.md", b"same"), Artifact("b.md", b"new")])
    assert written == Written(files=2, changed=1, removed=0)
    assert (tmp_path / "a.md").stat().st_mtime == OLD
    assert (tmp_path / "b.md").stat().st_mtime != OLD
    assert (tmp_path / "b.md").read_bytes() == b"new"


def test_a_change_of_the_same_length_is_seen(tmp_path: Path) -> None:
    """Content decides, not size or time."""
    write_if_changed(tmp_path / "a", b"abc")
    assert write_if_changed(tmp_path / "a", b"abd") is True
    assert write_if_changed(tmp_path / "a", b"abd") is False
    assert (tmp_path / "a").read_bytes() == b"abd"


def test_what_is_no_longer_made_goes_with_its_folder(tmp_path: Path) -> None:
    """A retired page leaves nothing behind."""
    write_tree(tmp_path, [Artifact("a/b/c.md", b""), Artifact("d.md", b"")])
    assert write_tree(tmp_path, [Artifact("d.md", b"")]) == Written(files=1, changed=0, removed=1)
    assert [path.name for path in tmp_path.rglob("*")] == ["d.md"]


def test_a_file_that_was_cut_off_is_written_again(tmp_path: Path) -> None:
    """A process that is killed leaves a part of a new file; the next one makes it whole."""
    (tmp_path / "a.md").write_bytes(b"who")
    assert write_tree(tmp_path, [Artifact("a.md", b"whole")]) == Written(files=1, changed=1, removed=0)
    assert files(tmp_path) == {"a.md": b"whole"}


def test_two_artifacts_with_one_path_are_refused(tmp_path: Path) -> None:
    """One would silently win."""
    with pytest.raises(ValueError, match=r"two artifacts have the path a\.md"):
        write_tree(tmp_path, [Artifact("a.md", b"1"), Artifact("a.md", b"2")])


def test_an_empty_tree_stays_a_folder(tmp_path: Path) -> None:
    """The engine finds its folder even when there is nothing in it."""
    write_tree(tmp_path / "docs", [Artifact("a.md", b"")])
    assert write_tree(tmp_path / "docs", []) == Written(files=0, changed=0, removed=1)
    assert (tmp_path / "docs").is_dir()


def test_a_failed_write_leaves_the_old_file_and_no_scraps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is replaced in one step or not at all."""
    write_if_changed(tmp_path / "a.md", b"good")

    def fail(source: str, target: str) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_if_changed(tmp_path / "a.md", b"never")
    assert files(tmp_path) == {"a.md": b"good"}


def test_files_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    """Not private to whoever built the site."""
    write_if_changed(tmp_path / "a.md", b"x")
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644


def test_files_are_written_once(tmp_path: Path) -> None:
    """Folders are made as needed; a second file at a place is an error, and the first stays."""
    assert write_files(tmp_path, [Artifact("a/b.json", b"1"), Artifact("a/c.json", b"2")]) == 2
    with pytest.raises(FileExistsError):
        write_files(tmp_path, [Artifact("a/b.json", b"3")])
    assert files(tmp_path) == {"a/b.json": b"1", "a/c.json": b"2"}


def test_files_are_moved_among_those_that_are_there(tmp_path: Path) -> None:
    """Whole folders where there is none, one by one where there is."""
    made, site = tmp_path / "made", tmp_path / "site"
    write_files(made, [Artifact("a/x.json", b"1"), Artifact("new/deep/y.json", b"2"), Artifact("z", b"3")])
    write_files(site, [Artifact("a/index.html", b"4")])
    move_files(made, site)
    assert files(site) == {"a/index.html": b"4", "a/x.json": b"1", "new/deep/y.json": b"2", "z": b"3"}
    assert files(made) == {}


def test_a_file_is_not_moved_onto_another(tmp_path: Path) -> None:
    """One would silently win."""
    for folder in ("made", "site"):
        write_files(tmp_path / folder, [Artifact("a/x.json", folder.encode())])
    with pytest.raises(FileExistsError, match=r"two artifacts have the path .*a.x\.json"):
        move_files(tmp_path / "made", tmp_path / "site")
    assert (tmp_path / "site" / "a" / "x.json").read_bytes() == b"site"
