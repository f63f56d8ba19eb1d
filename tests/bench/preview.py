"""From a saved record to the open browser: `python -m tests.bench.preview [records ...]`.

Without a number the atlas's own records, else synthetic ones. A statement of the record whose page is open is
changed on disk; the clock stops when the browser shows it.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.corpus import make_project
from tests.browser.chromium import launch
from tests.browser.previewing import preview
from tests.site.built import copy_sources

ROOT = Path(__file__).resolve().parents[2]
SAVES = 20
# Milliseconds.
PATIENCE = 180_000
OWN = 0
LIMITS = {OWN: 1.0, 1_000: 2.0}


def time_of_a_save(page: Page, record: Path, number: int) -> float:
    """Seconds until the open page shows what is written into its record now."""
    before = record.read_text("utf-8")
    line = next(line for line in before.splitlines() if line.startswith("name: "))
    name = f"Saved {number}"
    started = time.perf_counter()
    record.write_text(before.replace(line, f"name: {name}", 1), "utf-8")
    page.locator("h1", has_text=name).wait_for()
    return time.perf_counter() - started


def measure(root: Path, identifier: str) -> list[float]:
    """Seconds of twenty saves of a record, in an open browser."""
    record = root / "techniques" / f"{identifier}.yaml"
    with preview(root) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/techniques/{identifier}/")
        # Everything is built, and one save is made, before the clock counts.
        page.locator("h1").wait_for()
        time_of_a_save(page, record, 0)
        found = []
        for number in range(1, SAVES + 1):
            time.sleep(2.0)
            found.append(time_of_a_save(page, record, number))
        browser.close()
    return found


def main() -> None:
    """Print one line for each size; the exit code says whether all medians are below their limits."""
    good = True
    for size in [int(argument) for argument in sys.argv[1:]] or [OWN, 1_000]:
        root = Path(tempfile.mkdtemp()) / "project"
        try:
            if size == OWN:
                copy_sources(root)
                name, identifier = "the atlas", "celiac-plexus-neurolysis"
            else:
                make_project(root, ROOT, size)
                name, identifier = f"{size:,} records", "synthetic-00007"
            times = measure(root, identifier)
        finally:
            shutil.rmtree(root.parent)
        middle = statistics.median(times)
        good &= middle <= LIMITS.get(size, middle)
        print(f"{name}: median {middle:.2f} s, best {min(times):.2f} s, worst {max(times):.2f} s", flush=True)
    raise SystemExit(not good)


if __name__ == "__main__":
    main()
