"""A new record: once its blanks are filled in, it validates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import Project
from generator.diagnostics import Diagnostic
from generator.knowledge import KnowledgeBase
from generator.model.technique import Technique
from generator.new_record import RecordExists, WrongId, record_text, write_record

MakeProject = Callable[..., Project]
Load = Callable[[Project], KnowledgeBase]
Findings = Callable[[Project], tuple[Diagnostic, ...]]
BLANKS = {
    "group: \n": "group: hand-tools\n",
    "  text: \n": "  text: Makes a wheel round again.\n",
    "  citations: []\n": "  citations: [brown2019wheels]\n",
    "  drafted_from: []\n": "  drafted_from: [brown2019wheels]\n",
    "  checked: \n": "  checked: 2026-01-31\n",
    "  next_due: \n": "  next_due: 2027-01-31\n",
}


def fill_in(path: Path) -> None:
    text = path.read_text("utf-8")
    for blank, filled in BLANKS.items():
        assert text.count(blank) == 1
        text = text.replace(blank, filled)
    path.write_text(text, "utf-8")


def test_a_record_that_is_filled_in_validates(project_factory: MakeProject, load: Load) -> None:
    """Nothing but the blanks is asked for."""
    project = project_factory()
    path = write_record(project, "true-a-wheel")
    fill_in(path)
    technique = load(project).techniques["true-a-wheel"]
    assert (technique.name, technique.kind, technique.group) == ("True a wheel", "procedure", "hand-tools")


def test_a_record_that_is_not_filled_in_shows_each_blank(
    project_factory: MakeProject, findings: Findings
) -> None:
    """The blanks are found where they stand."""
    project = project_factory()
    path = write_record(project, "true-a-wheel")
    found = {(item.location.line, item.code) for item in findings(project)}
    lines = path.read_text("utf-8").splitlines()
    empty = [number for number, line in enumerate(lines, 1) if line.endswith(": ") and line[0] != "#"]
    assert found == {(number, "empty-value") for number in empty}


@pytest.mark.parametrize("name", ['The "round" wheel', "C:\\wheel", "no", "1.10", "räder: rund", "# x"])
def test_any_name_is_kept(name: str, project_factory: MakeProject, load: Load) -> None:
    """Whatever characters it holds."""
    project = project_factory()
    fill_in(write_record(project, "true-a-wheel", name))
    assert load(project).techniques["true-a-wheel"].name == name


def test_every_optional_field_is_named_with_its_help() -> None:
    """The author reads what else there is, in the order of the record."""
    text = record_text("a", "A")
    optional = [
        field.alias or name for name, field in Technique.model_fields.items() if not field.is_required()
    ]
    named = [line.partition(":")[0].removeprefix("# ") for line in text.splitlines() if line.startswith("# ")]
    assert [name for name in named if name in optional] == optional
    assert text.startswith("# yaml-language-server: $schema=../content/schema/technique.schema.json\n")


def test_the_first_record_of_a_project_makes_its_folder(tmp_path: Path) -> None:
    """A project begins with nothing."""
    assert write_record(Project(tmp_path), "a") == tmp_path / "techniques" / "a.yaml"


def test_a_record_is_never_overwritten(tmp_path: Path) -> None:
    """Not even one that is broken."""
    (tmp_path / "techniques").mkdir()
    (tmp_path / "techniques" / "a.yaml").write_text("[", "utf-8")
    with pytest.raises(RecordExists, match=r"techniques/a\.yaml exists already and was not changed"):
        write_record(Project(tmp_path), "a")
    assert (tmp_path / "techniques" / "a.yaml").read_text("utf-8") == "["


@pytest.mark.parametrize("identifier", ["", "A", "a b", "a/b", "-a", "a-", "a--b", "ä", "x" * 81])
def test_an_id_has_one_form(identifier: str, tmp_path: Path) -> None:
    """As everywhere."""
    with pytest.raises(WrongId):
        write_record(Project(tmp_path), identifier)
