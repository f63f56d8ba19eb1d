"""Slides of a technique for teaching: one HTML file that asks for nothing else, a slide for each part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from generator import routes
from generator.artifacts import Artifact
from generator.model.technique import Technique
from generator.render import Renderer
from generator.show.apart import Apart
from generator.show.views import Block, DeckSlide, Opening, Slide, Timetable
from generator.views import body, evidence, tables, technique, windows
from generator.views import technique_sections as sections
from generator.views.attribution import attribution
from generator.views.context import PageContext, SiteContext
from generator.views.coverage import silent_fields
from generator.views.evidence import EvidenceColumn
from generator.views.fits import standing
from generator.views.parts import Link, StatementView
from generator.views.qr import qr_code
from generator.views.status import status_of_review
from generator.views.technique_view import ResultRow

Item = TypeVar("Item")

# What a slide holds at the size in which a room can read it.
_LINES, _LETTERS = 7, 460
_MOST, _SMALL_LETTERS = 4, 560
_SOURCES, _SOURCE_LETTERS = 8, 1000
_MOST_SLIDES = 2
"""Of one part; what is left over is counted, and stands on the page."""


def builders(site: SiteContext, renderer: Renderer) -> Iterator[Callable[[], list[Artifact]]]:
    """One builder for each deck."""
    for record in site.kb.current_techniques():
        yield partial(_deck, site, renderer, record)


def _deck(site: SiteContext, renderer: Renderer, record: Technique) -> list[Artifact]:
    path = routes.slides(record.id)
    ctx = PageContext(site, routes.SLIDES)
    credit = attribution(site.kb, status_of_review(ctx, record.review), record.name, _live(record))
    apart = Apart(site, renderer)
    made = []
    for slide in _slides(ctx, record, credit.address):
        content, sources = apart.part(f"show/slides/{slide.template}.html.j2", ctx.root, data=slide.data)
        made.append(DeckSlide(slide.title, slide.template, content, sources))
    for title, part in _numbered(
        "Sources", _chunks(apart.all_sources(), _SOURCES, lambda source: len(source.full), _SOURCE_LETTERS)
    ):
        content, _ = apart.part("show/slides/sources.html.j2", ctx.root, data=part)
        made.append(DeckSlide(title, "sources", content, ()))
    return [apart.file(path, "show/slides.html.j2", title=record.name, slides=made, attribution=credit)]


def _live(record: Technique) -> str:
    return routes.technique(record.id)


def _slides(ctx: PageContext, record: Technique, address: str) -> Iterator[Slide]:
    kb = ctx.kb
    summary = technique.summary_of(ctx, record)
    marks = frozenset(
        region
        for item in record.indications
        if standing(item) == "described"
        for place in item.pain_sites
        for region in ctx.site.drawn_regions_of[place]
    )
    lead = ctx.pieces(record.summary.text, record.summary.citations)
    yield Slide(
        record.name,
        "opening",
        Opening(
            record.abbreviations,
            kb.groups[record.group].name,
            lead,
            body.body_marks(ctx.site, marks),
            "On the body: " + ", ".join(site.text for site in summary.fit_sites),
            qr_code(address),
        ),
    )
    described = [item for item in record.indications if standing(item) == "described"]
    yield from _lists("When it is used", ctx.statements(described), "No indication is described.")
    if record.not_indicated:
        yield from _lists("Not for", ctx.statements(record.not_indicated))
    columns = evidence.columns(ctx, record)
    title = "Evidence: the bodies differ" if summary.bodies_differ else "Evidence"
    for name, part, more in _cut(title, _chunks(columns, _MOST, _rating_letters, _SMALL_LETTERS)):
        yield Slide(name, "evidence", (part, more))
    if not columns:
        yield from _lists(title, (), "No body in these sources rates this technique.")
    yield Slide("Target and level", "anatomy", sections.anatomy(ctx, record))
    yield from _lists("Structures at risk", ctx.statements(record.anatomy.structures_at_risk))
    guidance = tables.guidance(ctx, record.approach.guidance)
    approach = record.approach
    rest = ctx.statements((*approach.position, *approach.route, *approach.agents))
    yield from _lists("How it is done", (*guidance, *rest), "The sources do not describe it.")
    results = sections.results(ctx, record.results).rows
    for name, rows, more in _cut("Results", _chunks(results, _MOST, _result_letters, _SMALL_LETTERS)):
        yield Slide(name, "results", (rows, more))
    yield from _lists(
        "Complications",
        tables.harms(ctx, record),
        "No complication is named in the sources. That is silence, not safety.",
    )
    yield from _lists(
        "Contraindications and cautions",
        tables.against(ctx, record),
        "No contraindication or caution is named in the sources.",
    )
    yield Slide("Setting, timing and cost", "timing", Timetable(windows.windows_of(ctx, record), summary))
    notes = ctx.statements(record.source_notes)
    silent = silent_fields(kb, record)
    if notes or silent:
        parts = list(_chunks(notes, _LINES, _letters, _LETTERS)) or [()]
        yield Slide("What the sources leave open", "open", (parts[0], sum(map(len, parts[1:])), silent))


def _lists(title: str, items: Sequence[StatementView], absent: str = "") -> Iterator[Slide]:
    """Statements on as many slides as the rule allows; one that says so where there are none."""
    found = False
    for name, part, more in _cut(title, _chunks(items, _LINES, _letters, _LETTERS)):
        found = True
        yield Slide(name, "list", Block(title, part, more))
    if not found and absent:
        yield Slide(title, "absent", absent)


def _letters(item: StatementView) -> int:
    said = sum(len(piece.text) for piece in item.pieces if piece.kind != "cite")
    return said + len(item.tag) + _class_letters(item.of_class)


def _rating_letters(item: EvidenceColumn) -> int:
    scope = sum(len(piece.text) for piece in item.scope.pieces if piece.kind != "cite")
    return scope + len(item.scale) + _class_letters(item.of_class)


def _class_letters(of_class: Link | None) -> int:
    """The remark that it was said of the class."""
    return len(of_class.text) + 20 if of_class else 0


def _result_letters(row: ResultRow) -> int:
    said = sum(len(piece.text) for piece in row.caveat if piece.kind != "cite")
    # Each line of its own costs as much as a line of letters.
    return len(row.outcome) + len(row.design) + len(row.comparator) + len(row.time) + said + 60


def _chunks(
    items: Iterable[Item], most: int, size: Callable[[Item], int] = lambda _: 0, room: int = 1
) -> Iterator[tuple[Item, ...]]:
    """Items in order, in parts of at most so many and, beyond the first of a part, so large."""
    part: list[Item] = []
    for item in items:
        if part and (len(part) == most or sum(map(size, part)) + size(item) > room):
            yield tuple(part)
            part = []
        part.append(item)
    if part:
        yield tuple(part)


def _cut(title: str, parts: Iterable[tuple[Item, ...]]) -> Iterator[tuple[str, tuple[Item, ...], int]]:
    """The first parts with their titles, and on the last how many items are left over."""
    listed = list(parts)
    kept = listed[:_MOST_SLIDES]
    left = sum(map(len, listed[_MOST_SLIDES:]))
    for place, (name, part) in enumerate(_numbered(title, kept), start=1):
        yield name, part, left if place == len(kept) else 0


def _numbered(title: str, parts: Iterable[tuple[Item, ...]]) -> Iterator[tuple[str, tuple[Item, ...]]]:
    listed = list(parts)
    for place, part in enumerate(listed, start=1):
        yield (f"{title} ({place} of {len(listed)})" if len(listed) > 1 else title), part
