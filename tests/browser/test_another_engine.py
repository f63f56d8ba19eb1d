"""Search and tools in the site that the engine after this one builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK
from tests.browser.kinds import assert_sound
from tests.browser.server import serve
from tests.browser.visit import OpenPage, Visit, visit
from tests.site.built import shared_site

pytestmark = [pytest.mark.browser, pytest.mark.engine]

ENGINE = "zensical"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site by the other engine is served."""
    built = shared_site(tmp_path_factory, ENGINE)
    assert built.run.code == 0, built.run.err
    with serve(built.folder) as address:
        yield address


@pytest.fixture
def open_there(browser: Browser, elsewhere: str) -> Iterator[OpenPage]:
    """Opens a page of it; nothing may be missing or come from elsewhere."""
    context = browser.new_context(**DESK)
    visits: list[Visit] = []

    def open_there(address: str = "") -> Visit:
        visits.append(visit(context, elsewhere, address))
        return visits[-1]

    yield open_there
    for found in visits:
        assert found.foreign == []
        assert found.complaints == []
    context.close()


def find(page: Page) -> None:
    """A name that is typed into the dialog leads to its page."""
    page.keyboard.press("/")
    find_with(page, "#search-words")


def find_here(page: Page) -> None:
    """The same on the page of the search, which has a field of its own."""
    find_with(page, "#search-page-words")


def find_with(page: Page, field: str) -> None:
    """The first result is what was named."""
    page.locator(field).fill("celiac plexus neurolysis")
    expect(page.locator(".hit").first).to_contain_text("Celiac plexus neurolysis")


def tick(page: Page) -> None:
    """A criterion is met, and the rule says so."""
    page.locator("#rapid-pain-control-required").check()
    expect(page.locator(".criterion--met")).to_have_count(1)


def narrow(page: Page) -> None:
    """A word leaves one technique."""
    page.locator("[data-filter] input").first.fill("cordotomy")
    expect(page.locator("[data-filter-count]")).to_contain_text(" of ")


def ask(page: Page) -> None:
    """The finder lists what is described for a place."""
    expect(page.locator("[data-found]")).to_be_visible()
    expect(page.locator(".found").first).to_be_visible()


def choose(page: Page) -> None:
    """A group narrows the map."""
    page.locator("[data-evmap] select").first.select_option("surgery")
    expect(page.locator("[data-evmap-count]")).to_contain_text("techniques")


def compare(page: Page) -> None:
    """The form of the comparison is offered."""
    expect(page.locator("atlas-compare [data-form]")).to_be_visible()


TOOLS = {
    "": find,
    "search/": find_here,
    "referral-checklist/": tick,
    "techniques/": narrow,
    "finder/#site=perineum": ask,
    "evidence-map/": choose,
    "compare/": compare,
}


@pytest.mark.parametrize("address", TOOLS)
def test_tools_and_search_work(address: str, open_there: Callable[[str], Visit]) -> None:
    """Each in Chromium, without a complaint on the console."""
    TOOLS[address](open_there(address).page)


def test_a_page_is_sound(open_there: Callable[[str], Visit]) -> None:
    """The frame is the same: accessible, and nothing goes past the side."""
    assert_sound(open_there("techniques/celiac-plexus-neurolysis/"))
