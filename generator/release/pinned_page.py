"""A page of a version as it is kept: with a place for the banner, and with links out to what is live only."""

from __future__ import annotations

import re
from posixpath import normpath
from urllib.parse import urlsplit

from generator import routes

BANNER = "<!--pinned-->"
# Parts that are live or nothing: a former version has no search, copy, news, or anything to show elsewhere.
LIVE = (routes.SEARCH, routes.OFFLINE, routes.CHANGES, *routes.SHOWN_ELSEWHERE)
_NEWS = f"{routes.API}/{routes.CHANGES}"
# From the folder of a version to the root of the site.
_UP = "../../"
_HREF = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
_LEFT_OUT = re.compile(r'<link\b[^>]*\b(?:rel="(?:manifest|canonical)"|type="text/markdown")[^>]*>\n?')
_SEARCHED = re.compile(r' data-(?:open-search|pagefind-body)(?:="[^"]*")?')
_HEAD = "<head>"
_ARTICLE = re.compile(r"<article\b[^>]*>")
ROBOTS = '<meta name="robots" content="noindex">'


def pinned(html: str, address: str) -> str:
    """The page at an address of the site, for the same address below `/v/<version>/`."""

    def live(match: re.Match[str]) -> str:
        href = match[2]
        parts = urlsplit(href)
        if parts.scheme or not parts.path:
            return match[0]
        target = normpath(f"/{address}/{parts.path}").lstrip("/")
        if target.partition("/")[0] not in LIVE and not target.startswith(_NEWS):
            return match[0]
        return f"{match[1]}{_UP}{href}{match[3]}"

    html = _HREF.sub(live, _SEARCHED.sub("", _LEFT_OUT.sub("", html)))
    html = html.replace(_HEAD, f"{_HEAD}{canonical(address)}{ROBOTS}", 1)
    return _ARTICLE.sub(lambda article: f"{article[0]}{BANNER}", html, count=1)


def canonical(address: str) -> str:
    """The live page as the one that search engines are to know."""
    return f'<link rel="canonical" href="{way_out(address)}">'


def way_out(address: str) -> str:
    """From a kept page to the live page at its address."""
    return f"{routes.relative_file(address, '')}{_UP}{routes.from_root(address)}"
