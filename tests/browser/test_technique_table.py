"""The table of techniques: filters, order, the count that is announced; by pointer and by keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.visit import OpenPage, Visit
from tests.site import records
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

ADDRESS = "techniques/"
Technique = dict[str, Any]


@pytest.fixture(scope="module")
def techniques(site: BuiltSite) -> list[Technique]:
    """The techniques as the data interface gives them."""
    data: list[Technique] = json.loads((site.folder / "api/v1/techniques.json").read_text("utf-8"))
    return [item for item in data if not item["replaced_by"]]


@pytest.fixture(scope="module")
def pain_sites(site: BuiltSite) -> dict[str, dict[str, Any]]:
    """Pain sites by id, from the vocabulary."""
    return {item["id"]: item for item in records.vocabulary(site.root, "pain-sites", "pain_sites")}


@pytest.fixture
def table(open_page: OpenPage) -> Visit:
    """The table on a desk."""
    return open_page(ADDRESS)


def names(visit: Visit) -> list[str]:
    """Names of the rows that are shown, from top to bottom."""
    rows = visit.page.locator("[data-filter-table] tbody tr:visible th a")
    return [" ".join(text.split()) for text in rows.all_text_contents()]


def named(techniques: list[Technique], wanted: Callable[[Technique], bool]) -> list[str]:
    """Names of the techniques that should be shown, in alphabetical order."""
    return sorted((item["name"] for item in techniques if wanted(item)), key=str.casefold)


def described(technique: Technique) -> list[dict[str, Any]]:
    """Indications, also of variants, that a source describes, not only reports or names in a title."""
    return [
        item
        for holder in (technique, *technique["variants"])
        for item in holder["indications"]
        if item["claim"] == "indicated" and item["basis"] != "title"
    ]


def below(pain_sites: dict[str, dict[str, Any]], region: str) -> set[str]:
    """A pain site and all that lie in it."""
    found = {region}
    while True:
        more = {
            key for key, item in pain_sites.items() if found & {item.get("parent"), *item.get("also_in", ())}
        } - found
        if not more:
            return found
        found |= more


def expect_shown(visit: Visit, wanted: list[str], total: int) -> None:
    """The rows, the count, and whether the way back is offered."""
    count = visit.page.locator("[data-filter-count]")
    expect(count).to_have_text(f"{len(wanted)} of {total} techniques")
    assert count.evaluate("element => element.closest('[aria-live=polite]') !== null")
    assert sorted(names(visit), key=str.casefold) == wanted
    expect(visit.page.locator("[data-filter-clear]")).to_be_visible(visible=len(wanted) < total)


def test_at_first_all_are_shown_by_name(table: Visit, techniques: list[Technique]) -> None:
    """In alphabetical order, which the head says."""
    expect_shown(table, named(techniques, lambda item: True), len(techniques))
    assert names(table) == sorted(names(table), key=str.casefold)
    expect(table.page.get_by_role("columnheader", name="Technique")).to_have_attribute(
        "aria-sort", "ascending"
    )


@pytest.mark.parametrize("word", ["cordotomy", "NCPB", "coeliac", "perineum", "Neurolysis block", "zzz"])
def test_a_typed_word_filters(word: str, table: Visit, techniques: list[Technique], pain_sites: Any) -> None:
    """By name, abbreviation, other name and pain site; every word must be there, in any case of letters."""

    def wanted(item: Technique) -> bool:
        places = {place for indication in described(item) for place in indication["pain_sites"]}
        text = " ".join(
            [
                item["name"],
                *item["abbreviations"],
                *item["synonyms"],
                *(pain_sites[p]["name"] for p in places),
            ]
        ).casefold()
        return all(part in text for part in word.casefold().split())

    table.page.get_by_label("Name or word").fill(word)
    found = named(techniques, wanted)
    assert bool(found) == (word != "zzz")
    expect_shown(table, found, len(techniques))
    assert word.split()[0].casefold() not in table.page.url.casefold()


def test_nothing_found_is_said(table: Visit, techniques: list[Technique]) -> None:
    """In words, in place of the table; clearing brings all rows back."""
    table.page.get_by_label("Name or word").fill("zzz")
    expect(table.page.get_by_text("No technique matches.")).to_be_visible()
    expect(table.page.locator("[data-filter-table]")).to_be_hidden()
    table.page.locator("[data-filter-clear]").click()
    expect(table.page.get_by_text("No technique matches.")).to_be_hidden()
    expect_shown(table, named(techniques, lambda item: True), len(techniques))
    expect(table.page.get_by_label("Name or word")).to_have_value("")


def test_every_group_filters(table: Visit, techniques: list[Technique]) -> None:
    """Each choice shows the techniques of the group, no other, and stands in the address."""
    choice = table.page.get_by_label("Group")
    groups = choice.locator("option").evaluate_all("options => options.map(option => option.value)")
    assert len(groups) > 4
    for group in groups[1:]:
        choice.select_option(group)
        expect_shown(table, named(techniques, lambda item, g=group: item["group"] == g), len(techniques))  # type: ignore[misc]
        assert f"group={group}" in table.page.url


def test_every_region_filters(table: Visit, techniques: list[Technique], pain_sites: Any) -> None:
    """A region holds the pain sites below it; only what a source describes counts."""
    choice = table.page.get_by_label("Pain region")
    regions = choice.locator("option").evaluate_all("options => options.map(option => option.value)")
    assert len(regions) > 8
    for region in regions[1:]:
        places = below(pain_sites, region)
        choice.select_option(region)
        found = named(
            techniques,
            lambda item, p=places: any(p & set(fit["pain_sites"]) for fit in described(item)),  # type: ignore[misc]
        )
        assert found
        expect_shown(table, found, len(techniques))


def test_a_region_shows_as_many_as_the_home_page_counts(open_page: OpenPage) -> None:
    """The number beside a region on the home page is the number of rows for it."""
    home = open_page("").page.locator(".regions a")
    counts = dict(
        home.evaluate_all(
            """links => links.map(link =>
                [link.pathname.split("/").at(-2), link.querySelector(".regions__count").textContent])"""
        )
    )
    table = open_page(ADDRESS)
    shown = {}
    for region in counts:
        table.page.get_by_label("Pain region").select_option(region)
        shown[region] = str(len(names(table)))
    assert len(counts) > 8
    assert shown == counts


def test_choices_narrow_each_other_and_outlive_a_reload(table: Visit, techniques: list[Technique]) -> None:
    """Group and mechanism together; the address alone brings them back, the typed word is not in it."""
    page = table.page
    page.get_by_label("Group").select_option("surgery")
    page.get_by_label("Name or word").fill("cord")
    both = names(table)
    found = named(techniques, lambda item: item["group"] == "surgery" and "cord" in item["name"].casefold())
    assert found
    assert set(found) <= set(both)
    assert "cord" not in page.url
    page.reload()
    expect(page.get_by_label("Group")).to_have_value("surgery")
    expect(page.get_by_label("Name or word")).to_have_value("")
    expect_shown(table, named(techniques, lambda item: item["group"] == "surgery"), len(techniques))
    page.locator("[data-filter-clear]").click()
    expect_shown(table, named(techniques, lambda item: True), len(techniques))
    assert page.url.endswith(f"/{ADDRESS}")


def test_an_unknown_choice_in_the_address_is_ignored(
    open_page: OpenPage, techniques: list[Technique]
) -> None:
    """A stale link shows everything."""
    visit = open_page(f"{ADDRESS}?group=no-such-group&region=%3Cscript%3E")
    expect_shown(visit, named(techniques, lambda item: True), len(techniques))


def test_sorting_by_name(table: Visit) -> None:
    """A second press turns the order round."""
    table.page.get_by_role("button", name="Technique").click()
    assert names(table) == sorted(names(table), key=str.casefold, reverse=True)
    expect(table.page.get_by_role("columnheader", name="Technique")).to_have_attribute(
        "aria-sort", "descending"
    )


@pytest.mark.parametrize(("head", "field"), [("Risk", "procedural_risk"), ("Cost", "cost")])
def test_sorting_by_grade(
    head: str, field: str, table: Visit, techniques: list[Technique], site: BuiltSite
) -> None:
    """Low first, then high first; what no source grades stays last both times."""
    order = [grade["id"] for grade in records.vocabulary(site.root, "grades", "grades")]
    grades = {
        item["name"]: max(
            (order.index(use["grade"]) for use in item[field] or item["from_class"].get(field, ())),
            default=-1,
        )
        for item in techniques
    }
    button = table.page.get_by_role("columnheader", name=head).get_by_role("button")
    for direction in ("ascending", "descending"):
        button.click()
        expect(table.page.get_by_role("columnheader", name=head)).to_have_attribute("aria-sort", direction)
        shown = [grades[name] for name in names(table)]
        known = [grade for grade in shown if grade >= 0]
        assert len(set(known)) > 1
        assert known == sorted(known, reverse=direction == "descending")
        assert shown == known + [-1] * (len(shown) - len(known))


def test_sorting_by_evidence_says_by_whose_scale(table: Visit, techniques: list[Technique]) -> None:
    """Highest first by the first body's scale only, with the note; unrated rows stay last."""
    note = table.page.locator("[data-filter-note]")
    expect(note).to_be_hidden()
    table.page.get_by_role("columnheader", name="Evidence").get_by_role("button").click()
    expect(note).to_be_visible()
    expect(note).to_have_text(re.compile(r"^Sorted by the scale of .* only; scales are not comparable\.$"))
    expect(table.page.get_by_role("columnheader", name="Evidence")).to_have_attribute(
        "aria-sort", "descending"
    )
    ranks = [
        int(value)
        for value in table.page.locator("[data-filter-table] tbody tr").evaluate_all(
            "rows => rows.map(row => row.dataset.evidence)"
        )
    ]
    known = [rank for rank in ranks if rank >= 0]
    assert known == sorted(known, reverse=True)
    assert ranks == known + [-1] * (len(ranks) - len(known))
    assert len(set(known)) > 1
    assert len(names(table)) == len(techniques)


def test_a_filter_keeps_the_order(table: Visit) -> None:
    """Filtering a sorted table leaves it sorted."""
    table.page.get_by_role("button", name="Technique").click()
    table.page.get_by_label("Name or word").fill("block")
    shown = names(table)
    assert len(shown) > 5
    assert shown == sorted(shown, key=str.casefold, reverse=True)


def test_the_keyboard_alone_filters_sorts_and_clears(table: Visit, techniques: list[Technique]) -> None:
    """Type a word, choose a group by its letter, sort by a head, clear; the focus is never lost."""
    page = table.page
    page.locator("[data-filter] input[type=search]").focus()
    page.keyboard.type("block")
    expect(page.locator("[data-filter-clear]")).to_be_visible()
    few = names(table)
    assert 0 < len(few) < len(techniques)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(table.focused("element.name || element.textContent.trim()"))
        if reached[-1] == "group":
            page.keyboard.press("ArrowDown")
        if reached[-1] == "Clear":
            break
    assert "group" in reached
    assert reached[-1] == "Clear"
    assert set(names(table)) <= set(few)
    page.keyboard.press("Enter")
    expect_shown(table, named(techniques, lambda item: True), len(techniques))
    for _ in range(12):
        page.keyboard.press("Tab")
        if table.focused("element.classList.contains('sorter')"):
            break
    assert table.focused("element.textContent") == "Technique"
    page.keyboard.press("Enter")
    assert names(table) == sorted(names(table), key=str.casefold, reverse=True)
    assert table.focused("element.textContent") == "Technique"


def test_after_clearing_the_focus_is_somewhere(table: Visit) -> None:
    """The button that cleared is gone; the focus goes to the first field, not to the top of the page."""
    table.page.get_by_label("Name or word").fill("block")
    button = table.page.locator("[data-filter-clear]")
    button.focus()
    table.page.keyboard.press("Enter")
    expect(button).to_be_hidden()
    assert table.focused("element.name") == "text"


def test_a_phone_filters_and_orders(open_page: OpenPage, techniques: list[Technique]) -> None:
    """The choices are folded and can be opened; the order is a list of choices, for the head is hidden."""
    visit = open_page(ADDRESS, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    expect(visit.page.get_by_label("Group")).to_be_hidden()
    visit.page.locator("summary", has_text="Choose group").tap()
    visit.page.get_by_label("Group").select_option("surgery")
    expect_shown(visit, named(techniques, lambda item: item["group"] == "surgery"), len(techniques))
    visit.page.get_by_label("Order").select_option("risk")
    shown = visit.page.locator("[data-filter-table] tbody tr:visible").evaluate_all(
        "rows => rows.map(row => Number(row.dataset.risk))"
    )
    known = [rank for rank in shown if rank >= 0]
    assert known == sorted(known)
    assert shown == known + [-1] * (len(shown) - len(known))


def test_a_group_page_has_the_same_table(open_page: OpenPage, techniques: list[Technique]) -> None:
    """With its own techniques only."""
    visit = open_page("groups/surgery/")
    wanted = named(techniques, lambda item: item["group"] == "surgery")
    expect_shown(visit, wanted, len(wanted))


@pytest.mark.parametrize("width", [360, 1280])
def test_who_comes_back_finds_the_technique_in_its_place(width: int, open_page: OpenPage) -> None:
    """Far down the table, by the browser's way back."""
    page = open_page(ADDRESS, viewport={"width": width, "height": 740}).page
    link = page.locator("[data-filter-table] tbody th a").nth(40)
    link.scroll_into_view_if_needed()
    top = "link => link.getBoundingClientRect().top"
    before = link.evaluate(top)
    link.click()
    page.wait_for_url(lambda address: not address.endswith(f"/{ADDRESS}"))
    page.go_back()
    expect(link).to_be_in_viewport()
    page.wait_for_timeout(500)
    assert abs(link.evaluate(top) - before) <= 2
