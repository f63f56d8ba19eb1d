"""The anchor of every statement of a technique: where a link to that one statement leads.

An anchor is the statement's field, a full stop, and five digits: `complications.3f09c`. A field that holds one
statement takes its digits from the field, any other from the text with which the statement first appeared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.base import Statement
from generator.model.marks import records_within
from generator.model.technique import Technique

_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A statement and the field in which it stands."""

    field: str
    """Its own name, as it stands in the anchor: `structures-at-risk`."""
    path: str
    """The way to it from the record, a variant by its id: `variants/intercostal/complications`."""
    alone: bool
    """true when the field holds one statement."""
    statement: Statement


def places(technique: Technique) -> Iterator[Place]:
    """Every statement of a technique, in the order of its fields."""
    for path, record in records_within(technique):
        if not isinstance(record, Statement):
            continue
        names: list[str] = []
        for part in path:
            if isinstance(part, str):
                names.append(part)
            elif names == ["variants"]:
                names.append(technique.variants[part].id)
        yield Place(names[-1].replace("_", "-"), "/".join(names), isinstance(path[-1], str), record)


def anchors_of(technique: Technique) -> dict[int, str]:
    """The anchor of each statement, by its identity."""
    taken: set[str] = set()
    found: dict[int, str] = {}
    for place in places(technique):
        anchor = _new(place, taken)
        taken.add(anchor)
        found[id(place.statement)] = anchor
    return found


def _new(place: Place, taken: Iterable[str]) -> str:
    """An anchor that no other statement of the record has."""
    words = place.path if place.alone else f"{place.path}\n{place.statement.text}"
    anchor = f"{place.field}.{_digest(words)}"
    again = 1
    while anchor in taken:
        again += 1
        anchor = f"{place.field}.{_digest(words + str(again))}"
    return anchor


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]
