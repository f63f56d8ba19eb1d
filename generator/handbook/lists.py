"""The lists before and after the text: contents, references with their pages, indexes.

They are made when the text has been laid out: `pages` gives the page of each id in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from generator import routes
from generator.handbook.bind import anchor_of
from generator.handbook.plan import Part
from generator.knowledge import KnowledgeBase
from generator.views.parts import Link, ReferenceCard, ReferenceItem

Pages = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents."""

    level: int
    text: str
    href: str
    page: str
    """Empty while the text is not laid out."""


@dataclass(frozen=True, slots=True)
class ListedReference:
    """A reference with its number in the document and the pages that cite it."""

    number: int
    card: ReferenceCard
    pages: tuple[Link, ...]
    """'12', '14–16': to the first citation on the first of these pages."""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A name in an index: where it is treated, or under which name."""

    name: str
    main: tuple[Link, ...]
    """Pages on which it is treated."""
    see: str
    below: tuple[tuple[str, Link], ...]
    """What belongs to it, each with its page."""


@dataclass(frozen=True, slots=True)
class IndexLetter:
    """The lines under one letter."""

    letter: str
    lines: tuple[IndexLine, ...]


def contents(
    parts: Iterable[Part], back: Sequence[tuple[str, str]], pages: Pages
) -> tuple[ContentsLine, ...]:
    """Every part, chapter and entry; `back` are ids and titles of the lists after the text."""

    def line(level: int, text: str, identifier: str) -> ContentsLine:
        page = pages.get(identifier)
        return ContentsLine(level, text, f"#{identifier}", "" if page is None else str(page))

    found = []
    for part in parts:
        found.append(line(1, part.title, f"part.{part.id}"))
        found.extend(
            line(entry.level, entry.page.title, anchor_of(entry.page.address)) for entry in part.entries
        )
    found.extend(line(1, title, identifier) for identifier, title in back)
    return tuple(found)


def references(items: Iterable[ReferenceItem], pages: Pages) -> tuple[ListedReference, ...]:
    """Every cited reference by its number; citations on pages that follow one another are one range."""
    return tuple(
        ListedReference(item.number, item.card, tuple(_ranges(_first_on_each(item, pages)))) for item in items
    )


def _first_on_each(item: ReferenceItem, pages: Pages) -> dict[int, str]:
    """Page to the first place on it."""
    found: dict[int, str] = {}
    for place in item.backlinks:
        page = pages.get(place.href[1:])
        if page is not None:
            found.setdefault(page, place.href)
    return dict(sorted(found.items()))


def _ranges(places: dict[int, str]) -> Iterator[Link]:
    numbers = list(places)
    start = 0
    for index, number in enumerate(numbers):
        if index + 1 < len(numbers) and numbers[index + 1] == number + 1:
            continue
        first = numbers[start]
        yield Link(places[first], str(first) if first == number else f"{first}–{number}")
        start = index + 1


def index_of_places(kb: KnowledgeBase, pages: Pages) -> tuple[IndexLetter, ...]:
    """Every place with the techniques whose indications name it or what lies in it; synonyms lead to it."""
    lines = []
    for place in kb.sites.values():
        within = set(kb.sites_below[place.id])
        named = [
            record
            for record in kb.current_techniques()
            if any(within & set(item.pain_sites) for item in record.indications)
        ]
        below = tuple(
            (record.name, _page_link(pages, anchor_of(routes.technique(record.id), "indications")))
            for record in named
        )
        lines.append(IndexLine(place.name, (_page_link(pages, anchor_of(routes.site(place.id))),), "", below))
        lines.extend(_see(name, place.name) for name in place.synonyms)
    return _by_letter(lines)


def index_of_techniques(kb: KnowledgeBase, pages: Pages) -> tuple[IndexLetter, ...]:
    """Every technique and variant, and each synonym and abbreviation of them and of the glossary's terms."""
    lines = []
    for record in kb.current_techniques():
        address = routes.technique(record.id)
        lines.append(IndexLine(record.name, (_page_link(pages, anchor_of(address)),), "", ()))
        lines.extend(_see(name, record.name) for name in (*record.abbreviations, *record.synonyms))
        for variant in record.variants:
            place = _page_link(pages, anchor_of(address, variant.id))
            lines.append(IndexLine(f"{variant.name} ({record.name})", (place,), "", ()))
            lines.extend(_see(name, f"{variant.name} ({record.name})") for name in variant.abbreviations)
    for term in kb.terms.values():
        place = _page_link(pages, anchor_of(routes.GLOSSARY, term.id))
        lines.extend(IndexLine(f"{name}, {term.term}", (place,), "", ()) for name in term.abbreviations)
    return _by_letter(lines)


def _see(name: str, other: str) -> IndexLine:
    return IndexLine(name, (), other, ())


def _page_link(pages: Pages, identifier: str) -> Link:
    return Link(f"#{identifier}", str(pages[identifier]))


def _by_letter(lines: Iterable[IndexLine]) -> tuple[IndexLetter, ...]:
    found: dict[str, list[IndexLine]] = {}
    for line in sorted(set(lines), key=lambda line: (_sort_key(line.name), line.name, line.see)):
        letter = next((character for character in _sort_key(line.name) if character.isalnum()), "#").upper()
        found.setdefault(letter if letter.isalpha() else "0–9", []).append(line)
    return tuple(IndexLetter(letter, tuple(grouped)) for letter, grouped in found.items())


def _sort_key(name: str) -> str:
    """Without accents, case and signs: as a reader looks it up."""
    plain = normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum() or character == " ").strip()
