"""A page of the site for a folder of files: links name their file, and one plain script starts the others."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

_LINK = re.compile(r"""(\s(?:href|src)=")([^"]*)(")""")
_MAIN = "assets/js/main.mjs"
_STARTERS = ("assets/js/modules.js", "assets/js/from-files.js")
# Browsers refuse a manifest there, and its icons serve nothing.
_LEFT_OUT = re.compile(r'<link\b[^>]*\brel="(?:manifest|modulepreload|apple-touch-icon|canonical|alternate)"')


_ATTRIBUTES = r"""(?:"[^"]*"|'[^']*'|[^'">])*"""
# Elements that have links, and the one that gets the notice.
_ELEMENTS = "a|area|article|iframe|image|img|link|script|source|use"
_START = re.compile(rf"<(?:{_ELEMENTS})\b{_ATTRIBUTES}>", re.IGNORECASE)
# A comment, a script or style with what is in it, or a start tag of these.
_PART = re.compile(
    rf"<!--.*?-->|<(?P<raw>script|style)\b{_ATTRIBUTES}>.*?</(?P=raw)\s*>|{_START.pattern}",
    re.IGNORECASE | re.DOTALL,
)


def for_folder(html: str, notice: str) -> str:
    """The page with its links led to files; `notice` stands first in its article."""

    def part(match: re.Match[str]) -> str:
        text = match[0]
        if match["raw"]:
            start = _START.match(text)
            return _changed(start[0]) + text[start.end() :] if start else text
        changed = _changed(text)
        return changed + notice if text.startswith("<article") else changed

    return _PART.sub(part, html)


@lru_cache(maxsize=65536)
def _changed(tag: str) -> str:
    """A start tag, or a comment as it is; many stand on every page."""
    if tag.startswith("<!--"):
        return tag
    if _LEFT_OUT.match(tag):
        return ""
    if tag.startswith("<script") and _MAIN in tag:
        source = next(match[2] for match in _LINK.finditer(tag))
        root = source.removesuffix(_MAIN)
        first, second = (f'<script defer src="{root}{name}">' for name in _STARTERS)
        return f"{first}</script>{second}"
    return _LINK.sub(lambda match: f"{match[1]}{to_file(match[2])}{match[3]}", tag)


@lru_cache(maxsize=65536)
def to_file(href: str) -> str:
    """A relative link that names the page's file instead of its folder."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path or not _leads_to_folder(parts.path):
        return href
    folder = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return urlunsplit(parts._replace(path=f"{folder}index.html"))


def _leads_to_folder(path: str) -> bool:
    return path.endswith("/") or path.rsplit("/", 1)[-1] in (".", "..")
