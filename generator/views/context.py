"""What one page needs while its view is built: links from here, citation numbers, first uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
from generator.model.base import Statement
from generator.views.fits import technique_count
from generator.views.parts import CiteMark, Link, Piece, ReferenceItem, StatementView
from generator.views.terms import TermFinder

_SPACE_BEFORE_STOP = re.compile(r"\s+([.,;:)])")
BASIS_TAGS = {
    "text": "",
    "table": "",
    "box": "",
    "caption": "from a figure caption",
    "title": "from the title of a cited paper only",
}


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
        _ = self.formatted, self.technique_counts, self.definitions, self.terms

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
    def terms(self) -> TermFinder:
        """Finds the names of glossary terms in text."""
        return TermFinder(self.kb.terms.values())

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
        pieces: list[Piece] = []
        done = 0
        for start, end, term in self.site.terms.find(text, self.seen_terms):
            if start > done:
                pieces.append(Piece("text", text[done:start]))
            pieces.append(self._term(term, text[start:end]))
            done = end
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
