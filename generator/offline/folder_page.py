"""A page of the site for a folder of files: links name their file, and one plain script starts the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urlsplit, urlunsplit

_LINK = re.compile(r"""(\s(?:href|src)=")([^"]*)(")""")
_MAIN = "assets/js/main.mjs"
_STARTERS = ("assets/js/modules.js", "assets/js/from-files.js")
# Browsers refuse a manifest there, and its icons serve nothing.
_LEFT_OUT = re.compile(r'<link\b[^>]*\brel="(?:manifest|modulepreload|apple-touch-icon|canonical)"')


class _Tags(HTMLParser):
    """The start tags of a page, by their place."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0]
        for line in html.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.found: list[tuple[int, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        self.found.append((self._lines[line - 1] + column, self.get_starttag_text() or ""))


def for_folder(html: str, notice: str) -> str:
    """The page with its links led to files; `notice` stands first in its article."""
    parts: list[str] = []
    done = 0
    for place, tag in _Tags(html).found:
        parts += [html[done:place], "".join(_changed(tag, notice))]
        done = place + len(tag)
    return "".join([*parts, html[done:]])


def _changed(tag: str, notice: str) -> Iterable[str]:
    if _LEFT_OUT.match(tag):
        return
    if tag.startswith("<script") and _MAIN in tag:
        source = next(match[2] for match in _LINK.finditer(tag))
        root = source.removesuffix(_MAIN)
        first, second = (f'<script defer src="{root}{name}">' for name in _STARTERS)
        yield f"{first}</script>{second}"
        return
    yield _LINK.sub(lambda match: f"{match[1]}{to_file(match[2])}{match[3]}", tag)
    if tag.startswith("<article"):
        yield notice


def to_file(href: str) -> str:
    """A relative link that names the page's file instead of its folder."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path or not _leads_to_folder(parts.path):
        return href
    folder = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return urlunsplit(parts._replace(path=f"{folder}index.html"))


def _leads_to_folder(path: str) -> bool:
    return path.endswith("/") or path.rsplit("/", 1)[-1] in (".", "..")
