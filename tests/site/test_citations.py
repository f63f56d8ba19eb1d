"""A citation is one tap from its reference, and the reference one tap from each of its places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.site.html import Element

pytestmark = pytest.mark.engine


def marks(page: Element) -> list[tuple[str, str, int | None]]:
    """Place, target and number of every citation mark; a mark within a range shows no number."""
    found: list[tuple[str, str, int | None]] = []
    for element in page:
        classes = element.get("class").split()
        if "cite__mark" in classes:
            found.append((element.get("id"), element.get("href"), int(element.text)))
        elif "cite__hidden" in classes:
            found.append((element.get("id"), element.get("data-href"), None))
    return found


def entries(page: Element) -> Iterator[tuple[str, int, list[str]]]:
    """Id, number and places of every entry of a page's list of references."""
    for item in page.all("li", class_="ref"):
        if item.get("data-number"):
            places = [link.get("href") for box in item.all(class_="ref__places") for link in box.all("a")]
            yield item.get("id"), int(item.get("data-number")), places


def test_marks_lead_to_an_entry_with_the_same_number(pages: dict[str, Element]) -> None:
    """Also the members of a range that are not shown."""
    checked = 0
    for address, page in pages.items():
        numbers = {f"#{identifier}": number for identifier, number, _ in entries(page)}
        for place, target, number in marks(page):
            assert place, address
            assert target in numbers, f"{address}: {place}"
            assert number in (None, numbers[target]), f"{address}: {place}"
            checked += 1
    assert checked > 5_000


def test_an_entry_leads_back_to_each_of_its_places_and_no_other(pages: dict[str, Element]) -> None:
    """Marks and back-links are the same set, page by page."""
    for address, page in pages.items():
        forward = {(target, f"#{place}") for place, target, _ in marks(page)}
        back = [(f"#{identifier}", place) for identifier, _, places in entries(page) for place in places]
        assert len(back) == len(set(back)), address
        assert set(back) == forward, address


def test_entries_are_numbered_without_a_gap(pages: dict[str, Element]) -> None:
    """1, 2, 3 …, in the order of the list."""
    for address, page in pages.items():
        numbers = [number for _, number, _ in entries(page)]
        assert numbers == list(range(1, len(numbers) + 1)), address


def test_numbers_follow_the_order_of_first_use(pages: dict[str, Element]) -> None:
    """On a technique page the first mark is 1, and a new number is the next one, within each statement."""
    page = pages["techniques/cordotomy/"]
    seen: list[int] = []
    for _, target, _ in marks(page.one("header", class_="page-head").one("p", class_="page-head__lead")):
        seen.append({f"#{key}": number for key, number, _ in entries(page)}[target])
    assert seen == list(range(1, len(seen) + 1))
    assert seen


def test_every_entry_has_a_way_to_its_source(pages: dict[str, Element]) -> None:
    """DOI, PubMed, address or a search for the title, and the entry of the whole library."""
    library = {element.get("id") for element in pages["references/"].all("li", class_="ref")}
    for address, page in pages.items():
        for item in page.all("li", class_="ref"):
            assert item.get("id") in library
            if address == "references/":
                link = item.one("a", class_="ref__title").get("href")
                assert link == f"../references/{item.get('id').removeprefix('ref-')}/"
                continue
            links = [link.get("href") for box in item.all(class_="ref__links") for link in box.all("a")]
            assert links, f"{address}: {item.get('id')}"
            assert all(href.startswith(("https://", "http://")) for href in links), f"{address}: {links}"


def test_each_reference_says_where_it_is_cited(pages: dict[str, Element]) -> None:
    """'Cited on' names pages whose own list holds the reference; without any it is cited nowhere."""
    holders: dict[str, set[str]] = {}
    for address, page in pages.items():
        for identifier, _, _ in entries(page):
            holders.setdefault(identifier, set()).add(address)
    uncited = set()
    library = {item.get("id") for item in pages["references/"].all("li", class_="ref")}
    for identifier in library:
        item = pages[f"references/{identifier[4:]}/"].one("li", class_="ref")
        assert item.get("id") == identifier
        named = {link.removeprefix("../../").partition("#")[0] for link in _cited_on(item)}
        assert named <= holders.get(identifier, set()), identifier
        if not named:
            uncited.add(identifier)
            assert "Not cited on a page." in item.text
    assert uncited == library - set(holders)


def _cited_on(item: Element) -> Iterator[str]:
    """Links to the pages, without those to the statements below each."""
    for box in item.all("details", class_="ref__cited"):
        for row in box.all("ul")[0].children:
            if isinstance(row, Element) and row.tag == "li":
                yield row.all("a")[0].get("href")
