"""How fast the finder answers, and what it sends: `python -m tests.bench.finder [techniques ...]`.

Every pain site with every mechanism is chosen in the built site (`make site` first), once with the atlas's
own data and once with its techniques copied under new names until there are as many as asked for. A response
runs from the change of a list to the first results laid out; the rest, drawn right after, is measured apart.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Route, sync_playwright

from generator.config import Project
from tests.browser.chromium import launch
from tests.browser.server import serve

ROOT = Path(__file__).resolve().parents[2]
SIZES = (0, 1_000)
MOST_MILLISECONDS = 50
MOST_BYTES = 60_000
DATA = "api/v1/finder.json"

_CHOOSE = """async () => {
  const finder = document.querySelector("atlas-finder");
  const { site, mechanism } = finder.querySelector("form").elements;
  const [first, rest] = [[], []];
  for (const place of site.options) {
    for (const kind of mechanism.options) {
      site.value = place.value;
      mechanism.value = kind.value;
      const started = performance.now();
      site.dispatchEvent(new Event("input", { bubbles: true }));
      void document.body.offsetHeight;
      first.push(performance.now() - started);
      const later = performance.now();
      await new Promise((done) => setTimeout(done));
      void document.body.offsetHeight;
      rest.push(performance.now() - later);
    }
  }
  return { first, rest };
}"""


def grown(data: dict[str, Any], size: int) -> dict[str, Any]:
    """The data with at least `size` techniques, copies under new ids and names."""
    own = data["techniques"]
    techniques = list(own)
    for number in range(size - len(own)):
        item = own[number % len(own)]
        copy = number // len(own) + 2
        techniques.append({**item, "id": f"{item['id']}-{copy}", "name": f"{item['name']} {copy}"})
    return {**data, "techniques": techniques}


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="application/json")


def main() -> None:
    """Print one line for each size; the exit code says whether all limits hold."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    site = Project(ROOT).site
    data = json.loads((site / DATA).read_text("utf-8"))
    sent = len(gzip.compress((site / DATA).read_bytes(), 6))
    print(f"{'techniques':>10} {'part':>6} {'choices':>8} {'median':>9} {'95th':>9} {'slowest':>9}")
    kept = sent <= MOST_BYTES
    with serve(site) as origin, sync_playwright() as playwright:
        browser = launch(playwright)
        for size in sizes:
            larger = grown(data, size)
            page = browser.new_page(viewport={"width": 390, "height": 800})

            page.route(f"**/{DATA}", partial(_answer, json.dumps(larger)))
            page.goto(f"{origin}/finder/")
            page.locator("[data-found]").wait_for()
            measured = page.evaluate(_CHOOSE)
            page.close()
            for part, times in measured.items():
                late = statistics.quantiles(times, n=20)[-1]
                kept = kept and (part != "first" or late <= MOST_MILLISECONDS)
                print(
                    f"{len(larger['techniques']):>10} {part:>6} {len(times):>8} "
                    f"{statistics.median(times):>7.1f}ms {late:>7.1f}ms {max(times):>7.1f}ms"
                )
        browser.close()
    print(f"{DATA}: {sent / 1000:.1f} KB compressed (at most {MOST_BYTES / 1000:.0f})")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
