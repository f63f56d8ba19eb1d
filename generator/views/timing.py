"""Every technique's window of prognosis on one axis; floors and ceilings are kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.inline import parse_citation
from generator.knowledge import KnowledgeBase
from generator.model.clinical import PrognosisWindow
from generator.model.technique import Technique
from generator.views import windows
from generator.views.context import PageContext
from generator.views.parts import Link, StatementView

_GROUPS = {
    "ceiling": ("At most so long {left}", "A ceiling: a source keeps it for a shorter prognosis."),
    "floor": ("At least so long {left}", "A floor: a source asks for a longer prognosis."),
    "words": ("In words, without an edge", "A duration or a phrase. No number is a limit, so none is drawn."),
    "harm": ("When a late harm may begin", "Not a limit of prognosis: the time from which a harm was seen."),
    "reference": (
        "Reference points",
        "A number for orientation; its source does not call it a cut-off.",
    ),
}
_KINDS = {
    "ceiling": "Ceiling",
    "floor": "Floor",
    "similar": "As for another technique",
    "words": "Words",
    "harm": "Late harm",
    "reference": "Reference point",
}
# What is drawn into the row of a window instead of having a row of its own.
_MARKS = ("harm", "reference")


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in a row that is not its window."""

    kind: str
    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A row's drawing; places in per cent of the axis."""

    kind: str
    """'floor', 'ceiling', 'similar' or 'words'; empty where only marks stand."""
    stripes: Literal["", "range", "differ"]
    """Whether the stretch between start and end is a printed range, or two places that differ."""
    start: float
    end: float
    words: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class TimingRow:
    """A technique's window of one kind, with what else is printed about its time."""

    technique: Link
    drawing: Drawing
    labels: tuple[str, ...]
    explained: str
    """Why it is striped, or what a mark in it means; empty where nothing needs it."""
    statements: tuple[StatementView, ...]
    members: tuple[Link, ...]
    """Members of a class that have no window of their own."""


@dataclass(frozen=True, slots=True)
class TimingGroup:
    """Windows of one kind, never mixed with another."""

    kind: str
    title: str
    text: str
    rows: tuple[TimingRow, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed window, or the word that there is none."""

    technique: Link
    kind: str
    label: str
    statement: StatementView | None
    of_class: Link | None


@dataclass(frozen=True, slots=True)
class TimingChart:
    """All windows, the techniques for which no source gives one, and the same as a table."""

    groups: tuple[TimingGroup, ...]
    without: tuple[Link, ...]
    table: tuple[TableRow, ...]


def chart(ctx: PageContext) -> TimingChart:
    """The chart of all techniques."""
    kb = ctx.kb
    techniques = list(kb.current_techniques())
    rows: dict[str, list[TimingRow]] = {kind: [] for kind in _GROUPS}
    for technique in techniques:
        for kind, found in _by_group(kb, technique):
            rows[kind].append(_row(ctx, technique, kind, found))
    groups = tuple(
        TimingGroup(kind, title.replace("{left}", kb.words.time_left), text, tuple(rows[kind]))
        for kind, (title, text) in _GROUPS.items()
        if rows[kind]
    )
    without = tuple(
        ctx.link("technique", technique.id)
        for technique in techniques
        if not technique.prognosis and not _class_windows(kb, technique)
    )
    table = tuple(row for technique in techniques for row in _table_rows(ctx, technique))
    return TimingChart(groups, without, table)


def _class_windows(kb: KnowledgeBase, technique: Technique) -> tuple[PrognosisWindow, ...]:
    parent = kb.class_of(technique)
    return parent.prognosis if parent is not None else ()


def _by_group(kb: KnowledgeBase, technique: Technique) -> Iterator[tuple[str, list[PrognosisWindow]]]:
    """The windows of a technique by the group in which they are drawn.

    A harm or a reference point goes into the first group that the technique has a window in.
    """
    found: dict[str, list[PrognosisWindow]] = {}
    marks = []
    for window in technique.prognosis:
        if window.limit in _MARKS:
            marks.append(window)
        else:
            found.setdefault(_group(kb, window), []).append(window)
    for kind in _GROUPS:
        if kind in found:
            found[kind] += marks
            marks = []
    for window in marks:
        found.setdefault(window.limit, []).append(window)
    return ((kind, found[kind]) for kind in _GROUPS if kind in found)


def _group(kb: KnowledgeBase, window: PrognosisWindow) -> str:
    """The group of a window; one that is as for another technique stands with that technique's."""
    if window.limit != "similar":
        return window.limit
    model = _model(kb, window)
    return model.limit if model else "words"


def _model(kb: KnowledgeBase, window: PrognosisWindow) -> PrognosisWindow | None:
    """The window of the technique that a window is said to be like."""
    assert window.similar_to is not None
    if window.similar_to not in kb.techniques:
        return None
    others = kb.techniques[window.similar_to].prognosis
    return next((other for other in others if other.limit in ("floor", "ceiling") and other.months), None)


def _row(ctx: PageContext, technique: Technique, kind: str, found: Sequence[PrognosisWindow]) -> TimingRow:
    kb = ctx.kb
    main = [window for window in found if window.limit not in _MARKS]
    members = (kb.techniques[member] for member in kb.members.get(technique.id, ()))
    return TimingRow(
        technique=ctx.link("technique", technique.id, anchor="setting"),
        drawing=_drawing(ctx, main, found),
        labels=tuple(windows.label(ctx, window) for window in main if kind != "words"),
        explained=_explained(ctx, main, found),
        statements=ctx.statements(found),
        members=tuple(
            ctx.link("technique", member.id, anchor="setting")
            for member in members
            if member.inherits_from == technique.id and not member.prognosis
        ),
    )


def _drawing(ctx: PageContext, main: Sequence[PrognosisWindow], found: Sequence[PrognosisWindow]) -> Drawing:
    marks = tuple(
        Mark(window.limit, windows.axis_position(window.months[0]), windows.label(ctx, window))
        for window in found
        if window.limit in _MARKS and window.months
    )
    if not main:
        return Drawing("", "", 0, 0, "", marks)
    first = main[0]
    words = ctx.site.plain(first.text).rstrip(".") if first.limit == "words" else ""
    model = _model(ctx.kb, first) if first.limit == "similar" else None
    months = list(model.months) if model else [month for window in main for month in window.months]
    if not months:
        return Drawing("words" if first.limit != "similar" else "similar", "", 0, 100, words, marks)
    start, end = windows.axis_position(min(months)), windows.axis_position(max(months))
    stripes: Literal["", "range", "differ"] = "differ" if differ(main) else "range" if start != end else ""
    if first.limit == "similar":
        if model is not None and model.limit == "ceiling":
            start = 0.0
        else:
            end = 100.0
        stripes = ""
    return Drawing(first.limit, stripes, start, end, words, marks)


def differ(main: Sequence[PrognosisWindow]) -> bool:
    """Whether places in the sources print different numbers for the same limit."""
    return len({window.months for window in main if window.months}) > 1


def _explained(ctx: PageContext, main: Sequence[PrognosisWindow], found: Sequence[PrognosisWindow]) -> str:
    sentences = []
    if differ(main):
        places = "; ".join(f"{windows.label(ctx, window).lower()} ({_place(window)})" for window in main)
        sentences.append(
            f"Places in the sources differ: {places}. Striped from the lower to the higher number."
        )
    elif any(len(set(window.months)) > 1 for window in main if window.limit != "similar"):
        sentences.append("The source prints a range as the limit; the striped stretch is that range.")
    last = max((month for window in main if window.limit == "ceiling" for month in window.months), default=0)
    if any(window.limit == "harm" and window.months and window.months[0] < last for window in found):
        sentences.append("The late harm may begin inside this window.")
    return " ".join(sentences)


def _place(window: PrognosisWindow) -> str:
    """Where a number is printed: 'Table 1', or 'text'."""
    found = [parse_citation(citation).locator for citation in window.citations]
    return ", ".join(dict.fromkeys(locator for locator in found if locator)) or "text"


def _table_rows(ctx: PageContext, technique: Technique) -> Iterator[TableRow]:
    link = ctx.link("technique", technique.id, anchor="setting")
    for window in technique.prognosis:
        yield TableRow(link, _KINDS[window.limit], windows.label(ctx, window), ctx.statement(window), None)
    inherited = () if technique.prognosis else _class_windows(ctx.kb, technique)
    for window in inherited:
        assert technique.inherits_from is not None
        parent = ctx.link("technique", technique.inherits_from, anchor="setting")
        yield TableRow(link, _KINDS[window.limit], windows.label(ctx, window), None, parent)
    if not technique.prognosis and not inherited:
        yield TableRow(link, "None", "No window in the sources", None, None)
