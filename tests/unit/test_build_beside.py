"""What an engine has to see and what is made beside it: nothing is lost or made twice."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from generator import engine
from generator.artifacts import Artifact
from generator.config import Project
from generator.knowledge import KnowledgeBase
from generator.pipeline import Tree, tree_of
from generator.write import write_files
from tests.golden import FIXTURE, Fixture

STANDS_FOR_AN_ENGINE = """
import os, pathlib, sys
site = pathlib.Path(os.environ["ATLAS_SITE_DIR"])
(site / "data").mkdir(parents=True)
for name in ("index.html", "data/index.html"):
    (site / name).write_text("built")
"""


def tree(kb: KnowledgeBase) -> Tree:
    return tree_of(Fixture(FIXTURE, "1.0"), kb)


def test_an_engine_sees_pages_and_assets(everything: KnowledgeBase) -> None:
    """All pages, and not one file that is finished."""
    made = tree(everything)
    seen = [file.path for file in made.for_engine()]
    finished = [file.path for file in made.finished()]
    pages = [path for path in seen if path.endswith("/index.md") or path == "index.md"]
    others = {path for path in seen if path not in pages and not path.startswith("assets/")}
    assert others == {"service-worker.js", "site.webmanifest"}
    assert len(pages) > 40
    assert not [path for path in finished if path.endswith(".md")]
    assert len(finished) > 200


def test_both_parts_are_the_whole(everything: KnowledgeBase) -> None:
    """Without a file that is in both."""
    whole = [file.path for file in tree(everything).all()]
    assert len(whole) == len(set(whole))
    made = tree(everything)
    assert [file.path for file in (*made.for_engine(), *made.finished())] == whole


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose engine writes two pages."""
    program = tmp_path / "engine.py"
    program.write_text(STANDS_FOR_AN_ENGINE, "utf-8")
    monkeypatch.setattr(engine, "engine_command", lambda *_: [sys.executable, str(program)])
    found = Project(tmp_path / "project")
    found.docs.mkdir(parents=True)
    return found


def test_what_is_made_beside_an_engine_is_in_the_site(project: Project) -> None:
    """In its folders, whether the engine has them or not; nothing else is left."""

    def work(folder: Path) -> str:
        write_files(folder, [Artifact("data/a.json", b"1"), Artifact("api/v1/b.json", b"2")])
        return "done"

    assert engine.build_beside(project, "mkdocs", "", work) == "done"
    site = engine.next_site(project)
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert names == ["api/v1/b.json", "data/a.json", "data/index.html", "index.html"]
    assert sorted(path.name for path in project.build.iterdir()) == ["docs", site.name]


def test_a_file_that_the_engine_made_is_not_replaced(project: Project) -> None:
    """The build stops; which of the two would be right nobody can say."""
    with pytest.raises(FileExistsError, match="two artifacts have the path"):
        engine.build_beside(
            project,
            "mkdocs",
            "",
            lambda folder: write_files(folder, [Artifact("data/index.html", b"other")]),
        )


def test_work_that_fails_ends_the_engine(project: Project) -> None:
    """And what it had made goes."""

    def work(folder: Path) -> None:
        write_files(folder, [Artifact("a", b"")])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.build_beside(project, "mkdocs", "", work)
    shutil.rmtree(engine.next_site(project), ignore_errors=True)
    assert [path.name for path in project.build.iterdir()] == ["docs"]
