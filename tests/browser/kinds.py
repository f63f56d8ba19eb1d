"""One address for each kind of page, and what must hold on every one of them."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser.visit import Visit

KINDS = {
    "home": "",
    "technique": "techniques/celiac-plexus-neurolysis/",
    "technique-class": "techniques/cordotomy/",
    "technique-device": "techniques/spinal-cord-stimulation/",
    "techniques": "techniques/",
    "group": "groups/implantable-devices/",
    "pain-site": "pain-sites/perineum/",
    "pain-site-narrow": "pain-sites/pancreas/",
    "pain-sites": "pain-sites/",
    "references": "references/",
    "glossary": "glossary/",
    "checklist": "referral-checklist/",
    "coverage": "coverage/",
    "concordance": "concordance/",
    "learn": "learn/",
    "about": "about/",
    "prose": "selection/",
    "unknown": "techniques/no-such-technique/at-all/",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_AXE = Axe()
_UNKNOWN_ADDRESS = re.compile(r"error: Failed to load resource: the server responded with a status of 404 .*")

# Text that a reader cannot reach: it lies beyond the right edge and nothing there can be scrolled.
_CUT_OFF = """() => {
  const room = document.documentElement.clientWidth;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim()) continue;
    const element = node.parentElement;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.closest(".vh, .md-search, .md-sidebar, .md-skip, svg, script, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width > 1 && (box.right > room + 1 || box.left < -1)) {
      found.push(`${node.data.trim().slice(0, 60)} (${Math.round(box.left)} to ${Math.round(box.right)})`);
    }
  }
  return found;
}"""


def sideways(visit: Visit) -> list[str]:
    """What makes the page wider than its window, or is cut off by it."""
    width, room = visit.page.evaluate(
        "() => [document.scrollingElement.scrollWidth, document.documentElement.clientWidth]"
    )
    found = [f"the page is {width} wide in a window of {room}"] if width > room else []
    cut: list[str] = visit.page.evaluate(_CUT_OFF)
    return found + cut


def complaints(visit: Visit, *, unknown: bool = False) -> list[str]:
    """Errors and warnings of the console; for an unknown address without the browser's note on it."""
    if unknown:
        own = [text for text in visit.complaints if not _UNKNOWN_ADDRESS.match(text)]
        assert len(own) == len(visit.complaints) - 1
        return own
    return visit.complaints


def violations(visit: Visit, **options: Any) -> list[str]:
    """What axe finds against WCAG 2.2 at level AA, one line for each place."""
    result = _AXE.run(
        visit.page,
        options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], **options},
    ).response
    assert len(result["passes"]) > 8, "axe has looked at nothing"
    return [
        f"{item['id']}: {node['target']}: {' '.join(node['failureSummary'].split())[:300]}"
        for item in result["violations"]
        for node in item["nodes"]
    ]


def assert_sound(visit: Visit, *, unknown: bool = False) -> None:
    """What must hold in every window and palette."""
    assert visit.page.locator("h1:visible").count() == 1
    assert visit.foreign == []
    assert complaints(visit, unknown=unknown) == []
    assert sideways(visit) == []
    assert violations(visit) == []
