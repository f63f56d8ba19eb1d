"""A copy of the site: which files are kept, what the edition is called, links that lead to files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.knowledge import KnowledgeBase
from generator.offline.edition import kept_files, write_edition
from generator.offline.folder_page import for_folder, to_file
from generator.views.status import content_date


@pytest.mark.parametrize(
    ("href", "led"),
    [
        ("../../techniques/cordotomy/", "../../techniques/cordotomy/index.html"),
        ("../?scale=aspn-2021#map", "../index.html?scale=aspn-2021#map"),
        ("./", "./index.html"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("#references", "#references"),
        ("", ""),
        ("../api/v1/index.json", "../api/v1/index.json"),
        ("https://doi.org/10.1000/x/", "https://doi.org/10.1000/x/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("//other.example/", "//other.example/"),
    ],
)
def test_a_link_leads_to_the_file_of_a_page(href: str, led: str) -> None:
    """A folder on a disk would list its files."""
    assert to_file(href) == led


def test_a_page_for_a_folder() -> None:
    """Only tags change: modules become the two plain scripts, the notice stands first in the article."""
    page = (
        '<head><link rel="manifest" href="../site.webmanifest"><link rel="icon" href="../mark.svg"></head>\n'
        '<article id="content"><a title="a > b" href="../x/">href="../x/"</a></article>\n'
        '<script type="module" src="../assets/js/main.mjs"></script>'
    )
    assert for_folder(page, "<p>Copy</p>") == (
        '<head><link rel="icon" href="../mark.svg"></head>\n'
        '<article id="content"><p>Copy</p><a title="a > b" href="../x/index.html">'
        'href="../x/"</a></article>\n'
        '<script defer src="../assets/js/modules.js"></script>'
        '<script defer src="../assets/js/from-files.js"></script>'
    )


def make_site(root: Path) -> Path:
    for name in (
        "index.html",
        "a/index.html",
        "assets/atlas.css",
        "assets/x.css.map",
        "sitemap.xml",
        "service-worker.js",
        "offline/atlas.zip",
        "search/words.json",
        "search/pagefind/fragment/en_1.pf_fragment",
        "api/v1/techniques.json",
        "api/v1/techniques/x.json",
        "api/v1/evidence.csv",
        "api/v1/references.csl.json",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return root


def test_pages_tools_and_search_are_kept_and_exports_are_not(tmp_path: Path) -> None:
    """A reader without a connection has the pages; whoever wants the data fetches it from the site."""
    assert [*kept_files(make_site(tmp_path))] == [
        "a/index.html",
        "api/v1/techniques/x.json",
        "api/v1/techniques.json",
        "assets/atlas.css",
        "index.html",
        "search/pagefind/fragment/en_1.pf_fragment",
        "search/words.json",
    ]


def test_the_edition_follows_the_content(tmp_path: Path, everything: KnowledgeBase) -> None:
    """The same files, the same version; another word, another version; names of the index do not count."""
    site = make_site(tmp_path)
    first = write_edition(site, everything)
    assert first.date == content_date(everything)
    assert write_edition(site, everything) == first
    (site / "search/pagefind/fragment/en_2.pf_fragment").write_text("new", "utf-8")
    assert write_edition(site, everything).version == first.version
    (site / "a/index.html").write_text("another word", "utf-8")
    assert write_edition(site, everything).version != first.version
    named = json.loads((site / "version.json").read_text("utf-8"))
    listed = json.loads((site / "precache.js").read_text("utf-8").removeprefix("self.ATLAS = ").rstrip(";\n"))
    assert named["date"] == listed["date"] == first.date
    assert "search/pagefind/fragment/en_2.pf_fragment" in listed["files"]


def test_the_date_is_that_of_the_last_check(real: KnowledgeBase) -> None:
    """A build has no clock."""
    dates = {technique.review.checked.isoformat() for technique in real.current_techniques()}
    assert content_date(real) >= max(dates)
