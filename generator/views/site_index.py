"""The index of pain sites by region and by cause."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.model.vocabulary import PainSite
from generator.views import body, teaching
from generator.views.context import PageContext, SiteContext
from generator.views.fits import standing
from generator.views.parts import BodyMap, Link, Page, Piece, Section
from generator.views.status import status_of_records


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A site in the index."""

    link: Link
    count: int
    text: tuple[Piece, ...]
    synonyms: str
    children: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexRegion:
    """A region with its sites."""

    id: str
    entry: IndexEntry


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """The index by region, with the body."""

    regions: tuple[IndexRegion, ...]
    body: BodyMap | None


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """A cause with its sites and the techniques whose indications name it."""

    id: str
    name: str
    synonyms: str
    sites: tuple[Link, ...]
    techniques: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CauseIndex:
    """The index by cause."""

    causes: tuple[CauseEntry, ...]


def build(site: SiteContext) -> Page:
    """The index of sites by region, and by cause."""
    ctx = PageContext(site, routes.PAIN_SITES)
    words = ctx.kb.words
    by_cause = Section("by-cause", f"By {words.cause.one}", "site/causes", CauseIndex(_causes(ctx)))
    return Page(
        address=ctx.address,
        kind="sites",
        title=ctx.kb.name("page", "pain-sites"),
        description=ctx.kb.texts.sites.description,
        lead=ctx.pieces(ctx.kb.texts.sites.lead, terms=False),
        status=status_of_records(list(ctx.kb.current_techniques())),
        sections=(
            Section("by-region", f"By {words.area.one}", "site/index", site_index(ctx)),
            *([by_cause] if ctx.kb.causes else []),
            *([teaching.of_page(ctx, routes.PAIN_SITES, "The body")] if ctx.kb.body else []),
        ),
        root=ctx.root,
        oembed=teaching.oembed(ctx, routes.PAIN_SITES),
    )


def site_index(ctx: PageContext) -> SiteIndex:
    """Every site by region, beside the body."""
    regions = tuple(IndexRegion(region.id, _entry(ctx, region)) for region in ctx.kb.regions())
    return SiteIndex(regions, body.body_map(ctx))


def _entry(ctx: PageContext, place: PainSite) -> IndexEntry:
    kb = ctx.kb
    return IndexEntry(
        link=ctx.link("site", place.id),
        count=ctx.site.technique_counts[place.id],
        text=ctx.pieces(place.text, terms=False) if place.text else (),
        synonyms=", ".join(place.synonyms),
        children=tuple(
            _entry(ctx, kb.sites[child])
            for child in kb.site_children.get(place.id, ())
            if kb.sites[child].parent == place.id
        ),
    )


def _causes(ctx: PageContext) -> tuple[CauseEntry, ...]:
    kb = ctx.kb
    described: dict[str, dict[str, None]] = {cause: {} for cause in kb.causes}
    for technique in kb.current_techniques():
        of_variants = (item for variant in technique.variants for item in variant.indications)
        for item in (*technique.indications, *of_variants):
            if item.causes and standing(item) == "described":
                for named in item.causes:
                    described[named][technique.id] = None
    return tuple(
        CauseEntry(
            cause.id,
            cause.name,
            ", ".join(cause.synonyms),
            tuple(ctx.link("site", place) for place in cause.pain_sites),
            tuple(ctx.link("technique", technique) for technique in described[cause.id]),
        )
        for cause in kb.causes.values()
    )
