"""The evidence map on paper: a table for each scale, since no reader can choose one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.views.evidence_map_view import (
    EvidenceMap,
    MapCell,
    MapColumn,
    MapGroup,
    MapValue,
    ScaleLegend,
)

# Looks of a value that says something other than a rating.
_NO_RATING = frozenset({"unrated", "reported", "title", "against"})


@dataclass(frozen=True, slots=True)
class ScaleTable:
    """The map in one scale; each cell holds the values of that scale alone."""

    legend: ScaleLegend
    columns: tuple[MapColumn, ...]
    groups: tuple[MapGroup, ...]
    only_rated: bool
    """true when techniques without a rating in this scale are left out."""


def tables(view: EvidenceMap) -> tuple[ScaleTable, ...]:
    """The first scale with every technique, and so every gap; the others with those that they rate."""
    found = []
    for index, scale in enumerate(view.scales):
        groups = []
        for group in view.overview.groups:
            rows = [
                replace(row, cells=tuple(_cell(cell, scale.number) for cell in row.cells))
                for row in group.rows
            ]
            kept = tuple(row for row in rows if index == 0 or any(_is_rated(cell) for cell in row.cells))
            if kept:
                groups.append(replace(group, rows=kept))
        if groups:
            found.append(ScaleTable(scale, view.overview.columns, tuple(groups), index > 0))
    return tuple(found)


def _cell(cell: MapCell, scale: str) -> MapCell:
    values: tuple[MapValue, ...] = tuple(value for value in cell.values if scale in value.scales.split())
    return replace(cell, values=values)


def _is_rated(cell: MapCell) -> bool:
    return any(value.look not in _NO_RATING for value in cell.values)
