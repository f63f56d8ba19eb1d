"""Reads the built site as a browser would: every link, every anchor, every id."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostics, Location, did_you_mean, shown

_LINK_ATTRIBUTES = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "iframe": "src",
    "use": "href",
}
_LEFTOVER = re.compile(r"\[@[A-Za-z0-9]|\[\[[a-z]+:|\{\{|\{%|\{ #[a-z]")
_SKIP_TEXT = frozenset({"script", "style", "code", "pre", "template"})


@dataclass
class _PageFacts:
    """What one HTML file offers and asks for."""

    ids: dict[str, int] = field(default_factory=dict)
    links: list[tuple[str, int]] = field(default_factory=list)
    duplicates: list[tuple[str, int]] = field(default_factory=list)
    leftovers: list[tuple[str, int]] = field(default_factory=list)
    external: list[tuple[str, str, int]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts = _PageFacts()
        self._open_skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag in _SKIP_TEXT:
            self._open_skipped += 1
        for name, value in attrs:
            if value is None:
                continue
            if name == "id":
                if value in self.facts.ids:
                    self.facts.duplicates.append((value, line))
                self.facts.ids[value] = line
            elif name == _LINK_ATTRIBUTES.get(tag) or (tag == "use" and name == "xlink:href"):
                is_page_link = tag in ("a", "area")
                scheme = _scheme(value)
                if scheme is None or value.startswith("//"):
                    self.facts.external.append((tag, value, line))
                elif scheme in ("http", "https"):
                    relation = dict(attrs).get("rel") or ""
                    if not is_page_link and relation not in ("canonical", "alternate"):
                        self.facts.external.append((tag, value, line))
                elif scheme and is_page_link and scheme != "mailto":
                    self.facts.external.append((tag, value, line))
                elif not scheme:
                    self.facts.links.append((value, line))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIP_TEXT and self._open_skipped:
            self._open_skipped -= 1

    def handle_data(self, data: str) -> None:
        if not self._open_skipped and (found := _LEFTOVER.search(data)):
            self.facts.leftovers.append((data[found.start() : found.start() + 40], self.getpos()[0]))


def _scheme(href: str) -> str | None:
    """The scheme of an address, '' without one; None for what is no address (`http://[`)."""
    try:
        return urlsplit(href).scheme
    except ValueError:
        return None


def check_site(site: Path, diagnostics: Diagnostics, later: Collection[str] = ()) -> int:
    """Check all HTML files below a folder; returns how many links were followed.

    Links may lead to the files of `later`, which are made of a site that is in order.
    """
    facts = {path: _read(path) for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} | set(later)
    followed = 0
    for path, page in facts.items():
        name = path.relative_to(site).as_posix()
        for identifier, line in page.duplicates:
            diagnostics.error(
                Location(name, line), "site-duplicate-id", f"id {shown(identifier)} appears twice"
            )
        for text, line in page.leftovers:
            diagnostics.error(Location(name, line), "site-leftover", f"{shown(text)} was not resolved")
        for tag, value, line in page.external:
            diagnostics.error(
                Location(name, line),
                "site-foreign",
                f"<{tag}> loads or leads to {shown(value)}, which is not allowed",
            )
        if name == "404.html":
            continue  # served at any depth: its links are absolute by design
        for href, line in page.links:
            followed += 1
            for message in _problems(site, facts, files, name, href):
                diagnostics.error(Location(name, line), "site-dead-link", message)
    return followed


def _read(path: Path) -> _PageFacts:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.facts


def _problems(
    site: Path, facts: dict[Path, _PageFacts], files: set[str], name: str, href: str
) -> Iterator[str]:
    parts = urlsplit(href)
    target = _target(name, unquote(parts.path))
    if target is None or target not in files:
        yield f"link {shown(href)} leads to no file of the site"
        return
    anchor = unquote(parts.fragment)  # with "=" it is the state of a tool, or a text fragment (:~:text=)
    page = facts.get(site / target)  # none for a page of `later`
    if anchor and "=" not in anchor and page is not None:
        ids = page.ids
        if anchor not in ids and anchor not in ("", "top", "__skip"):
            yield f"link {shown(href)}: there is no {shown('#' + anchor)} there.{did_you_mean(anchor, ids)}"


def _target(name: str, path: str) -> str | None:
    """The file of the site that a link leads to; None when it leads out of it."""
    if not path:
        return name
    if path.startswith("/"):
        parts = list(PurePosixPath(path.lstrip("/")).parts)
    else:
        parts = list(PurePosixPath(name).parent.parts)
        for part in PurePosixPath(path).parts:
            if part == "..":
                if not parts:
                    return None
                parts.pop()
            elif part != ".":
                parts.append(part)
    is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..") or not parts
    joined = "/".join(parts)
    if is_folder or "." not in (parts[-1] if parts else ""):
        return f"{joined}/index.html" if joined else "index.html"
    return joined
