"""Site pages: which techniques fit, why, how sure, and what speaks against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import routes
from generator.model.clinical import SpinalLevel
from generator.model.vocabulary import PainSite
from generator.views import body, facets, spine
from generator.views.context import PageContext, SiteContext
from generator.views.fits import fits_below
from generator.views.parts import BodyMarks, Link, Page, Section, SpineRuler, StatementView
from generator.views.status import status_of_records
from generator.views.tables import FitRow, fit_row

# Two techniques are seen at a glance in the table itself.
_LONG_ENOUGH_FOR_OVERVIEW = 3


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A site with the number of techniques that a source describes for it."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class FitTable:
    """Techniques for a site, by how firmly a source speaks."""

    overview: tuple[FitRow, ...]
    """The described ones once more in a line each; empty where the table itself is short."""
    narrower: tuple[CountedLink, ...]
    """The sites within this one."""
    instead: tuple[CountedLink, ...]
    """Where to look when no source describes a technique here: wider sites, else those beside it."""
    anywhere: tuple[CountedLink, ...]
    """Kinds of pain and situations, not tied to a place, with techniques that are not here."""

    described: tuple[FitRow, ...]
    reported: tuple[FitRow, ...]
    title_only: tuple[FitRow, ...]
    note: str
    """What the ratings here amount to, in one sentence."""
    body: BodyMarks | None
    site: str
    finder: Link


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """A technique that a source keeps off this complaint."""

    technique: Link
    statement: StatementView


@dataclass(frozen=True, slots=True)
class AgainstList:
    """What is not for this complaint."""

    rows: tuple[AgainstRow, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """Where a technique acts."""

    technique: Link
    target: StatementView
    levels: str


@dataclass(frozen=True, slots=True)
class WhereTheyAct:
    """Targets of the techniques that fit, with the spine ruler where levels are named."""

    rows: tuple[ActRow, ...]
    ruler: SpineRuler | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """Wider, narrower and neighbouring sites, and causes that lead here."""

    wider: tuple[Link, ...]
    narrower: tuple[Link, ...]
    beside: tuple[Link, ...]
    causes: tuple[str, ...]


def build(site: SiteContext, place: PainSite) -> Page:
    """The page of one site."""
    ctx = PageContext(site, routes.site(place.id))
    kb = ctx.kb
    lead = ctx.pieces(place.text, place.citations) if place.text else ()
    rows = [
        fit_row(ctx, place.id, kb.techniques[technique], fits)
        for technique, fits in fits_below(kb, place.id).items()
    ]
    by_standing = {
        wanted: tuple(row for row in rows if row.standing == wanted)
        for wanted in ("described", "reported", "title")
    }
    described = by_standing["described"]
    fit_table = FitTable(
        overview=described if len(described) >= _LONG_ENOUGH_FOR_OVERVIEW else (),
        narrower=_counted(ctx, kb.site_children.get(place.id, ())),
        instead=() if described else _instead(ctx, place),
        anywhere=_with_techniques(
            ctx, (region.id for region in kb.anywhere() if place.id not in kb.sites_below[region.id])
        ),
        described=described,
        reported=by_standing["reported"],
        title_only=by_standing["title"],
        note=_rating_note(ctx, described),
        body=body.body_marks(site, frozenset(site.drawn_regions_of[place.id])),
        site=place.name,
        finder=Link(ctx.to(routes.FINDER, f"site={place.id}"), "Narrow by mechanism, prognosis, cautions"),
    )
    sections = [Section("techniques", "Techniques that fit", "site/fits", fit_table)]
    act = _where_they_act(ctx, place, described)
    if act.rows:
        sections.append(Section("anatomy", "Where they act", "site/act", act))
    against = tuple(
        AgainstRow(ctx.link("technique", item.technique), ctx.statement(item.exclusion))
        for below in kb.sites_below[place.id]
        for item in kb.against.get(below, ())
    )
    if against:
        sections.append(
            Section("not-for", f"Not for this {kb.words.complaint.one}", "site/against", AgainstList(against))
        )
    sections.append(Section("nearby", f"Nearby {kb.words.complaint.one}", "site/nearby", _nearby(ctx, place)))
    crumbs = [ctx.link("page", "pain-sites")]
    if place.parent:
        crumbs.append(ctx.link("site", place.parent))
    return Page(
        address=ctx.address,
        kind="site",
        record=("site", place.id),
        title=place.name,
        description=f"{place.name}: techniques in the sources, with evidence, window, setting and cautions.",
        sections=tuple(sections),
        lead=lead,
        breadcrumbs=tuple(crumbs),
        status=status_of_records([kb.techniques[row] for row in fits_below(kb, place.id)]),
        synonyms=place.synonyms,
        facets=facets.of_site(kb, place.id),
        root=ctx.root,
    )


def _rating_note(ctx: PageContext, rows: tuple[FitRow, ...]) -> str:
    """How many of the techniques are rated at all."""
    if not rows:
        return f"No source that was read describes a technique for this {ctx.kb.words.site.one}."
    rated = sum(any(badge.form != "none" for badge in row.badges) for row in rows)
    count = len(rows)
    noun = "technique is" if count == 1 else "techniques are"
    if not rated:
        rated_none = "it" if count == 1 else "any of them"
        return f"{count} {noun} described here. No body in these sources rates {rated_none}."
    if rated == count:
        return f"{count} {noun} described here."
    return f"{count} {noun} described here; {rated} of them {'is' if rated == 1 else 'are'} rated by a body."


def _where_they_act(ctx: PageContext, place: PainSite, rows: tuple[FitRow, ...]) -> WhereTheyAct:
    kb = ctx.kb
    found = []
    levels: list[SpinalLevel] = []
    for row in rows:
        technique = kb.techniques[row.id]
        if technique.kind == "class" or technique.anatomy.target is None:
            continue
        own = technique.anatomy.levels
        levels.extend(own)
        found.append(
            ActRow(
                row.technique,
                ctx.statement(technique.anatomy.target),
                ", ".join(dict.fromkeys(f"{spine.level_text(level)} {level.role}" for level in own)),
            )
        )
    distinct = {(level.structure, spine.level_text(level), level.role): level for level in levels}
    shown = tuple(distinct.values())[:8]
    return WhereTheyAct(
        tuple(found), spine.ruler(kb.levels, shown, f"{kb.words.level.heads} named for {place.name}")
    )


def _counted(ctx: PageContext, places: Iterable[str]) -> tuple[CountedLink, ...]:
    counts = ctx.site.technique_counts
    return tuple(CountedLink(ctx.link("site", place), counts[place]) for place in places)


def _with_techniques(ctx: PageContext, places: Iterable[str]) -> tuple[CountedLink, ...]:
    return tuple(found for found in _counted(ctx, places) if found.count)


def _instead(ctx: PageContext, place: PainSite) -> tuple[CountedLink, ...]:
    return _with_techniques(ctx, _wider(place)) or _with_techniques(ctx, _beside(ctx, place))


def _wider(place: PainSite) -> list[str]:
    return [wider for wider in (place.parent, *place.also_in) if wider]


def _beside(ctx: PageContext, place: PainSite) -> list[str]:
    return [child for child in ctx.kb.site_children.get(place.parent or "", ()) if child != place.id]


def _nearby(ctx: PageContext, place: PainSite) -> Nearby:
    kb = ctx.kb
    return Nearby(
        wider=tuple(ctx.link("site", wider) for wider in _wider(place)),
        narrower=tuple(ctx.link("site", child) for child in kb.site_children.get(place.id, ())),
        beside=tuple(ctx.link("site", sibling) for sibling in _beside(ctx, place)),
        causes=tuple(cause.name for cause in kb.causes.values() if place.id in cause.pain_sites),
    )
