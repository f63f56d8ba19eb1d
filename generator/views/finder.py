"""The finder: techniques by site, prognosis, setting and cautions, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import routes
from generator.knowledge import KnowledgeBase
from generator.model.base import Term
from generator.model.vocabulary import PainSite
from generator.views import body, evidence
from generator.views.context import PageContext, SiteContext
from generator.views.parts import BodyMap, Link, Page, Section
from generator.views.prognosis_bands import BANDS
from generator.views.site_index import SiteIndex, site_index
from generator.views.status import status_of_records


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list of choices."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One list of choices."""

    id: str
    name: str
    any: str
    """What stands there when nothing is chosen."""
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Finder:
    """The tool: the body, the lists, the cautions, the orders."""

    body: BodyMap | None
    site: Facet
    facets: tuple[Facet, ...]
    cautions: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    data: str
    root: str
    table: Link
    compare: str
    anywhere: tuple[Choice, ...]
    """Kinds of pain and situations that a source does not tie to a place."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The same choice as a list, for reading without a script."""

    index: SiteIndex
    table: Link


def build(site: SiteContext) -> Page:
    """The finder's page."""
    ctx = PageContext(site, routes.FINDER)
    words = ctx.kb.words
    table = Link(ctx.to(routes.TECHNIQUES), "The table of all techniques")
    data = Finder(
        body=body.body_map(ctx),
        site=Facet("site", words.site.head, "Any place", tuple(_places(ctx.kb))),
        facets=_facets(ctx.kb),
        cautions=_cautions(ctx.kb),
        orders=_orders(ctx.kb),
        data=routes.relative_file(ctx.address, f"{routes.API}/finder.json"),
        root=ctx.root,
        table=table,
        compare=ctx.to(routes.COMPARE),
        anywhere=tuple(
            Choice(region.id, region.name) for region in ctx.kb.anywhere() if site.technique_counts[region.id]
        ),
    )
    return Page(
        address=ctx.address,
        kind="finder",
        title=ctx.kb.page_names["finder"],
        description=f"Techniques by {words.site.one}, mechanism, prognosis, setting and cautions, "
        "with sources.",
        lead=ctx.pieces(
            f"Techniques that a source describes for one {words.complaint.one}, with what speaks for and "
            "against each. It lists; it does not advise.",
            terms=False,
        ),
        status=status_of_records(list(ctx.kb.current_techniques())),
        sections=(
            Section("find", "Find", "finder/finder", data),
            Section(
                "sites", f"Every {words.site.one} as a page", "finder/sites", Sites(site_index(ctx), table)
            ),
            Section("rules", "How the finder lists", "finder/rules", table),
        ),
        root=ctx.root,
    )


def _places(kb: KnowledgeBase) -> Iterator[Choice]:
    """Every site once, those that lie in another one below it, with a dash for each step."""

    def below(place: PainSite, depth: int) -> Iterator[Choice]:
        yield Choice(place.id, "– " * depth + place.name)
        for child in kb.site_children.get(place.id, ()):
            if kb.sites[child].parent == place.id:
                yield from below(kb.sites[child], depth + 1)

    for region in kb.regions():
        yield from below(region, 0)


def _facets(kb: KnowledgeBase) -> tuple[Facet, ...]:
    techniques = list(kb.current_techniques())
    indications = [item for technique in techniques for item in technique.indications]
    for technique in techniques:
        indications += [item for variant in technique.variants for item in variant.indications]
    mechanisms = {mechanism for item in indications for mechanism in item.mechanisms}
    causes = {cause for item in indications for cause in item.causes}
    settings = {use.setting for technique in techniques for use in technique.setting}
    facets = (
        Facet("mechanism", "Mechanism", "Any", _named(kb.mechanisms, mechanisms)),
        Facet("cause", kb.words.cause.head, "Any", _named(kb.causes, causes)),
        Facet("prognosis", "Expected prognosis", "Any", tuple(Choice(band.id, band.name) for band in BANDS)),
        Facet("setting", "Setting", "Any", _named(kb.settings, settings)),
    )
    return tuple(facet for facet in facets if facet.choices)


def _named(terms: Mapping[str, Term], used: set[str]) -> tuple[Choice, ...]:
    return tuple(Choice(term.id, term.name) for term in terms.values() if term.id in used)


def _cautions(kb: KnowledgeBase) -> tuple[Choice, ...]:
    used: set[str | None] = set()
    for technique in kb.current_techniques():
        used.update(item.kind for item in technique.contraindications)
        used.update(item.kind for item in technique.cautions)
        used.update(item.kind for variant in technique.variants for item in variant.cautions)
    return tuple(
        Choice(kind.id, kind.name)
        for kind in kb.contraindication_kinds.values()
        if kind.asked and kind.id in used
    )


def _orders(kb: KnowledgeBase) -> tuple[Choice, ...]:
    """By name first; by evidence in each scale that has a meter and rates a technique; by risk."""
    rated = {
        rating.body
        for technique in kb.current_techniques()
        for rating, _ in evidence.ratings_of(kb, technique)
        if evidence.step_of(kb, rating) is not None
    }
    bodies: dict[str, list[str]] = {}
    for body_of in kb.bodies.values():
        if body_of.id in rated:
            bodies.setdefault(body_of.scale, []).append(evidence.source_name(body_of))
    return (
        Choice("name", "Name, A to Z"),
        *(Choice(f"evidence-{scale}", f"Evidence by {', '.join(names)}") for scale, names in bodies.items()),
        Choice("risk", "Procedural risk, low first"),
    )
