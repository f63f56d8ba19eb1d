"""The evidence map as a table: one row for each cell and rating, one for each gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.exports.tables_csv import notices_among, table
from generator.knowledge import KnowledgeBase
from generator.published.tables import EVIDENCE_MAP
from generator.views.evidence import value_in_words
from generator.views.evidence_cells import Cell, CellRating, cells

HEADER = EVIDENCE_MAP.header


def evidence_map(kb: KnowledgeBase) -> bytes:
    """All techniques by all regions; a gap has the standing `gap`."""
    return table(HEADER, _rows(kb))


def _rows(kb: KnowledgeBase) -> Iterator[list[Any]]:
    by_region = {region.id: cells(kb, region.id) for region in kb.regions()}
    for technique in kb.current_techniques():
        for region, found in by_region.items():
            name = kb.sites[region].name
            start = [technique.id, technique.name, technique.group, region, name]
            cell = found.get(technique.id)
            if cell is None:
                yield [*start, "gap", *([""] * (len(HEADER) - 6))]
                continue
            for rating in cell.ratings or (None,):
                yield [*start, cell.standing, *_cell(kb, cell), *_rating(kb, cell, rating)]


def _cell(kb: KnowledgeBase, cell: Cell) -> list[Any]:
    below = kb.sites_below[cell.site]
    named = [*(fit.indication.pain_sites for fit in cell.fits), *(item.pain_sites for item in cell.against)]
    places = [place for sites in named for place in sites if place in below]
    return ["; ".join(dict.fromkeys(places)), "true" if cell.against else "false"]


def _rating(kb: KnowledgeBase, cell: Cell, item: CellRating | None) -> list[Any]:
    statements = (
        *(fit.indication.citations for fit in cell.fits),
        *(item.citations for item in cell.against),
    )
    citations = [citation for listed in statements for citation in listed]
    if item is None:
        return [""] * 7 + ["; ".join(dict.fromkeys(citations)), notices_among(kb, citations)]
    rating, body = item.rating, kb.bodies[item.rating.body]
    return [
        body.scale,
        body.id,
        body.year,
        value_in_words(rating.value),
        item.rated_class.id if item.rated_class else cell.technique.id,
        "; ".join(rating.pain_sites),
        "; ".join(rating.mechanisms),
        "; ".join(dict.fromkeys([*rating.citations, *citations])),
        notices_among(kb, [*rating.citations, *citations]),
    ]
