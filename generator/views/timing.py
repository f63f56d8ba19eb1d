"""Every technique's window of prognosis on one axis; floors and ceilings are kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.clinical import PrognosisWindow
from generator.model.technique import Technique
from generator.views import windows
from generator.views.context import PageContext
from generator.views.parts import Link, WindowView

_GROUPS = (
    (
        "ceiling",
        "At most so long to live",
        "A ceiling: a source keeps it for a shorter prognosis.",
    ),
    ("floor", "At least so long to live", "A floor: a source asks for a longer prognosis."),
    ("similar", "As for another technique", "No number of its own is printed."),
    ("words", "In words, without an edge", "A duration or a phrase; no number is a limit."),
    ("harm", "When a late harm may begin", "Not a limit of prognosis: the time from which a harm was seen."),
    (
        "reference",
        "Reference points",
        "A number for orientation; its source does not call it a cut-off.",
    ),
)


@dataclass(frozen=True, slots=True)
class TimingRow:
    """A technique's window."""

    technique: Link
    window: WindowView
    disagrees: bool
    """true when the sources print another number of the same kind for this technique."""


@dataclass(frozen=True, slots=True)
class TimingGroup:
    """Windows of one kind, never mixed with another."""

    kind: str
    title: str
    text: str
    rows: tuple[TimingRow, ...]


@dataclass(frozen=True, slots=True)
class TimingChart:
    """All windows, and the techniques for which no source gives one."""

    groups: tuple[TimingGroup, ...]
    without: tuple[Link, ...]
    from_class: tuple[tuple[Link, Link], ...]
    """Techniques whose only window is that of their class, with the class."""


def chart(ctx: PageContext) -> TimingChart:
    """The chart of all techniques."""
    kb = ctx.kb
    techniques = list(kb.current_techniques())
    groups = []
    for kind, title, text in _GROUPS:
        rows = tuple(
            TimingRow(
                ctx.link("technique", technique.id, anchor="setting"),
                windows.view(ctx, window),
                _disagrees(technique, window),
            )
            for technique in techniques
            for window in technique.prognosis
            if window.limit == kind
        )
        if rows:
            groups.append(TimingGroup(kind, title, text, rows))
    without = []
    from_class = []
    for technique in techniques:
        parent = kb.class_of(technique)
        if technique.prognosis:
            continue
        if parent is not None and parent.prognosis:
            from_class.append((ctx.link("technique", technique.id), ctx.link("technique", parent.id)))
        else:
            without.append(ctx.link("technique", technique.id))
    return TimingChart(tuple(groups), tuple(without), tuple(from_class))


def _disagrees(technique: Technique, window: PrognosisWindow) -> bool:
    return any(
        other.limit == window.limit and other.months != window.months and other.months and window.months
        for other in technique.prognosis
    )
