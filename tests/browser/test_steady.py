"""Nothing moves under the eyes of a reader while a page starts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route

from tests.browser.kinds import KINDS
from tests.browser.visit import visit

pytestmark = [pytest.mark.browser, pytest.mark.engine]

WINDOWS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
LATE = 0.6  # seconds until a script arrives: the page was painted before
LEAST = 0.01  # share of the window times share of the way; 0.1 is still called good
_WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map((source) => source.node?.outerHTML?.slice(0, 90));
    window.shifts.push({ value: entry.value, moved });
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def late(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Readers whose scripts come late."""
    contexts = {}
    for name, size in WINDOWS.items():
        contexts[name] = browser.new_context(viewport=size)
        contexts[name].add_init_script(_WATCH)
        contexts[name].route("**/*.mjs", _after_the_first_paint)
    yield contexts
    for context in contexts.values():
        context.close()


def _after_the_first_paint(route: Route) -> None:
    if route.request.url.endswith("/main.mjs"):
        route.request.frame.page.wait_for_timeout(1000 * LATE)
    route.continue_()


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_when_scripts_start(
    kind: str, window: str, late: dict[str, BrowserContext], origin: str
) -> None:
    """What a script brings has its place from the first paint on."""
    shown = visit(late[window], origin, KINDS[kind])
    shown.page.wait_for_timeout(300)
    assert [shift for shift in shown.page.evaluate("window.shifts") if shift["value"] > LEAST] == []
    shown.page.close()
