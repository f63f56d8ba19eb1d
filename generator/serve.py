"""Live preview: regenerates on every saved source; the engine rebuilds and reloads the browser."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import watchfiles

from generator.config import Project
from generator.engine import engine_command, environment


def run(project: Project, address: str, regenerate: Callable[[], bool], say: Callable[[str], None]) -> int:
    """Serve until interrupted; returns an exit code.

    Sources are watched here and written to `build/docs`; the engine watches only that folder, so
    a source with errors leaves the last good pages in the browser.
    """
    if not regenerate() and not (project.docs / "index.md").exists():
        return 1
    sources = [project.techniques, project.root / "content", project.references, project.templates]
    engine = subprocess.Popen(
        engine_command("serve", "--livereload", "--watch-theme", "--quiet", "--dev-addr", address),
        cwd=project.root,
        env=environment(),
    )
    say(f"Preview: http://{address}/  (stop with Ctrl+C)")
    try:
        for _ in watchfiles.watch(
            *sources, stop_event=None, debounce=200, step=50, rust_timeout=1000, yield_on_timeout=True
        ):
            if engine.poll() is not None:
                return engine.returncode
            if _:
                regenerate()
    except KeyboardInterrupt:
        pass
    finally:
        engine.terminate()
        engine.wait(timeout=10)
    return 0
