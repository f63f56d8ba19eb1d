"""What a first visit carries over the network, compressed as plain hosts do it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.kinds import KINDS
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

MOST = 110_000
MOST_DATA = 60_000
"""What a tool may ask for beyond its page: the finder's data."""
# Compressed by itself already.
PACKED = (".png", ".webp", ".woff2", ".gz")


def compressed(name: str, content: bytes) -> int:
    """Bytes over the network at the level that hosts use unless told otherwise."""
    return len(content) if name.endswith(PACKED) else len(gzip.compress(content, 6))


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_visit_is_light(kind: str, browser: Browser, origin: str) -> None:
    """Page, style, scripts and icons of every kind, with an empty cache; then nothing more comes."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{origin}/{KINDS[kind]}")
    page.wait_for_load_state("networkidle")
    sizes = {answer.url: compressed(answer.url, answer.body()) for answer in answers}
    context.close()
    data = {url: size for url, size in sizes.items() if "/api/" in url}
    assert sum(sizes.values()) - sum(data.values()) <= MOST, sizes
    assert sum(data.values()) <= MOST_DATA, data
    assert len(sizes) > 5
    of_search = [url for url in sizes if "/search/" in url.replace(f"{origin}/search/", "", 1)]
    assert of_search == []


def test_no_page_is_heavier(site: BuiltSite) -> None:
    """Every page of the site with all style and every script that a page starts with."""
    scripts = site.folder / "assets" / "js"
    started = {"early.js", "main.mjs"}
    waiting = ["main.mjs"]
    while waiting:
        for name in re.findall(r'from "\./([\w-]+\.mjs)"', (scripts / waiting.pop()).read_text("utf-8")):
            if name not in started:
                started.add(name)
                waiting.append(name)
    frame = [site.folder / "assets" / "atlas.css", site.folder / "assets" / "images" / "mark.svg"]
    frame += [scripts / name for name in sorted(started)]
    around = sum(compressed(path.name, path.read_bytes()) for path in frame)
    assert around < 45_000
    heavy = {}
    for path in site.folder.rglob("*.html"):
        size = around + compressed(path.name, path.read_bytes())
        if size > MOST:
            heavy[path.relative_to(site.folder).as_posix()] = size
    assert heavy == {}


def test_the_theme_brings_nothing(site: BuiltSite) -> None:
    """Its style sheets, script and search are neither shipped nor asked for; no script stands in a page."""
    assets = site.folder / "assets"
    assert not (assets / "javascripts").exists()
    assert not (assets / "stylesheets").exists()
    for path in (site.folder / "index.html", site.folder / "techniques" / "cordotomy" / "index.html"):
        html = path.read_text("utf-8")
        assert inline_scripts(html) == []
        assert "<style" not in html
        assert not re.search(r"\son\w+=", html)


def inline_scripts(html: str) -> list[str]:
    """Scripts that run without being files; data blocks do not run."""
    found = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL)
    return [body for attributes, body in found if body.strip() and "application/" not in attributes]


def test_one_style_sheet_holds_what_is_used(site: BuiltSite) -> None:
    """Search, dialog of citations, embedded parts and sheets have their own, asked for only there."""
    sheets = {path.name for path in Path(site.folder / "assets").glob("*.css")}
    assert sheets == {"atlas.css", "cite-dialog.css", "embed.css", "search.css", "sheet.css"}
