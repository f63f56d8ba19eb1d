"""Drawings and tables to take away: each as SVG with its attribution inside, and the same as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from textwrap import wrap

from generator import routes
from generator.artifacts import Artifact
from generator.exports.records_json import JsonExport
from generator.model.technique import Technique
from generator.render import Renderer
from generator.show import figure_tables
from generator.show.figure_tables import Table
from generator.views import body, evidence, spine, windows
from generator.views.attribution import Attribution, attribution
from generator.views.context import PageContext, SiteContext
from generator.views.status import status_of_review
from generator.views.teaching import figure_kinds

WIDTH = 760
_TOP = 104
# Letters that fit into a line at the sizes of the drawing.
_NOTE_LETTERS = 114


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: a head, what `kind` draws from `data`, and its attribution."""

    kind: str
    title: str
    subtitle: str
    description: str
    width: float
    height: float
    data: object
    foot: tuple[str, ...]
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a drawing at its place: a drawing, and words in lines."""

    y: float
    view: object
    words: tuple[str, ...] = ()
    small: tuple[str, ...] = ()


def builders(site: SiteContext, renderer: Renderer) -> Iterator[Callable[[], list[Artifact]]]:
    """One builder for the figures of each technique."""
    export = JsonExport(site)
    for record in site.kb.current_techniques():
        yield partial(_of_technique, site, renderer, export, record)


def _of_technique(
    site: SiteContext, renderer: Renderer, export: JsonExport, record: Technique
) -> list[Artifact]:
    ctx = PageContext(site, routes.technique(record.id))
    credit = attribution(site.kb, status_of_review(ctx, record.review), record.name, ctx.address)
    data = export.technique(record)
    draw = {"levels": _levels, "windows": _windows, "evidence": _evidence, "body": _body}
    made = []
    for kind in figure_kinds(site, record):
        figure = draw[kind](ctx, record, credit)
        made += files(renderer, f"{record.id}/{kind}", figure, figure_tables.OF_TECHNIQUE[kind](site, data))
    return made


def files(renderer: Renderer, name: str, figure: Figure, table: Table) -> list[Artifact]:
    """A figure as SVG, and its table as CSV."""
    return [
        renderer.picture(routes.figure(name, "svg"), "figure", figure),
        Artifact(routes.figure(name, "csv"), figure_tables.with_attribution(table, figure.attribution)),
    ]


def figure_of(
    kind: str,
    title: str,
    subtitle: str,
    description: str,
    height: float,
    data: object,
    credit: Attribution,
    width: int = WIDTH,
) -> Figure:
    """The drawing around its content, which takes `height` below the head."""
    checked = f", checked {credit.checked}. Clinical review: {credit.reviewed}" if credit.checked else ""
    lines = [
        f"{credit.name}{checked}. For {credit.audience}. {credit.caution}",
        f"{credit.licence.name}, after {credit.credit}, and the sources named on the page: {credit.title}."
        + (f" {credit.address}" if credit.address else ""),
    ]
    foot = tuple(
        part for line in lines for part in wrap(line, _NOTE_LETTERS * width // WIDTH, break_on_hyphens=False)
    )
    return Figure(
        kind,
        title,
        subtitle,
        description,
        width,
        _TOP + height + 24 + 16 * len(foot) + 8,
        data,
        foot,
        credit,
    )


def _levels(ctx: PageContext, record: Technique, credit: Attribution) -> Figure:
    ruler = spine.ruler(ctx.kb.levels, record.anatomy.levels, record.name)
    assert ruler is not None
    return figure_of(
        "levels",
        record.name,
        "Levels. Filled: target. Outlined: entry. Bracket alone: origin or landmark.",
        f"{ruler.title}. {ruler.description}",
        ruler.height * 1.6,
        ruler,
        credit,
    )


def _windows(ctx: PageContext, record: Technique, credit: Attribution) -> Figure:
    rows = []
    y = 12.0
    for window in windows.windows_of(ctx, record):
        words = window.label
        if window.kind == "words":
            words = "".join(piece.text for piece in window.statement.pieces if piece.kind != "cite")
        lines = tuple(wrap(words, 84))
        of_class = window.statement.of_class
        small = (f"said of the class {of_class.text}",) if of_class else ()
        rows.append(Row(y, window, lines, small))
        y += 20 * len(lines) + 16 * len(small) + 46
    description = " ".join(f"{' '.join(row.words)}." for row in rows)
    return figure_of(
        "windows",
        record.name,
        "Window of prognosis, on a logarithmic axis.",
        description,
        y + 20,
        rows,
        credit,
    )


def _evidence(ctx: PageContext, record: Technique, credit: Attribution) -> Figure:
    rows = []
    y = 8.0
    for view in evidence.badges_for(ctx, record):
        lines = tuple(wrap(f"{view.source}{f' for {view.scope}' if view.scope else ''}", 56))
        rows.append(Row(y, view, lines))
        y += 22 * max(len(lines), 1) + 18
    return figure_of(
        "evidence",
        record.name,
        "How each body rates it, in its own scale; outlined: given to the class. Scales do not convert.",
        " ".join(f"{view.label}." for view in evidence.badges_for(ctx, record)),
        y,
        rows,
        credit,
    )


def _body(ctx: PageContext, record: Technique, credit: Attribution) -> Figure:
    places, regions = figure_tables.fit_sites(ctx.site, record)
    names = tuple(line for place in places for line in wrap(ctx.kb.sites[place].name, 44))
    marks = body.body_marks(ctx.site, regions)
    return figure_of(
        "body",
        record.name,
        "What a source describes it for.",
        "On the body: " + ", ".join(ctx.kb.sites[place].name for place in places) + ".",
        max(360.0, 24.0 * len(names) + 20),
        Row(0, marks, names),
        credit,
    )
