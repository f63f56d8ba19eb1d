"""What the templates of the evidence map accept."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.parts import Link, StatementView


@dataclass(frozen=True, slots=True)
class MapValue:
    """What a cell shows in one or several scales that show the same."""

    scales: str
    """Numbers of the scales, with spaces between."""
    look: str
    text: str
    small: str


@dataclass(frozen=True, slots=True)
class MapCell:
    """A cell; a gap has no link and no value."""

    column: str
    href: str = ""
    values: tuple[MapValue, ...] = ()
    also_against: bool = False


@dataclass(frozen=True, slots=True)
class MapRow:
    """A technique with its cells."""

    technique: Link
    not_for: Link | None
    """Set when a source speaks against it without naming a site."""
    cells: tuple[MapCell, ...]
    gaps: str
    """The sites without a source, for a card that shows no empty cells."""


@dataclass(frozen=True, slots=True)
class MapGroup:
    """Rows of one technique group."""

    id: str
    name: str
    rows: tuple[MapRow, ...]


@dataclass(frozen=True, slots=True)
class MapColumn:
    """The head of a column."""

    name: str
    full: str
    href: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Techniques × sites."""

    id: str
    title: str
    columns: tuple[MapColumn, ...]
    groups: tuple[MapGroup, ...]
    filled: int
    gaps: int
    techniques: int
    counts: str
    """In words: '5 techniques, 3 narrower sites'."""


@dataclass(frozen=True, slots=True)
class ScaleLegend:
    """A scale to choose, with the meaning of its colours."""

    number: str
    id: str
    label: str
    name: str
    href: str
    defined: bool
    steps: tuple[tuple[str, str], ...]
    """Look and value, from weak to strong; empty where the scale has no order."""
    pictures: tuple[tuple[str, Link], ...]
    """Group id ('' for all) and the picture of that part of the map."""


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """The map with its controls."""

    scales: tuple[ScaleLegend, ...]
    overview: Matrix
    regions: tuple[Matrix, ...]
    """One for each region that holds narrower sites."""
    without_site: int
    table: Link


@dataclass(frozen=True, slots=True)
class ListRow:
    """What stands behind one cell."""

    id: str
    region: Link
    stands: str
    values: tuple[str, ...]
    statements: tuple[tuple[str, StatementView], ...]
    """Narrower sites in words, and the statement."""
    against: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class ListTechnique:
    """A technique with what stands behind each of its cells."""

    technique: Link
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Techniques of one group."""

    name: str
    cells: int
    techniques: tuple[ListTechnique, ...]


@dataclass(frozen=True, slots=True)
class StatementList:
    """The map as a plain table, with the statements."""

    groups: tuple[ListGroup, ...]


@dataclass(frozen=True, slots=True)
class MapFrame:
    """The map without its list, for a frame elsewhere."""

    scales: tuple[ScaleLegend, ...]
    overview: Matrix
