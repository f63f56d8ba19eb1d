"""The page of a pain site answers in its first lines, and no site is a dead end."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.site.built import BuiltSite
from tests.site.html import Element

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def places(site: BuiltSite) -> dict[str, dict[str, Any]]:
    """Every pain site of the data by its id."""
    data = json.loads((site.folder / "api" / "v1" / "pain-sites.json").read_text("utf-8"))
    return {place["id"]: place for place in data}


def described(page: Element) -> list[Element]:
    """The rows of the table of techniques that a source describes."""
    captions = [table for table in page.all("table") if "that a source describes" in table.text]
    return captions[0].one("tbody").all("tr") if captions else []


def test_an_overview_stands_before_a_long_table(
    pages: dict[str, Element], places: dict[str, dict[str, Any]]
) -> None:
    """The techniques of the table in its order, with the first rating and the windows of their rows."""
    seen = 0
    for identifier in places:
        page = pages[f"pain-sites/{identifier}/"]
        rows = described(page)
        overviews = page.all("ul", class_="overview")
        assert len(overviews) == (len(rows) > 2), identifier
        for overview in overviews:
            lines = overview.all("li")
            seen += len(lines)
            for line, row in zip(lines, rows, strict=True):
                head = row.one("th")
                assert line.one("a").get("href") == f"#{head.get('id')}", identifier
                assert line.one("a").text == head.all("a")[0].text, identifier
                ratings = row.one("ul", class_="badges").all("li")
                assert line.one("span", class_="badge").text == ratings[0].text, identifier
                window = line.one("span", class_="overview__window").text
                cell = next(cell for cell in row.all("td") if cell.get("data-l") == "When, where")
                assert all(part in cell.text for part in window.split("; ")), identifier
    assert seen > 100


def test_sites_within_a_site_are_offered_with_their_counts(
    pages: dict[str, Element], places: dict[str, dict[str, Any]]
) -> None:
    """Before the table, and in it nothing is missing."""
    for identifier, place in places.items():
        page = pages[f"pain-sites/{identifier}/"]
        offered = [
            item.text
            for item in page.all("li")
            if item.text.startswith("Within it") and item.all("span", class_="fits__count")
        ]
        assert len(offered) == bool(place["children"]), identifier
        for child in place["children"]:
            assert f"{places[child]['name']} {places[child]['technique_count']}" in offered[0], identifier


def test_a_site_without_a_technique_says_where_to_look(
    pages: dict[str, Element], places: dict[str, dict[str, Any]]
) -> None:
    """Wider sites, and only such as have techniques; a site that stands alone has none to offer."""
    empty = [place for place in places.values() if not described(pages[f"pain-sites/{place['id']}/"])]
    assert empty
    for place in empty:
        page = pages[f"pain-sites/{place['id']}/"]
        assert "No source that was read describes a technique" in page.text
        assert not page.all("a", class_="fits__finder")
        offered = [item for item in page.all("li") if item.text.startswith("See instead")]
        assert len(offered) == bool(place["parent"] or place["also_in"]), place["id"]
        for item in offered:
            counts = [int(count.text) for count in item.all("span", class_="fits__count")]
            assert counts
            assert min(counts) > 0


def test_pain_that_is_in_no_place_is_offered_everywhere(
    pages: dict[str, Element], places: dict[str, dict[str, Any]]
) -> None:
    """Situations such as refractory pain, whose techniques no place lists; not on their own pages."""
    apart = [place for place in places.values() if place["kind"] != "place" and not place["parent"]]
    apart = [place for place in apart if place["technique_count"]]
    assert len(apart) > 1
    for identifier in places:
        items = pages[f"pain-sites/{identifier}/"].all("li")
        offered = " ".join(item.text for item in items if item.text.startswith("Not in one place"))
        for place in apart:
            inside = identifier == place["id"] or identifier in place["children"]
            assert (f"{place['name']} {place['technique_count']}" in offered) is not inside, identifier
