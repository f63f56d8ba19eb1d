"""Tools whose page is put in place of another one without a load, as a theme's instant navigation does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stores import assert_private
from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

_SWAP = """async (address) => {
  const text = await (await fetch(new URL(address, location.origin))).text();
  const next = new DOMParser().parseFromString(text, "text/html");
  history.pushState({}, "", `/${address}`);
  document.querySelector("article").replaceWith(document.adoptNode(next.querySelector("article")));
}"""


def tick(page: Page) -> None:
    """A criterion is met, and the rule says so."""
    page.locator("#rapid-pain-control-required").check()
    expect(page.locator(".criterion--met")).to_have_count(1)


def narrow(page: Page) -> None:
    """A word leaves one technique."""
    page.locator("[data-filter] input").first.fill("cordotomy")
    expect(page.locator("[data-filter-count]")).to_contain_text("of 61")


def choose(page: Page) -> None:
    """A group narrows the map."""
    page.locator("[data-evmap] select").first.select_option("surgery")
    expect(page.locator("[data-evmap-count]")).to_contain_text("techniques")


def compare(page: Page) -> None:
    """The form is offered."""
    expect(page.locator("atlas-compare [data-form]")).to_be_visible()


TOOLS = {"referral-checklist/": tick, "techniques/": narrow, "evidence-map/": choose, "compare/": compare}


@pytest.mark.parametrize("address", TOOLS)
def test_a_tool_starts_where_it_appears(address: str, open_page: OpenPage) -> None:
    """It works, twice over, and keeps nothing."""
    visit = open_page("about/")
    for _ in range(2):
        visit.page.evaluate(_SWAP, "about/")
        visit.page.evaluate(_SWAP, address)
        TOOLS[address](visit.page)
    assert_private(visit)
