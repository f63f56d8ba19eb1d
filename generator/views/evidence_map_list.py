"""The evidence map as a plain table: what stands behind each cell, in words and with its sources."""

from __future__ import annotations

from generator.views.context import PageContext
from generator.views.evidence import source_name, value_in_words
from generator.views.evidence_cells import Cell, by_group
from generator.views.evidence_map_view import ListGroup, ListRow, ListTechnique, StatementList
from generator.views.fits import standing

STANDS = {
    "described": "Described",
    "reported": "Only reported",
    "title": "Named only in a title",
    "rated": "Rated by a body",
    "against": "A source speaks against it",
}


def row_id(technique: str, region: str) -> str:
    """Anchor of the row behind a cell."""
    return f"cell-{technique}--{region}"


def statement_list(ctx: PageContext, by_region: dict[str, dict[str, Cell]]) -> StatementList:
    """Every cell that is not a gap, by technique group and technique."""
    kb = ctx.kb
    groups = []
    for group, members in by_group(kb, list(kb.current_techniques())):
        techniques = []
        for technique in members:
            rows = tuple(
                _list_row(ctx, region, found[technique.id])
                for region, found in by_region.items()
                if technique.id in found
            )
            if rows:
                techniques.append(ListTechnique(ctx.link("technique", technique.id), rows))
        if techniques:
            count = sum(len(item.rows) for item in techniques)
            groups.append(ListGroup(kb.groups[group].name, count, tuple(techniques)))
    return StatementList(tuple(groups))


def _list_row(ctx: PageContext, region: str, cell: Cell) -> ListRow:
    kb = ctx.kb
    values = []
    for item in cell.ratings:
        rating = item.rating
        of_class = f", for the class {item.rated_class.name}" if item.rated_class else ""
        scope = ", ".join(
            [
                *(kb.sites[site].name for site in rating.pain_sites),
                *(kb.mechanisms[name].name for name in rating.mechanisms),
            ]
        )
        only = f" ({scope})" if scope else ""
        values.append(
            f"{value_in_words(rating.value)} · {source_name(kb.bodies[rating.body])}{of_class}{only}"
        )
    statements = []
    for fit in cell.fits:
        places = [
            kb.sites[place].name for place in fit.indication.pain_sites if place in kb.sites_below[region]
        ]
        variant = kb.name("technique", fit.variant) if fit.variant else ""
        tag = "only reported" if standing(fit.indication) == "reported" else ""
        words = ", ".join([*([variant] if variant else []), *(place for place in places)])
        statements.append((words, ctx.statement(fit.indication, tag)))
    return ListRow(
        id=row_id(cell.technique.id, region),
        region=ctx.link("site", region),
        stands=STANDS[cell.standing],
        values=tuple(dict.fromkeys(values)),
        statements=tuple(statements),
        against=ctx.statements(cell.against),
    )
