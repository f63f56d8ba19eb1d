"""What the outputs for teaching, citing and programs add to a build: `python -m tests.bench.outputs [pairs]`.

The atlas is built as it is, and without study files and cards, frames, sheets, slides, figures, cards of link
previews, references of each page, data of changes, described data, twins, PNGs and former versions: in turn,
each in a folder of its own, so that both see the same machine. What is kept from one build to the next (PNGs,
twins) is there, as in daily work; the first builds, which make all, stand apart.
"""

from __future__ import annotations

import multiprocessing
import pkgutil
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.site.built import copy_sources

PAIRS = 5
LIMIT = 0.20


def _nothing(*_: Any, **__: Any) -> tuple[()]:
    return ()


def _none(*_: Any, **__: Any) -> int:
    return 0


def _no_drawings(*_: Any, **__: Any) -> tuple[tuple[()], int]:
    return (), 0


def _as_it_is(_: Any, files: Any) -> Any:
    return files


def _no_cards(*_: Any) -> Any:
    from generator.views.study_bank import Cards

    return Cards((), ())


WITHOUT: dict[str, Callable[..., Any]] = {
    "generator.pipeline.study_files": _nothing,
    "generator.pipeline.shown_elsewhere": _nothing,
    "generator.pipeline.load_examples": _nothing,
    "generator.pipeline.changes_data": _nothing,
    "generator.exports.all.described": _as_it_is,
    "generator.exports.page_references.PageReferences.files": _nothing,
    "generator.card_image.cards": _nothing,
    "generator.views.study_bank._cards": _no_cards,
    "generator.twins.make_twins": _nothing,
    "generator.raster.draw": _no_drawings,
    "generator.release.mount.mount": _none,
    "generator.release.addresses.check_addresses": _none,
    # Pages still lead to what is not made here.
    "generator.diagnostics.Diagnostics.raise_if_errors": _nothing,
    "generator.reporter.Reporter.findings": _nothing,
}


def build(root: Path, without: bool) -> None:
    """One whole build in this process."""
    from generator.config import Project
    from generator.reporter import Reporter
    from generator.whole_build import build_whole

    with ExitStack() as stack:
        for name, replacement in WITHOUT.items():
            # Both import the same.
            stack.enter_context(patch(name, replacement if without else pkgutil.resolve_name(name)))
        build_whole(Project(root), Reporter("text", True), "text", "mkdocs")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one build."""

    clock: float
    processors: float
    """Of all processors together."""


def one_build(root: Path, without: bool) -> Spent:
    """What one build and all that it starts takes."""
    started, before = time.monotonic(), _spent()
    process = multiprocessing.get_context("fork").Process(target=build, args=(root, without))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"a build ended with {process.exitcode}")
    return Spent(time.monotonic() - started, _spent() - before)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compared(bare: Sequence[float], whole: Sequence[float]) -> tuple[float, str]:
    """What is added, as the median of pairs, and both medians in words."""
    added = statistics.median(w / b - 1 for b, w in zip(bare, whole, strict=True))
    return (
        added,
        f"{statistics.median(bare):.1f} s without, {statistics.median(whole):.1f} s with: {added:+.0%}",
    )


def main() -> None:
    """Print both medians and what is added; the exit code says whether that is within the limit."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    with tempfile.TemporaryDirectory() as folder:
        roots = {without: Path(folder) / ("without" if without else "with") for without in (True, False)}
        for without, root in roots.items():
            copy_sources(root)
            first = one_build(root, without)
            print(f"the first build {root.name} these outputs: {first.clock:.1f} s", flush=True)
        found: dict[bool, list[Spent]] = {True: [], False: []}
        for _ in range(pairs):
            for without, root in roots.items():
                found[without].append(one_build(root, without))
    bare, whole = found[True], found[False]
    added, words = compared([one.clock for one in bare], [one.clock for one in whole])
    print(f"build time: {words} (limit {LIMIT:.0%})")
    print(
        "of all processors:", compared([one.processors for one in bare], [one.processors for one in whole])[1]
    )
    raise SystemExit(added > LIMIT)


if __name__ == "__main__":
    main()
