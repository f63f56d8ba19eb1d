"""Prose pages: their Markdown with citations and cross-links made into links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator import routes
from generator.load.prose_file import ProsePage
from generator.prose_markdown import without_html
from generator.views import teaching, timing
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Page, Piece, Section, StatementView
from generator.views.status import status_of_review


@dataclass(frozen=True, slots=True)
class ScaleView:
    """An evidence scale as the about page shows it."""

    id: str
    name: str
    text: StatementView
    defined: bool
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Part name, and its steps from weak to strong with their meanings."""
    bodies: tuple[tuple[str, str, StatementView], ...]
    """Anchor, name and text of each body that uses it."""


@dataclass(frozen=True, slots=True)
class Scales:
    """All evidence scales."""

    scales: tuple[ScaleView, ...]


def build(site: SiteContext, page: ProsePage, inline: Callable[[tuple[Piece, ...]], str]) -> Page:
    """A prose page. `inline` makes the HTML of a citation or link, from the component."""
    ctx = PageContext(site, page.id)
    lead = ctx.pieces(page.meta.lead, terms=False)

    body = without_html(page.body, lambda text: inline(ctx.pieces(text, terms=False)))
    sections = tuple(APPENDED[page.id](ctx)) if page.id in APPENDED else ()
    return Page(
        address=page.id,
        kind="prose",
        record=("page", page.id),
        title=page.meta.title,
        description=site.plain(page.meta.lead),
        lead=lead,
        sections=sections,
        synonyms=page.meta.synonyms,
        status=status_of_review(ctx, page.meta.review),
        root=ctx.root,
        markdown=body,
        sections_first=page.id in _BEFORE_THE_PROSE,
        oembed=teaching.oembed(ctx, page.id) if page.id == routes.TIMING_WINDOWS else "",
    )


def _about(ctx: PageContext) -> Iterator[Section]:
    yield Section("scales", "Evidence scales and bodies", "prose/scales", _scales(ctx))


def _timing(ctx: PageContext) -> Iterator[Section]:
    yield Section("chart", "Every window", "prose/timing", timing.chart(ctx))
    yield teaching.of_page(ctx, routes.TIMING_WINDOWS, "The chart")


# Prose pages that the generator continues from the records, by their id.
APPENDED: Mapping[str, Callable[[PageContext], Iterator[Section]]] = {
    "about": _about,
    "timing-windows": _timing,
}
# Of these, the pages on which readers look for the generated part first.
_BEFORE_THE_PROSE = frozenset({"timing-windows"})


def _scales(ctx: PageContext) -> Scales:
    kb = ctx.kb
    views = []
    for scale in kb.scales.values():
        bodies = tuple(
            (
                f"body-{body.id}",
                f"{body.name}{f' ({body.year})' if body.year else ''}",
                StatementView(ctx.pieces(body.text or "", body.citations) if body.text else ()),
            )
            for body in kb.bodies.values()
            if body.scale == scale.id
        )
        views.append(
            ScaleView(
                id=f"scale-{scale.id}",
                name=scale.name,
                text=StatementView(ctx.pieces(scale.text, scale.citations) if scale.text else ()),
                defined=scale.defined,
                parts=tuple(
                    (part.name, tuple((step.value, step.meaning or "") for step in part.steps))
                    for part in scale.parts
                ),
                bodies=bodies,
            )
        )
    return Scales(tuple(views))
