"""A copy on the device: only when asked for, named by version and date, replaced when old, removed again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.knowledge import KnowledgeBase
from generator.offline.edition import write_edition
from tests.browser.kinds import violations
from tests.browser.server import serve
from tests.browser.visit import Visit, visit
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

# A thousand files are fetched, hashed and stored.
LONG = 180_000
KEPT = """async () => [await caches.keys(), await navigator.serviceWorker.getRegistrations()].flat().length"""


@dataclass
class Reader:
    """A reader with a browser of their own and a server that can be stopped."""

    visit: Visit
    folder: Path
    server: ExitStack

    @property
    def page(self) -> Page:
        """The open page."""
        return self.visit.page

    def disconnect(self) -> None:
        """No server answers any more."""
        self.server.close()


@pytest.fixture
def reader(browser: Browser, site: BuiltSite, tmp_path: Path) -> Iterator[Reader]:
    """Opens the page on offline use of a copy of the site."""
    folder = tmp_path / "site"
    shutil.copytree(site.folder, folder)
    server = ExitStack()
    origin = server.enter_context(serve(folder))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Reader(visit(context, origin, "offline/"), folder, server)
    server.close()
    context.close()


def keep(page: Page) -> None:
    """Ask for the copy, by keyboard."""
    expect(page.locator("[data-offline-start]")).to_be_visible()
    page.locator("[data-offline-start]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-offline-edition]")).to_be_visible(timeout=LONG)


def test_nothing_is_kept_unasked(reader: Reader) -> None:
    """No worker, no cache, on no page; the browser may install the site as an app all the same."""
    for address in ("", "evidence-map/", "timing-windows/", "referral-checklist/", "offline/"):
        reader.visit.go(address)
        assert reader.page.evaluate(KEPT) == 0
    assert reader.page.locator('link[rel="manifest"]').get_attribute("href") == "../site.webmanifest"
    session = reader.page.context.new_cdp_session(reader.page)
    assert session.send("Page.getAppManifest")["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )


def test_keep_read_without_a_connection_and_remove(reader: Reader) -> None:
    """Every page says that it comes from the copy, with version and date; tools and search work."""
    page = reader.page
    keep(page)
    assert reader.visit.focused("element.textContent") == "Remove the copy"
    edition = page.locator("[data-offline-edition]").inner_text()
    assert violations(reader.visit) == []
    reader.visit.go("evidence-map/")
    assert page.locator(".copybar").count() == 0
    reader.disconnect()
    reader.visit.go("techniques/cordotomy/")
    assert "Cordotomy" in page.locator("h1").inner_text()
    expect(page.locator(".copybar")).to_contain_text("you read the copy on this device")
    expect(page.locator(".copybar")).to_contain_text(edition.split(".")[0])
    assert violations(reader.visit) == []
    reader.visit.go("evidence-map/?scale=aspn-2021&group=surgery")
    expect(page.locator("[data-evmap-count]")).to_contain_text("techniques")
    page.keyboard.press("/")
    page.locator("#search-words").fill("coeliac")
    expect(page.locator("dialog").get_by_role("link", name="Celiac plexus neurolysis").first).to_be_visible()
    reader.visit.go("timing-windows/")
    assert page.locator(".timingchart__row").count() > 7
    reader.visit.go("finder/#site=perineum")
    expect(page.locator("[data-found]")).to_be_visible()
    reader.visit.go("compare/#ids=cordotomy,saddle-block")
    expect(page.locator(".compare__table")).to_be_visible()
    reader.visit.go("referral-checklist/")
    page.locator("#moderate-to-severe-pain-persists").check()
    reader.visit.go("no/such/page/")
    assert page.locator("h1").inner_text() == "There is no page at this address"
    reader.visit.go("offline/")
    page.locator("[data-offline-stop]").click()
    expect(page.locator("[data-offline-say]")).to_contain_text("The copy is removed")
    assert page.evaluate(KEPT) == 0
    assert reader.visit.foreign == []


def test_a_newer_version_is_announced_and_loaded(reader: Reader, real: KnowledgeBase) -> None:
    """An open page says of what date both are; loading it shows the new words, with and without a server."""
    page = reader.page
    keep(page)
    reader.visit.go("learn/")
    guides = reader.folder / "learn" / "index.html"
    guides.write_text(guides.read_text("utf-8").replace("<h1", "<p>Just added.</p><h1", 1), "utf-8")
    newer = write_edition(reader.folder, real)
    page.evaluate("() => navigator.serviceWorker.getRegistration().then((found) => found.update())")
    line = page.locator(".copybar")
    expect(line).to_contain_text("There is a newer version", timeout=LONG)
    expect(line).to_contain_text(f"{newer.words}, version {newer.version}")
    assert violations(reader.visit) == []
    assert page.get_by_text("Just added.").count() == 0
    line.get_by_role("button", name="Load it").click()
    expect(page.get_by_text("Just added.")).to_be_visible()
    reader.disconnect()
    reader.visit.go("learn/")
    expect(page.get_by_text("Just added.")).to_be_visible()
    expect(page.locator(".copybar")).to_contain_text(newer.version)


def test_a_copy_that_is_not_whole_is_not_kept(reader: Reader) -> None:
    """A file that is not the listed one: the reader is told, and nothing stays."""
    (reader.folder / "learn" / "index.html").write_text("changed on the way", "utf-8")
    page = reader.page
    page.locator("[data-offline-start]").click()
    expect(page.locator("[data-offline-say]")).to_contain_text("could not be kept", timeout=LONG)
    expect(page.locator("[data-offline-say]")).to_contain_text("learn/index.html")
    assert page.locator("[data-offline-start]").is_visible()
    assert page.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
