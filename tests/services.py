"""A server on loopback that answers as Crossref, PubMed and web pages do, faults included."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

Reply: TypeAlias = "tuple[int, Mapping[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]"


class Services:
    """Replies by path, each list used up from its start, its last one again and again."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.records: dict[str, str] = {}
        """PubMed id to its record as XML."""
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        """Method, path and headers (in lower case) of every request."""
        self.queries: list[dict[str, list[str]]] = []
        self.base = ""
        self._silent_from: int | None = None
        self._speaking = threading.Event()

    @contextmanager
    def silent_from(self, request: int) -> Iterator[None]:
        """This request and the ones after it, counted from 1, have no answer while the block lasts."""
        self._speaking.clear()
        self._silent_from = request
        try:
            yield
        finally:
            self._silent_from = None
            self._speaking.set()

    def reply(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def work(self, doi: str, **more: Any) -> None:
        """A work that Crossref has."""
        self.reply(f"/works/{doi}", found(doi, **more))

    def count(self, path: str) -> int:
        return sum(asked == path for _, asked, _ in self.asked)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        address = urlsplit(handler.path)
        path = unquote(address.path)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.asked.append((handler.command, path, headers))
        self.queries.append(parse_qs(address.query))
        if self._silent_from is not None and len(self.asked) >= self._silent_from:
            self._speaking.wait(60)
        listed = self.replies.get(f"{handler.command} {path}") or self.replies.get(path)
        if listed:
            reply = listed.pop(0) if len(listed) > 1 else listed[0]
        elif path == "/efetch.fcgi":
            wanted = parse_qs(address.query)["id"][0].split(",")
            reply = (
                200,
                {"Content-Type": "text/xml"},
                record_set(*(self.records.get(item, "") for item in wanted)),
            )
        else:
            reply = (404, {"Content-Type": "text/plain"}, b"Resource not found.")
        if callable(reply):
            reply(handler)
            return
        status, more, body = reply
        handler.send_response(status)
        for name, value in more.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)


def found(doi: str, *, headers: Mapping[str, str] | None = None, **message: Any) -> Reply:
    """Crossref's answer for a work."""
    whole = {
        "DOI": doi,
        "type": "journal-article",
        "title": ["Tyres and their repair"],
        "subtitle": [],
        "author": [
            {"given": "Ana", "family": "Núñez", "sequence": "first", "affiliation": []},
            {"given": "B", "family": "Other", "sequence": "additional", "affiliation": []},
        ],
        "issued": {"date-parts": [[2020, 3]]},
        "published-print": {"date-parts": [[2020, 3]]},
        "reference": [{"key": "1", "unstructured": "not kept"}],
        **message,
    }
    body = json.dumps({"status": "ok", "message-type": "work", "message": whole}).encode()
    return 200, {"Content-Type": "application/json", **(headers or {})}, body


def update(
    kind: str, doi: str, source: str = "publisher", date: tuple[int, ...] = (2021, 2, 3)
) -> dict[str, Any]:
    """One entry of `updated-by`."""
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.replace("_", " ").capitalize(),
        "source": source,
        "updated": {
            "date-parts": [list(date)],
            "date-time": "2021-02-03T00:00:00Z",
            "timestamp": 1612310400000,
        },
    }


def record(
    pmid: str,
    title: str = "Tyres and their repair.",
    year: str = "2020",
    author: str = "Nunez",
    more: str = "",
    types: str = "",
) -> str:
    """A PubMed record."""
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><Journal><JournalIssue>'
        f"<PubDate><Year>{year}</Year></PubDate></JournalIssue></Journal>"
        f"<ArticleTitle>{escape(title)}</ArticleTitle>"
        f"<AuthorList><Author><LastName>{author}</LastName></Author></AuthorList><PublicationTypeList>"
        f"<PublicationType>Journal Article</PublicationType>{types}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{more}</CommentsCorrectionsList></MedlineCitation></PubmedArticle>"
    )


def comment(kind: str, source: str, pmid: str) -> str:
    """One entry of `CommentsCorrectionsList`."""
    return (
        f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>'
        f"<PMID>{pmid}</PMID></CommentsCorrections>"
    )


def record_set(*records: str) -> bytes:
    """What efetch answers."""
    return f'<?xml version="1.0" ?><PubmedArticleSet>{"".join(records)}</PubmedArticleSet>'.encode()


def status(number: int, headers: Mapping[str, str] | None = None, body: bytes = b"no") -> Reply:
    """A plain answer."""
    return number, headers or {}, body


def reset(handler: BaseHTTPRequestHandler) -> None:
    """The connection breaks before an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    """The answer ends in its middle."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"status": ')
    handler.wfile.flush()
    handler.close_connection = True


def slow(seconds: float) -> Reply:
    """No answer for a while."""

    def wait(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        reset(handler)

    return wait


def endless(handler: BaseHTTPRequestHandler) -> None:
    """An answer that never ends."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 1_000_000)
    except OSError:
        handler.close_connection = True


@contextmanager
def running() -> Iterator[Services]:
    """The services, while the block lasts."""
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            services.answer(self)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    services.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
