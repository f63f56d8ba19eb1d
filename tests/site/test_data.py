"""The data of the built site: the page that describes them, the index, the Markdown twins, llms.txt."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from urllib.parse import unquote

import pytest

from tests.site.built import BuiltSite
from tests.site.html import Element

pytestmark = pytest.mark.engine


def test_the_index_tells_the_files_of_the_site(site: BuiltSite) -> None:
    """Every file below /api/v1/, with the size and the hash that a reader gets."""
    folder = site.folder / "api" / "v1"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    listed = {item["path"]: item for item in index["files"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    drawn = {name for name in there if name.endswith(".png")}  # from the listed drawings, after the engine
    assert {name.replace(".png", ".svg") for name in drawn} <= set(listed)
    assert there - drawn - set(listed) == {"index.json"}
    for path, item in listed.items():
        content = (folder / path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (item["bytes"], item["sha256"]), path


def test_the_page_names_every_file_and_field(site: BuiltSite, pages: dict[str, Element]) -> None:
    """All that the dictionary lists: columns and first fields by their file, the others by their shape."""
    page = pages["data/"]
    linked = {link.get("href").removeprefix("../api/v1/") for link in page.all("a")}
    listed = json.loads((site.folder / "api/v1/datapackage.json").read_text("utf-8"))["resources"]
    assert {item["path"] for item in listed} - linked == set()
    named = {code.text for code in page.all("code", class_="fields__name")}
    rows = json.loads((site.folder / "api/v1/data-dictionary.json").read_text("utf-8"))
    wanted = {re.split(r"[.\]]", row["field"])[-1] for row in rows} - {"*", ""}
    assert len(wanted) > 120
    assert wanted - named == set()


def test_the_page_shows_the_examples_that_can_be_downloaded(
    site: BuiltSite, pages: dict[str, Element]
) -> None:
    """Letter by letter."""
    page, folder = pages["data/"], site.folder / "api/v1/examples"
    for kind in ("py", "r"):
        shown = page.one(id=f"example-{kind}").one("pre").one("code")
        (file,) = [path for path in folder.iterdir() if path.suffix.lower() == f".{kind}"]
        assert "".join(str(child) for child in shown.children).strip() == file.read_text("utf-8").strip()
    assert len(page.one(id="example-csv").all("tr")) == (folder / "techniques_by_site.csv").read_text(
        "utf-8"
    ).count("\n")


def test_every_page_has_a_twin_and_names_it(site: BuiltSite, pages: dict[str, Element]) -> None:
    """`index.html.md` beside it, with its title and the terms of use; none without a page."""
    twins = {path.parent for path in site.folder.rglob("*.html.md")}
    folders = {(site.folder / address) for address in pages if address != "404.html"}
    assert twins == folders
    for address, page in pages.items():
        if address == "404.html":
            continue
        link = page.one("link", type="text/markdown")
        assert (link.get("rel"), link.get("href")) == ("alternate", "index.html.md")
        text = (site.folder / address / "index.html.md").read_text("utf-8")
        assert text.startswith("# ") or "\n# " in text, address
        assert "CC BY-NC 4.0" in text.splitlines()[-1]


def test_links_of_twins_lead_to_pages(site: BuiltSite) -> None:
    """Relative, from the folder of the page."""
    followed = 0
    for twin in site.folder.rglob("*.html.md"):
        for href in re.findall(r"\]\(<?([^)>\s]+)", twin.read_text("utf-8")):
            if re.match(r"[a-z]+:", href) or ("](" not in href and href.startswith("#")):
                continue
            target = (twin.parent / unquote(href.partition("#")[0])).resolve()
            followed += 1
            assert target.is_file() or (target / "index.html").is_file(), (twin, href)
    assert followed > 5000


def test_a_twin_repeats_its_citations(site: BuiltSite, pages: dict[str, Element]) -> None:
    """As many brackets as the page, each number with its entry at the end."""
    for address in ("techniques/celiac-plexus-neurolysis/", "referral-checklist/", "about/"):
        text = (site.folder / address / "index.html.md").read_text("utf-8")
        body, _, listed = text.partition("\n## References\n")
        article = pages[address].one("article")
        marks = article.all("sup", class_="cite")
        assert len(re.findall(r" \[\d[^\]]*\](?!\()", body)) == len(marks), address
        entries = re.findall(r"^\d+\. ", listed, re.MULTILINE)
        assert len(entries) == len(article.all("li", class_="ref"))


def test_llms_txt_leads_to_twins_and_files(site: BuiltSite) -> None:
    """By the form of llmstxt.org: one title, one quotation, sections of links; every link leads somewhere."""
    text = (site.folder / "llms.txt").read_text("utf-8")
    lines = text.splitlines()
    assert lines[0].startswith("# ")
    assert sum(line.startswith("# ") for line in lines) == 1
    assert lines[2].startswith("> ")
    links = re.findall(r"^- \[(?:[^\]\\]|\\.)+\]\(([^)]+)\)", text, re.MULTILINE)
    assert len(links) > 140
    for link in links:
        if not re.match(r"https?:", link):
            assert (site.folder / link).is_file(), link
    assert text.index("## Techniques") < text.index("## Data") < text.index("## Optional")


def test_twins_are_no_part_of_the_copies(site: BuiltSite) -> None:
    """Neither on a device nor in the zip: there the pages are."""
    assert ".html.md" not in (site.folder / "precache.js").read_text("utf-8")
    with zipfile.ZipFile(site.folder / "offline" / "atlas.zip") as archive:
        assert not [name for name in archive.namelist() if name.endswith(".html.md")]
