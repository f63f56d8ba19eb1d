"""Rows about techniques that several pages share: which techniques fit a site, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator.knowledge import Fit, KnowledgeBase
from generator.model.clinical import Complication, GuidanceUse
from generator.model.technique import Technique
from generator.views import evidence, windows
from generator.views.context import PageContext
from generator.views.fits import STANDINGS, standing
from generator.views.parts import BadgeView, Link, StatementView

# A row is read in passing; the rest is one tap away on the technique's page.
_MOST_STATEMENTS = 2
_MOST_BADGES = 4


@dataclass(frozen=True, slots=True)
class FitRow:
    """A technique on a site page."""

    id: str
    technique: Link
    variants: tuple[Link, ...]
    """The variants for which the source speaks of this site, if it does not speak of the whole."""
    target: str
    described_for: tuple[StatementView, ...]
    more_described: int
    """Further statements, which stand on the technique's page."""
    sites: tuple[Link, ...]
    """Narrower sites that the statements name, when the page is about a wider one."""
    mechanisms: str
    badges: tuple[BadgeView, ...]
    more_badges: int
    """Further ratings, which stand on the technique's page."""
    evidence_href: str
    windows: tuple[str, ...]
    setting: str
    watch: tuple[StatementView, ...]
    risk: str
    standing: str
    """'described', 'reported' or 'title'."""


def fit_row(ctx: PageContext, site: str, technique: Technique, fits: list[Fit]) -> FitRow:
    """The row of one technique."""
    kb = ctx.kb
    whole = any(fit.variant is None for fit in fits)
    narrower = [
        place
        for fit in fits
        for place in fit.indication.pain_sites
        if place != site and place in kb.sites_below[site]
    ]
    sites = frozenset(kb.sites_below[site])
    mechanisms = dict.fromkeys(
        kb.mechanisms[mechanism].name for fit in fits for mechanism in fit.indication.mechanisms
    )
    badges = evidence.badges_for(ctx, technique, sites)
    firm = sorted(fits, key=lambda fit: STANDINGS.index(standing(fit.indication)))
    return FitRow(
        id=technique.id,
        technique=ctx.link("technique", technique.id),
        variants=()
        if whole
        else tuple(
            ctx.link("technique", variant)
            for variant in dict.fromkeys(fit.variant for fit in fits if fit.variant is not None)
        ),
        target=ctx.site.plain(technique.anatomy.target.text).rstrip(".") if technique.anatomy.target else "",
        described_for=tuple(ctx.statement(fit.indication) for fit in firm[:_MOST_STATEMENTS]),
        more_described=max(len(firm) - _MOST_STATEMENTS, 0),
        sites=tuple(ctx.link("site", place) for place in dict.fromkeys(narrower)),
        mechanisms=", ".join(mechanisms),
        badges=badges[:_MOST_BADGES],
        more_badges=max(len(badges) - _MOST_BADGES, 0),
        evidence_href=ctx.link("technique", technique.id, anchor="evidence").href,
        windows=windows.short_labels(ctx, technique),
        setting=setting_words(kb, technique),
        watch=watch_for(ctx, technique, limit=3),
        risk=risk_words(kb, technique),
        standing=min((standing(fit.indication) for fit in fits), key=STANDINGS.index),
    )


def setting_words(kb: KnowledgeBase, technique: Technique) -> str:
    """Settings by name."""
    parent = kb.class_of(technique)
    uses = technique.setting or (parent.setting if parent else ())
    return ", ".join(dict.fromkeys(kb.settings[use.setting].name for use in uses))


def risk_words(kb: KnowledgeBase, technique: Technique) -> str:
    """Procedural risk in the source's grade."""
    parent = kb.class_of(technique)
    grades = technique.procedural_risk or (parent.procedural_risk if parent else ())
    return " / ".join(dict.fromkeys(kb.grades[grade.grade].name for grade in grades))


def cost_words(kb: KnowledgeBase, technique: Technique) -> str:
    """Cost in the source's grade."""
    parent = kb.class_of(technique)
    grades = technique.cost or (parent.cost if parent else ())
    return " / ".join(dict.fromkeys(kb.grades[grade.grade].name for grade in grades))


def watch_for(ctx: PageContext, technique: Technique, limit: int) -> tuple[StatementView, ...]:
    """What can harm: the grave and the common first; contraindications where there is room."""
    views = harms(ctx, technique)[:limit]
    rest = islice(own_and_class(ctx, technique, "contraindications"), limit - len(views))
    return (*views, *(ctx.statement(item, "contraindication", link) for item, link in rest))


def own_and_class(ctx: PageContext, technique: Technique, field: str) -> Iterator[tuple[Any, Link | None]]:
    """What the technique says in a field, then what its class says, with the way to the class."""
    yield from ((item, None) for item in getattr(technique, field))
    if technique.inherits_from:
        link = ctx.link("technique", technique.inherits_from)
        yield from ((item, link) for item in ctx.kb.from_class(technique, field))


def against(ctx: PageContext, technique: Technique) -> list[StatementView]:
    """Contraindications with their strength, then cautions; those of its class say so."""
    return [
        ctx.statement(item, "" if item.strength == "not-stated" else item.strength, link)
        for item, link in own_and_class(ctx, technique, "contraindications")
    ] + [ctx.statement(item, of_class=link) for item, link in own_and_class(ctx, technique, "cautions")]


def harms(ctx: PageContext, technique: Technique) -> list[StatementView]:
    """Complications of a technique and of its class by weight; those of the class say so."""
    link = ctx.link("technique", technique.inherits_from) if technique.inherits_from else None
    own = technique.complications
    return [
        ctx.statement(item, complication_tag(item), None if item in own else link)
        for item in by_weight((*own, *ctx.kb.from_class(technique, "complications")))
    ]


def guidance(ctx: PageContext, uses: Iterable[GuidanceUse]) -> tuple[StatementView, ...]:
    """Statements about guidance, each with its kind unless it begins with that word."""
    views = []
    for use in uses:
        kind = ctx.kb.guidance[use.guidance].name
        said = use.text.casefold().startswith(kind.casefold())
        views.append(ctx.statement(use, "" if said else kind))
    return tuple(views)


def by_weight(complications: Iterable[Complication]) -> list[Complication]:
    """Complications: two serious ones, two common ones, the other serious ones, then by how often."""
    items = list(complications)
    order = {"common": 1, "not-stated": 2, "uncommon": 3, "rare": 4}
    serious = [item for item in items if item.serious]
    common = [item for item in items if item.frequency == "common" and not item.serious][:2]
    first = [*serious[:2], *common, *serious[2:]]
    return [
        *first,
        *sorted((item for item in items if item not in first), key=lambda item: order[item.frequency]),
    ]


def complication_tag(complication: object) -> str:
    """'common', 'rare, serious' …: the source's own words, empty when it gives none."""
    frequency = getattr(complication, "frequency", "not-stated")
    words = [] if frequency == "not-stated" else [str(frequency)]
    if getattr(complication, "serious", False):
        words.append("serious")
    return ", ".join(words)
