"""Every address and anchor that a built site has, and the list of those that were ever published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from generator import routes
from generator.config import Project
from generator.diagnostics import Diagnostics, Location
from generator.site_files import file_names

LIST = "addresses.txt"
HEADER = (
    "# Every address ever published: a page, then a tab and its anchors. Written by `atlas release`.\n"
    "# None may vanish. What is renamed names its former id, and a record is replaced, never deleted.\n"
)
HOW = "name its former id in `merged` (`ids` in a .bib file), or keep the record with `replaced_by`"
# Places for readers. Controls and drawings have ids for scripts, which promise nothing.
_PLACE = re.compile(
    r"<(?:h[1-6]|p|li|tr|div|section|article|aside|details|figure|table|dl|dt|dd)\b[^>]*?\sid=\"([^\"]+)\""
)
_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_MOVED = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)"')
# Anchors that the frame, the references and the rows of a table give, and names of what has an anchor itself.
_NOT_PROMISED = re.compile(r"^(?:ref|fit)-|^contents$|-(?:title|name)$")
_NO_PAGES = ("404.html",)


def addresses_in(site: Path) -> dict[str, frozenset[str]]:
    """Address of every page of a built site with the anchors on it that others may link to."""
    return {address: anchors for address, _, anchors in _pages(site)}


def read_list(project: Project) -> dict[str, frozenset[str]]:
    """What was ever published; empty before the first release."""
    try:
        text = (project.releases / LIST).read_text("utf-8")
    except FileNotFoundError:
        return {}
    lines = (line.partition("\t") for line in text.splitlines() if line.startswith("/"))
    return {address[1:]: frozenset(anchors.split()) for address, _, anchors in lines}


def write_list(published: dict[str, frozenset[str]], site: Path) -> bytes:
    """The list with the pages and anchors of a site added to it."""
    found = {address: set(anchors) for address, anchors in published.items()}
    for address, anchors in addresses_in(site).items():
        found.setdefault(address, set()).update(anchors)
    listed = ((address, " ".join(sorted(anchors))) for address, anchors in sorted(found.items()))
    lines = [f"/{address}\t{anchors}".rstrip() for address, anchors in listed]
    return (HEADER + "".join(f"{line}\n" for line in lines)).encode()


def check_addresses(project: Project, site: Path, diagnostics: Diagnostics) -> None:
    """Report every published page and anchor that a built site has no more."""
    published = read_list(project)
    if not published:
        return
    pages = {address: (leads_to, anchors) for address, leads_to, anchors in _pages(site)}
    where = Location(project.shown(project.releases / LIST))
    for address, anchors in published.items():
        if address not in pages:
            diagnostics.error(where, "site-vanished", f"the page /{address} was published and is gone; {HOW}")
            continue
        leads_to, present = pages[address]
        if leads_to:
            continue  # the whole page has moved, with all its places
        for anchor in sorted(anchors - present):
            diagnostics.error(where, "site-vanished", f"/{address}#{anchor} was published and is gone; {HOW}")


def _pages(site: Path) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Address, where it leads if it is a redirect, anchors; pages of former versions promise themselves."""
    for name in file_names(site, ".html"):
        if name in _NO_PAGES or name.startswith(routes.version("")):
            continue
        html = (site / name).read_text("utf-8")
        address = name.removesuffix("index.html")
        if moved := _MOVED.search(html):
            yield address, urlsplit(moved[1]).path, frozenset()
        else:
            yield address, "", frozenset(_anchors(address, html))


def _anchors(address: str, html: str) -> Collection[str]:
    article = _ARTICLE.search(html)
    found = _PLACE.findall(article[1]) if article else []
    keeps_references = address == f"{routes.REFERENCES}/"
    return [anchor for anchor in found if keeps_references or not _NOT_PROMISED.search(anchor)]
