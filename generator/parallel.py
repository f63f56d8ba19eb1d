"""Work on several cores where the system can fork; the same results in the same order anywhere."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this many items the start of the workers costs more than it saves.
WORTHWHILE = 200
_CHUNK = 8

# What the forked workers inherit: functions and records need not be copied to them.
_work: tuple[Callable[[object], object], Sequence[object]] | None = None


def map_in_order(
    function: Callable[[Item], Result], items: Sequence[Item], worthwhile: int = WORTHWHILE
) -> Iterator[Result]:
    """`map(function, items)`, on all cores when there is enough to do. Results must be picklable.

    `worthwhile`: from how many items on workers pay; the default is for items of a millisecond.
    """
    workers = os.cpu_count() or 1
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    if workers < 2 or len(items) < worthwhile or not can_fork:
        yield from map(function, items)
        return
    global _work
    _work = (function, items)  # type: ignore[assignment]
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            yield from pool.imap(_one, range(len(items)), chunksize=_CHUNK if worthwhile == WORTHWHILE else 1)
    finally:
        _work = None


def _one(index: int) -> object:
    assert _work is not None, "only called in a forked worker"
    function, items = _work
    return function(items[index])
