"""Ends long work in the main thread from another thread, anywhere in it, as Ctrl+C does."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Systems without it make the rest of the pages to their end before they look at the next save.
_SIGNAL = getattr(signal, "SIGUSR1", None)


class Interrupted(BaseException):
    """Something was saved while the rest of the pages was made; they are made again.

    No `Exception`: what catches those would take it for a fault of its own.
    """


class Interruption:
    """Made in the main thread, the only one in which Python handles signals."""

    def __init__(self) -> None:
        self._allowed = False
        if _SIGNAL is not None:
            signal.signal(_SIGNAL, self._handle)

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """A block of the main thread in which `interrupt` raises `Interrupted`."""
        self._allowed = True
        try:
            yield
        finally:
            self._allowed = False

    def interrupt(self) -> None:
        """End the block if the main thread is in it; from any thread."""
        if _SIGNAL is not None and self._allowed:
            os.kill(os.getpid(), _SIGNAL)

    def _handle(self, *_: Any) -> None:
        # Asked again here, in the main thread: it may have left the block since.
        if self._allowed:
            self._allowed = False
            raise Interrupted
