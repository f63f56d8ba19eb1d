"""What the bodies say side by side: techniques × bodies, and bleeding-risk tiers."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.model.technique import Technique
from generator.views import evidence
from generator.views.context import PageContext, SiteContext
from generator.views.parts import BadgeView, Link, Page, Piece, Section, StatementView
from generator.views.status import status_of_records


@dataclass(frozen=True, slots=True)
class BodyRating:
    """One rating in a technique's row."""

    badge: BadgeView
    scope: StatementView
    reason: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """A technique with every rating of its own or of its class."""

    technique: Link
    class_link: Link | None
    differ: bool
    ratings: tuple[BodyRating, ...]
    note: StatementView | None


@dataclass(frozen=True, slots=True)
class Concordance:
    """Rows, and the techniques that no body rates."""

    rows: tuple[ConcordanceRow, ...]
    unrated: tuple[Link, ...]
    bodies: int


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one body says of one technique, in a few words."""

    badges: tuple[BadgeView, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Techniques × bodies."""

    bodies: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[MatrixCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class BleedingRow:
    """Bleeding-risk tiers of one technique."""

    technique: Link
    tiers: tuple[tuple[str, str, StatementView], ...]
    """Body and year, tier, what the body says."""
    differ: bool


@dataclass(frozen=True, slots=True)
class Bleeding:
    """All techniques with a tier."""

    rows: tuple[BleedingRow, ...]


def build(site: SiteContext) -> Page:
    """The concordance page."""
    ctx = PageContext(site, routes.CONCORDANCE)
    techniques = list(ctx.kb.current_techniques())
    rated = [technique for technique in techniques if evidence.ratings_of(ctx.kb, technique)]
    differing = [technique for technique in rated if evidence.bodies_differ(ctx.kb, technique)]
    differing_ids = {technique.id for technique in differing}
    rated_ids = {technique.id for technique in rated}
    agreeing = [technique for technique in rated if technique.id not in differing_ids]
    unrated = tuple(ctx.link("technique", item.id) for item in techniques if item.id not in rated_ids)
    bodies = {rating.body for technique in techniques for rating in technique.evidence}
    sections = (
        Section("matrix", "At a glance", "concordance/matrix", _matrix(ctx, rated)),
        Section(
            "differ",
            "Where the bodies differ",
            "concordance/rows",
            Concordance(tuple(_row(ctx, item) for item in differing), (), len(bodies)),
        ),
        Section(
            "same",
            "One body, or the same words",
            "concordance/rows",
            Concordance(tuple(_row(ctx, item) for item in agreeing), unrated, len(bodies)),
        ),
        Section("bleeding", "Bleeding-risk tiers", "concordance/bleeding", _bleeding(ctx, techniques)),
    )
    return Page(
        address=ctx.address,
        kind="concordance",
        title="What the bodies say",
        description="Every rating by every body, technique by technique, each in its own scale.",
        lead=ctx.pieces(
            f"{len(bodies)} bodies rate {len(rated)} of {len(techniques)} techniques. Each value stands in "
            "that body’s own scale, with its scope; none is converted into another.",
            terms=False,
        ),
        breadcrumbs=(Link(ctx.to(routes.LEARN), "Learn"),),
        status=status_of_records(techniques),
        sections=sections,
        root=ctx.root,
    )


def _row(ctx: PageContext, technique: Technique) -> ConcordanceRow:
    parent = ctx.kb.class_of(technique)
    ratings = evidence.ratings_of(ctx.kb, technique)
    return ConcordanceRow(
        technique=ctx.link("technique", technique.id, anchor="evidence"),
        class_link=ctx.link("technique", parent.id) if parent else None,
        differ=evidence.bodies_differ(ctx.kb, technique),
        ratings=tuple(
            BodyRating(
                evidence.badge(ctx, rating, rated_class),
                ctx.statement(rating),
                ctx.pieces(rating.reason) if rating.reason else (),
            )
            for rating, rated_class in ratings
        ),
        note=ctx.statement(technique.evidence_note) if technique.evidence_note else None,
    )


def _matrix(ctx: PageContext, rated: list[Technique]) -> Matrix:
    kb = ctx.kb
    used = {rating.body for technique in rated for rating, _ in evidence.ratings_of(kb, technique)}
    bodies = [body for body in kb.bodies.values() if body.id in used]
    rows = []
    for technique in rated:
        cells: dict[str, list[BadgeView]] = {}
        for rating, rated_class in evidence.ratings_of(kb, technique):
            badge = evidence.badge(ctx, rating, rated_class)
            known = cells.setdefault(rating.body, [])
            if all((badge.value, badge.form) != (other.value, other.form) for other in known):
                known.append(badge)
        rows.append(
            (
                ctx.link("technique", technique.id, anchor="evidence"),
                tuple(MatrixCell(tuple(cells.get(body.id, ()))) for body in bodies),
            )
        )
    return Matrix(tuple(evidence.source_name(body) for body in bodies), tuple(rows))


def _bleeding(ctx: PageContext, techniques: list[Technique]) -> Bleeding:
    rows = []
    for technique in techniques:
        if not technique.bleeding_risk:
            continue
        rows.append(
            BleedingRow(
                ctx.link("technique", technique.id, anchor="contraindications"),
                tuple(
                    (evidence.source_name(ctx.kb.bodies[item.body]), item.tier, ctx.statement(item))
                    for item in technique.bleeding_risk
                ),
                len({item.tier for item in technique.bleeding_risk}) > 1,
            )
        )
    return Bleeding(tuple(rows))
