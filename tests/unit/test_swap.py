"""A folder in the place of another, in one step; and what the next build makes of what a killed one left."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from generator import engine, manifest, swap
from generator.config import Project


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text)
    manifest.write_manifest(path)
    return path


def text(path: Path) -> str:
    return (path / "index.html").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges names")
def test_two_names_are_exchanged_in_one_step(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one", "1"), folder(tmp_path / "other", "2")
    assert swap.exchange(one, other)
    assert (text(one), text(other)) == ("2", "1")
    with pytest.raises(FileNotFoundError):
        swap.exchange(tmp_path / "none", other)


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_new_is_in_place_and_the_former_gone(
    can_exchange: bool, is_first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_exchange:
        monkeypatch.setattr(swap, "exchange", lambda first, second: False)
    place, new, aside = tmp_path / "site", folder(tmp_path / "new", "new"), tmp_path / "aside"
    if not is_first:
        folder(place, "old")
        if not can_exchange:
            folder(aside, "older")
    swap.put_in_place(new, place, aside)
    assert text(place) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_to_a_folder_is_replaced_not_followed(tmp_path: Path) -> None:
    elsewhere = folder(tmp_path / "elsewhere", "mine")
    (tmp_path / "site").symlink_to(elsewhere)
    swap.put_in_place(folder(tmp_path / "new", "new"), tmp_path / "site", tmp_path / "aside")
    assert (text(tmp_path / "site"), text(elsewhere)) == ("new", "mine")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "site"]


def test_a_site_that_lay_aside_comes_back(tmp_path: Path) -> None:
    """Killed between the two renames of a system that cannot exchange names."""
    project = Project(tmp_path)
    folder(project.build / "site.last", "old")
    folder(project.build / "site.next-1", "new")
    engine.tidy(project)
    assert text(project.site) == "old"
    assert [path.name for path in project.build.iterdir()] == ["site"]


def test_what_is_not_whole_never_comes_back(tmp_path: Path) -> None:
    """A former site that was half removed when its site was deleted by hand."""
    project = Project(tmp_path)
    last = folder(project.build / "site.last", "old")
    (last / "index.html").unlink()
    engine.tidy(project)
    assert list(project.build.iterdir()) == []


def test_each_process_builds_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """An engine that outlives a killed build cannot write into the next one's site."""
    assert engine.next_site(Project(tmp_path)).name == f"site.next-{os.getpid()}"
