"""The chart of prognosis windows: by pointer and keyboard, without a script, forced colours, print."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import assert_sound, sideways, thin_out, violations
from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PAGE = "timing-windows/"
DESK = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}


@pytest.mark.parametrize("width", [DESK, NARROWEST])
@pytest.mark.parametrize("script", [True, False])
def test_chart_and_table_without_and_with_a_script(
    width: dict[str, int], script: bool, open_page: OpenPage
) -> None:
    """All rows stand there; the table opens by the keyboard."""
    visit = open_page(PAGE, viewport=width, java_script_enabled=script)
    page = visit.page
    assert page.locator(".timingchart__row:visible").count() >= 8
    expect(page.locator("#no-window")).to_contain_text("No window in the sources")
    summary = page.locator("#timing-table summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#timing-table tbody tr:visible").count() > 60
    assert sideways(visit) == []
    assert visit.foreign == []


def test_one_axis_for_all_rows(open_page: OpenPage) -> None:
    """Every bar begins and ends where the axis does, which stays in view."""
    page = open_page(PAGE, viewport=DESK).page
    edges = page.evaluate(
        """() => [...document.querySelectorAll(".timingchart :is(.window__axis, .window__bar)")].map((bar) =>
        {
          const box = bar.getBoundingClientRect();
          return `${Math.round(box.left)} ${Math.round(box.right)}`;
        })"""
    )
    assert len(edges) > 8
    assert len(set(edges)) == 1
    page.locator(".timingchart__group--words").scroll_into_view_if_needed()
    expect(page.locator(".timingchart__axis")).to_be_in_viewport()


@pytest.mark.parametrize("colours", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_chart_in_other_colours(colours: dict[str, str], open_page: OpenPage) -> None:
    """No barrier with the table open."""
    visit = open_page(PAGE, viewport=DESK, **colours)
    visit.page.locator("#timing-table summary").click()
    assert_sound(visit)
    thin_out(visit)
    assert violations(visit) == []
