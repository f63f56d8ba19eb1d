"""Reads the built site as a browser would: every link, every anchor, every id."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from generator.diagnostics import Diagnostics, Location, did_you_mean, shown
from generator.parallel import map_in_order
from generator.site_files import file_names

_LINK_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "img": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "use": ("href", "xlink:href"),
}
_WITH_ID = etree.XPath("//*[@id]")
_WITH_LINK = etree.XPath(" | ".join(f"//{tag}" for tag in _LINK_ATTRIBUTES))
# Only a policy that allows anything inline would let these work.
_INLINE = re.compile(r"\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)
_WITH_INLINE = etree.XPath("//@style | //@*[starts-with(name(), 'on')]")
_LEFTOVER = re.compile(r"\[@[A-Za-z0-9]|\[\[[a-z]+:|\{\{|\{%|\{ #[a-z]")
_TEXTS = etree.XPath("//text()")
_SKIP_TEXT = ("script", "style", "code", "pre", "template")
_SKIPPED = re.compile(rf"<({'|'.join(_SKIP_TEXT)})\b.*?</\1\s*>", re.DOTALL)


Found = tuple[str, int]
"""A text and its line."""


@dataclass(slots=True)
class _PageFacts:
    """What one HTML file offers and asks for."""

    ids: dict[str, int] = field(default_factory=dict)
    links: list[Found] = field(default_factory=list)
    duplicates: list[Found] = field(default_factory=list)
    leftovers: list[Found] = field(default_factory=list)
    foreign: list[tuple[str, str, int]] = field(default_factory=list)
    inline: list[tuple[str, str, int]] = field(default_factory=list)


def _read(path: Path) -> _PageFacts:
    facts = _PageFacts()
    content = path.read_text("utf-8")
    if not content.strip():
        return facts
    root = etree.fromstring(content.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    for element in _WITH_ID(root):
        identifier, line = element.attrib["id"], element.sourceline
        if identifier in facts.ids:
            facts.duplicates.append((identifier, line))
        facts.ids[identifier] = line
    for element in _WITH_LINK(root):
        for name in _LINK_ATTRIBUTES[element.tag]:
            if (value := element.attrib.get(name)) is not None:
                _note_link(facts, element.tag, value, element.attrib.get("rel") or "", element.sourceline)
    if _INLINE.search(content):
        for found in _WITH_INLINE(root):
            element = found.getparent()
            facts.inline.append((element.tag, f'{found.attrname}="{found}"', element.sourceline))
    if _LEFTOVER.search(_SKIPPED.sub("", content)):
        for text in _TEXTS(root):
            _note_text(facts, text)
    return facts


def _note_text(facts: _PageFacts, text: etree._ElementUnicodeResult) -> None:
    """Note what looks like our own syntax in a text that a reader sees."""
    if not (found := _LEFTOVER.search(text)):
        return
    element = text.getparent()
    around = element.getparent() if text.is_tail else element
    while around is not None:
        if not isinstance(around.tag, str) or around.tag in _SKIP_TEXT:
            return
        around = around.getparent()
    facts.leftovers.append((text[found.start() : found.start() + 40], element.sourceline))


def _note_link(facts: _PageFacts, tag: str, value: str, relation: str, line: int) -> None:
    is_page_link = tag in ("a", "area")
    scheme = _scheme(value)
    if scheme is None or value.startswith("//"):
        facts.foreign.append((tag, value, line))
    elif scheme in ("http", "https"):
        if not is_page_link and relation not in ("canonical", "alternate"):
            facts.foreign.append((tag, value, line))
    elif scheme and is_page_link and scheme != "mailto":
        facts.foreign.append((tag, value, line))
    elif not scheme:
        facts.links.append((value, line))


@lru_cache(maxsize=65536)
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
    files = set(file_names(site))
    pages = sorted(name for name in files if name.endswith(".html"))
    files.update(later)
    facts = dict(zip(pages, map_in_order(_read, [site / name for name in pages]), strict=True))
    followed = 0
    for name, page in facts.items():
        for identifier, line in page.duplicates:
            diagnostics.error(
                Location(name, line), "site-duplicate-id", f"id {shown(identifier)} appears twice"
            )
        for text, line in page.leftovers:
            diagnostics.error(Location(name, line), "site-leftover", f"{shown(text)} was not resolved")
        for tag, value, line in page.foreign:
            diagnostics.error(
                Location(name, line),
                "site-foreign",
                f"<{tag}> loads or leads to {shown(value)}, which is not allowed",
            )
        for tag, value, line in page.inline:
            diagnostics.error(
                Location(name, line),
                "site-inline",
                f"<{tag}> has {shown(value)}, which the policy of the page refuses; use a class",
            )
        if name == "404.html":
            continue  # served at any depth: its links are absolute by design
        followed += len(page.links)
        problems = {href: tuple(_problems(facts, files, name, href)) for href in dict(page.links)}
        for href, line in page.links:
            for message in problems[href]:
                diagnostics.error(Location(name, line), "site-dead-link", message)
    return followed


def _problems(facts: dict[str, _PageFacts], files: set[str], name: str, href: str) -> Iterator[str]:
    path, _, fragment = href.partition("#")
    target = _target(name, unquote(path.partition("?")[0]), files)
    if target is None or target not in files:
        yield f"link {shown(href)} leads to no file of the site"
        return
    anchor = unquote(fragment)  # with "=" it is the state of a tool, or a text fragment (:~:text=)
    page = facts.get(target)  # none for a page of `later`
    if anchor and "=" not in anchor and anchor != "top" and page is not None:
        ids = page.ids
        if anchor not in ids:
            yield f"link {shown(href)}: there is no {shown('#' + anchor)} there.{did_you_mean(anchor, ids)}"


def _target(name: str, path: str, files: Collection[str]) -> str | None:
    """The file of the site that a link leads to; None when it leads out of it."""
    if not path:
        return name
    parts = [] if path.startswith("/") else name.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..") or not parts
    target = "/".join(parts)
    if is_folder or ("." not in parts[-1] and target not in files):
        return "/".join([*parts, "index.html"])
    return target
