"""Parts that are shown elsewhere, in the built site of the real records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site import records
from tests.site.built import BuiltSite
from tests.site.html import Element, parse

pytestmark = pytest.mark.engine

FOLDERS = ("embed", "sheets", "slides")


@pytest.fixture(scope="module")
def shown(site: BuiltSite) -> dict[str, Element]:
    """Every page of the folders, by its path."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((site.folder / folder).rglob("*.html")):
            found[path.relative_to(site.folder).as_posix()] = parse(path.read_text("utf-8"))
    return found


def test_every_technique_can_be_taken_away(site: BuiltSite, shown: dict[str, Element]) -> None:
    current = [key for key, record in records.techniques(site.root).items() if "replaced_by" not in record]
    assert len(current) > 50
    for key in current:
        for name in (
            f"embed/{key}/index.html",
            f"embed/{key}/badge/index.html",
            f"sheets/{key}/index.html",
            f"slides/{key}.html",
        ):
            assert name in shown, name


def test_none_is_found_by_a_search_or_kept_on_a_device(site: BuiltSite, shown: dict[str, Element]) -> None:
    sitemap = (site.folder / "sitemap.xml").read_text("utf-8")
    kept = json.loads(
        (site.folder / "precache.js").read_text("utf-8").removeprefix("self.ATLAS = ").rstrip(";\n")
    )
    for name, page in shown.items():
        assert page.one("meta", name="robots").get("content") == "noindex", name
        assert not any("data-pagefind-body" in element.attributes for element in page), name
        assert name not in kept["files"]
        assert f"/{name.removesuffix('index.html')}<" not in sitemap


def test_no_id_stands_twice(shown: dict[str, Element]) -> None:
    for name, page in shown.items():
        ids = [element.get("id") for element in page if element.get("id")]
        assert len(ids) == len(set(ids)), name


def test_every_figure_has_its_three_files(site: BuiltSite) -> None:
    """Each drawing of the folder, and the map in each scale, as SVG, PNG and a table."""
    drawings = sorted((site.folder / "figures").rglob("*.svg"))
    assert len(drawings) > 100
    for path in drawings:
        assert path.with_suffix(".csv").is_file(), path
        assert path.with_suffix(".png").read_bytes().startswith(b"\x89PNG"), path


def test_a_page_offers_what_was_made(site: BuiltSite, pages: dict[str, Element]) -> None:
    """Every file of the folders is offered by some page, and every offer is a file."""
    offered = set()
    for address, page in pages.items():
        for section in page.all("div", class_="teaching"):
            folder = (site.folder / address).resolve()
            for link in section.all("a"):
                if not link.get("href").startswith("http"):
                    target = (folder / link.get("href")).resolve()
                    offered.add(target / "index.html" if target.is_dir() else target)
    assert {path for path in offered if not path.is_file()} == set()
    made = {
        path.resolve()
        for folder in (*FOLDERS, "figures")
        for path in (site.folder / folder).rglob("*")
        if path.is_file()
    }
    assert {path for path in made - offered if not Path(path).name.endswith(".json")} == set()


def test_without_an_address_no_page_names_an_oembed_file(pages: dict[str, Element], site: BuiltSite) -> None:
    """The real atlas has no address yet; one that has is in tests/unit/test_show.py."""
    publication = records.read_yaml(site.root / "content" / "vocabulary" / "publication.yaml")
    named = [page for page in pages.values() if page.all("link", type="application/json+oembed")]
    assert bool(named) == ("address" in publication)
