"""The comparison: two to four techniques side by side, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section
from generator.views.status import status_of_records

MOST = 4
"""Columns that can still be read side by side."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The tool: the choices, where its data are, and where the same can be read without a script."""

    columns: tuple[int, ...]
    techniques: tuple[tuple[str, str], ...]
    """Id and name of each technique."""
    data: str
    records: str
    root: str
    table: Link
    finder: Link
    file: Link


def build(site: SiteContext) -> Page:
    """The page of the comparison."""
    ctx = PageContext(site, routes.COMPARE)
    techniques = list(ctx.kb.current_techniques())
    data = Comparison(
        columns=tuple(range(1, MOST + 1)),
        techniques=tuple((technique.id, technique.name) for technique in techniques),
        data=routes.relative_file(ctx.address, f"{routes.API}/finder.json"),
        records=routes.relative_file(ctx.address, f"{routes.API}/techniques/"),
        root=ctx.root,
        table=Link(ctx.to(routes.TECHNIQUES), "The table of all techniques"),
        finder=Link(ctx.to(routes.FINDER), "The finder"),
        file=Link(
            routes.relative_file(ctx.address, f"{routes.API}/techniques.csv"),
            "every field as a spreadsheet (CSV)",
        ),
    )
    return Page(
        address=ctx.address,
        kind="compare",
        title="Comparison",
        description="Two to four techniques side by side, field by field, each statement with its sources.",
        lead=ctx.pieces(
            "Two to four techniques side by side, field by field. Every statement keeps its sources, every "
            "rating its scale; nothing is added up.",
            terms=False,
        ),
        status=status_of_records(techniques),
        sections=(Section("compare", "Side by side", "compare/compare", data),),
        root=ctx.root,
    )
