from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from generator.knowledge import KnowledgeBase
from generator.model.base import Statement
from generator.model.marks import records_within
from generator.model.published import Published, Release
from generator.model.technique import Technique
from generator.views.anchors import anchors_of, places, withdrawn

NOTHING = Published()


@pytest.fixture
def record(everything: KnowledgeBase) -> Technique:
    return everything.techniques["patch-a-tube"]


def found(technique: Technique, published: Published = NOTHING) -> dict[int, str]:
    return anchors_of(technique, str, published)


def by_text(technique: Technique, published: Published = NOTHING) -> dict[str, str]:
    """The words of each statement with its anchor."""
    anchors = found(technique, published)
    return {place.statement.text: anchors[id(place.statement)] for place in places(technique)}


def statements(*texts: str) -> tuple[Statement, ...]:
    return tuple(Statement(text=text, citations=("a",)) for text in texts)


def having(technique: Technique, **fields: tuple[Statement, ...]) -> Technique:
    return technique.model_copy(update=fields)


def released(technique: Technique, version: str = "1.0", before: Published = NOTHING) -> Published:
    """The record as a release publishes it."""
    anchors = found(technique, before)
    data: dict[str, Any] = {}
    for place in places(technique):
        within = data
        *way, last = place.path.split("/")
        for name in way:
            within = within.setdefault(name, {})
        item = {"text": place.statement.text, "anchor": anchors[id(place.statement)]}
        if place.alone:
            within[last] = item
        else:
            within.setdefault(last, []).append(item)
    name = f"techniques/{technique.id}"
    gone: Mapping[str, str] = withdrawn(technique, before, list(anchors.values()))
    return Published((Release(version, "2026-01-31", ""), *before.releases), {name: data}, {name: gone})


def test_every_statement_has_an_anchor_and_no_two_the_same(everything: KnowledgeBase) -> None:
    for technique in everything.techniques.values():
        anchors = found(technique)
        inside = [item for _, item in records_within(technique) if isinstance(item, Statement)]
        assert {id(item) for item in inside} == anchors.keys()
        assert len(set(anchors.values())) == len(anchors)
        assert all(anchor.count(".") == 1 for anchor in anchors.values())


def test_an_anchor_names_its_field(record: Technique) -> None:
    for field in ("advantages", "complications", "source_notes"):
        for item in getattr(record, field):
            assert found(record)[id(item)].startswith(field.replace("_", "-") + ".")


def test_order_changes_no_anchor_even_before_a_release(record: Technique) -> None:
    before = by_text(having(record, advantages=statements("one", "two", "three")))
    after = by_text(having(record, advantages=statements("three", "one", "two"), limitations=()))
    assert [after[word] for word in ("one", "two", "three")] == [
        before[word] for word in ("one", "two", "three")
    ]


def test_a_field_of_one_statement_keeps_its_anchor_whatever_it_says(record: Technique) -> None:
    other = record.model_copy(update={"summary": statements("Something else.")[0]})
    assert found(record)[id(record.summary)] == found(other)[id(other.summary)]


def test_the_same_words_twice_are_told_apart(record: Technique) -> None:
    twice = having(record, advantages=statements("Same.", "Same."))
    first, second = (found(twice)[id(item)] for item in twice.advantages)
    assert first != second


def test_a_released_anchor_stays_when_its_statement_is_worded_anew(record: Technique) -> None:
    old = having(record, advantages=statements("It holds on a wet road for a week.", "Cheap."))
    new = having(
        record, advantages=statements("Very cheap.", "It holds on a wet road for two weeks.", "Cheap.")
    )
    before, after = by_text(old), by_text(new, released(old))
    assert after["It holds on a wet road for two weeks."] == before["It holds on a wet road for a week."]
    assert after["Cheap."] == before["Cheap."]
    assert after["Very cheap."] not in before.values()


def test_a_released_anchor_goes_with_its_statement_to_another_field(record: Technique) -> None:
    old = having(record, advantages=statements("Moves."), limitations=())
    new = having(record, advantages=(), limitations=statements("Moves."))
    assert by_text(new, released(old))["Moves."] == by_text(old)["Moves."]


def test_another_statement_never_takes_an_anchor(record: Technique) -> None:
    """Words and not letters are compared: a link to one harm must not show another."""
    old = having(record, complications=statements("Transient diarrhoea"))
    new = having(record, complications=statements("Transient hypotension"))
    published = released(old)
    was = by_text(old)["Transient diarrhoea"]
    assert by_text(new, published)["Transient hypotension"] != was
    assert withdrawn(new, published, list(found(new, published).values())) == {was: "1.0"}


def test_a_withdrawn_anchor_stays_known_and_is_never_given_again(record: Technique) -> None:
    first = having(record, advantages=statements("Gone soon."))
    one = released(first)
    second = having(record, advantages=())
    two = released(second, "1.1", one)
    anchor = by_text(first)["Gone soon."]
    assert withdrawn(second, two, list(found(second, two).values()))[anchor] == "1.0"
    again = having(record, advantages=statements("Gone soon."))
    assert by_text(again, two)["Gone soon."] != anchor


def test_the_fixture_says_what_is_gone(everything: KnowledgeBase, record: Technique) -> None:
    anchors = list(found(record, everything.published).values())
    gone = withdrawn(record, everything.published, anchors)
    assert sorted(gone.values()) == ["1.0", "1.1"]
    assert json.dumps(sorted(gone)) == '["approach.8216d", "limitations.90eb8"]'
