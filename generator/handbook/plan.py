"""What the document holds and in which order: the pages of the site, as parts, chapters and entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from generator.handbook import map as paper_map
from generator.model.vocabulary import PainSite
from generator.render import Renderer
from generator.views import (
    checklist,
    concordance,
    coverage,
    evidence_map,
    glossary,
    learn,
    prose,
    site,
    site_index,
    technique,
    techniques,
)
from generator.views.context import SiteContext
from generator.views.evidence_map_view import EvidenceMap
from generator.views.parts import Page, Section

Level: TypeAlias = Literal[2, 3]

# Sections that are laid out anew for paper, by the template that a page of the site uses. None leaves them
# out: they say again what the document holds elsewhere, or ask to be operated.
_FOR_PAPER: dict[str, str | None] = {
    "evidence-map/map": "handbook/evidence-map",
    "evidence-map/list": None,
    "concordance/rows": None,
    "checklist/criteria": "handbook/criteria",
    "checklist/details": "handbook/details",
    "checklist/letter": None,
    "techniques/table": "handbook/side-by-side",
    "techniques/tree": None,
    "site/index": None,
    "teaching": None,
    "coverage/totals": "handbook/totals",
    "coverage/table": "handbook/coverage",
}
_WIDE = frozenset({"evidence-map", "coverage"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the site in the document, with its place in the contents."""

    page: Page
    level: Level
    """2 a chapter, 3 an entry of the chapter before it."""
    form: str
    """What its first page looks like: 'plain', 'wide', 'technique', 'group', 'region', 'site'."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document."""

    id: str
    title: str
    lead: str
    entries: tuple[Entry, ...]


def parts(context: SiteContext, renderer: Renderer) -> tuple[Part, ...]:
    """All parts in reading order; a part without entries is left out."""
    table, places = techniques.build_table(context), site_index.build(context)
    guides, evidence = learn.build(context), evidence_map.build(context)
    pages = sorted(context.kb.pages.values(), key=lambda page: (page.meta.order, page.meta.title.casefold()))
    prose_pages = {page.id: prose.build(context, page, renderer.inline) for page in pages}
    about = [prose_pages[page.id] for page in pages if page.meta.section != "learn"]
    learned = [prose_pages[page.id] for page in pages if page.meta.section == "learn"]
    criteria = [checklist.build(context)] if context.kb.criteria else []
    found = (
        Part("guides", guides.title, guides.description, (*_chapters(*criteria, *learned),)),
        Part("techniques", table.title, table.description, tuple(_techniques(context))),
        Part("places", places.title, places.description, (*_places(context), *_chapters(places))),
        Part(
            "evidence",
            "Evidence",
            evidence.description,
            (*_chapters(evidence, concordance.build(context), coverage.build(context)),),
        ),
        Part("method", "Method and terms", "", (*_chapters(*about, glossary.build(context)),)),
    )
    return tuple(part for part in found if part.entries)


def _techniques(context: SiteContext) -> Iterator[Entry]:
    """Each group with its table, then its techniques in the order of the knowledge base."""
    kb = context.kb
    for group in kb.groups.values():
        members = [item for item in kb.current_techniques() if item.group == group.id]
        if not members:
            continue
        yield Entry(_paper(techniques.build_group(context, group)), 2, "group")
        for record in members:
            yield Entry(_paper(technique.build(context, record)), 3, "technique")


def _places(context: SiteContext) -> Iterator[Entry]:
    """Each region, then what lies in it; a place that lies in two regions stands in the first."""
    kb = context.kb
    placed: set[str] = set()

    def below(place: PainSite) -> Iterator[PainSite]:
        for child in kb.site_children.get(place.id, ()):
            if child not in placed and kb.sites[child].parent == place.id:
                placed.add(child)
                yield kb.sites[child]
                yield from below(kb.sites[child])

    for region in kb.regions():
        placed.add(region.id)
        yield Entry(_paper(site.build(context, region)), 2, "region")
        for place in below(region):
            yield Entry(_paper(site.build(context, place)), 3, "site")


def _chapters(*pages: Page) -> Iterable[Entry]:
    for page in pages:
        paper = _paper(page)
        if paper.sections or paper.markdown:
            yield Entry(paper, 2, "wide" if page.kind in _WIDE else "plain")


def _paper(page: Page) -> Page:
    """The page with the sections that paper can show."""
    sections = []
    for section in page.sections:
        template = _FOR_PAPER.get(section.template, f"pages/{section.template}")
        if template is not None:
            data = paper_map.tables(section.data) if isinstance(section.data, EvidenceMap) else section.data
            sections.append(Section(section.id, section.title, template, data, section.level))
    return replace(page, sections=tuple(sections))
