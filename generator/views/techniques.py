"""The table of all techniques, and the pages of the technique groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import routes
from generator.model.technique import Technique
from generator.model.vocabulary import Group
from generator.views import evidence, tables, teaching, windows
from generator.views.context import PageContext, SiteContext
from generator.views.fits import standing
from generator.views.parts import BadgeView, Link, Page, Piece, Section, StatementView
from generator.views.status import status_of_records


@dataclass(frozen=True, slots=True)
class TechniqueRow:
    """One technique in the table. `sort_*` and `filter_*` are data for the browser, not shown."""

    id: str
    technique: Link
    abbreviations: tuple[str, ...]
    kind: str
    named_only: bool
    group: str
    group_id: str
    parent: Link | None
    indications: tuple[StatementView, ...]
    more_indications: int
    sites: tuple[Link, ...]
    badges: tuple[BadgeView, ...]
    setting: str
    windows: tuple[str, ...]
    risk: str
    cost: str
    from_class: bool
    sort_evidence: int
    sort_risk: int
    sort_cost: int
    filter_regions: tuple[str, ...]
    filter_mechanisms: tuple[str, ...]
    filter_settings: tuple[str, ...]
    filter_text: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class TechniqueTable:
    """The table with the choices of its filters."""

    rows: tuple[TechniqueRow, ...]
    groups: tuple[Option, ...]
    regions: tuple[Option, ...]
    mechanisms: tuple[Option, ...]
    settings: tuple[Option, ...]
    evidence_sort_note: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group with its techniques, as a tree of classes."""

    group: Link
    text: tuple[Piece, ...]
    classes: tuple[tuple[Link, tuple[Link, ...]], ...]
    singles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups."""

    groups: tuple[GroupCard, ...]


def build_table(site: SiteContext) -> Page:
    """The page with the table of all techniques."""
    ctx = PageContext(site, routes.TECHNIQUES)
    kb = ctx.kb
    table = table_of(ctx, list(kb.current_techniques()))
    return Page(
        address=ctx.address,
        kind="techniques",
        title="Techniques",
        description="All techniques: indication, evidence, setting, prognosis window, risk and cost.",
        lead=ctx.pieces(
            "Every technique with what it is described for, how each body rates it, where it is done, "
            "when, at what risk and cost. In alphabetical order, which is not an order of preference.",
            terms=False,
        ),
        status=status_of_records(list(kb.current_techniques())),
        sections=(
            Section("table", "All techniques", "techniques/table", table),
            Section("groups", "By group", "techniques/groups", Groups(tuple(_groups(ctx)))),
            teaching.of_page(ctx, routes.TECHNIQUES, "The table"),
        ),
        root=ctx.root,
        oembed=teaching.oembed(ctx, routes.TECHNIQUES),
    )


def build_group(site: SiteContext, group: Group) -> Page:
    """The page of one technique group."""
    ctx = PageContext(site, routes.group(group.id))
    techniques = [item for item in ctx.kb.current_techniques() if item.group == group.id]
    lead = ctx.pieces(group.text, group.citations) if group.text else ()
    table = table_of(ctx, techniques)
    return Page(
        address=ctx.address,
        kind="group",
        title=group.name,
        description=f"Techniques of the group {group.name.lower()}.",
        lead=lead,
        breadcrumbs=(Link(ctx.to(routes.TECHNIQUES), "Techniques"),),
        status=status_of_records(techniques),
        sections=(
            Section("members", "Techniques", "techniques/tree", _card(ctx, group)),
            Section("table", "Side by side", "techniques/table", table),
        ),
        root=ctx.root,
    )


def _groups(ctx: PageContext) -> Iterable[GroupCard]:
    return (_card(ctx, group) for group in ctx.kb.groups.values())


def _card(ctx: PageContext, group: Group) -> GroupCard:
    kb = ctx.kb
    members = [item for item in kb.current_techniques() if item.group == group.id]
    ids = {item.id for item in members}
    classes = [item for item in members if item.kind == "class"]
    placed: set[str] = {item.id for item in classes}
    rows = []
    for item in classes:
        below = [member for member in kb.members.get(item.id, ()) if member in ids]
        placed.update(below)
        rows.append(
            (ctx.link("technique", item.id), tuple(ctx.link("technique", member) for member in below))
        )
    return GroupCard(
        group=Link(ctx.to(routes.group(group.id)), group.name),
        text=ctx.pieces(group.text, terms=False) if group.text else (),
        classes=tuple(rows),
        singles=tuple(ctx.link("technique", item.id) for item in members if item.id not in placed),
    )


def table_of(ctx: PageContext, techniques: list[Technique]) -> TechniqueTable:
    """The table of some techniques."""
    kb = ctx.kb
    rows = tuple(_row(ctx, technique) for technique in techniques)
    regions = {region for row in rows for region in row.filter_regions}
    mechanisms = {mechanism for row in rows for mechanism in row.filter_mechanisms}
    settings = {setting for row in rows for setting in row.filter_settings}
    groups = {row.group_id for row in rows}
    return TechniqueTable(
        rows=rows,
        groups=tuple(Option(group.id, group.short) for group in kb.groups.values() if group.id in groups),
        regions=tuple(Option(site.id, site.name) for site in kb.regions() if site.id in regions),
        mechanisms=tuple(
            Option(term.id, term.name) for term in kb.mechanisms.values() if term.id in mechanisms
        ),
        settings=tuple(Option(term.id, term.name) for term in kb.settings.values() if term.id in settings),
        evidence_sort_note=f"Sorted by the scale of {_sorting_body(ctx)} only; scales are not comparable.",
    )


def _sorting_body(ctx: PageContext) -> str:
    body = next(iter(ctx.kb.bodies.values()), None)
    return evidence.source_name(body) if body else ""


def _row(ctx: PageContext, technique: Technique) -> TechniqueRow:
    kb = ctx.kb
    parent = kb.class_of(technique)
    described = [item for item in technique.indications if standing(item) == "described"]
    # Also for its variants: else a region would show fewer rows than the count beside it on the home page.
    fits = described + [
        item
        for variant in technique.variants
        for item in variant.indications
        if standing(item) == "described"
    ]
    places = dict.fromkeys(place for item in fits for place in item.pain_sites)
    within = {region for place in places for region in ctx.site.regions_of[place]}
    regions = tuple(site.id for site in kb.regions() if site.id in within) if within else ()
    settings = technique.setting or (parent.setting if parent else ())
    grades = list(kb.grades)
    risk = technique.procedural_risk or (parent.procedural_risk if parent else ())
    cost = technique.cost or (parent.cost if parent else ())
    return TechniqueRow(
        id=technique.id,
        technique=ctx.link("technique", technique.id),
        abbreviations=technique.abbreviations,
        kind="Class" if technique.kind == "class" else "",
        named_only=technique.named_only,
        group=kb.groups[technique.group].short,
        group_id=technique.group,
        parent=ctx.link("technique", technique.parent) if technique.parent else None,
        indications=ctx.statements(described[:2]),
        more_indications=max(len(described) - 2, 0),
        sites=tuple(ctx.link("site", place) for place in places),
        badges=evidence.badges_for(ctx, technique)[:3],
        setting=tables.setting_words(kb, technique),
        windows=windows.short_labels(ctx, technique),
        risk=tables.risk_words(kb, technique),
        cost=tables.cost_words(kb, technique),
        from_class=parent is not None
        and not (technique.procedural_risk or technique.cost or technique.setting),
        sort_evidence=_evidence_order(ctx, technique),
        sort_risk=max((grades.index(item.grade) for item in risk), default=-1),
        sort_cost=max((grades.index(item.grade) for item in cost), default=-1),
        filter_regions=regions,
        filter_mechanisms=tuple(dict.fromkeys(mechanism for item in fits for mechanism in item.mechanisms)),
        filter_settings=tuple(dict.fromkeys(use.setting for use in settings)),
        filter_text=" ".join(
            [
                technique.name,
                *technique.abbreviations,
                *technique.synonyms,
                *(kb.sites[p].name for p in places),
            ]
        ).lower(),
    )


def _evidence_order(ctx: PageContext, technique: Technique) -> int:
    """Step of the rating by the first body of the vocabulary, the only scale the table sorts by."""
    kb = ctx.kb
    ratings = evidence.ratings_of(kb, technique)
    if not ratings:
        return -1
    body = next(iter(kb.bodies.values()), None)
    if body is None:
        return -1
    steps = [evidence.step_of(kb, rating) for rating, _ in ratings if rating.body == body.id]
    return max((step for step in steps if step is not None), default=-1)
