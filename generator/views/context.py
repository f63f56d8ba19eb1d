"""What pages need while their views are built: addresses, links, statements as pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar, cast

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
from generator.model.technique import Technique
from generator.page_marks import ROOT, cite_mark
from generator.views.anchors import anchors_of, withdrawn
from generator.views.fits import technique_count
from generator.views.notices import notice_view
from generator.views.parts import Link, Piece, ReferenceCard, StatementView
from generator.views.terms import TermFinder

View = TypeVar("View")

_SPACE_BEFORE_STOP = re.compile(r"\s+([.,;:)])")
BASIS_TAGS = {
    "text": "",
    "table": "",
    "box": "",
    "caption": "from a figure caption",
    "title": "from the title of a cited paper only",
}


class SiteContext:
    """What all pages share: the knowledge base, addresses, formatted references, statements as pieces.

    Pieces hold nothing of the page on which they stand, so a statement is made once.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.file_sizes: dict[str, int] = {}
        """Path to size of files that are made before the pages, for those that name them."""
        self._plain: dict[str, str] = {}
        self._once: dict[tuple[object, ...], tuple[tuple[object, ...], object]] = {}
        self._pieces: dict[tuple[str, tuple[str, ...], bool], tuple[Piece, ...]] = {}
        self.addresses = routes.Addresses(
            {identifier: technique for identifier, (technique, _) in kb.variants.items()},
            kb.pages,
            len(kb.references),
        )

    def prepare(self) -> None:
        """Compute what every page needs, so that forked workers inherit it."""
        _ = self.cards, self.technique_counts, self.definitions, self.terms
        _ = self.regions_of, self.drawn_regions_of, self.anchors, self.withdrawn

    @cached_property
    def formatted(self) -> dict[str, FormattedReference]:
        """Every reference, formatted once."""
        return {key: format_reference(reference) for key, reference in self.kb.references.items()}

    @cached_property
    def anchors(self) -> dict[int, tuple[str, str]]:
        """Address and anchor of every statement of a technique, by its identity."""
        return {
            statement: (routes.technique(identifier), anchor)
            for identifier, anchors in self._anchors_by_technique.items()
            for statement, anchor in anchors.items()
        }

    @cached_property
    def _anchors_by_technique(self) -> dict[str, dict[int, str]]:
        return {
            technique.id: anchors_of(technique, self.plain, self.kb.published)
            for technique in self.kb.techniques.values()
        }

    @cached_property
    def technique_at(self) -> dict[str, Technique]:
        """Address to the technique whose page it is."""
        return {routes.technique(technique.id): technique for technique in self.kb.current_techniques()}

    @cached_property
    def withdrawn(self) -> dict[str, Mapping[str, str]]:
        """Address of a technique to the anchors it has no more, each with the last version that had it."""
        return {
            address: gone
            for address, technique in self.technique_at.items()
            if (
                gone := withdrawn(
                    technique, self.kb.published, self._anchors_by_technique[technique.id].values()
                )
            )
        }

    @cached_property
    def cards(self) -> dict[str, ReferenceCard]:
        """Every reference as it stands in the list at the foot of a page."""
        return {
            key: ReferenceCard(
                id=routes.reference_anchor(key),
                key=key,
                authors=formatted.authors,
                title=formatted.title,
                source=formatted.source,
                links=tuple(Link(link.href, link.label) for link in formatted.links),
                note=self.kb.references[key].note,
                notice=notice_view(self.kb.references[key]),
                page=Link(
                    ROOT + routes.from_root(*self.addresses.reference(key)),
                    "Where else it is cited" if self.addresses.references_apart else "In the reference list",
                ),
            )
            for key, formatted in self.formatted.items()
        }

    @cached_property
    def regions_of(self) -> dict[str, tuple[str, ...]]:
        """Site id to the ids of the regions in which it lies, in the order of the vocabulary."""
        found: dict[str, list[str]] = {place: [] for place in self.kb.sites}
        for region in self.kb.regions():
            for place in self.kb.sites_below[region.id]:
                found[place].append(region.id)
        return {place: tuple(regions) for place, regions in found.items()}

    @cached_property
    def drawn_regions_of(self) -> dict[str, tuple[str, ...]]:
        """Site id to the ids of the regions of the drawn body in which it lies."""
        found: dict[str, list[str]] = {place: [] for place in self.kb.sites}
        for region in self.kb.body.regions if self.kb.body else ():
            for place in self.kb.sites_below[region.site]:
                found[place].append(region.site)
        return {place: tuple(regions) for place, regions in found.items()}

    @cached_property
    def technique_counts(self) -> dict[str, int]:
        """Site id to the number of techniques described for it and what lies in it."""
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

    def made_once(self, what: str, records: tuple[object, ...], make: Callable[[], View]) -> View:
        """A view that is the same on every page, by what it shows: records by identity, sets by value."""
        key = (what, *(item if type(item) is frozenset else id(item) for item in records))
        known = self._once.get(key)
        if known is None:
            # The records are kept with the view, so that no id is used twice.
            known = self._once[key] = (records, make())
        return cast(View, known[1])

    # --- inline content ------------------------------------------------------------------------

    def pieces(self, text: str, citations: Iterable[str] = (), *, terms: bool = True) -> tuple[Piece, ...]:
        """Inline text as pieces; `citations` form one mark at its end. The same text, the same object."""
        key = (text, tuple(citations), terms)
        known = self._pieces.get(key)
        if known is None:
            known = self._pieces[key] = tuple(self._make_pieces(*key))
        return known

    def _make_pieces(self, text: str, citations: tuple[str, ...], terms: bool) -> Iterable[Piece]:
        for span in parse_inline(text):
            yield from self._piece(span, terms)
        if citations:
            yield self.cite(tuple(parse_citation(citation) for citation in citations))

    def _piece(self, span: Span, terms: bool) -> Iterable[Piece]:
        if isinstance(span, Words):
            return self._with_terms(span.text) if terms else (Piece("text", span.text),)
        if isinstance(span, Emphasis):
            return (Piece("em", span.text),)
        if isinstance(span, CrossLink):
            shown = span.text or self.kb.name(span.kind, span.id)
            if span.kind == "term":
                return (self._term("term-link", span.id, shown),)
            address, anchor = self.addresses.resolve(span.kind, span.id)
            return (Piece("link", shown, ROOT + routes.from_root(address, anchor)),)
        assert isinstance(span, CitationGroup)
        return (self.cite(span.citations),)

    def _term(self, kind: Literal["term", "term-link"], identifier: str, text: str) -> Piece:
        href = ROOT + routes.from_root(routes.GLOSSARY, identifier)
        return Piece(kind, text, href, self.definitions[identifier], identifier)

    def _with_terms(self, text: str) -> Iterable[Piece]:
        """Text with each name of a glossary term as a piece of its own."""
        done = 0
        for start, end, term in self.terms.find(text):
            if start > done:
                yield Piece("text", text[done:start])
            yield self._term("term", term, text[start:end])
            done = end
        if done < len(text):
            yield Piece("text", text[done:])

    def cite(self, citations: Iterable[Citation]) -> Piece:
        """One citation mark."""
        return Piece("cite", cite_mark(citations))


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page under construction: links from here, statements."""

    site: SiteContext
    address: str

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base."""
        return self.site.kb

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

    def statement(self, statement: Statement, tag: str = "", of_class: Link | None = None) -> StatementView:
        """A statement with its inline citations and, at its end, those of its list."""
        basis = BASIS_TAGS[statement.basis]
        address, anchor = self.site.anchors.get(id(statement), ("", ""))
        return StatementView(
            self.site.pieces(statement.text, statement.citations),
            f"{tag}, {basis}" if tag and basis else tag or basis,
            of_class,
            anchor if address == self.address else "",
        )

    def statements(self, statements: Iterable[Statement]) -> tuple[StatementView, ...]:
        """Several statements."""
        return tuple(self.statement(statement) for statement in statements)

    def pieces(self, text: str, citations: Iterable[str] = (), *, terms: bool = True) -> tuple[Piece, ...]:
        """Inline text as pieces; `citations` form one mark at its end."""
        return self.site.pieces(text, citations, terms=terms)
