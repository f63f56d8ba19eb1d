"""Every kind of page on a desk, in both palettes; the narrowest window; colours forced by the system."""

from __future__ import annotations

import pytest

from tests.browser.kinds import (
    KINDS,
    OF_COLOUR,
    OF_MEASURE,
    assert_sound,
    thin_out,
    violations,
)
from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

DESK = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}
SEARCHED_AT_320 = ["technique", "techniques", "checklist"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_desk_shows_every_kind(kind: str, open_page: OpenPage) -> None:
    """No scrolling sideways, no error, no foreign request, no barrier; structure is searched in full."""
    visit = open_page(KINDS[kind], viewport=DESK, color_scheme="light")
    assert visit.page.locator("body").get_attribute("data-md-color-scheme") == "default"
    assert_sound(visit, unknown=kind == "unknown")
    assert violations(visit, without=OF_MEASURE) == []
    thin_out(visit)
    assert violations(visit, only=OF_MEASURE) == []


def test_a_continued_table_keeps_the_columns_of_the_first(open_page: OpenPage) -> None:
    """Its head is out of the flow, so that the widths come from the columns themselves."""
    visit = open_page("techniques/percutaneous-cordotomy/", viewport=DESK)
    widths = visit.page.locator(".table--indications tbody tr:first-child").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => Math.round(cell.offsetWidth)))"
    )
    assert visit.page.locator(".table--further").count()
    assert len(widths[0]) == 3
    assert all(row == widths[0] for row in widths)


@pytest.mark.parametrize("kind", KINDS)
def test_a_desk_shows_every_kind_in_the_dark(kind: str, open_page: OpenPage) -> None:
    """The reader's system asks for dark colours and gets them, with contrast enough."""
    visit = open_page(KINDS[kind], viewport=DESK, color_scheme="dark")
    assert visit.page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert_sound(visit, unknown=kind == "unknown")
    thin_out(visit)
    assert violations(visit, only=OF_COLOUR) == []


@pytest.mark.parametrize("kind", SEARCHED_AT_320)
def test_the_narrowest_window(kind: str, open_page: OpenPage) -> None:
    """320 px, which is 1280 px at a zoom of 400 %; the other kinds are measured there as phones shrink."""
    visit = open_page(KINDS[kind], viewport=NARROWEST)
    assert_sound(visit)
    thin_out(visit)
    assert violations(visit) == []


@pytest.mark.parametrize("kind", ["technique", "home"])
def test_colours_forced_by_the_system(kind: str, open_page: OpenPage) -> None:
    """The system's colours replace ours, and nothing is lost."""
    visit = open_page(KINDS[kind], viewport=DESK, forced_colors="active")
    assert visit.page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    assert_sound(visit)
    thin_out(visit)
    assert violations(visit) == []
