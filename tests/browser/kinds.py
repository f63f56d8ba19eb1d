"""One address for each kind of page, and what must hold on every one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    "reference": "references/corriero2025missing/",
    "glossary": "glossary/",
    "finder": "finder/",
    "compare": "compare/",
    "checklist": "referral-checklist/",
    "coverage": "coverage/",
    "concordance": "concordance/",
    "evidence-map": "evidence-map/",
    "timing-windows": "timing-windows/",
    "learn": "learn/",
    "study": "study/",
    "study-cards": "study/celiac-plexus-neurolysis/",
    "status": "status/",
    "search": "search/",
    "about": "about/",
    "accessibility": "accessibility/",
    "changes": "changes/",
    "data": "data/",
    "offline": "offline/",
    "prose": "selection/",
    "unknown": "techniques/no-such-technique/at-all/",
}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Rules whose outcome depends on colours, and rules that measure: the slow ones.
OF_COLOUR = ("color-contrast", "link-in-text-block")
OF_MEASURE = (*OF_COLOUR, "target-size", "scrollable-region-focusable")

_UNKNOWN_ADDRESS = re.compile(r"error: Failed to load resource: the server responded with a status of 404 .*")

# Text that a reader cannot reach: it lies beyond an edge, and nothing around it scrolls.
_CUT_OFF = """() => {
  const room = document.documentElement.clientWidth;
  const reachable = (element) => {
    for (let part = element; part && part !== document.body; part = part.parentElement) {
      const style = getComputedStyle(part);
      if (style.overflowX === "auto" || style.overflowX === "scroll") return true;
      if (style.overflowX === "hidden" && part.clientWidth <= 1) return true; // for listeners only
      if (style.position === "fixed") return true; // a drawer that is closed
    }
    return false;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width <= 1 || (box.right <= room + 1 && box.left >= -1)) continue;
    const element = node.parentElement;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.closest(".md-skip") || reachable(element)) continue;
    found.push(`${node.data.trim().slice(0, 60)} (${Math.round(box.left)} to ${Math.round(box.right)})`);
  }
  return found;
}"""

# Of the members of lists of one kind, those stay that hold a kind of part which fewer than two before them
# hold: the same parts in the same places look alike. The first two of a list stay, so that none is empty.
_THIN_OUT = """() => {
  const kinds = (element) => {
    const parts = new Set();
    for (const part of [element, ...element.querySelectorAll("*")]) {
      if (part instanceof SVGElement && !(part instanceof SVGSVGElement)) continue;
      const hidden = part.hidden ? " hidden" : "";
      parts.add(`${part.parentElement.localName}>${part.localName}.${part.getAttribute("class")}${hidden}`);
    }
    return [...parts];
  };
  const lists = new Map();
  for (const parent of document.querySelectorAll("main :is(ul, ol, tbody, dl, div, nav)")) {
    if (!parent.isConnected || parent.children.length < 4) continue;
    const name = `${parent.localName}.${parent.className}`;
    if (!lists.has(name)) lists.set(name, new Map());
    const seen = lists.get(name);
    for (const [index, child] of [...parent.children].entries()) {
      const held = kinds(child);
      if (index > 1 && held.every((kind) => seen.get(kind) >= 2)) child.remove();
      for (const kind of held) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
  }
}"""

_RUN = """async ([within, options]) => {
  const part = within || document;
  const { violations, passes } = await axe.run(part, { resultTypes: ["violations"], ...options });
  return [violations, passes.map((rule) => rule.id)];
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


def violations(
    visit: Visit, *, within: str | Sequence[str] = "", only: Sequence[str] = (), without: Sequence[str] = ()
) -> list[str]:
    """What axe finds against WCAG 2.2 at level AA, one line for each place; `within` looks at one part.

    That is a selector, or for a part in a shadow those of its hosts before its own.
    """
    page = visit.page
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {
        "runOnly": {"type": "rule", "values": [*only]} if only else {"type": "tag", "values": [*WCAG]},
        "rules": {rule: {"enabled": False} for rule in without},
    }
    part = within if isinstance(within, str) else {"fromShadowDom": [*within]}
    found, passed = page.evaluate(_RUN, [part, options])
    assert len(passed) > (0 if only else 4 if within else 8), "axe has looked at nothing"
    return [
        f"{item['id']}: {node['target']}: {' '.join(node['failureSummary'].split())[:300]}"
        for item in found
        for node in item["nodes"]
    ]


def thin_out(visit: Visit) -> None:
    """Keep rows and entries until each kind of part is there twice, so that measuring rules end in time."""
    visit.page.evaluate(_THIN_OUT)


def assert_sound(visit: Visit, *, unknown: bool = False) -> None:
    """What must hold in every window and palette, without the search for barriers."""
    assert visit.page.locator("h1:visible").count() == 1
    assert visit.foreign == []
    assert complaints(visit, unknown=unknown) == []
    assert sideways(visit) == []
