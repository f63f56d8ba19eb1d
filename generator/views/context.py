"""What one page needs while its view is built: links from here, citation numbers, first uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from generator import routes
from generator.bibliography import FormattedReference, format_reference
from generator.inline import (
    Citation,
    CitationGroup,
    CrossLink,
    Emphasis,
    Span,
    Words,
    parse_citation,
    parse_inline,
)
from generator.knowledge import KnowledgeBase
from generator.model.base import Review, Statement
from generator.model.technique import Technique
from generator.views.fits import technique_count
from generator.views.parts import CiteMark, Link, Piece, ReferenceItem, StatementView, StatusView

_SPACE_BEFORE_STOP = re.compile(r"\s+([.,;:)])")
_PUNCTUATION = str.maketrans(dict.fromkeys('.,;:()/–—“”„«»"‘[]<>{}?!…*+=&|%#@^~`_', " "))
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
BASIS_TAGS = {
    "text": "",
    "table": "",
    "box": "",
    "caption": "from a figure caption",
    "title": "from the title of a cited paper only",
}


@dataclass(frozen=True, slots=True)
class _TermEntry:
    """A name under which a glossary term is recognised, in small letters unless its case counts."""

    name: str
    words: int
    exact_case: bool
    term: str


class SiteContext:
    """What all pages share: the knowledge base, addresses, formatted references, glossary names."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._plain: dict[str, str] = {}
        self.addresses = routes.Addresses(
            {identifier: technique for identifier, (technique, _) in kb.variants.items()}, kb.pages
        )

    def prepare(self) -> None:
        """Compute what every page needs, so that forked workers inherit it."""
        _ = self.formatted, self.technique_counts, self.definitions, self.term_index, self._first_words

    @cached_property
    def formatted(self) -> dict[str, FormattedReference]:
        """Every reference, formatted once."""
        return {key: format_reference(reference) for key, reference in self.kb.references.items()}

    @cached_property
    def technique_counts(self) -> dict[str, int]:
        """Pain-site id to the number of techniques described for it and what lies in it."""
        return {site: technique_count(self.kb, site) for site in self.kb.sites}

    @cached_property
    def definitions(self) -> dict[str, str]:
        """Plain-word definition of every glossary term."""
        return {identifier: self.plain(term.definition) for identifier, term in self.kb.terms.items()}

    @cached_property
    def term_index(self) -> dict[str, list[_TermEntry]]:
        """First word, in lower case, to the glossary names that start with it; longest first."""
        index: dict[str, list[_TermEntry]] = {}
        for identifier, term in self.kb.terms.items():
            if not term.autolink:
                continue
            names = [(term.term, False), *((name, False) for name in term.synonyms)]
            names += [(name, True) for name in term.abbreviations if not term.ambiguous]
            for name, is_abbreviation in names:
                words = list(_WORD.finditer(name))
                if not words:
                    continue
                exact = is_abbreviation or name.isupper() or len(name) < 4
                shown = name[words[0].start() : words[-1].end()]
                entry = _TermEntry(shown if exact else shown.casefold(), len(words), exact, identifier)
                index.setdefault(words[0][0].casefold(), []).append(entry)
        for entries in index.values():
            entries.sort(key=lambda entry: -entry.words)
        return index

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(self.term_index)

    def plain(self, text: str) -> str:
        """Inline text as plain words."""
        if (known := self._plain.get(text)) is not None:
            return known
        parts = []
        for span in parse_inline(text):
            if isinstance(span, Words | Emphasis):
                parts.append(span.text)
            elif isinstance(span, CrossLink):
                parts.append(span.text or self.kb.name(span.kind, span.id))
        plain = _SPACE_BEFORE_STOP.sub(r"\1", " ".join("".join(parts).split()))
        self._plain[text] = plain
        return plain

    def may_name_term(self, text: str) -> bool:
        """Whether a text holds a word with which a glossary name starts: a quick no for most."""
        words = text.casefold().translate(_PUNCTUATION).split()
        return any(word.strip("'’") in self._first_words for word in words)


@dataclass
class PageContext:
    """One page under construction. Numbers citations in the order in which statements are built."""

    site: SiteContext
    address: str
    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    seen_terms: set[str] = field(default_factory=set)

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base."""
        return self.site.kb

    # --- links -----------------------------------------------------------------------------------

    def to(self, address: str, anchor: str = "") -> str:
        """The href from this page to an address."""
        return routes.relative(self.address, address, anchor)

    def link(self, kind: str, identifier: str, text: str = "", anchor: str = "") -> Link:
        """A link to a record."""
        address, own_anchor = self.site.addresses.resolve(kind, identifier)
        return Link(self.to(address, anchor or own_anchor), text or self.kb.name(kind, identifier))

    @property
    def root(self) -> str:
        """The prefix that leads to the root of the site."""
        return routes.relative_file(self.address, "")

    # --- statements --------------------------------------------------------------------------------

    def statement(self, statement: Statement, tag: str = "", of_class: Link | None = None) -> StatementView:
        """A statement with its inline citations and, at its end, those of its list."""
        tags = [part for part in (tag, BASIS_TAGS[statement.basis]) if part]
        return StatementView(self.pieces(statement.text, statement.citations), ", ".join(tags), of_class)

    def statements(self, statements: Iterable[Statement]) -> tuple[StatementView, ...]:
        """Several statements."""
        return tuple(self.statement(statement) for statement in statements)

    def pieces(self, text: str, citations: Iterable[str] = (), *, terms: bool = True) -> tuple[Piece, ...]:
        """Inline text as pieces; `citations` form one mark at its end."""
        pieces: list[Piece] = []
        for span in parse_inline(text):
            pieces.extend(self._piece(span, terms))
        listed = tuple(parse_citation(citation) for citation in citations)
        if listed:
            pieces.append(self.cite(listed))
        return tuple(pieces)

    def _piece(self, span: Span, terms: bool) -> list[Piece]:
        if isinstance(span, Words):
            return self._with_terms(span.text) if terms else [Piece("text", span.text)]
        if isinstance(span, Emphasis):
            return [Piece("em", span.text)]
        if isinstance(span, CrossLink):
            if span.kind == "term":
                self.seen_terms.add(span.id)
                return [self._term(span.id, span.text or self.kb.name("term", span.id))]
            link = self.link(span.kind, span.id, span.text)
            return [Piece("link", link.text, link.href)]
        assert isinstance(span, CitationGroup)
        return [self.cite(span.citations)]

    def _term(self, identifier: str, text: str) -> Piece:
        return Piece("term", text, self.to(routes.GLOSSARY, identifier), self.site.definitions[identifier])

    def _with_terms(self, text: str) -> list[Piece]:
        """Text with the first use of each glossary term linked."""
        if not self.site.may_name_term(text):
            return [Piece("text", text)]
        index = self.site.term_index
        pieces: list[Piece] = []
        done = 0
        matches = list(_WORD.finditer(text))
        skip_to = 0
        for position, match in enumerate(matches):
            if position < skip_to:
                continue
            for entry in index.get(match[0].casefold(), ()):
                last = position + entry.words - 1
                if entry.term in self.seen_terms or last >= len(matches):
                    continue
                end = matches[last].end()
                found = text[match.start() : end]
                if entry.name != (found if entry.exact_case else found.casefold()):
                    continue
                self.seen_terms.add(entry.term)
                if match.start() > done:
                    pieces.append(Piece("text", text[done : match.start()]))
                pieces.append(self._term(entry.term, text[match.start() : end]))
                done, skip_to = end, last + 1
                break
        if done < len(text):
            pieces.append(Piece("text", text[done:]))
        return pieces

    # --- citations ---------------------------------------------------------------------------------

    def cite(self, citations: Iterable[Citation]) -> Piece:
        """One citation mark, sorted by number, runs of three and more shown as a range."""
        locators: dict[str, list[str]] = {}
        for citation in citations:
            found = locators.setdefault(citation.key, [])
            if citation.locator and citation.locator not in found:
                found.append(citation.locator)
        marks = sorted(
            (self.numbers.setdefault(key, len(self.numbers) + 1), key, "; ".join(found))
            for key, found in locators.items()
        )
        hidden, starts = _ranges([(number, locator) for number, _, locator in marks])
        views = []
        for index, (number, key, locator) in enumerate(marks):
            places = self.places.setdefault(key, [])
            place = f"cite-{number}-{len(places) + 1}"
            places.append(place)
            views.append(
                CiteMark(
                    number,
                    f"#{routes.reference_anchor(key)}",
                    place,
                    locator,
                    index in hidden,
                    index in starts,
                )
            )
        return Piece("cite", marks=tuple(views))

    def references(self) -> tuple[ReferenceItem, ...]:
        """The page's list of references, in the order of first citation."""
        items = []
        for key, number in self.numbers.items():
            formatted = self.site.formatted[key]
            items.append(
                ReferenceItem(
                    number=number,
                    id=routes.reference_anchor(key),
                    key=key,
                    authors=formatted.authors,
                    title=formatted.title,
                    source=formatted.source,
                    links=tuple(Link(link.href, link.label) for link in formatted.links),
                    note=self.kb.references[key].note,
                    backlinks=tuple(
                        Link(f"#{place}", _letters(index)) for index, place in enumerate(self.places[key])
                    ),
                    page=Link(
                        self.to(routes.REFERENCES, routes.reference_anchor(key)), "In the reference list"
                    ),
                )
            )
        return tuple(items)

    # --- status --------------------------------------------------------------------------------------

    def status(self, review: Review) -> StatusView:
        """The status line of a record or page."""
        latest = max(review.clinical_review, key=lambda item: item.date, default=None)
        if latest is None:
            reviewed = "none yet"
        else:
            role = f", {latest.role}" if latest.role else ""
            reviewed = f"{latest.name}{role}, {long_date(latest.date.isoformat())}"
        return StatusView(
            reviewed=reviewed,
            is_reviewed=latest is not None,
            checked=long_date(review.checked.isoformat()),
            checked_iso=review.checked.isoformat(),
            next_due=long_date(review.next_due.isoformat()),
            next_due_iso=review.next_due.isoformat(),
            drafted_from=(self.cite(tuple(parse_citation(item) for item in review.drafted_from)),),
        )


def status_of_records(techniques: Collection[Technique]) -> StatusView | None:
    """The status of a page made from several records: the oldest check, the next date due."""
    if not techniques:
        return None
    reviewed = sum(bool(technique.review.clinical_review) for technique in techniques)
    count = len(techniques)
    checked = min(technique.review.checked for technique in techniques).isoformat()
    next_due = min(technique.review.next_due for technique in techniques).isoformat()
    return StatusView(
        reviewed=f"{reviewed} of {count} records" if reviewed else "none yet",
        is_reviewed=reviewed == count,
        checked=long_date(checked),
        checked_iso=checked,
        next_due=long_date(next_due),
        next_due_iso=next_due,
        drafted_from=(),
        records=f"{count} technique record{'' if count == 1 else 's'}",
    )


def long_date(iso: str) -> str:
    """'2026-11-22' as '22 November 2026'."""
    year, month, day = iso.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _letters(index: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _ranges(marks: list[tuple[int, str]]) -> tuple[set[int], set[int]]:
    """Indices hidden inside ranges, and indices at which a range starts."""
    hidden: set[int] = set()
    starts: set[int] = set()
    start = 0
    while start < len(marks):
        end = start
        while (
            end + 1 < len(marks)
            and marks[end + 1][0] == marks[end][0] + 1
            and not marks[end][1]
            and not marks[end + 1][1]
        ):
            end += 1
        if end - start >= 2:
            hidden.update(range(start + 1, end))
            starts.add(start)
        start = end + 1
    return hidden, starts
