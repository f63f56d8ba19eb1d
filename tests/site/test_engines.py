"""Three engines, one tree: what a reader, a link or a program gets is the same from each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest

from generator.engine import DEFAULT, ENGINES
from tests.site.built import BuiltSite, shared_site, tree
from tests.site.html import Element, parse

pytestmark = pytest.mark.engine

OTHERS = [engine for engine in ENGINES if engine != DEFAULT]
HEADINGS = ("h1", "h2", "h3", "h4")

# Files that differ for a reason, and the reason.
DIFFERENT = {
    "404.html": "holds the engine's own dialog",
    "sitemap.xml.gz": "a copy of sitemap.xml that Zensical does not make",
    "offline/atlas.zip": "holds the pages",
    "precache.js": "lists the bytes of the pages",
    "version.json": "names the bytes of the pages",
    "SHA256SUMS": "names the bytes of the pages",
    "search/pagefind/": "file names change from build to build",
}


@dataclass(frozen=True)
class Read:
    """What a page says, apart from the order of its attributes."""

    title: str
    headings: tuple[tuple[str, str, str], ...]
    links: frozenset[str]
    text: str
    data: tuple[object, ...]
    meta: frozenset[tuple[str, str]]


def read(root: Element, address: str) -> Read:
    """A page's title, headings with their anchors, links, words and data."""
    main = next(iter(root.all("article") or root.all("main") or root.all("body")))
    return Read(
        title=root.one("head").one("title").text,
        headings=tuple((item.tag, item.get("id"), item.text) for item in main if item.tag in HEADINGS),
        links=frozenset(
            urljoin(f"https://site.example/{address}", item.get("href"))
            for item in root.all("a")
            if item.get("class") != "md-skip"
        ),
        text=main.text,
        data=tuple(
            json.loads("".join(str(child) for child in item.children))
            for item in root.all("script", type="application/ld+json")
        ),
        meta=frozenset(
            (name, item.get("content"))
            for item in root.all("meta")
            if (name := item.get("name") or item.get("property") or item.get("data-pagefind-filter"))
            and name != "generator"
        ),
    )


@pytest.fixture(scope="module", params=OTHERS)
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the repository's records, by another engine."""
    built = shared_site(tmp_path_factory, request.param)
    assert built.run.code == 0, built.run.err
    return built


def pages(folder: Path) -> Iterator[str]:
    """Names of the HTML files that are pages."""
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if name not in DIFFERENT and 'http-equiv="refresh"' not in path.read_text("utf-8"):
            yield name


def test_every_page_says_the_same(site: BuiltSite, other: BuiltSite) -> None:
    """Page list, titles, heading anchors, links, words of the main column, data in the page."""
    names = list(pages(site.folder))
    assert list(pages(other.folder)) == names
    assert len(names) > 600
    for name in names:
        ours, theirs = (
            read(parse((built.folder / name).read_text("utf-8")), name.removesuffix("index.html"))
            for built in (site, other)
        )
        assert theirs == ours, name


def test_every_other_file_is_the_same(site: BuiltSite, other: BuiltSite) -> None:
    """Data, pictures, scripts and style sheets, byte for byte."""

    def files(folder: Path) -> dict[str, str]:
        return {
            name: digest
            for name, digest in tree(folder).items()
            if not name.endswith(".html") and not any(name.startswith(known) for known in DIFFERENT)
        }

    assert files(other.folder) == files(site.folder)
