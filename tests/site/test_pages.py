"""What every page must have, and what none may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.site import records
from tests.site.built import BuiltSite
from tests.site.html import Element

pytestmark = pytest.mark.engine

# Attributes that make a browser fetch something, by tag; '' is any tag.
FETCHING = {
    "audio": ["src"],
    "embed": ["src"],
    "feimage": ["href", "xlink:href"],
    "form": ["action"],
    "iframe": ["src", "srcdoc"],
    "image": ["href", "xlink:href"],
    "img": ["src", "srcset"],
    "input": ["src", "formaction"],
    "object": ["data"],
    "script": ["src"],
    "source": ["src", "srcset"],
    "track": ["src"],
    "use": ["href", "xlink:href"],
    "video": ["src", "poster"],
    "": ["background", "ping"],
}
LEADING_RELATIONS = {"canonical", "alternate", "license", "next", "prev"}
FOREIGN = re.compile(r"(?:https?:)?//[a-z0-9]", re.IGNORECASE)
CSS_FETCH = re.compile(r"@import\s+[^;]+|url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
MODULE_FETCH = re.compile(
    r"""(?:\bfrom\s*|\bimport\s*\(?\s*|\bfetch\(\s*|sendBeacon\(\s*|new\s+(?:WebSocket|EventSource|Worker)\(\s*)["'`]([^"'`]+)"""
)
LEFTOVER = re.compile(r"\[@|\[\[|\]\]|\{\{|\}\}|\{%|%\}|\{\s*#|\bUndefined\b")
DATE = r"\d{1,2} [A-Z][a-z]+ \d{4}"
UNREADABLE = ("script", "style", "template", "code", "pre")
# The heading of the theme's own contents list is a label for a switch that only its drawer has. Our pages
# have no drawer; on them the label is words, and pressing it does nothing.
NAMED_BY_THEME = ("label", "md-nav__title", "__toc")


def visible_text(element: Element) -> Iterator[str]:
    """Runs of text outside scripts and code."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag not in UNREADABLE:
            yield from visible_text(child)


def fetched(page: Element) -> Iterator[tuple[str, str]]:
    """What a browser loads by itself when it shows a page."""
    for element in page:
        for name in [*FETCHING.get(element.tag, ()), *FETCHING[""]]:
            if element.get(name):
                yield element.tag, element.get(name)
        if element.tag == "link" and not LEADING_RELATIONS & set(element.get("rel").split()):
            yield element.tag, element.get("href")
        for style in [element.get("style"), *(element.children if element.tag == "style" else ())]:
            if isinstance(style, str):
                yield from ((f"{element.tag} style", found[0]) for found in CSS_FETCH.finditer(style))


def test_every_page_has_one_heading_a_title_a_description_and_a_language(pages: dict[str, Element]) -> None:
    """One h1 with words, a title, a description of more than a word, the language of the text."""
    assert len(pages) > 150
    faults = []
    for address, page in pages.items():
        headings = [heading.text for heading in page.all("h1")]
        descriptions = [meta.get("content") for meta in page.all("meta", name="description")]
        titles = [title.text for head in page.all("head") for title in head.all("title")]
        if len(headings) != 1 or not headings[0]:
            faults.append(f"{address}: h1 {headings}")
        if len(titles) != 1 or "Interventional Cancer Pain Atlas" not in titles[0]:
            faults.append(f"{address}: title {titles}")
        if len(descriptions) != 1 or len(descriptions[0].split()) < 3:
            faults.append(f"{address}: description {descriptions}")
        if page.one("html").get("lang") != "en":
            faults.append(f"{address}: language {page.one('html').get('lang')!r}")
        if len(page.all("meta", name="viewport")) != 1:
            faults.append(f"{address}: no viewport")
    assert faults == []


def test_titles_tell_pages_apart(pages: dict[str, Element]) -> None:
    """No two pages share a title, which is what a tab and a search result show."""
    titles: dict[str, list[str]] = {}
    for address, page in pages.items():
        titles.setdefault(page.all("title")[0].text, []).append(address)
    assert {title: same for title, same in titles.items() if len(same) > 1} == {}


def test_headings_step_down_one_level_at_a_time(pages: dict[str, Element]) -> None:
    """No level is left out inside the article, so that the outline can be listened to."""
    faults = []
    for address, page in pages.items():
        last = 0
        for element in page.one("article"):
            if re.fullmatch("h[1-6]", element.tag):
                level = int(element.tag[1])
                if level > last + 1:
                    faults.append(f"{address}: h{level} {element.text!r} after h{last}")
                last = level
    assert faults == []


def test_no_id_stands_twice(pages: dict[str, Element]) -> None:
    """An id is one place."""
    for address, page in pages.items():
        ids = [element.get("id") for element in page if element.get("id")]
        assert sorted({item for item in ids if ids.count(item) > 1}) == [], address


def test_ids_that_are_named_are_there(pages: dict[str, Element]) -> None:
    """Labels, descriptions and controls point at something."""
    faults = []
    for address, page in pages.items():
        ids = {element.get("id") for element in page}
        for element in page:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details"):
                faults += [
                    f"{address}: {name}={wanted}"
                    for wanted in element.get(name).split()
                    if wanted not in ids and (element.tag, element.get("class"), wanted) != NAMED_BY_THEME
                ]
    assert faults == []


def test_nothing_is_left_unresolved(pages: dict[str, Element]) -> None:
    """No inline syntax, template syntax or name of a missing value is shown."""
    faults = [
        f"{address}: …{text[max(found.start() - 30, 0) : found.end() + 30]}…"
        for address, page in pages.items()
        for text in visible_text(page)
        for found in LEFTOVER.finditer(text)
    ]
    assert faults == []


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, Element]) -> None:
    """Scripts, styles, pictures, fonts and frames come from the site itself or not at all."""
    loaded = {(address, *item) for address, page in pages.items() for item in fetched(page)}
    assert len(loaded) > 4 * len(pages)
    assert {item for item in loaded if FOREIGN.match(item[2]) or ":" in item[2].split("/")[0]} == set()


def test_no_style_sheet_or_script_of_ours_loads_anything_from_elsewhere(site: BuiltSite) -> None:
    """Style sheets, ours and the theme's, and our scripts."""
    sheets = sorted(site.folder.rglob("*.css"))
    scripts = sorted(site.folder.rglob("*.mjs"))
    assert (len(sheets) > 1, len(scripts) > 5) == (True, True)
    for path in sheets:
        for found in CSS_FETCH.finditer(path.read_text("utf-8")):
            assert found[1] is not None, f"{path.name}: {found[0]}"
            assert found[1].startswith("data:") or not FOREIGN.match(found[1]), f"{path.name}: {found[0]}"
    for path in scripts:
        for found in MODULE_FETCH.finditer(path.read_text("utf-8")):
            assert found[1].startswith("./"), f"{path.name}: {found[0]}"
            assert (path.parent / found[1]).is_file(), f"{path.name}: {found[0]}"


def test_links_lead_out_by_http_only(pages: dict[str, Element]) -> None:
    """A page link is relative, or https, http or mail; nothing runs a script."""
    schemes = {
        (urlsplit(link.get("href")).scheme, address)
        for address, page in pages.items()
        for link in page.all("a")
        if link.get("href")
    }
    assert {scheme for scheme, _ in schemes} <= {"", "http", "https", "mailto"}
    assert "https" in {scheme for scheme, _ in schemes}


def test_inner_links_are_relative(pages: dict[str, Element]) -> None:
    """So that the site works under any prefix and from a disk; 404 is shown at any depth and cannot."""
    faults = [
        f"{address}: {link.get('href')}"
        for address, page in pages.items()
        if address != "404.html"
        for link in page.all("a")
        if link.get("href").startswith("/")
    ]
    assert faults == []


def test_links_of_the_unknown_address_page_lead_to_files(site: BuiltSite, pages: dict[str, Element]) -> None:
    """All of them from the root, because the page is shown at any depth."""
    links = [link.get("href") for link in pages["404.html"].all("a")]
    inner = [href for href in links if not urlsplit(href).scheme and not href.startswith("#")]
    assert len(inner) > 10
    for href in inner:
        assert href.startswith("/"), href
        target = site.folder / urlsplit(href).path.strip("/")
        assert target.is_file() or (target / "index.html").is_file(), href


def test_tables_have_headers(pages: dict[str, Element]) -> None:
    """Every table names itself, its columns, and labels the cells that fold into cards."""
    faults = []
    tables = [
        (address, table) for address, page in pages.items() for table in page.one("article").all("table")
    ]
    assert len(tables) > 50
    for address, table in tables:
        is_ours = bool(table.get("class"))  # those in prose are made by Markdown
        if is_ours and not all(head.get("scope") in ("col", "row", "rowgroup") for head in table.all("th")):
            faults.append(f"{address}: a header cell without scope")
        if not table.all("th"):
            faults.append(f"{address}: a table without header cells")
        if "table--fold" in table.get("class").split():
            faults += [
                f"{address}: an unlabelled cell"
                for cell in table.all("td")
                if not cell.get("data-l") and "said" not in cell.get("class").split()
            ]
            if not table.all("caption"):
                faults.append(f"{address}: a table without a caption")
    assert sorted(set(faults)) == []


def test_techniques_prose_and_checklist_carry_their_status(
    site: BuiltSite, pages: dict[str, Element]
) -> None:
    """Clinical review, what it is drafted from, the date of the check, the date of the next review."""
    techniques = [key for key, record in records.techniques(site.root).items() if "replaced_by" not in record]
    wanted = [f"techniques/{key}" for key in techniques] + records.prose_pages(site.root)
    for address in [*wanted, "referral-checklist"]:
        status = pages[f"{address}/"].one("article").one("ul", class_="status")
        assert status.text.startswith("Clinical review: "), address
        assert "Drafted from the sources" in status.text, address
        assert re.search(rf"Checked {DATE}", status.text), address
        assert re.search(rf"Next review due {DATE}", status.text), address
        assert status.all("a", class_="cite__mark"), address


def test_pages_made_from_several_records_carry_a_status(pages: dict[str, Element]) -> None:
    """How many records they are made from, the oldest check among them, the next review that is due."""
    found = [address for address in pages if address.startswith(("pain-sites/", "groups/"))]
    assert len(found) > 50
    for address in [*found, "techniques/", "concordance/", "coverage/"]:
        words = pages[address].one("article").one("ul", class_="status").text
        assert words.startswith("Clinical review: "), address
        assert re.search(r"Made from \d+ ", words), address
        assert re.search(rf"Oldest check {DATE}", words), address
        assert re.search(rf"Next review due {DATE}", words), address


def test_no_review_is_claimed_that_no_record_holds(site: BuiltSite, pages: dict[str, Element]) -> None:
    """'none yet' stands on the page of every record without a clinical review."""
    for identifier, record in records.techniques(site.root).items():
        if "clinical_review" not in record["review"]:
            words = pages[f"techniques/{identifier}/"].one("ul", class_="status").text
            assert words.startswith("Clinical review: none yet."), identifier


def test_every_page_says_who_it_is_for_and_its_licence(pages: dict[str, Element]) -> None:
    """In the foot of every page."""
    for address, page in pages.items():
        words = page.one("footer").text
        assert "For health professionals" in words, address
        assert "CC BY-NC 4.0" in words, address


def statements(data: Any) -> Iterator[str]:
    """Every `text` of a record's data, whatever lies around it."""
    if isinstance(data, dict):
        if data.get("text"):
            yield data["text"]
        for value in data.values():
            yield from statements(value)
    elif isinstance(data, list):
        for item in data:
            yield from statements(item)


def _bare(text: str) -> str:
    """Letters and digits only: marks, spaces and stops may differ between a page and the data."""
    return re.sub(r"[\W_]+", "", text).casefold()


def test_every_statement_of_the_data_stands_on_its_page(site: BuiltSite, pages: dict[str, Element]) -> None:
    """Own statements, those of variants, and those that the class hands on."""
    missing = []
    count = 0
    for path in sorted((site.folder / "api/v1/techniques").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        address = data["url"].removeprefix("/")
        if data["replaced_by"]:
            continue
        words = _bare(_without_marks(pages[address].one("article")))
        for text in statements(data):
            count += 1
            if _bare(text) not in words:
                missing.append(f"{address}: {text}")
    assert count > 1_000
    assert missing == []


def _without_marks(element: Element) -> str:
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif not (child.tag == "sup" and child.get("class") == "cite"):
            parts.append(_without_marks(child))
    return "".join(parts)
