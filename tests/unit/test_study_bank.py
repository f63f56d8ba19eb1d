"""The question bank on small projects: ids, open questions, wording."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from generator.config import Project
from generator.diagnostics import Diagnostic
from generator.knowledge import KnowledgeBase
from generator.views.context import SiteContext
from generator.views.study_bank import bank_of
from generator.views.study_near import Nearness
from generator.views.study_question import Question, in_order
from tests.conftest import FIXTURES, Load, MakeProject

PATCH = (FIXTURES / "everything" / "techniques" / "patch-a-tube.yaml").read_text("utf-8")
WORDING = (FIXTURES / "everything" / "content" / "vocabulary" / "study.yaml").read_text("utf-8")
Ask = Callable[..., dict[str, Question]]


@pytest.fixture
def ask(project_factory: MakeProject, load: Load) -> Ask:
    """The bank of the project with some files changed, by id."""

    def ask(**files: str) -> dict[str, Question]:
        names = {
            "patch": "techniques/patch-a-tube.yaml",
            "wording": "content/vocabulary/study.yaml",
        }
        project = project_factory("everything", {names[name]: text for name, text in files.items()})
        return {question.id: question for question in bank_of(SiteContext(load(project))).questions}

    return ask


def test_ids_stay_when_statements_are_reworded(ask: Ask, everything: KnowledgeBase) -> None:
    """Every text of a record in other words, and a source added behind the first."""
    before = {question.id: question for question in bank_of(SiteContext(everything)).questions}
    reworded = re.sub(r"(- text: )(\w)", r"\1Around the tyre, \2", PATCH)
    after = ask(
        patch=reworded.replace("citations: [brown2019wheels]", "citations: [brown2019wheels, lee2020rides]")
    )
    assert after.keys() == before.keys()
    assert after["patch-a-tube.uses"].answer != before["patch-a-tube.uses"].answer


def test_a_new_statement_takes_no_id_from_another(ask: Ask, everything: KnowledgeBase) -> None:
    """A fact of the same kind is added at the end."""
    before = {item.id: item.answer for item in bank_of(SiteContext(everything)).questions}
    more = (
        "  - text: A dropped tyre lever.\n    citations: [brown2019wheels]\n    frequency: rare\n"
        "contraindications:\n"
    )
    after = {
        name: question.answer
        for name, question in ask(patch=PATCH.replace("contraindications:\n", more)).items()
    }
    assert after.keys() - before.keys() == {"patch-a-tube.frequency.rare.brown2019wheels.2"}
    assert {name: text for name, text in after.items() if name in before and not name.endswith(".harms")} == {
        name: text for name, text in before.items() if not name.endswith(".harms")
    }


def test_a_kind_that_is_not_worded_is_not_asked(ask: Ask) -> None:
    """Another site may leave kinds out, or ask some only openly."""
    only = WORDING[: WORDING.index("kinds:")] + 'kinds:\n  - {id: target, name: T, recall: "{technique}?"}\n'
    found = ask(wording=only)
    assert found
    assert {question.kind for question in found.values()} == {"target"}
    assert all(question.right is None for question in found.values())


def test_a_site_without_questions_has_an_empty_bank(minimal: KnowledgeBase) -> None:
    """A record that only has a summary asks nothing."""
    bank = bank_of(SiteContext(minimal))
    assert bank.questions == ()
    assert bank.objectives == {}


def test_objectives_name_what_is_asked(everything: KnowledgeBase) -> None:
    """Only of kinds that the technique has questions of."""
    bank = bank_of(SiteContext(everything))
    assert bank.objectives["patch-a-tube"] == (
        "Say what Patch a tube is for.",
        "Name what can go wrong with Patch a tube.",
    )
    assert bank.objectives["adjust-a-brake"] == ("Say what Adjust a brake is for.",)
    assert "quick-check" not in bank.objectives


def test_one_of_two_names_is_not_told_from_the_other(everything: KnowledgeBase) -> None:
    """Pain sites in each other, or with a wider one in common, are near; spellings are one word."""
    near = Nearness(SiteContext(everything))
    assert near.near("tyre", "wheel")
    assert near.near("rim", "squeal")  # the rim lies in the brake too
    assert not near.near("tyre", "brake")
    assert near.is_anywhere("squeal")
    assert near.is_anywhere("first-ride")
    assert not near.is_anywhere("tyre")
    assert near.words(["Tire levers"]) == near.words(["levers around the tyre"])


def test_order_looks_chosen_and_is_not() -> None:
    """The same for the same seed, another for another, whatever the order given."""
    letters = list("abcdefgh")
    assert in_order("one", letters) == in_order("one", reversed(letters)) != letters
    assert in_order("two", letters) != in_order("one", letters)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'recall: "{technique}: how long',
            'recall: "{tecnique}: how long',
            "'tecnique' cannot stand in braces here",
        ),
        ('recall: "{technique}: how long', 'recall: "{technique: how long', "braces do not match"),
        ('recall: "{technique}: how long', 'recall: "{technique:>999999999}: how long', "a name alone"),
        ("  - id: window", "  - id: harms", "the kind 'harms' stands twice"),
        ("anywhere: [squeal]", "anywhere: [squeel]", "Did you mean 'squeal'?"),
        ("definite_targets: [patch-a-tube]", "definite_targets: [patch]", "there is no technique"),
    ],
)
def test_a_mistake_in_the_wording_is_told(
    old: str,
    new: str,
    message: str,
    project_factory: MakeProject,
    findings: Callable[[Project], tuple[Diagnostic, ...]],
) -> None:
    """At its place in the file, before any page is made."""
    assert old in WORDING
    project = project_factory("everything", {"content/vocabulary/study.yaml": WORDING.replace(old, new, 1)})
    found = findings(project)
    assert any(message in item.message for item in found), found
    assert all(item.location.path.endswith("study.yaml") for item in found)
