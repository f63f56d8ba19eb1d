"""The page of a technique: readable in ten seconds at its top, complete below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import routes
from generator.model.base import Statement
from generator.model.technique import Complication, Contraindication, Indication, Result, Technique, Variant
from generator.views import body, evidence, spine, tables, windows
from generator.views.context import PageContext, SiteContext
from generator.views.coverage import silent_fields
from generator.views.evidence import EvidenceColumn
from generator.views.fits import standing
from generator.views.parts import (
    BadgeView,
    BodyMap,
    Link,
    Page,
    Piece,
    Section,
    SpineRuler,
    StatementView,
    WindowView,
)

_STRENGTHS = {"absolute": "Absolute", "relative": "Relative", "not-stated": "Strength not stated"}
_ROLES = {"target": "Target", "entry": "Entry", "origin": "Origin", "landmark": "Landmark"}
_RELATIONS = {
    "alternative": "Alternative",
    "combined-with": "Combined with",
    "before": "Tried before",
    "after": "Tried after",
    "compare": "Compare",
    "part-of": "Part of",
}
_VARIANT_KINDS = {
    "approach": "Approach",
    "mode": "Mode",
    "combination": "Combination",
    "device": "Device",
    "procedure": "Procedure",
    "adjunct": "Adjunct",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The box at the top."""

    fits: tuple[StatementView, ...]
    fit_sites: tuple[Link, ...]
    badges: tuple[BadgeView, ...]
    more_badges: int
    """Ratings that stand in the evidence section only."""
    bodies_differ: bool
    evidence_href: str
    target: StatementView | None
    levels: tuple[tuple[str, str], ...]
    """Structure and level text, targets first."""
    more_levels: int
    """Levels that stand in the anatomy section only."""
    windows: tuple[WindowView, ...]
    settings: tuple[str, ...]
    risk: str
    cost: str
    class_link: Link | None
    """Set when window, setting, risk or cost come from the class."""
    watch: tuple[StatementView, ...]
    body: BodyMap | None
    not_for: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class IndicationRow:
    """One row of the indication table."""

    sites: tuple[Link, ...]
    mechanisms: str
    causes: str
    statement: StatementView
    basis: str
    variant: Link | None = None


@dataclass(frozen=True, slots=True)
class Indications:
    """What it is for, what was only reported, what only a title names, what it is not for."""

    described: tuple[IndicationRow, ...]
    reported: tuple[IndicationRow, ...]
    title_only: tuple[IndicationRow, ...]
    not_for: tuple[IndicationRow, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every body side by side."""

    columns: tuple[EvidenceColumn, ...]
    differ: bool
    note: StatementView | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A spinal level in words."""

    structure: str
    level: str
    role: str
    statement: StatementView


@dataclass(frozen=True, slots=True)
class AnatomyView:
    """Target, levels, territory, neighbours."""

    target: StatementView | None
    levels: tuple[LevelRow, ...]
    ruler: SpineRuler | None
    territory: tuple[StatementView, ...]
    landmarks: tuple[StatementView, ...]
    structures_at_risk: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class NamedList:
    """A heading and its statements."""

    title: str
    items: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Several headed lists."""

    lists: tuple[NamedList, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class VariantView:
    """A named approach, mode or combination."""

    id: str
    name: str
    kind: str
    abbreviations: tuple[str, ...]
    named_only: bool
    summary: StatementView
    lists: tuple[NamedList, ...]


@dataclass(frozen=True, slots=True)
class Variants:
    """All variants of a technique."""

    variants: tuple[VariantView, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result as numbers."""

    value: str
    outcome: str
    design: str
    n: str
    population: str
    comparator: str
    time: str
    statement: StatementView
    caveat: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """All results."""

    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Where, when, at what cost and risk."""

    settings: tuple[StatementView, ...]
    windows: tuple[WindowView, ...]
    cost: tuple[tuple[str, StatementView], ...]
    risk: tuple[tuple[str, StatementView], ...]


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """Another technique to read next."""

    relation: str
    link: Link
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Members of the class, then other techniques, then the pain sites."""

    members: tuple[Link, ...]
    rows: tuple[RelatedRow, ...]
    sites: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """What a careful reader must know, and what the sources do not say."""

    notes: tuple[StatementView, ...]
    silent: tuple[str, ...]


def build(site: SiteContext, technique: Technique) -> Page:
    """The view of one technique's page."""
    ctx = PageContext(site, routes.technique(technique.id))
    kb = ctx.kb
    parent = kb.techniques.get(technique.parent or "")
    group = kb.groups[technique.group]
    lead = ctx.pieces(technique.summary.text, technique.summary.citations)
    summary = _summary(ctx, technique)
    sections = [Section("at-a-glance", "At a glance", "technique/summary", summary)]
    if technique.kind == "class":
        sections.append(
            Section("members", "Techniques in this class", "technique/members", _members(ctx, technique))
        )
    sections += [
        Section("indications", "When it is used", "technique/indications", _indications(ctx, technique)),
        Section("evidence", "Evidence", "technique/evidence", _evidence(ctx, technique)),
        Section("anatomy", "Anatomy", "technique/anatomy", _anatomy(ctx, technique)),
        Section("approach", "How it is done", "technique/lists", _approach(ctx, technique)),
    ]
    if technique.variants:
        sections.append(
            Section(
                "variants",
                "Approaches and variants",
                "technique/variants",
                _variants(ctx, technique.variants),
            )
        )
    sections += [
        Section("results", "Results", "technique/results", _results(ctx, technique.results)),
        Section(
            "advantages", "Advantages", "technique/statements", _with_class(ctx, technique, "advantages")
        ),
        Section(
            "limitations", "Limitations", "technique/statements", _with_class(ctx, technique, "limitations")
        ),
        Section("complications", "Complications", "technique/complications", _complications(ctx, technique)),
        Section(
            "contraindications",
            "Contraindications and cautions",
            "technique/contraindications",
            _contraindications(ctx, technique),
        ),
        Section("setting", "Setting, timing and cost", "technique/timing", _timing(ctx, technique)),
        Section("related", "Related techniques", "technique/related", _related(ctx, technique)),
        Section(
            "source-notes", "What the sources leave open", "technique/source-notes", _notes(ctx, technique)
        ),
    ]
    status = ctx.status(technique.review)
    crumbs = [Link(ctx.to(routes.TECHNIQUES), "Techniques"), ctx_group(ctx, group.id, group.short)]
    if parent is not None:
        crumbs.append(ctx.link("technique", parent.id))
    return Page(
        address=ctx.address,
        kind="technique",
        title=technique.name,
        description=site.plain(technique.summary.text),
        sections=tuple(section for section in sections if not _is_empty(section)),
        abbreviations=technique.abbreviations,
        lead=lead,
        breadcrumbs=tuple(crumbs),
        status=status,
        synonyms=technique.synonyms,
        references=ctx.references(),
        root=ctx.root,
    )


def ctx_group(ctx: PageContext, identifier: str, text: str) -> Link:
    """A link to a technique group."""
    return Link(ctx.to(routes.group(identifier)), text)


def _is_empty(section: Section) -> bool:
    data = section.data
    match section.template:
        case "technique/lists" | "technique/statements":
            return isinstance(data, Lists) and not any(item.items for item in data.lists)
        case "technique/related":
            return isinstance(data, Related) and not (data.rows or data.members or data.sites)
        case "technique/source-notes":
            return isinstance(data, SourceNotes) and not (data.notes or data.silent)
    return False


def _summary(ctx: PageContext, technique: Technique) -> Summary:
    kb = ctx.kb
    parent = kb.class_of(technique)
    described = [item for item in technique.indications if standing(item) == "described"]
    fit_sites = dict.fromkeys(place for item in described for place in item.pain_sites)
    regions = {region.site for region in kb.body.regions}
    selected = {region for region in regions if any(place in kb.sites_below[region] for place in fit_sites)}
    levels = sorted(technique.anatomy.levels, key=lambda level: level.role != "target")
    own_timing = bool(technique.prognosis or technique.setting or technique.procedural_risk or technique.cost)
    return Summary(
        fits=ctx.statements(described[:2]),
        fit_sites=tuple(ctx.link("site", place) for place in fit_sites),
        badges=evidence.one_badge_per_body(ctx, technique)[:4],
        more_badges=max(len(evidence.ratings_of(kb, technique)) - 4, 0),
        bodies_differ=evidence.bodies_differ(kb, technique),
        evidence_href="#evidence",
        target=ctx.statement(technique.anatomy.target) if technique.anatomy.target else None,
        levels=tuple((level.structure, spine.level_text(level)) for level in levels[:3]),
        more_levels=max(len(levels) - 3, 0),
        windows=windows.windows_of(ctx, technique)[:3],
        settings=tuple(filter(None, tables.setting_words(kb, technique).split(", "))),
        risk=tables.risk_words(kb, technique),
        cost=tables.cost_words(kb, technique),
        class_link=ctx.link("technique", parent.id) if parent and not own_timing else None,
        watch=tables.watch_for(ctx, technique, limit=4),
        body=body.body_map(ctx, selected) if selected else None,
        not_for=ctx.statements(technique.not_indicated[:1]),
    )


def _indications(ctx: PageContext, technique: Technique) -> Indications:
    rows: dict[str, list[IndicationRow]] = {"described": [], "reported": [], "title": []}
    for indication in technique.indications:
        rows[standing(indication)].append(_indication_row(ctx, indication))
    for variant in technique.variants:
        for indication in variant.indications:
            rows[standing(indication)].append(
                _indication_row(ctx, indication, Link(f"#{variant.id}", variant.name))
            )
    return Indications(
        tuple(rows["described"]),
        tuple(rows["reported"]),
        tuple(rows["title"]),
        tuple(
            IndicationRow(
                tuple(ctx.link("site", place) for place in exclusion.pain_sites),
                ", ".join(ctx.kb.mechanisms[mechanism].name for mechanism in exclusion.mechanisms),
                "",
                ctx.statement(exclusion),
                _BASIS[exclusion.basis],
            )
            for exclusion in technique.not_indicated
        ),
    )


_BASIS = {
    "text": "Text",
    "table": "Table",
    "box": "Box",
    "caption": "Figure caption",
    "title": "Title of a cited paper",
}


def _indication_row(ctx: PageContext, indication: Indication, variant: Link | None = None) -> IndicationRow:
    kb = ctx.kb
    return IndicationRow(
        sites=tuple(ctx.link("site", place) for place in indication.pain_sites),
        mechanisms=", ".join(kb.mechanisms[mechanism].name for mechanism in indication.mechanisms),
        causes=", ".join(kb.causes[cause].name for cause in indication.causes),
        statement=ctx.statement(indication),
        basis=_BASIS[indication.basis],
        variant=variant,
    )


def _members(ctx: PageContext, technique: Technique) -> Related:
    return Related(
        members=tuple(ctx.link("technique", member) for member in ctx.kb.members.get(technique.id, ())),
        rows=(),
        sites=(),
    )


def _evidence(ctx: PageContext, technique: Technique) -> Evidence:
    note = technique.evidence_note
    return Evidence(
        columns=evidence.columns(ctx, technique),
        differ=evidence.bodies_differ(ctx.kb, technique),
        note=ctx.statement(note) if note else None,
    )


def _anatomy(ctx: PageContext, technique: Technique) -> AnatomyView:
    anatomy = technique.anatomy
    return AnatomyView(
        target=ctx.statement(anatomy.target) if anatomy.target else None,
        levels=tuple(
            LevelRow(level.structure, spine.level_text(level), _ROLES[level.role], ctx.statement(level))
            for level in anatomy.levels
        ),
        ruler=spine.ruler(ctx.kb.levels, anatomy.levels, technique.name),
        territory=ctx.statements(anatomy.territory),
        landmarks=ctx.statements(anatomy.landmarks),
        structures_at_risk=ctx.statements(anatomy.structures_at_risk),
    )


def _approach(ctx: PageContext, technique: Technique) -> Lists:
    approach = technique.approach
    guidance = tuple(ctx.statement(use, ctx.kb.guidance[use.guidance].name) for use in approach.guidance)
    return Lists(
        (
            NamedList("Guidance", guidance),
            NamedList("Position", ctx.statements(approach.position)),
            NamedList("Route", ctx.statements(approach.route)),
            NamedList("Agents and settings", ctx.statements(approach.agents)),
        )
    )


def _variants(ctx: PageContext, variants: Iterable[Variant]) -> Variants:
    views = []
    for variant in variants:
        described = [item for item in variant.indications if standing(item) == "described"]
        lists = (
            NamedList("Used for", ctx.statements(described)),
            NamedList(
                "Guidance",
                tuple(ctx.statement(use, ctx.kb.guidance[use.guidance].name) for use in variant.guidance),
            ),
            NamedList("How it is done", ctx.statements(variant.approach)),
            NamedList("Advantages", ctx.statements(variant.advantages)),
            NamedList("Limitations", ctx.statements(variant.limitations)),
            NamedList("Complications", tuple(_complication(ctx, item) for item in variant.complications)),
            NamedList("Cautions", ctx.statements(variant.cautions)),
        )
        views.append(
            VariantView(
                id=variant.id,
                name=variant.name,
                kind=_VARIANT_KINDS[variant.kind],
                abbreviations=variant.abbreviations,
                named_only=variant.named_only,
                summary=ctx.statement(variant.summary),
                lists=tuple(item for item in lists if item.items),
            )
        )
    return Variants(tuple(views))


def _results(ctx: PageContext, results: Iterable[Result]) -> Results:
    return Results(
        tuple(
            ResultRow(
                value=result.value,
                outcome=result.outcome,
                design=result.design,
                n=str(result.n) if result.n is not None else "",
                population=result.population or "",
                comparator=result.comparator or "",
                time=result.time or "",
                statement=ctx.statement(result),
                caveat=ctx.pieces(result.caveat) if result.caveat else (),
            )
            for result in results
        )
    )


def _with_class(ctx: PageContext, technique: Technique, field: str) -> Lists:
    own: tuple[Statement, ...] = getattr(technique, field)
    items = list(ctx.statements(own))
    parent = ctx.kb.class_of(technique)
    if parent is not None:
        link = ctx.link("technique", parent.id)
        inherited: tuple[Statement, ...] = getattr(parent, field)
        items += [ctx.statement(item, of_class=link) for item in inherited]
    return Lists((NamedList("", tuple(items)),))


def _complication(ctx: PageContext, item: Complication, of_class: Link | None = None) -> StatementView:
    return ctx.statement(item, tables.complication_tag(item), of_class)


def _complications(ctx: PageContext, technique: Technique) -> Lists:
    groups: dict[str, list[StatementView]] = {
        "Common": [],
        "Named without a rate": [],
        "Uncommon": [],
        "Rare": [],
        "Serious": [],
    }
    names = {"common": "Common", "uncommon": "Uncommon", "rare": "Rare", "not-stated": "Named without a rate"}
    parent = ctx.kb.class_of(technique)
    for item in technique.complications:
        groups["Serious" if item.serious else names[item.frequency]].append(_complication(ctx, item))
    for item in parent.complications if parent else ():
        link = ctx.link("technique", parent.id) if parent else None
        groups["Serious" if item.serious else names[item.frequency]].append(_complication(ctx, item, link))
    return Lists(tuple(NamedList(title, tuple(items)) for title, items in groups.items() if items))


def _contraindications(ctx: PageContext, technique: Technique) -> Lists:
    def tagged(item: Contraindication) -> StatementView:
        return ctx.statement(item, ctx.kb.contraindication_kinds[item.kind].name)

    lists = [
        NamedList(
            title, tuple(tagged(item) for item in technique.contraindications if item.strength == strength)
        )
        for strength, title in _STRENGTHS.items()
    ]
    lists.append(
        NamedList(
            "Cautions",
            tuple(
                ctx.statement(item, ctx.kb.contraindication_kinds[item.kind].name if item.kind else "")
                for item in technique.cautions
            ),
        )
    )
    lists.append(
        NamedList(
            "Bleeding risk",
            tuple(
                ctx.statement(item, f"{item.tier}, {evidence.source_name(ctx.kb.bodies[item.body])}")
                for item in technique.bleeding_risk
            ),
        )
    )
    return Lists(tuple(item for item in lists if item.items))


def _timing(ctx: PageContext, technique: Technique) -> Timing:
    kb = ctx.kb
    parent = kb.class_of(technique)
    link = ctx.link("technique", parent.id) if parent else None
    settings = [ctx.statement(use, kb.settings[use.setting].name) for use in technique.setting]
    cost = [(kb.grades[item.grade].name, ctx.statement(item)) for item in technique.cost]
    risk = [(kb.grades[item.grade].name, ctx.statement(item)) for item in technique.procedural_risk]
    if parent is not None:
        settings += [ctx.statement(use, kb.settings[use.setting].name, link) for use in parent.setting]
        cost += [(kb.grades[item.grade].name, ctx.statement(item, of_class=link)) for item in parent.cost]
        risk += [
            (kb.grades[item.grade].name, ctx.statement(item, of_class=link))
            for item in parent.procedural_risk
        ]
    return Timing(tuple(settings), windows.windows_of(ctx, technique), tuple(cost), tuple(risk))


def _related(ctx: PageContext, technique: Technique) -> Related:
    kb = ctx.kb
    rows = [
        RelatedRow(
            _RELATIONS[relation.relation],
            ctx.link("technique", relation.technique),
            ctx.pieces(relation.text, relation.citations) if relation.text else (),
        )
        for relation in technique.related
    ]
    named = {relation.technique for relation in technique.related}
    rows += [
        RelatedRow("Named on the page of", ctx.link("technique", other), ())
        for other in kb.related_from.get(technique.id, ())
        if other not in named and other != technique.id
    ]
    sites = dict.fromkeys(place for item in technique.indications for place in item.pain_sites)
    return Related(members=(), rows=tuple(rows), sites=tuple(ctx.link("site", place) for place in sites))


def _notes(ctx: PageContext, technique: Technique) -> SourceNotes:
    return SourceNotes(ctx.statements(technique.source_notes), silent_fields(ctx.kb, technique))
