"""What the templates of a technique page receive."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.evidence import EvidenceColumn
from generator.views.parts import BadgeView, BodyMarks, Link, Piece, SpineRuler, StatementView, WindowView


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
    anatomy_href: str
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
    body: BodyMarks | None
    not_for: tuple[StatementView, ...]
    compare: Link


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
    """Members of the class, then other techniques, then the sites."""

    members: tuple[Link, ...]
    rows: tuple[RelatedRow, ...]
    sites: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """What a careful reader must know, and what the sources do not say."""

    notes: tuple[StatementView, ...]
    silent: tuple[str, ...]
