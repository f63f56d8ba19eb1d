"""Every page of the built site, in both palettes; `make test` looks at the kinds of page alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import OF_COLOUR, thin_out, violations
from tests.browser.visit import Visit
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.long]

# A page without the switch follows the system by its style sheet alone.
_DARK = "() => !document.querySelector('[data-palette]') || document.body.dataset.mdColorScheme === 'slate'"


def addresses(folder: Path) -> list[str]:
    """Every HTML file that is a page; a redirect leaves before anyone could look at it."""
    found = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if 'http-equiv="refresh"' not in path.read_text("utf-8")[:2000]
    ]
    return sorted(address.removesuffix("index.html") for address in found)


def scan(visit: Visit, address: str) -> list[str]:
    """What axe finds on one page: every rule in light colours, rules of colour in dark ones again."""
    visit.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    visit.page.goto(f"{visit.origin}/{address}", wait_until="load")
    thin_out(visit)
    found = [f"{address} light: {fault}" for fault in violations(visit)]
    visit.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    visit.page.wait_for_function(_DARK)
    return found + [f"{address} dark: {fault}" for fault in violations(visit, only=OF_COLOUR)]


def test_no_page_has_a_barrier(site: BuiltSite, browser: Browser, origin: str) -> None:
    """Frames, sheets and slides too; `-s` shows how many."""
    pages = addresses(site.folder)
    assert len(pages) > 900
    visit = Visit(browser.new_page(viewport={"width": 1280, "height": 900}), origin)
    faults = [fault for address in pages for fault in scan(visit, address)]
    visit.page.close()
    print(f"\n{len(pages)} pages in two palettes: {len(faults)} findings")
    assert visit.foreign == []
    assert faults == []
