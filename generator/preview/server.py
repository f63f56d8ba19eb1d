"""Serves the previewed site on this machine, and tells open pages what changed."""

from __future__ import annotations

import hashlib
import html
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from generator.hosting.page_policy import page_policy, written
from generator.preview.viewers import Viewers

PREFIX = "/_preview/"
SCRIPT = Path(__file__).with_name("preview.js")
WAIT = Path(__file__).with_name("wait.html")
# Seconds of silence after which a page is asked whether it is still there.
HEARTBEAT = 15.0
# Files that every page shows, and the file that tools read after their page came.
SHARED = ("assets/atlas.css", "assets/js")
DATA = "api/v1/finder.json"


class PreviewedSite:
    """A folder of built pages; says what a reader sees at an address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def lost(self) -> Path:
        """The page for unknown addresses."""
        return self.folder / "404.html"

    def file(self, address: str) -> Path:
        """The file of an address, which may be missing. It never lies outside the folder."""
        path = (self.folder / unquote(urlsplit(address).path).lstrip("/")).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            return self.lost
        return path / "index.html" if path.is_dir() else path

    def digest(self, address: str) -> str:
        """Changes whenever the page would look different: its own bytes, styles, scripts, a tool's data."""
        page = _bytes(self.file(address))
        found = hashlib.blake2b(page, digest_size=8)
        for name in (*SHARED, DATA) if DATA.encode() in page else SHARED:
            path = self.folder / name
            for file in sorted(path.iterdir()) if path.is_dir() else [path]:
                found.update(_state(file))
        return found.hexdigest()


def _state(path: Path) -> bytes:
    try:
        state = path.stat()
    except OSError:
        return b"-"
    return f"{path.name} {state.st_size} {state.st_mtime_ns}".encode()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012
    protocol_version = "HTTP/1.1"

    def __init__(self, site: PreviewedSite, viewers: Viewers, *arguments: Any) -> None:
        self._site = site
        self._viewers = viewers
        super().__init__(*arguments, directory=str(site.folder))

    def do_GET(self) -> None:
        """A page with the preview's script, the stream of its events, or a file as it is."""
        if self.path.startswith(PREFIX + "events"):
            self._events()
        elif self.path.startswith(PREFIX):
            self._send(SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        elif not (path := self._site.file(self.path)).is_file() or path == self._site.lost:
            self._page(self._site.lost, HTTPStatus.NOT_FOUND)
        elif path.suffix == ".html":
            if path.name == "index.html" and not urlsplit(self.path).path.endswith(("/", ".html")):
                super().do_GET()  # which leads to the address with a slash
            else:
                self._page(path, HTTPStatus.OK)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Nothing is kept: the next look is at what is there then."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments: Any) -> None:
        """The terminal is for the author's findings."""

    def _page(self, path: Path, status: HTTPStatus) -> None:
        seen = self._site.digest(self.path)
        content = _bytes(path) or WAIT.read_bytes()
        script = f'<script src="{PREFIX}preview.js" data-seen="{html.escape(seen)}"></script></body>'
        content = content.replace(b"</body>", script.encode(), 1)
        policy = written(page_policy(content.decode("utf-8", "replace")))
        self._send(content, "text/html; charset=utf-8", status, policy)

    def _send(
        self,
        content: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        policy: str = "",
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if policy:  # as on the published page, so that an author sees what it refuses
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def _events(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with self._viewers.watching(asked.get("page", ["/"])[0], asked.get("seen", [""])[0]) as viewer:
            while True:
                try:
                    name, data = viewer.events.get(timeout=HEARTBEAT)
                    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
                    self.wfile.write(f"event: {name}\n{lines}\n".encode())
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a page early is no error."""


@contextmanager
def serving(site: PreviewedSite, viewers: Viewers, host: str, port: int) -> Iterator[str]:
    """The address at which a site is served until the block ends. Raises OSError when the port is taken."""
    server = _Server((host, port), partial(_Handler, site, viewers))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
