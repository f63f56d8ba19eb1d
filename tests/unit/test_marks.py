"""Walking a record: every id, citation and text in it, with its path in the file."""

from __future__ import annotations

from generator.knowledge import KnowledgeBase
from generator.model.base import CitationMark, Prose, Ref, Statement
from generator.model.clinical import Anatomy, Rating, SpinalLevel
from generator.model.marks import marked_values, records_within
from generator.model.referral import Condition
from generator.model.technique import Technique

LEVEL = SpinalLevel(**{"text": "Here.", "citations": ("a", "b, p. 2"), "from": "F1", "structure": "Hole"})


def test_values_are_told_with_their_marks_and_paths() -> None:
    """Paths use the names of the file: 'from', not the attribute."""
    assert list(marked_values(LEVEL)) == [
        (Prose(), ("text",), "Here."),
        (CitationMark(), ("citations", 0), "a"),
        (CitationMark(), ("citations", 1), "b, p. 2"),
        (Ref("level"), ("from",), "F1"),
    ]


def test_records_inside_are_walked_with_their_paths() -> None:
    """Deep by default; the record's own fields only, when asked."""
    anatomy = Anatomy(target=Statement(text="A tube"), levels=(LEVEL,))
    assert [path for _, path, _ in marked_values(anatomy)] == [
        ("target", "text"),
        ("levels", 0, "text"),
        ("levels", 0, "citations", 0),
        ("levels", 0, "citations", 1),
        ("levels", 0, "from"),
    ]
    assert list(marked_values(anatomy, deep=False)) == []
    assert [path for path, _ in records_within(anatomy)] == [(), ("target",), ("levels", 0)]


def test_a_record_that_holds_its_own_kind_is_walked_to_the_end() -> None:
    """Conditions nest."""
    condition = Condition(all=(Condition(id="a", label="A"), Condition(any=(Condition(id="b", label="B"),))))
    assert [(path, text) for _, path, text in marked_values(condition)] == [
        (("all", 0, "label"), "A"),
        (("all", 1, "any", 0, "label"), "B"),
    ]


def test_a_rating_in_parts_has_no_marks_in_its_value() -> None:
    """A value of a scale points nowhere."""
    rating = Rating(text="t", body="club", value={"level": ("III", "I")}, pain_sites=("rim",))
    assert [mark for mark, _, _ in marked_values(rating)] == [Prose(), Ref("body"), Ref("site")]


def pairs(kind: str, identifiers: str) -> set[tuple[str, str]]:
    return {(kind, identifier) for identifier in identifiers.split()}


def test_no_reference_in_a_full_record_is_missed(everything: KnowledgeBase) -> None:
    """The marked values of a record hold every id of another record that its file names."""
    technique: Technique = everything.techniques["patch-a-tube"]
    found = {(mark.kind, value) for mark, _, value in marked_values(technique) if isinstance(mark, Ref)}
    assert found == {
        ("group", "hand-tools"),
        ("technique", "puncture-repair"),
        *pairs("site", "tyre rim first-ride squeal"),
        *pairs("mechanism", "wear impact"),
        ("cause", "broken-glass"),
        *pairs("level", "F2 M2 L1 M1 S1 Dropout"),
        *pairs("guidance", "water-bath truing-stand"),
        *pairs("contraindication-kind", "damage material"),
        *pairs("body", "handbook club magazine"),
        ("setting", "workshop"),
        *pairs("grade", "low high"),
        *pairs("technique", "replace-a-tube full-service adjust-a-brake tubeless-kit quick-check lubricate"),
    }
