"""The sections of a technique page, from its record."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.clinical import Result
from generator.model.technique import Technique, Variant
from generator.views import evidence, spine, tables, windows
from generator.views.context import PageContext
from generator.views.fits import standing
from generator.views.parts import StatementView
from generator.views.technique_view import (
    AnatomyView,
    LevelRow,
    Lists,
    NamedList,
    ResultRow,
    Results,
    Timing,
    Variants,
    VariantView,
)

_STRENGTHS = {"absolute": "Absolute", "relative": "Relative", "not-stated": "Strength not stated"}
_ROLES = {"target": "Target", "entry": "Entry", "origin": "Origin", "landmark": "Landmark"}
_VARIANT_KINDS = {
    "approach": "Approach",
    "mode": "Mode",
    "combination": "Combination",
    "device": "Device",
    "procedure": "Procedure",
    "adjunct": "Adjunct",
}


def anatomy(ctx: PageContext, technique: Technique) -> AnatomyView:
    """Target, levels with the ruler, territory, neighbours."""
    record = technique.anatomy
    return AnatomyView(
        target=ctx.statement(record.target) if record.target else None,
        levels=tuple(
            LevelRow(level.structure, spine.level_text(level), _ROLES[level.role], ctx.statement(level))
            for level in record.levels
        ),
        ruler=spine.ruler(
            ctx.kb.levels, record.levels, f"{ctx.kb.words.level.heads} named for {technique.name}"
        ),
        territory=ctx.statements(record.territory),
        landmarks=ctx.statements(record.landmarks),
        structures_at_risk=ctx.statements(record.structures_at_risk),
    )


def approach(ctx: PageContext, technique: Technique) -> Lists:
    """Guidance, position, route and agents as headed lists."""
    record = technique.approach
    return Lists(
        (
            NamedList("Guidance", tables.guidance(ctx, record.guidance)),
            NamedList("Position", ctx.statements(record.position)),
            NamedList("Route", ctx.statements(record.route)),
            NamedList("Agents and settings", ctx.statements(record.agents)),
        )
    )


def variants(ctx: PageContext, records: Iterable[Variant]) -> Variants:
    """Named approaches, modes and combinations."""
    views = []
    for variant in records:
        described = [item for item in variant.indications if standing(item) == "described"]
        harms = [ctx.statement(item, tables.complication_tag(item)) for item in variant.complications]
        lists = (
            # They have their anchors in the table of indications.
            NamedList("Used for", tuple(view._replace(anchor="") for view in ctx.statements(described))),
            NamedList("Guidance", tables.guidance(ctx, variant.guidance)),
            NamedList("How it is done", ctx.statements(variant.approach)),
            NamedList("Advantages", ctx.statements(variant.advantages)),
            NamedList("Limitations", ctx.statements(variant.limitations)),
            NamedList("Complications", tuple(harms)),
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


def results(ctx: PageContext, records: Iterable[Result]) -> Results:
    """Results of studies as numbers."""
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
            for result in records
        )
    )


def with_class(ctx: PageContext, technique: Technique, field: str) -> Lists:
    """Statements of a field: the technique's own, then those of its class, marked as such."""
    found = tables.own_and_class(ctx, technique, field)
    return Lists((NamedList("", tuple(ctx.statement(item, of_class=link) for item, link in found)),))


def complications(ctx: PageContext, technique: Technique) -> Lists:
    """Complications under the source's own words for how often, the serious apart."""
    groups: dict[str, list[StatementView]] = {
        "Common": [],
        "Frequency not stated": [],
        "Uncommon": [],
        "Rare": [],
        "Serious": [],
    }
    names = {"common": "Common", "uncommon": "Uncommon", "rare": "Rare", "not-stated": "Frequency not stated"}
    for item, link in tables.own_and_class(ctx, technique, "complications"):
        view = ctx.statement(item, tables.complication_tag(item), link)
        groups["Serious" if item.serious else names[item.frequency]].append(view)
    return Lists(tuple(NamedList(title, tuple(items)) for title, items in groups.items() if items))


def contraindications(ctx: PageContext, technique: Technique) -> Lists:
    """Contraindications by strength, cautions, bleeding-risk tiers; those of its class say so."""
    kinds, bodies = ctx.kb.contraindication_kinds, ctx.kb.bodies
    by_strength: dict[str, list[StatementView]] = {strength: [] for strength in _STRENGTHS}
    for item, link in tables.own_and_class(ctx, technique, "contraindications"):
        by_strength[item.strength].append(ctx.statement(item, kinds[item.kind].name, link))
    cautions = [
        ctx.statement(item, kinds[item.kind].name if item.kind else "", link)
        for item, link in tables.own_and_class(ctx, technique, "cautions")
    ]
    tiers = [
        ctx.statement(item, f"{item.tier}, {evidence.source_name(bodies[item.body])}", link)
        for item, link in tables.own_and_class(ctx, technique, "bleeding_risk")
    ]
    lists = [NamedList(title, tuple(by_strength[strength])) for strength, title in _STRENGTHS.items()]
    lists += [NamedList("Cautions", tuple(cautions)), NamedList("Bleeding risk", tuple(tiers))]
    return Lists(tuple(item for item in lists if item.items))


def timing(ctx: PageContext, technique: Technique) -> Timing:
    """Where, when, at what cost and risk."""
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
