"""The page of a technique: readable in ten seconds at its top, complete below."""

from __future__ import annotations

from generator import routes
from generator.model.clinical import Indication
from generator.model.technique import Technique
from generator.views import body, compare, evidence, facets, spine, study, tables, teaching, windows
from generator.views import technique_sections as parts_of
from generator.views.attribution import full_address
from generator.views.context import PageContext, SiteContext
from generator.views.coverage import silent_fields
from generator.views.fits import standing
from generator.views.parts import Link, Page, Section
from generator.views.qr import qr_code
from generator.views.status import status_of_review
from generator.views.technique_view import (
    Evidence,
    IndicationRow,
    Indications,
    Lists,
    Related,
    RelatedRow,
    SourceNotes,
    Summary,
)

_RELATIONS = {
    "alternative": "Alternative",
    "combined-with": "Combined with",
    "before": "Tried before",
    "after": "Tried after",
    "compare": "Compare",
    "part-of": "Part of",
}


def build(site: SiteContext, technique: Technique) -> Page:
    """The view of one technique's page."""
    ctx = PageContext(site, routes.technique(technique.id))
    kb = ctx.kb
    parent = kb.techniques.get(technique.parent or "")
    group = kb.groups[technique.group]
    lead = ctx.statement(technique.summary)
    summary = summary_of(ctx, technique)
    sections = [Section("at-a-glance", "At a glance", "technique/summary", summary)]
    if technique.kind == "class":
        sections.append(
            Section("members", "Techniques in this class", "technique/members", _members(ctx, technique))
        )
    sections += [
        Section("indications", "When it is used", "technique/indications", _indications(ctx, technique)),
        Section("evidence", "Evidence", "technique/evidence", _evidence(ctx, technique)),
        Section("anatomy", "Anatomy", "technique/anatomy", parts_of.anatomy(ctx, technique)),
        Section("approach", "How it is done", "technique/lists", parts_of.approach(ctx, technique)),
    ]
    if technique.variants:
        sections.append(
            Section(
                "variants",
                "Approaches and variants",
                "technique/variants",
                parts_of.variants(ctx, technique.variants),
            )
        )
    sections += [
        Section("results", "Results", "technique/results", parts_of.results(ctx, technique.results)),
        Section(
            "advantages",
            "Advantages",
            "technique/statements",
            parts_of.with_class(ctx, technique, "advantages"),
        ),
        Section(
            "limitations",
            "Limitations",
            "technique/statements",
            parts_of.with_class(ctx, technique, "limitations"),
        ),
        Section(
            "complications",
            "Complications",
            "technique/complications",
            parts_of.complications(ctx, technique),
        ),
        Section(
            "contraindications",
            "Contraindications and cautions",
            "technique/contraindications",
            parts_of.contraindications(ctx, technique),
        ),
        Section(
            "setting",
            "Setting, timing and cost",
            "technique/timing",
            parts_of.timing(ctx, technique),
        ),
        Section("related", "Related techniques", "technique/related", _related(ctx, technique)),
        *study.section_of(ctx, technique),
        Section(
            "source-notes", "What the sources leave open", "technique/source-notes", _notes(ctx, technique)
        ),
        teaching.of_technique(ctx, technique),
    ]
    status = status_of_review(ctx, technique.review)
    crumbs = [Link(ctx.to(routes.TECHNIQUES), "Techniques"), ctx_group(ctx, group.id, group.short)]
    if parent is not None:
        crumbs.append(ctx.link("technique", parent.id))
    return Page(
        address=ctx.address,
        kind="technique",
        record=("technique", technique.id),
        title=technique.name,
        description=site.plain(technique.summary.text),
        sections=tuple(section for section in sections if not _is_empty(section)),
        abbreviations=technique.abbreviations,
        lead=lead.pieces,
        lead_anchor=lead.anchor,
        breadcrumbs=tuple(crumbs),
        status=status,
        synonyms=technique.synonyms,
        facets=facets.of_technique(kb, technique),
        root=ctx.root,
        qr=qr_code(full_address(kb, ctx.address)),
        oembed=teaching.oembed(ctx, technique.id),
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


def summary_of(ctx: PageContext, technique: Technique) -> Summary:
    """The box at the top; its links lead from the page of `ctx`."""
    kb = ctx.kb
    parent = kb.class_of(technique)
    described = [item for item in technique.indications if standing(item) == "described"]
    fit_sites = dict.fromkeys(place for item in described for place in item.pain_sites)
    selected = frozenset(region for place in fit_sites for region in ctx.site.drawn_regions_of[place])
    levels = sorted(technique.anatomy.levels, key=lambda level: level.role != "target")
    own_timing = bool(technique.prognosis or technique.setting or technique.procedural_risk or technique.cost)
    return Summary(
        fits=ctx.statements(described[:2]),
        fit_sites=tuple(ctx.link("site", place) for place in fit_sites),
        badges=(shown := evidence.one_badge_per_body(ctx, technique)[:_MOST_BODIES]),
        more_badges=max(len(evidence.ratings_of(kb, technique)) - len(shown), 0),
        bodies_differ=evidence.bodies_differ(kb, technique),
        evidence_href=ctx.link("technique", technique.id, anchor="evidence").href,
        anatomy_href=ctx.link("technique", technique.id, anchor="anatomy").href,
        target=ctx.statement(technique.anatomy.target) if technique.anatomy.target else None,
        levels=tuple((level.structure, spine.level_text(level)) for level in levels[:3]),
        more_levels=max(len(levels) - 3, 0),
        windows=windows.windows_of(ctx, technique)[:3],
        settings=tuple(filter(None, tables.setting_words(kb, technique).split(", "))),
        risk=tables.risk_words(kb, technique),
        cost=tables.cost_words(kb, technique),
        class_link=ctx.link("technique", parent.id) if parent and not own_timing else None,
        watch=tables.watch_for(ctx, technique, limit=4),
        body=body.body_marks(ctx.site, selected),
        not_for=ctx.statements(technique.not_indicated[:1]),
        compare=_compare(ctx, technique),
    )


def _compare(ctx: PageContext, technique: Technique) -> Link:
    """The way to the comparison, with the techniques that the record names to compare."""
    named = (item.technique for item in technique.related if item.relation in ("compare", "alternative"))
    others = [
        other
        for other in dict.fromkeys(named)
        if other in ctx.kb.techniques
        and ctx.kb.techniques[other].replaced_by is None
        and other != technique.id
    ][: compare.MOST - 1]
    text = "Compare with " + (", ".join(ctx.kb.name("technique", other) for other in others) or "others")
    return Link(ctx.to(routes.COMPARE, routes.compared(technique.id, *others)), text)


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


_MOST_BODIES = 6
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
