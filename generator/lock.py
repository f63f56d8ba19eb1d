"""One process at a time writes below `build/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

NAME = ".lock"
PATIENCE = 900.0
"""Seconds; the longest that another build is waited for."""
_POLL = 0.1


class Busy(Exception):
    """Another process did not let go of the folder; the message says what to do."""


@contextmanager
def alone(folder: Path, say: Callable[[str], object], patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder while the block runs. Raises `Busy` when another process keeps it, or OSError.

    The system holds the lock for the process, so that one which was killed blocks nobody. In one process it
    may be taken again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / NAME, is_singleton=True)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        say(f"Another build works in {folder}; waiting for it.")
        try:
            lock.acquire(timeout=patience, poll_interval=_POLL)
        except Timeout:
            raise Busy(
                f"Another build has worked in {folder} for {patience:.0f} seconds. "
                "Let it end or stop it, then try again."
            ) from None
    try:
        yield
    finally:
        lock.release()
