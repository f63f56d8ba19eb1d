"""Every kind of page on a phone, in both palettes."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.browser.kinds import KINDS, assert_sound
from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_every_kind(kind: str, scheme: Literal["light", "dark"], open_page: OpenPage) -> None:
    """No scrolling sideways, no error, no foreign request, no barrier; the palette is the reader's."""
    visit = open_page(KINDS[kind], viewport=PHONE, color_scheme=scheme)
    shown = visit.page.locator("body").get_attribute("data-md-color-scheme")
    assert shown == {"light": "default", "dark": "slate"}[scheme]
    assert_sound(visit, unknown=kind == "unknown")
