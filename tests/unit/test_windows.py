"""Prognosis windows: what a source says about life expectancy, in words and on a time axis."""

from __future__ import annotations

from itertools import pairwise

import pytest

from generator.knowledge import KnowledgeBase
from generator.model.clinical import PrognosisWindow
from generator.views import windows
from generator.views.context import PageContext, SiteContext


@pytest.fixture
def page(everything: KnowledgeBase) -> PageContext:
    return PageContext(SiteContext(everything), "techniques/x")


def window(limit: str, *months: int, **more: str) -> PrognosisWindow:
    return PrognosisWindow.model_validate({"text": "t", "limit": limit, "months": months} | more)


@pytest.mark.parametrize(
    ("item", "label"),
    [
        (window("floor", 6), "More than 6 months to ride"),
        (window("floor", 1), "More than 1 month to ride"),
        (window("floor", 6, 12), "More than 6–12 months to ride"),
        (window("ceiling", 3), "Less than 3 months to ride"),
        (window("harm", 12), "Late harm from 12 months"),
        (window("reference", 24), "24 months: a reference point, not a cut-off"),
        (window("similar", similar_to="replace-a-tube"), "As for replace a tube"),
        (window("words"), "In words only"),
        (window("words", 1, 3), "1–3 months"),
    ],
)
def test_each_limit_has_its_own_words(item: PrognosisWindow, label: str, page: PageContext) -> None:
    """A floor is never read as a ceiling."""
    assert windows.label(page, item) == label


@pytest.mark.parametrize(
    ("months", "start", "end"), [((6,), 69.6, 69.6), ((6, 12), 69.6, 84.8), ((120,), 100.0, 100.0)]
)
def test_a_window_has_its_place_on_the_axis(
    months: tuple[int, ...], start: float, end: float, page: PageContext
) -> None:
    """Both ends of a printed range; what lies beyond the axis ends with it."""
    view = windows.view(page, window("floor", *months))
    assert (view.start, view.end) == (start, end)


def test_words_alone_have_no_place_on_the_axis(page: PageContext) -> None:
    """Nothing is drawn that no source prints."""
    view = windows.view(page, window("words"))
    assert (view.start, view.end) == (None, None)


def test_the_axis_runs_from_a_week_to_two_years() -> None:
    """Longer is further right, and nothing leaves the axis."""
    assert windows.axis_position(windows.AXIS_START_MONTHS) == 0
    assert windows.axis_position(windows.AXIS_END_MONTHS) == 100
    assert windows.axis_position(0.001) == 0
    positions = [windows.axis_position(months) for months in range(1, 25)]
    assert all(earlier < later for earlier, later in pairwise(positions))


def test_windows_of_the_class_come_last_and_say_so(page: PageContext) -> None:
    """A window made for the class carries a link to it."""
    found = windows.windows_of(page, page.kb.techniques["patch-a-tube"])
    assert [view.kind for view in found] == [
        "floor",
        "ceiling",
        "words",
        "similar",
        "harm",
        "reference",
        "floor",
    ]
    assert [view.statement.of_class is not None for view in found] == [False] * 6 + [True]


def test_short_labels_leave_out_what_is_no_window(page: PageContext) -> None:
    """A late harm and a reference point say nothing about who is suited."""
    assert windows.short_labels(page, page.kb.techniques["patch-a-tube"]) == (
        "More than 1 month to ride",
        "Less than 3 months to ride",
        "Weeks to months",
        "As for replace a tube",
        "More than 6–12 months to ride",
    )
