"""The zip in a browser: unpacked into a folder, opened from file://, with every tool."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.kinds import violations
from tests.browser.visit import Visit, visit
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def folder(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the unpacked folder."""
    target: Path = tmp_path_factory.mktemp("zip folder")
    with zipfile.ZipFile(site.folder / "offline" / "atlas.zip") as archive:
        archive.extractall(target)
    return (target / "atlas").as_uri()


@pytest.fixture
def opened(browser: Browser, folder: str) -> Iterator[Visit]:
    """The home page, from the folder; whatever else is asked for afterwards stays in the folder."""
    context = browser.new_context(viewport=DESK)
    found = visit(context, folder, "index.html")
    # The scripts come after the page here.
    expect(found.page.locator("html")).to_have_attribute("data-started", "")
    yield found
    assert found.complaints == []
    assert found.foreign == []
    context.close()


def test_every_page_names_the_copy(opened: Visit) -> None:
    """And links lead from page to page."""
    page = opened.page
    expect(page.locator(".copybar")).to_contain_text("Downloaded copy.")
    page.get_by_role("link", name="Techniques", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Techniques")
    assert page.url.endswith("/techniques/index.html")
    assert opened.complaints == []
    assert violations(opened) == []
    opened.complaints.clear()  # axe asks for the style sheet, which a folder refuses


def test_search(opened: Visit) -> None:
    """A name, its result, its page."""
    page = opened.page
    page.keyboard.press("/")
    page.locator("#search-words").fill("coeliac plexus neurolysis")
    result = page.locator("dialog").get_by_role("link", name="Celiac plexus neurolysis", exact=True)
    result.first.click()
    expect(page.locator("h1")).to_contain_text("Celiac plexus neurolysis")


def test_finder(opened: Visit) -> None:
    """A region chosen, results listed, one of them opened."""
    page = opened.page
    opened.go("finder/index.html#site=perineum")
    result = page.get_by_role("link", name="Ganglion impar block and neurolysis").first
    expect(result).to_be_visible()
    result.click()
    expect(page.locator("h1")).to_contain_text("Ganglion impar")


def test_comparison(opened: Visit) -> None:
    """Two techniques chosen in the finder stand side by side, from their record files."""
    page = opened.page
    opened.go("finder/index.html#site=pelvis&compare=cordotomy,ganglion-impar-block")
    page.locator("[data-compared] a").click()
    expect(page.locator(".compare__table thead")).to_contain_text("Cordotomy")
    expect(page.locator(".compare__table thead")).to_contain_text("Ganglion impar block")


def test_checklist(opened: Visit) -> None:
    """A ticked criterion is met."""
    opened.go("referral-checklist/index.html")
    box = opened.page.locator("#moderate-to-severe-pain-persists")
    box.check()
    assert box.is_checked()


def test_evidence_map_and_timing_windows(opened: Visit) -> None:
    """Choice of scale in the address, a cell, its statements; the chart."""
    page = opened.page
    opened.go("evidence-map/index.html?scale=aspn-2021")
    expect(page.locator("[data-evmap-count]")).to_contain_text("techniques")
    assert page.locator('input[value="aspn-2021"]').is_checked()
    page.locator('[data-evmap-matrix="all"] a[href="#cell-celiac-plexus-neurolysis--upper-abdomen"]').click()
    expect(page.locator("#cell-celiac-plexus-neurolysis--upper-abdomen")).to_be_in_viewport()
    opened.go("timing-windows/index.html")
    assert page.locator(".timingchart__row").count() > 7


def test_the_page_on_offline_use_offers_no_copy_there(opened: Visit) -> None:
    """A browser keeps none of a folder."""
    opened.go("offline/index.html")
    expect(opened.page.locator("[data-offline-say]")).to_contain_text("does not allow a copy")
    assert opened.page.locator("[data-offline-start]").is_hidden()
