"""Binds pages into one document: ids of their own, links that stay inside it, headings one below another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

from generator import routes
from generator.page_marks import ROOT

_ID = re.compile(r' (id|aria-labelledby)="([^"]*)"')
_HREF = re.compile(r' href="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-6])\b")
# A drawing, but for those that stand inside another one, and the first class in it.
_DRAWING = re.compile(r"<svg (?!x=)[^>]*>")
_CLASS = re.compile(r'class="([a-z]+)')
# Citations are numbered through the document already, and the references are listed once, after all leaves.
_CITATION = re.compile(r"cite-\d+-\d+")
_REFERENCE = "#" + routes.reference_anchor("")
_LOWEST_HEADING = 6


def anchor_of(address: str, anchor: str = "") -> str:
    """The id in the document of a page, or of a place on it."""
    page = f"page.{address.replace('/', '.')}"
    return f"{page}.{anchor}" if anchor else page


@dataclass(frozen=True, slots=True)
class Leaf:
    """The finished HTML of one page, and how far down its headings stand in the document."""

    address: str
    html: str
    deeper: int


def bind(leaves: list[Leaf], web: str | None, drawings: Mapping[str, str]) -> list[str]:
    """The leaves as parts of one document.

    A link to a place that the document holds leads there; a link to another page of the site leads to its
    address on the `web`, or becomes plain text when the site has none. `drawings` are the styles that a
    drawing must bring along, by its class.
    """
    named = [_with_ids(leaf) for leaf in leaves]
    held = {identifier for html in named for _, identifier in _ID.findall(html)}
    held |= {anchor_of(leaf.address) for leaf in leaves}
    return [
        _with_links(leaf.address, html, held, web, drawings) for leaf, html in zip(leaves, named, strict=True)
    ]


def _with_ids(leaf: Leaf) -> str:
    def identifier(match: re.Match[str]) -> str:
        name, value = match[1], match[2]
        return match[0] if _CITATION.fullmatch(value) else f' {name}="{anchor_of(leaf.address, value)}"'

    def heading(match: re.Match[str]) -> str:
        return f"<{match[1]}h{min(int(match[2]) + leaf.deeper, _LOWEST_HEADING)}"

    return _HEADING.sub(heading, _ID.sub(identifier, leaf.html))


def _with_links(address: str, html: str, held: set[str], web: str | None, drawings: Mapping[str, str]) -> str:
    def link(match: re.Match[str]) -> str:
        href = unescape(match[1])
        if href.startswith(_REFERENCE) and anchor_of(address, href[1:]) not in held:
            return match[0]
        from_root = href.startswith(ROOT)
        found = routes.target("" if from_root else address, href.removeprefix(ROOT))
        if found is None:
            return match[0] if "://" in href else ""
        for identifier in (anchor_of(*found), anchor_of(found[0])):
            if identifier in held:
                return f' href="#{identifier}"'
        return f' href="{escape(web + routes.from_root(*found))}"' if web else ""

    def drawing(match: re.Match[str]) -> str:
        kind = _CLASS.search(match.string, match.start())
        return match[0] + (drawings.get(kind[1], "") if kind else "")

    return _DRAWING.sub(drawing, _HREF.sub(link, html))
