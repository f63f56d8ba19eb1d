"""A version from its release to a later site: kept pages, what changed, and no address lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site.built import BuiltSite, atlas, copy_fixture
from tests.site.html import Element, parse

pytestmark = pytest.mark.engine

RECORD = "techniques/patch-a-tube.yaml"
KEPT = "v/1.0/techniques/patch-a-tube/"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A small site: released as 1.0, changed, built again."""
    root = copy_fixture("minimal", tmp_path_factory.mktemp("release") / "project")
    released = atlas(root, "release", "1.0")
    assert released.code == 0, released.err
    record = root / RECORD
    text = record.read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("name: "))
    record.write_text(text.replace(name, "name: Patch the tube", 1), "utf-8")
    run = atlas(root, "build")
    assert run.code == 0, run.err
    return BuiltSite(root, run)


def robots(page: Element) -> list[str | None]:
    return [meta.get("content") for meta in page.all("meta") if meta.get("name") == "robots"]


def test_the_kept_page_is_as_it_was_and_leads_to_the_live_one(later: BuiltSite) -> None:
    page = later.page(KEPT)
    (banner,) = [part for part in page.all("aside") if part.get("data-pinned") is not None]
    assert "Version 1.0" in banner.text
    assert "../../../../techniques/patch-a-tube/" in [link.get("href") for link in banner.all("a")]
    assert "Patch the tube" in banner.text
    (heading,) = page.all("h1")
    assert "Patch the tube" not in heading.text


def test_the_kept_page_is_kept_out_of_search(later: BuiltSite) -> None:
    assert robots(later.page(KEPT)) == ["noindex"]
    assert robots(later.page("techniques/patch-a-tube/")) == []
    assert "/v/1.0" not in (later.folder / "sitemap.xml").read_text("utf-8")
    for path in (later.folder / "v").rglob("*.html"):
        assert "data-pagefind-body" not in path.read_text("utf-8")
    assert "v/1.0" not in (later.folder / "precache.js").read_text("utf-8")


def test_links_of_kept_pages_lead_to_files(later: BuiltSite) -> None:
    """Within the version, or out to the live site; nothing is loaded from elsewhere."""
    missing = []
    for path in (later.folder / "v").rglob("*.html"):
        page = parse(path.read_text("utf-8"))
        for tag, attribute in (("a", "href"), ("script", "src"), ("link", "href"), ("img", "src")):
            for element in page.all(tag):
                href = (element.get(attribute) or "").partition("#")[0]
                if not href or "://" in href or href.startswith("data:"):
                    continue
                target = (path.parent / href).resolve()
                if not (target / "index.html" if target.is_dir() else target).is_file():
                    missing.append((path.as_posix(), href))
    assert missing == []


def test_the_changes_are_listed(later: BuiltSite) -> None:
    listed = json.loads((later.folder / "api/v1/changes.json").read_text("utf-8"))
    assert [(item["version"], item["pages"]) for item in listed] == [("next", None), ("1.0", "/v/1.0/")]
    links = [link.get("href") for link in later.page("changes/").all("a")]
    assert "../v/1.0/" in links
    assert "Patch the tube" in later.page("changes/next/").text


def test_a_version_is_released_once(later: BuiltSite) -> None:
    before = {path: path.read_bytes() for path in (later.root / "releases").iterdir()}
    run = atlas(later.root, "release", "1.0")
    assert run.code == 1
    assert "version 1.0 is released already" in run.err
    assert {path: path.read_bytes() for path in (later.root / "releases").iterdir()} == before


def test_a_lost_address_stops_the_build(later: BuiltSite) -> None:
    listed: Path = later.root / "content" / "releases" / "addresses.txt"
    text = listed.read_text("utf-8")
    listed.write_text(text + "/techniques/lost/\tapproach\n", "utf-8")
    try:
        run = atlas(later.root, "build")
    finally:
        listed.write_text(text, "utf-8")
    assert run.code == 1
    assert (
        "content/releases/addresses.txt: error[site-vanished]: the page /techniques/lost/ was published"
        in run.err
    )
    assert (later.folder / KEPT / "index.html").exists()
