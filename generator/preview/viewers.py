"""Who looks at which page of the preview, and what they saw of it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

Event: TypeAlias = tuple[str, str]
"""Name and data of what a page is told."""

RELOAD: Event = ("reload", "")


@dataclass(eq=False, slots=True)
class Viewer:
    """An open page: its address, the digest of what it shows, and what it is still to be told."""

    address: str
    seen: str
    events: queue.SimpleQueue[Event] = field(default_factory=queue.SimpleQueue)


class Viewers:
    """All open pages. Pages come and go in threads of their own."""

    def __init__(self, digest: Callable[[str], str]) -> None:
        self._digest = digest
        self._open: set[Viewer] = set()
        self._lock = threading.Lock()
        self._findings = ""

    @contextmanager
    def watching(self, address: str, seen: str) -> Iterator[Viewer]:
        """A page while it is open. What changed between its loading and now is told at once."""
        viewer = Viewer(address, seen)
        with self._lock:
            self._open.add(viewer)
            findings = self._findings
        if findings:
            viewer.events.put(("findings", findings))
        self._tell_if_changed(viewer)
        try:
            yield viewer
        finally:
            with self._lock:
                self._open.discard(viewer)

    def addresses(self) -> set[str]:
        """Addresses that somebody looks at."""
        with self._lock:
            return {viewer.address for viewer in self._open}

    def site_changed(self) -> None:
        """Let pages that look different now load again."""
        for viewer in self._each():
            self._tell_if_changed(viewer)

    def findings(self, text: str) -> None:
        """Show what is wrong above every page; an empty text takes it away."""
        with self._lock:
            same, self._findings = text == self._findings, text
        if not same:
            for viewer in self._each():
                viewer.events.put(("findings", text))

    def _tell_if_changed(self, viewer: Viewer) -> None:
        now = self._digest(viewer.address)
        if now != viewer.seen:
            viewer.seen = now
            viewer.events.put(RELOAD)

    def _each(self) -> list[Viewer]:
        with self._lock:
            return list(self._open)
