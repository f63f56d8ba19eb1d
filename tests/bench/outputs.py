"""What the outputs for teaching, citing and programs add to a build: `python -m tests.bench.outputs [pairs]`.

The atlas is built as it is, and without study files and cards, frames, sheets, slides, figures, cards of link
previews, references of each page, data of changes, described data, twins, PNGs and former versions: in turn,
so that both see the same machine. Processor time of all processes is compared, not the clock. PNGs that were
drawn are kept from one build to the next, as in daily work; the first build, which draws all, stands apart.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
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
    "generator.twins.write_twins": _none,
    "generator.raster.write_pngs": _none,
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
        for name, replacement in WITHOUT.items() if without else ():
            stack.enter_context(patch(name, replacement))
        build_whole(Project(root), Reporter("text", True), "text", "mkdocs")


def seconds(root: Path, without: bool) -> float:
    """Processor time of one build and all that it starts."""
    before = _spent()
    process = multiprocessing.get_context("fork").Process(target=build, args=(root, without))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"a build ended with {process.exitcode}")
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print both medians and what is added; the exit code says whether that is within the limit."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        copy_sources(root)
        print(f"the first build, which draws every PNG: {seconds(root, False):.1f} s", flush=True)
        found: dict[bool, list[float]] = {False: [], True: []}
        for _ in range(pairs):
            for without in (True, False):
                found[without].append(seconds(root, without))
        bare, whole = statistics.median(found[True]), statistics.median(found[False])
        added = statistics.median(w / b - 1 for b, w in zip(found[True], found[False], strict=True))
        print(
            f"without these outputs {bare:.1f} s, with them {whole:.1f} s: {added:+.0%} (limit {LIMIT:.0%})"
        )
    raise SystemExit(added > LIMIT)


if __name__ == "__main__":
    main()
