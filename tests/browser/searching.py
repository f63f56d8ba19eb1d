"""Drives the search, on its page and as a dialog."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit

Ask: TypeAlias = Callable[[str], Page]


def found(page: Page) -> list[str]:
    """Addresses of the results in the order in which they stand."""
    hrefs = page.locator(".hit__title").evaluate_all("links => links.map(link => link.href)")
    return [address(href) for href in hrefs]


def address(href: str) -> str:
    """From the root of the site, with its anchor."""
    parts = urlsplit(href)
    return parts.path.removeprefix("/") + (f"#{parts.fragment}" if parts.fragment else "")


def open_dialog(visit: Visit, query: str = "") -> Page:
    """Open it with its key and type."""
    visit.page.keyboard.press("/")
    expect(visit.page.locator("#search-words")).to_be_focused()
    if query:
        visit.page.locator("#search-words").fill(query)
        visit.page.locator(f"[data-asked={json.dumps(query)}]").wait_for(state="attached")
    return visit.page
