"""Reads the built site as a browser would: every link, every anchor, every id."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from lxml import etree

from generator.diagnostics import Diagnostics, Location, did_you_mean, shown
from generator.parallel import map_in_order
from generator.site_files import file_names

# Texts without their elements are read much faster; the line of one that is wrong is looked up.
_IDS = etree.XPath("//@id", smart_strings=False)
_LINKS = etree.XPath("//a/@href | //area/@href", smart_strings=False)
_LOADS = etree.XPath("//link/@href | //img/@src | //script/@src | //iframe/@src | //use/@href")
_LINKED_PICTURES = etree.XPath("//use/@*[name() = 'xlink:href']")
_WITH_LINK = ("a", "area", "link", "img", "script", "iframe", "use")
_LINK_ATTRIBUTES = ("href", "src", "xlink:href")
_TEXTS = etree.XPath("//text()")
_INLINE = etree.XPath("//@style | //@*[starts-with(name(), 'on')]")
# What only a policy that allows anything inline would let work, in lower case.
_STYLE, _HANDLER = re.compile(rb"style(?<=\bstyle)\s*="), re.compile(rb"on(?<=\bon)[a-z]+\s*=")
_LEFTOVER = re.compile(r"\[@[A-Za-z0-9]|\[\[[a-z]+:|\{\{|\{%|\{ #[a-z]")
_LEFTOVER_BYTES = re.compile(_LEFTOVER.pattern.encode())
_SKIP_TEXT = ("script", "style", "code", "pre", "template")
_SKIPPED = re.compile(rf"<({'|'.join(_SKIP_TEXT)})\b.*?</\1\s*>".encode(), re.DOTALL)
_ASKED_BY_NAME = ("canonical", "alternate")
# Served at any depth: its links are absolute by design.
_ANY_DEPTH = "404.html"

Fault: TypeAlias = tuple[int, str, str]
"""Line, code and message."""


@dataclass(slots=True)
class _PageFacts:
    """What one HTML file offers and asks for, and what is wrong with it by itself."""

    ids: frozenset[str] = frozenset()
    followed: int = 0
    anchors: list[tuple[str, str, str]] = field(default_factory=list)
    """Links to places on other pages: as written, the file, the id."""
    faults: list[Fault] = field(default_factory=list)


def _read(site: Path, files: Collection[str], name: str) -> _PageFacts:
    facts = _PageFacts()
    content = (site / name).read_bytes()
    if not content.strip():
        return facts
    root = _parsed(content)
    ids = _IDS(root)
    facts.ids = frozenset(ids)
    if len(ids) > len(facts.ids):
        facts.faults.extend(_twice(root))
    links = _links(root, facts.faults)
    if name != _ANY_DEPTH:
        facts.followed = len(links)
        for href in dict.fromkeys(links):
            _follow(root, facts, files, name, href)
    lower = content.lower()
    if _STYLE.search(lower) or _HANDLER.search(lower):
        facts.faults.extend(map(_inline, _INLINE(root)))
    if _LEFTOVER_BYTES.search(_SKIPPED.sub(b"", content)):
        facts.faults.extend(fault for text in _TEXTS(root) if (fault := _leftover(text)))
    return facts


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8", huge_tree=True))


def _links(root: etree._Element, faults: list[Fault]) -> list[str]:
    """All links into the site; those that are not allowed are noted."""
    leading = _LINKS(root)
    kinds = {value: _kind(value) for value in set(leading)}
    found = [value for value in leading if kinds[value] == _INSIDE]
    for value, kind in kinds.items():
        if kind == _REFUSED:
            faults.extend(_refused(element, value) for element in _places(root, value))
    for value in (*_LOADS(root), *_LINKED_PICTURES(root)):
        if value.startswith("data:"):
            continue
        element, kind = value.getparent(), _kind(value)
        if kind == _INSIDE:
            found.append(str(value))
        elif kind == _REFUSED or element.get("rel") not in _ASKED_BY_NAME:
            faults.append(_refused(element, value))
    return found


def _follow(root: etree._Element, facts: _PageFacts, files: Collection[str], name: str, href: str) -> None:
    """Note a link that leads to no file or to no place on this page; and one to a place elsewhere."""
    path, _, fragment = href.partition("#")
    target = _target(name, unquote(path.partition("?")[0]), files)
    anchor = unquote(fragment)  # with "=" it is the state of a tool, or a text fragment (:~:text=)
    if target is None or target not in files:
        message = f"link {shown(href)} leads to no file of the site"
        facts.faults.extend(_dead(root, href, message))
    elif anchor and "=" not in anchor and anchor != "top":
        if target != name:
            facts.anchors.append((href, target, anchor))
        elif anchor not in facts.ids:
            facts.faults.extend(_dead(root, href, _no_such(href, anchor, facts.ids)))


def _dead(root: etree._Element, href: str, message: str) -> Iterator[Fault]:
    return ((element.sourceline, "site-dead-link", message) for element in _places(root, href))


def _no_such(href: str, anchor: str, ids: Collection[str]) -> str:
    hint = did_you_mean(anchor, sorted(ids))
    return f"link {shown(href)}: there is no {shown('#' + anchor)} there.{hint}"


_INSIDE, _OUTSIDE, _REFUSED = "inside", "outside", "refused"
"""Where a link leads: to a file of the site, to another host, to what is allowed nowhere."""


@lru_cache(maxsize=65536)
def _kind(href: str) -> str:
    scheme = _scheme(href)
    if scheme == "" and not href.startswith("//"):
        return _INSIDE
    return _OUTSIDE if scheme in ("http", "https", "mailto") else _REFUSED


def _scheme(href: str) -> str | None:
    """The scheme of an address, '' without one; None for what is no address (`http://[`)."""
    try:
        return urlsplit(href).scheme
    except ValueError:
        return None


def _places(root: etree._Element, value: str) -> Iterator[etree._Element]:
    """The elements that lead to an address or load it."""
    for element in root.iter(*_WITH_LINK):
        if any(element.get(attribute) == value for attribute in _LINK_ATTRIBUTES):
            yield element


def _twice(root: etree._Element) -> Iterator[Fault]:
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        identifier = element.get("id")
        if identifier in seen:
            yield element.sourceline, "site-duplicate-id", f"id {shown(identifier)} appears twice"
        if identifier is not None:
            seen.add(identifier)


def _refused(element: etree._Element, value: str) -> Fault:
    message = f"<{element.tag}> loads or leads to {shown(value)}, which is not allowed"
    return element.sourceline, "site-foreign", message


def _inline(found: etree._ElementUnicodeResult) -> Fault:
    element, attribute = found.getparent(), f'{found.attrname}="{found}"'
    message = f"<{element.tag}> has {shown(attribute)}, which the policy of the page refuses; use a class"
    return element.sourceline, "site-inline", message


def _leftover(text: etree._ElementUnicodeResult) -> Fault | None:
    """What looks like our own syntax in a text that a reader sees."""
    if not (found := _LEFTOVER.search(text)):
        return None
    element = text.getparent()
    around = element.getparent() if text.is_tail else element
    while around is not None:
        if not isinstance(around.tag, str) or around.tag in _SKIP_TEXT:
            return None
        around = around.getparent()
    unresolved = text[found.start() : found.start() + 40]
    return element.sourceline, "site-leftover", f"{shown(unresolved)} was not resolved"


def check_site(site: Path, diagnostics: Diagnostics, later: Collection[str] = ()) -> int:
    """Check all HTML files below a folder; returns how many links were followed.

    Links may lead to the files of `later`, which are made of a site that is in order.
    """
    files = set(file_names(site))
    pages = sorted(name for name in files if name.endswith(".html"))
    files.update(later)
    read = partial(_read, site, files)
    facts = dict(zip(pages, map_in_order(read, pages), strict=True))
    for name, page in facts.items():
        missing = [
            (href, _no_such(href, anchor, facts[target].ids))
            for href, target, anchor in page.anchors
            if target in facts and anchor not in facts[target].ids  # not there: a page of `later`
        ]
        if missing:
            root = _parsed((site / name).read_bytes())
            page.faults.extend(fault for href, message in missing for fault in _dead(root, href, message))
        for line, code, message in page.faults:
            diagnostics.error(Location(name, line), code, message)
    return sum(page.followed for page in facts.values())


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
