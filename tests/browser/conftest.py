"""One server and one Chromium for a worker, a context for each kind of reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.searching import Ask
from tests.browser.server import serve
from tests.browser.visit import PATIENCE, OpenPage, Visit, visit
from tests.site.built import BuiltSite, shared_site

expect.set_options(timeout=PATIENCE)

DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the repository's records."""
    built = shared_site(tmp_path_factory)
    assert built.run.code == 0, built.run.err
    return built


@pytest.fixture(scope="session")
def origin(site: BuiltSite) -> Iterator[str]:
    """Where the site is served."""
    with serve(site.folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Contexts that are open, by their settings."""
    found: dict[str, BrowserContext] = {}
    yield found
    for context in found.values():
        context.close()


@pytest.fixture
def open_page(browser: Browser, contexts: dict[str, BrowserContext], origin: str) -> Iterator[OpenPage]:
    """Opens a page of the site; pages of equal settings share a context, with nothing stored in it."""
    visits: list[Visit] = []

    def open_page(address: str = "", **settings: Any) -> Visit:
        name = json.dumps(settings, sort_keys=True)
        if name not in contexts:
            contexts[name] = browser.new_context(**{**DESK, **settings})
        visits.append(visit(contexts[name], origin, address))
        return visits[-1]

    yield open_page
    for found in visits:
        found.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        found.page.close()


@pytest.fixture
def open_apart(browser: Browser, origin: str) -> Iterator[OpenPage]:
    """Opens a page in a context of its own, whose clock or network a test may change."""
    own: list[BrowserContext] = []

    def open_apart(address: str = "", **settings: Any) -> Visit:
        own.append(browser.new_context(**{**DESK, **settings}))
        return visit(own[-1], origin, address)

    yield open_apart
    for context in own:
        context.close()


@pytest.fixture
def ask(open_page: OpenPage) -> Iterator[Ask]:
    """Types a query into the search page and waits for its results."""
    visit = open_page("search/")

    def ask(query: str) -> Page:
        field = visit.page.locator("#search-page-words")
        field.fill(query)
        visit.page.locator(f"[data-asked={json.dumps(query)}]").wait_for(state="attached")
        return visit.page

    yield ask
    assert visit.foreign == []
    assert visit.complaints == []
