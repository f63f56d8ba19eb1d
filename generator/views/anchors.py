"""The anchor of every statement of a technique: where a link to that one statement leads.

An anchor is the statement's field, a full stop, and five digits: `complications.3f09c`. A field that holds
one statement takes its digits from the field, any other from the text with which it first appeared. From the
first release on an anchor belongs to its statement: it stays when the statement moves, and when it is worded
anew. One that no statement has any more is withdrawn and never given again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from generator.model.base import Statement
from generator.model.marks import records_within
from generator.model.published import Published, RecordData
from generator.model.technique import Technique

_DIGITS = 5
_WORD = re.compile(r"\w+")
# From here on two wordings are one statement. Below, a link to the old one must not show the new one.
ALIKE = 0.6


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


class Known(NamedTuple):
    """A statement as the last release had it."""

    path: str
    anchor: str
    text: str


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


def anchors_of(technique: Technique, plain: Callable[[str], str], published: Published) -> dict[int, str]:
    """The anchor of each statement, by its identity. `plain` gives the words of a text."""
    name = record_name(technique)
    known = list(known_statements(published.records.get(name, {})))
    taken = {item.anchor for item in known} | set(published.withdrawn.get(name, ()))
    found: dict[int, str] = {}
    open_places: list[Place] = []
    for place in places(technique):
        if place.alone:
            found[id(place.statement)] = _new(place, ())
        else:
            open_places.append(place)
    free = [item for item in known if item.anchor not in found.values()]
    for same in (_same_place, _same_words, None):
        open_places = _settle(open_places, free, plain, same, found) if free else open_places
    for place in open_places:
        anchor = _new(place, taken)
        taken.add(anchor)
        found[id(place.statement)] = anchor
    return found


def withdrawn(technique: Technique, published: Published, anchors: Collection[str]) -> dict[str, str]:
    """The anchors that the technique had and has no more, each with the last version that had it."""
    name = record_name(technique)
    gone = dict(published.withdrawn.get(name, {}))
    if published.last:
        for item in known_statements(published.records.get(name, {})):
            gone[item.anchor] = published.last.version
    return {anchor: version for anchor, version in gone.items() if anchor not in anchors}


def record_name(technique: Technique) -> str:
    """The name of a technique in the list of all records."""
    return f"techniques/{technique.id}"


def known_statements(data: RecordData) -> Iterator[Known]:
    """Every statement in the data of a record, in its order."""
    yield from _known(data, ())


def _known(value: Any, path: tuple[str, ...]) -> Iterator[Known]:
    if isinstance(value, Mapping):
        if "anchor" in value:
            yield Known("/".join(path), value["anchor"], value["text"])
            return
        for name, item in value.items():
            yield from _known(item, (*path, name))
    elif isinstance(value, list):
        for item in value:
            yield from _known(item, (*path, item["id"]) if path == ("variants",) else path)


def _same_place(place: Place, words: str, item: Known) -> bool:
    return item.path == place.path and item.text == words


def _same_words(place: Place, words: str, item: Known) -> bool:
    return item.text == words


def _settle(
    open_places: list[Place],
    free: list[Known],
    plain: Callable[[str], str],
    same: Callable[[Place, str, Known], bool] | None,
    found: dict[int, str],
) -> list[Place]:
    """Give the anchors of `free` to statements that are the same; returns the statements left over."""
    if same is None:
        return _settle_alike(open_places, free, plain, found)
    left = []
    for place in open_places:
        words = plain(place.statement.text)
        match = next((item for item in free if same(place, words, item)), None)
        if match is None:
            left.append(place)
        else:
            free.remove(match)
            found[id(place.statement)] = match.anchor
    return left


def _settle_alike(
    open_places: list[Place], free: list[Known], plain: Callable[[str], str], found: dict[int, str]
) -> list[Place]:
    """Worded anew: in the same field, the most alike first."""
    pairs = [
        (_likeness(item.text, plain(place.statement.text)), number, place, item)
        for number, place in enumerate(open_places)
        for item in free
        if item.path == place.path
    ]
    done: set[int] = set()
    for likeness, number, place, item in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[3])):
        if likeness < ALIKE or number in done or item not in free:
            continue
        free.remove(item)
        done.add(number)
        found[id(place.statement)] = item.anchor
    return [place for number, place in enumerate(open_places) if number not in done]


def _likeness(one: str, other: str) -> float:
    """How many of their words two texts share in the same order, from 0 to 1.

    Words and not letters: "transient diarrhoea" must not pass for "transient hypotension".
    """
    words = _WORD.findall(one.lower()), _WORD.findall(other.lower())
    return SequenceMatcher(None, *words, autojunk=False).ratio()


def _new(place: Place, taken: Collection[str]) -> str:
    """An anchor that no statement of the record has or had."""
    words = place.path if place.alone else f"{place.path}\n{place.statement.text}"
    anchor = f"{place.field}.{_digest(words)}"
    again = 1
    while anchor in taken:
        again += 1
        anchor = f"{place.field}.{_digest(words + str(again))}"
    return anchor


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]
