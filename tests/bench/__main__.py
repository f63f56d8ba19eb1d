"""Time and memory of each stage on synthetic corpora: `python -m tests.bench [records ...]`.

Each size runs in a process of its own, so that memory is its own. Figures of two sizes in one run
can be compared; figures of two runs on a busy machine cannot.
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TypeVar

from generator.pipeline import without_collection
from tests.bench.corpus import make_project

Item = TypeVar("Item")
ROOT = Path(__file__).resolve().parents[2]
SIZES = (100, 1_000, 10_000)
REPEATS = {100: 1, 1_000: 3}


class Stopwatch:
    """How long the making of items takes while somebody uses them one by one, as a build does."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def over(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items."""
        while True:
            started = time.perf_counter()
            item = next(items, None)
            self.seconds += time.perf_counter() - started
            if item is None:
                return
            yield item


def measure(root: Path) -> dict[str, float]:
    """Seconds for each stage, records and peak memory in MB.

    `files` is what no engine has to see: references of each page, frames, sheets, slides, data.
    """
    from generator.config import Project
    from generator.diagnostics import Diagnostics
    from generator.link import link
    from generator.load.sources import load_records
    from generator.pipeline import tree_of
    from generator.write import write_files, write_tree

    project = Project(root)
    figures: dict[str, float] = {}
    clock = time.perf_counter()

    def lap(stage: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        figures[stage] = now - clock
        clock = now

    diagnostics = Diagnostics()
    records = load_records(project, diagnostics)
    lap("load")
    kb = link(records, diagnostics)
    lap("link")
    tree = tree_of(project, kb)
    rendering = Stopwatch()
    write_tree(project.docs, rendering.over(tree.pages()))
    lap("write")
    figures["render"] = rendering.seconds
    figures["write"] -= rendering.seconds
    figures["pages"] = sum(figures.values())
    write_files(project.build / "finished", chain(tree.frame(), tree.finished()))
    lap("files")
    figures["records"] = len(kb.techniques)
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def main() -> None:
    """Print one line for each size and the ratio of each two; the time for a record is that of its pages."""
    if len(sys.argv) > 2 and sys.argv[1] == "--measure":
        with without_collection():
            print(json.dumps(measure(Path(sys.argv[2]))))
        return
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    stages = ("load", "link", "render", "write", "pages", "files")
    print(f"{'records':>8} " + " ".join(f"{stage:>9}" for stage in stages) + f" {'ms/record':>10} {'MB':>7}")
    totals = {}
    for size in sizes:
        best: dict[str, float] | None = None
        for _ in range(REPEATS.get(size, 1)):
            with tempfile.TemporaryDirectory() as folder:
                make_project(Path(folder), ROOT, size)
                finished = subprocess.run(
                    [sys.executable, "-m", "tests.bench", "--measure", folder],
                    cwd=ROOT,
                    capture_output=True,
                    text=True,
                    check=True,
                )
            figures = json.loads(finished.stdout)
            if best is None or figures["pages"] < best["pages"]:
                best = figures
        assert best is not None
        totals[size] = best["pages"]
        print(
            f"{size:>8} "
            + " ".join(f"{best[stage]:>8.3f}s" for stage in stages)
            + f" {1000 * best['pages'] / best['records']:>10.2f} {best['memory']:>7.0f}",
            flush=True,
        )
    for smaller, larger in itertools.pairwise(sizes):
        print(f"{larger:,} records take {totals[larger] / totals[smaller]:.1f} times as long as {smaller:,}")


if __name__ == "__main__":
    main()
