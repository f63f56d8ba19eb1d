from __future__ import annotations

from generator.knowledge import KnowledgeBase
from generator.model.base import Statement
from generator.model.marks import records_within
from generator.model.technique import Technique
from generator.views.anchors import anchors_of, places


def by_text(technique: Technique) -> dict[str, str]:
    """The words of each statement with its anchor."""
    anchors = anchors_of(technique)
    return {place.statement.text: anchors[id(place.statement)] for place in places(technique)}


def changed(technique: Technique, **fields: object) -> Technique:
    return technique.model_copy(update=fields)


def statement(text: str) -> Statement:
    return Statement(text=text, citations=("a",))


def test_every_statement_has_an_anchor_and_no_two_the_same(everything: KnowledgeBase) -> None:
    for technique in everything.techniques.values():
        anchors = anchors_of(technique)
        inside = [record for _, record in records_within(technique) if isinstance(record, Statement)]
        assert [anchors[id(record)] for record in inside] == list(anchors.values())
        assert len(set(anchors.values())) == len(anchors)
        assert all(anchor.count(".") == 1 for anchor in anchors.values())


def test_an_anchor_names_its_field(everything: KnowledgeBase) -> None:
    record = everything.techniques["patch-a-tube"]
    for field in ("advantages", "complications", "source_notes"):
        for item in getattr(record, field):
            assert anchors_of(record)[id(item)].startswith(field.replace("_", "-") + ".")


def test_order_changes_no_anchor(everything: KnowledgeBase) -> None:
    record = changed(
        everything.techniques["patch-a-tube"],
        advantages=tuple(statement(word) for word in "one two three".split()),
    )
    turned = changed(record, advantages=record.advantages[::-1], limitations=())
    before, after = by_text(record), by_text(turned)
    assert {word: after[word] for word in ("one", "two", "three")} == {
        word: before[word] for word in ("one", "two", "three")
    }


def test_a_field_of_one_statement_keeps_its_anchor_whatever_it_says(everything: KnowledgeBase) -> None:
    record = everything.techniques["patch-a-tube"]
    other = changed(record, summary=statement("Something else."))
    assert anchors_of(record)[id(record.summary)] == anchors_of(other)[id(other.summary)]


def test_the_same_words_twice_are_told_apart(everything: KnowledgeBase) -> None:
    record = changed(
        everything.techniques["patch-a-tube"], advantages=(statement("Same."), statement("Same."))
    )
    first, second = (anchors_of(record)[id(item)] for item in record.advantages)
    assert first != second
