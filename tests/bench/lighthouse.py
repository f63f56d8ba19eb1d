"""Lighthouse, as a phone sees it, on one address of each kind: `python -m tests.bench.lighthouse [kind ...]`.

Needs the built site (`atlas build`), Chromium and npx; the site is served compressed. A busy machine
lowers the first figure, so the best of three runs counts where the first is not enough.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from tests.browser.chromium import executable
from tests.browser.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "site"
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3


class _Compressed(SimpleHTTPRequestHandler):
    """Answers as a plain host with compression does."""

    protocol_version = "HTTP/1.1"
    extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}

    def log_message(self, *arguments: Any) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """The file, compressed."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        content = gzip.compress((path if found else SITE / "404.html").read_bytes(), 6)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)) if found else "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Compressed, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def measure(address: str) -> dict[str, Any]:
    """The report of one run; the browser of a very busy machine may not answer in time, then once more."""
    command = [
        *os.environ.get("LIGHTHOUSE", "npx --yes lighthouse").split(),
        address,
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        f"--only-categories={','.join(WANTED)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = {**os.environ, "CHROME_PATH": executable()}
    for _ in range(RUNS):
        finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if finished.returncode == 0:
            report: dict[str, Any] = json.loads(finished.stdout)
            return report
    raise SystemExit(f"Lighthouse stopped at {address}:\n{finished.stderr}")


def scores(report: dict[str, Any]) -> dict[str, int]:
    """Points out of 100."""
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in WANTED}


def shortcomings(report: dict[str, Any]) -> list[str]:
    """Audits that cost points."""
    weighed = {
        item["id"] for name in WANTED for item in report["categories"][name]["auditRefs"] if item["weight"]
    }
    return [
        f"{key}: {audit['title']} {audit.get('displayValue', '')}".strip()
        for key, audit in report["audits"].items()
        if key in weighed and audit["score"] is not None and audit["score"] < 0.95
    ]


def main() -> None:
    """Print one line for each kind; the exit code says whether all are reached."""
    reached = True
    with _served() as origin:
        for kind in sys.argv[1:] or [kind for kind in KINDS if kind != "unknown"]:
            best: dict[str, int] = {}
            for _ in range(RUNS):
                report = measure(f"{origin}/{KINDS[kind]}")
                found = scores(report)
                if found.get("performance", 0) >= best.get("performance", 0):
                    best, lacking = found, shortcomings(report)
                if all(best[name] >= least for name, least in WANTED.items()):
                    break
            print(f"{kind:18} " + " / ".join(str(best[name]) for name in WANTED), flush=True)
            if any(best[name] < least for name, least in WANTED.items()):
                reached = False
                print("\n".join(f"    {line}" for line in lacking), flush=True)
    raise SystemExit(not reached)


if __name__ == "__main__":
    main()
