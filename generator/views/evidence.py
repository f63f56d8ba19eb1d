"""Ratings as badges and as columns side by side. A value never leaves its own scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.knowledge import KnowledgeBase
from generator.model.clinical import Rating
from generator.model.technique import Technique
from generator.model.vocabulary import Body, Scale
from generator.views.context import PageContext
from generator.views.parts import BadgeView, Bar, Link, Piece, StatementView

Form: TypeAlias = Literal["own", "class", "words", "none"]

NOT_RATED = BadgeView(
    "none", "Not rated", "named in the sources", label="No body in these sources rates this technique."
)


@dataclass(frozen=True, slots=True)
class EvidenceColumn:
    """One body's rating among others: who, in which scale, what, for which scope, why."""

    badge: BadgeView
    body: Link
    scale: str
    scope: StatementView
    reason: tuple[Piece, ...]
    of_class: Link | None


def ratings_of(kb: KnowledgeBase, technique: Technique) -> list[tuple[Rating, Technique | None]]:
    """A technique's own ratings and those of its class (with the class), by body in the order of
    the vocabulary, a body's own rating before one for the class."""
    found: list[tuple[Rating, Technique | None]] = [(rating, None) for rating in technique.evidence]
    parent = kb.class_of(technique)
    if parent is not None:
        found.extend((rating, parent) for rating in parent.evidence)
    if len(found) < 2:
        return found
    order = {body: index for index, body in enumerate(kb.bodies)}
    return sorted(found, key=lambda item: (order[item[0].body], item[1] is not None))


def value_in_words(value: str | Mapping[str, str | tuple[str, str]]) -> str:
    """A value as its body prints it: 'Moderate', 'I / A', 'I–III / A–B' (strongest end first)."""
    if isinstance(value, str):
        return value
    return " / ".join(part if isinstance(part, str) else f"{part[1]}–{part[0]}" for part in value.values())


def source_name(body: Body) -> str:
    """Body and year as on a badge."""
    return f"{body.short} {body.year}" if body.year else body.short


def badge(ctx: PageContext, rating: Rating, rated_class: Technique | None) -> BadgeView:
    """The badge of a rating; with `rated_class`, as "rated for the class". The same on every page."""
    return ctx.site.made_once("badge", (rating, rated_class), lambda: _badge(ctx.kb, rating, rated_class))


def _badge(kb: KnowledgeBase, rating: Rating, rated_class: Technique | None) -> BadgeView:
    body = kb.bodies[rating.body]
    scale = kb.scales[body.scale]
    bars = _bars(rating, scale)
    value = value_in_words(rating.value)
    source = source_name(body)
    form: Form = "words" if not bars else "class" if rated_class else "own"
    for_class = f", given to the class {rated_class.name}" if rated_class else ""
    label = f"Evidence: {value}, {body.name}{f' {body.year}' if body.year else ''}{for_class}"
    if rated_class:
        source = f"{source}, class"
    if rating.together_with:
        others = " and ".join(kb.techniques[technique].name for technique in rating.together_with)
        source = f"{source}, {len(rating.together_with) + 1} techniques together"
        label += f", one value together with {others}"
    scope = ", ".join(
        [
            *(_in_a_sentence(kb.sites[site].name) for site in rating.pain_sites),
            *(_in_a_sentence(kb.mechanisms[mechanism].name) for mechanism in rating.mechanisms),
        ]
    )
    return BadgeView(
        form=form,
        value=value,
        source=source,
        bars=bars,
        label=label,
        scope=scope,
    )


def one_badge_per_body(ctx: PageContext, technique: Technique) -> tuple[BadgeView, ...]:
    """The first badge of each body, for a box with little room; never empty."""
    found: dict[str, BadgeView] = {}
    for rating, rated_class in ratings_of(ctx.kb, technique):
        found.setdefault(rating.body, badge(ctx, rating, rated_class))
    return tuple(found.values()) or (NOT_RATED,)


def badges_for(
    ctx: PageContext, technique: Technique, sites: frozenset[str] | None = None
) -> tuple[BadgeView, ...]:
    """All badges of a technique, or those that hold for some sites; never empty.

    A rating that is limited to sites shows only where one of them is asked for. There one in a scale stands
    first: what a body says of this pain is nearer to the question than what it says at large. Ratings of the
    class stand last. Otherwise they keep their order.
    """
    found: dict[BadgeView, tuple[bool, bool]] = {}
    for rating, rated_class in ratings_of(ctx.kb, technique):
        if sites is None or not rating.pain_sites or sites & set(rating.pain_sites):
            view = badge(ctx, rating, rated_class)
            at_large = not rating.pain_sites or view.form == "words"
            found.setdefault(view, (bool(rated_class), at_large))
    in_order = found if sites is None else sorted(found, key=found.__getitem__)
    return tuple(in_order) or (NOT_RATED,)


def columns(ctx: PageContext, technique: Technique) -> tuple[EvidenceColumn, ...]:
    """Every body's rating, side by side."""
    found = []
    for rating, rated_class in ratings_of(ctx.kb, technique):
        body = ctx.kb.bodies[rating.body]
        scale = ctx.kb.scales[body.scale]
        found.append(
            EvidenceColumn(
                badge=badge(ctx, rating, rated_class),
                body=Link(
                    ctx.to("about", f"body-{body.id}") if "about" in ctx.kb.pages else "", source_name(body)
                ),
                scale=scale.name,
                scope=ctx.statement(rating),
                reason=ctx.pieces(rating.reason) if rating.reason else (),
                of_class=ctx.link("technique", rated_class.id) if rated_class else None,
            )
        )
    return tuple(found)


def bodies_differ(kb: KnowledgeBase, technique: Technique) -> bool:
    """Whether more than one body rates the technique, and not all in the same words."""
    rated = {(rating.body, value_in_words(rating.value)) for rating, _ in ratings_of(kb, technique)}
    return len({body for body, _ in rated}) > 1 and len({value for _, value in rated}) > 1


def step_of(kb: KnowledgeBase, rating: Rating) -> int | None:
    """The place of a rating's strongest end on the meter of its scale, from 0; None without a meter."""
    ends = _ends(rating, kb.scales[kb.bodies[rating.body].scale])
    return max(ends) if ends else None


def _in_a_sentence(name: str) -> str:
    """A name with a small first letter, unless it starts with an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _bars(rating: Rating, scale: Scale) -> tuple[Bar, ...]:
    """One bar for each step of the scale's meter, from the weakest to the strongest."""
    ends = _ends(rating, scale)
    if ends is None:
        return ()
    solid, dashed = sorted(ends)
    part = next(part for part in scale.parts if part.id == scale.meter)
    return tuple(
        Bar("on" if index <= solid else "range" if index <= dashed else "off")
        for index in range(len(part.steps))
    )


def _ends(rating: Rating, scale: Scale) -> tuple[int, int] | None:
    """Both ends of a rating as steps of its scale's meter; None where it has none."""
    part = next((part for part in scale.parts if part.id == scale.meter), None)
    if part is None:
        return None
    value = rating.value if isinstance(rating.value, str) else rating.value.get(part.id)
    if value is None:
        return None
    steps = [step.value for step in part.steps]
    low, high = (value, value) if isinstance(value, str) else value
    return steps.index(low), steps.index(high)
