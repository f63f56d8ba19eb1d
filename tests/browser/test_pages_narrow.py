"""Every kind of page on a phone, in both palettes."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.kinds import KINDS, OF_COLOUR, assert_sound, sideways, thin_out, violations
from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PHONE = ViewportSize(width=360, height=740)
NARROWEST = ViewportSize(width=320, height=640)


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_every_kind(kind: str, open_page: OpenPage) -> None:
    """No scrolling sideways, not at 320 px either, no error, no foreign request, no barrier."""
    visit = open_page(KINDS[kind], viewport=PHONE, color_scheme="light")
    assert_sound(visit, unknown=kind == "unknown")
    visit.page.set_viewport_size(NARROWEST)
    assert sideways(visit) == []
    visit.page.set_viewport_size(PHONE)
    thin_out(visit)
    assert violations(visit) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_every_kind_in_the_dark(kind: str, open_page: OpenPage) -> None:
    """The reader's system asks for dark colours and gets them, with contrast enough."""
    visit = open_page(KINDS[kind], viewport=PHONE, color_scheme="dark")
    assert visit.page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert_sound(visit, unknown=kind == "unknown")
    thin_out(visit)
    assert violations(visit, only=OF_COLOUR) == []
