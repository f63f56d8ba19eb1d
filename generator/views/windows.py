"""Prognosis windows in words and on a time axis. Floors and ceilings are never confused."""

from __future__ import annotations

import math

from generator.model.clinical import PrognosisWindow
from generator.model.technique import Technique
from generator.views.context import PageContext
from generator.views.parts import Link, WindowView

AXIS_START_MONTHS = 0.25
AXIS_END_MONTHS = 24.0


def axis_position(months: float) -> float:
    """Place of a duration on the logarithmic axis from one week to 24 months, in per cent."""
    bounded = min(max(months, AXIS_START_MONTHS), AXIS_END_MONTHS)
    span = math.log(AXIS_END_MONTHS / AXIS_START_MONTHS)
    return round(100 * math.log(bounded / AXIS_START_MONTHS) / span, 1)


def label(ctx: PageContext, window: PrognosisWindow) -> str:
    """The window in a few words."""
    months = "–".join(str(value) for value in window.months)
    unit = "month" if window.months == (1,) else "months"
    match window.limit:
        case "floor":
            return f"More than {months} {unit} {ctx.kb.words.time_left}"
        case "ceiling":
            return f"Less than {months} {unit} {ctx.kb.words.time_left}"
        case "harm":
            return f"Late harm from {months} {unit}"
        case "reference":
            return f"{months} {unit}: a reference point, not a cut-off"
        case "similar":
            assert window.similar_to is not None
            return f"As for {ctx.kb.name('technique', window.similar_to).lower()}"
        case "words":
            return f"{months} {unit}" if window.months else "In words only"


def view(ctx: PageContext, window: PrognosisWindow, of_class: Link | None = None) -> WindowView:
    """A window with its place on the axis, where the source gives one."""
    start = axis_position(window.months[0]) if window.months else None
    end = axis_position(window.months[-1]) if window.months else None
    return WindowView(window.limit, label(ctx, window), start, end, ctx.statement(window, of_class=of_class))


def windows_of(ctx: PageContext, technique: Technique) -> tuple[WindowView, ...]:
    """A technique's own windows, then those of its class."""
    found: list[tuple[PrognosisWindow, Link | None]] = [(window, None) for window in technique.prognosis]
    parent = ctx.kb.class_of(technique)
    if parent is not None:
        class_link = ctx.link("technique", parent.id)
        found.extend((window, class_link) for window in parent.prognosis)
    return tuple(view(ctx, window, of_class) for window, of_class in found)


def short_labels(ctx: PageContext, technique: Technique) -> tuple[str, ...]:
    """Windows in a few words for a table cell."""
    parent = ctx.kb.class_of(technique)
    windows = [*technique.prognosis, *(parent.prognosis if parent else ())]
    labels = [
        ctx.site.plain(window.text).rstrip(".") if window.limit == "words" else label(ctx, window)
        for window in windows
        if window.limit in ("floor", "ceiling", "words", "similar")
    ]
    return tuple(dict.fromkeys(labels))
