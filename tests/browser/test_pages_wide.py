"""Every kind of page on a desk, in both palettes; the narrowest window; colours forced by the system."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.browser.kinds import KINDS, assert_sound, sideways
from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

DESK = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_desk_shows_every_kind(kind: str, scheme: Literal["light", "dark"], open_page: OpenPage) -> None:
    """No scrolling sideways, no error, no foreign request, no barrier; the palette is the reader's."""
    visit = open_page(KINDS[kind], viewport=DESK, color_scheme=scheme)
    shown = visit.page.locator("body").get_attribute("data-md-color-scheme")
    assert shown == {"light": "default", "dark": "slate"}[scheme]
    assert_sound(visit, unknown=kind == "unknown")


@pytest.mark.parametrize("kind", ["technique", "techniques", "checklist"])
def test_the_narrowest_window(kind: str, open_page: OpenPage) -> None:
    """320 px: 1280 px at a zoom of 400 %."""
    assert_sound(open_page(KINDS[kind], viewport=NARROWEST))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"technique", "techniques", "checklist", "unknown"}))
def test_nothing_scrolls_sideways_in_the_narrowest_window(kind: str, open_page: OpenPage) -> None:
    """Also the kinds that are not searched for barriers there."""
    assert sideways(open_page(KINDS[kind], viewport=NARROWEST)) == []


@pytest.mark.parametrize("kind", ["technique", "home"])
def test_colours_forced_by_the_system(kind: str, open_page: OpenPage) -> None:
    """The system's colours replace ours; pictures keep lines that can be seen."""
    visit = open_page(KINDS[kind], viewport=DESK, forced_colors="active")
    assert visit.page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    assert_sound(visit)
