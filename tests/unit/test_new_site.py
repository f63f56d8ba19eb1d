"""`atlas init`: a site of two examples, valid at once; nothing that stands there is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.config import INSTALLED_TEMPLATES, Project
from generator.exports.schema import dump, technique_schema
from generator.knowledge import KnowledgeBase
from generator.new_site import SKELETON, NotEmpty, write_site
from tests.conftest import Load


@pytest.fixture
def new(tmp_path: Path) -> Project:
    return write_site(tmp_path / "new")


@pytest.fixture
def kb(new: Project, load: Load) -> KnowledgeBase:
    return load(new)


def test_it_is_valid_and_holds_two_examples(kb: KnowledgeBase) -> None:
    assert len(kb.techniques) == 2
    assert kb.words.site.one == "place"
    assert kb.page_names["home"] == "What is broken?"


def test_every_file_of_the_skeleton_is_there(new: Project) -> None:
    """Under its own name, but for the one that begins with a dot."""
    expected = {path.relative_to(SKELETON).as_posix() for path in SKELETON.rglob("*") if path.is_file()}
    written = {path.relative_to(new.root).as_posix() for path in new.root.rglob("*") if path.is_file()}
    schema = new.technique_schema.relative_to(new.root).as_posix()
    assert written == (expected - {"gitignore"}) | {".gitignore", schema}


def test_an_editor_completes_its_ids(new: Project, kb: KnowledgeBase) -> None:
    """The first line of each record names the schema, which holds the ids of this site."""
    assert new.technique_schema.read_bytes() == dump(technique_schema(kb))
    assert '"tap"' in new.technique_schema.read_text("utf-8")
    for record in new.techniques.glob("*.yaml"):
        first = record.read_text("utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (record.parent / named).resolve() == new.technique_schema


def test_templates_are_those_of_the_generator_until_it_has_its_own(new: Project) -> None:
    assert new.templates == INSTALLED_TEMPLATES
    (new.root / "site_templates").mkdir()
    assert new.templates == new.root / "site_templates"


def test_the_name_is_the_same_for_the_engine(new: Project, kb: KnowledgeBase) -> None:
    assert f"site_name: {kb.publication.name}\n" in (new.root / "mkdocs.yml").read_text("utf-8")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert write_site(tmp_path).techniques.is_dir()


@pytest.mark.parametrize("name", ["note.txt", ".hidden"])
def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(NotEmpty):
        write_site(tmp_path)
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert result.exit_code == 1
    assert result.output == f"{tmp_path} is not an empty folder; nothing was written\n"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", "utf-8")
    with pytest.raises(NotEmpty):
        write_site(tmp_path / "taken")


def test_what_comes_next_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    result = CliRunner().invoke(main, ["init", str(folder)])
    assert result.exit_code == 0
    assert result.output.endswith(f"Next: cd {folder} && atlas build\n")
