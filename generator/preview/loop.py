"""Watches the sources and keeps the preview in step with them until it is stopped."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import watchfiles

from generator.config import Project
from generator.diagnostics import BuildFailed, Diagnostic, format_text
from generator.engine import EngineFailed
from generator.lock import Busy, alone
from generator.preview.interruption import Interrupted, Interruption
from generator.preview.refresh import Refresher
from generator.preview.server import PreviewedSite, serving
from generator.preview.viewers import Viewers

# Milliseconds in which further saves are waited for: an editor writes a file in several steps.
DEBOUNCE = 50


class Saves:
    """Saved sources, watched in a thread of their own. Each save ends what may be interrupted."""

    def __init__(self, folders: list[Path], interruption: Interruption) -> None:
        self._interruption = interruption
        self._saved: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(folders,), daemon=True)
        self._thread.start()

    def pending(self) -> bool:
        """Whether something was saved that nobody waited for yet."""
        return not self._saved.empty()

    def wait(self) -> None:
        """Until something is saved; several saves at once are one."""
        self._saved.get()
        self.clear()

    def clear(self) -> None:
        """Forget what was saved so far: it is read now."""
        while self.pending():
            self._saved.get()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    def _watch(self, folders: list[Path]) -> None:
        for _ in watchfiles.watch(*folders, stop_event=self._stop, debounce=DEBOUNCE, step=20):
            self._saved.put(None)
            self._interruption.interrupt()


def run(
    project: Project,
    engine: str,
    address: tuple[str, int],
    report: Callable[[tuple[Diagnostic, ...]], None],
    say: Callable[[str], None],
) -> None:
    """Serve and refresh until interrupted. Raises OSError when the address is taken."""
    site = PreviewedSite(project.preview)
    viewers = Viewers(site.digest)
    interruption = Interruption()
    saves = Saves([path for path in project.sources if path.exists()], interruption)

    @contextmanager
    def breakable() -> Iterator[None]:
        with interruption.allowed():
            if saves.pending():
                raise Interrupted
            yield

    refresher = Refresher(project, engine, site.folder, viewers.site_changed, breakable)
    try:
        with serving(site, viewers, *address) as url:
            say(f"Preview: {url}  (stop with Ctrl+C; it is complete in a moment)")
            while True:
                _refresh(refresher, viewers, report, say)
                saves.wait()
    except KeyboardInterrupt:
        pass
    finally:
        saves.stop()


def _refresh(
    refresher: Refresher,
    viewers: Viewers,
    report: Callable[[tuple[Diagnostic, ...]], None],
    say: Callable[[str], None],
) -> None:
    try:
        with alone(refresher.folder, say):
            _refresh_alone(refresher, viewers, report, say)
    except (OSError, Busy) as error:
        # A file that went while it was read, or a disk that is full: the next save tries again.
        text = f"The preview could not be made: {error}"
        viewers.findings(text)
        say(f"{text}\nThe last good pages stay in the preview.")


def _refresh_alone(
    refresher: Refresher,
    viewers: Viewers,
    report: Callable[[tuple[Diagnostic, ...]], None],
    say: Callable[[str], None],
) -> None:
    addresses = {address.strip("/").removesuffix("index.html").strip("/") for address in viewers.addresses()}
    try:
        _, diagnostics = refresher.refresh(addresses)
    except BuildFailed as failure:
        report(failure.diagnostics)
        viewers.findings(format_text(failure.diagnostics, carets=True))
        say("The last good pages stay in the preview.")
    except EngineFailed as failure:
        viewers.findings(f"The site engine stopped:\n{failure}")
        say(f"The site engine stopped:\n{failure}")
    except Interrupted:
        pass
    else:
        report(tuple(diagnostics))
        viewers.findings("")
