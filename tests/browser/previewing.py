"""Runs the live preview of a project as an author would."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import free_port

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@contextmanager
def preview(root: Path) -> Iterator[str]:
    """The address of the preview of a project, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "generator", "--root", str(root), "serve", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", "/_preview/preview.js")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError(f"no preview on port {port} in {PATIENCE:.0f} s")
