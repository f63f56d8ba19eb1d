"""What a page keeps in the browser."""

from __future__ import annotations

from tests.browser.visit import Visit

_STORED = """async () => [
  ...Object.keys(localStorage),
  ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map((item) => item.name),
  ...(await caches.keys()),
  document.cookie,
].filter(Boolean)"""


def stored(visit: Visit) -> list[str]:
    """Names of everything that is stored."""
    found: list[str] = visit.page.evaluate(_STORED)
    return found


def assert_private(visit: Visit) -> None:
    """No request has left the site, nothing is stored, nothing complains."""
    assert visit.foreign == []
    assert stored(visit) == []
    assert visit.complaints == []
