"""Cards over citations and terms: by pointer, by keyboard, by touch; and the way to a reference and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.kinds import KINDS, violations
from tests.browser.visit import OpenPage, Visit

pytestmark = [pytest.mark.browser, pytest.mark.engine]

LEAD = ".page-head__lead"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def technique(open_page: OpenPage) -> Visit:
    """A technique page on a desk."""
    return open_page(KINDS["technique"])


def lead_mark(visit: Visit) -> Locator:
    """The first citation of the page."""
    return visit.page.locator(f"{LEAD} a.cite__mark").first


def titles(mark: Locator, number: str = "") -> list[str]:
    """Titles at the foot for a mark, for a range of numbers or for all in its brackets."""
    marks: list[list[str]] = mark.evaluate(
        """mark => [...mark.closest(".cite").querySelectorAll("[href], [data-href]")]
            .map(part => document.querySelector(`li${part.getAttribute("href") ?? part.dataset.href}`))
            .map(entry => [entry.dataset.number, entry.querySelector(".ref__title").textContent])"""
    )
    first, _, last = number.partition("–")
    return [title for place, title in marks if not number or int(first) <= int(place) <= int(last or first)]


def card_titles(visit: Visit) -> list[str]:
    """Titles in the card that is open."""
    return visit.texts(".card .ref__title")


def tab_to(visit: Visit, mark: Locator) -> None:
    """Reach a mark with the Tab key from what stands before it."""
    mark.evaluate(
        """mark => {
            const all = [...document.querySelectorAll("a[href], button, summary, input, select")]
                .filter(item => item.checkVisibility() && item.tabIndex >= 0);
            all[all.indexOf(mark) - 1].focus();
        }"""
    )
    visit.page.keyboard.press("Tab")
    expect(mark).to_be_focused()


def test_pointing_opens_a_card_with_the_reference(open_apart: OpenPage) -> None:
    """The same words as in the list at the foot; without a network too, for nothing is asked for it."""
    technique = open_apart(KINDS["technique"])
    technique.page.context.set_offline(True)
    mark = lead_mark(technique)
    mark.hover()
    expect(technique.page.locator(".card")).to_be_visible()
    assert card_titles(technique) == titles(mark, "1")
    assert len(card_titles(technique)) == 1
    box, window = technique.page.locator(".card").bounding_box(), technique.page.viewport_size
    assert box
    assert window
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= window["width"]


def test_the_card_stays_while_it_is_pointed_at(open_apart: OpenPage) -> None:
    """Its links can be reached, and it goes when the pointer has left; by the page's own clock."""
    technique = open_apart(KINDS["technique"])
    page, card = technique.page, technique.page.locator(".card")
    page.clock.install()
    lead_mark(technique).hover()
    page.clock.run_for(1_000)
    expect(card).to_be_visible()
    card.locator("a[href^='https://doi.org/']").first.hover()
    page.clock.run_for(60_000)
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(1_000)
    expect(card).to_be_hidden()


def test_escape_closes_a_card_under_the_pointer(technique: Visit) -> None:
    """Without moving the pointer."""
    lead_mark(technique).hover()
    expect(technique.page.locator(".card")).to_be_visible()
    technique.page.keyboard.press("Escape")
    expect(technique.page.locator(".card")).to_be_hidden()


def test_a_link_in_the_card_leads_to_the_list(technique: Visit) -> None:
    """By pointer."""
    mark = lead_mark(technique)
    mark.hover()
    technique.page.locator(".card").get_by_role("link", name="In the list below").first.click()
    expect(technique.page.locator(".card")).to_be_hidden()
    assert technique.page.url.endswith(str(mark.get_attribute("href")))


def test_the_keyboard_opens_a_card_and_closes_it(technique: Visit) -> None:
    """Tab opens it and describes the mark by it; Escape closes it and the focus stays; Tab goes on."""
    mark = lead_mark(technique)
    tab_to(technique, mark)
    expect(technique.page.locator(".card")).to_be_visible()
    assert mark.get_attribute("aria-describedby") == "card"
    assert card_titles(technique) == titles(mark, "1")
    technique.page.keyboard.press("Escape")
    expect(technique.page.locator(".card")).to_be_hidden()
    expect(mark).to_be_focused()
    assert mark.get_attribute("aria-describedby") is None
    technique.page.keyboard.press("Tab")
    assert technique.focused("element.id") != mark.get_attribute("id")


def test_the_card_follows_the_focus(technique: Visit) -> None:
    """On to the next mark it shows that one's references; on to other things it goes."""
    marks = technique.page.locator(f"{LEAD} a.cite__mark")
    tab_to(technique, marks.first)
    technique.page.keyboard.press("Tab")
    expect(marks.nth(1)).to_be_focused()
    expect(technique.page.locator(".card")).to_be_visible()
    assert marks.nth(1).get_attribute("aria-describedby") == "card"
    while technique.focused("element.matches('.cite__mark, .term')"):
        technique.page.keyboard.press("Tab")
    expect(technique.page.locator(".card")).to_be_hidden()


def test_the_keyboard_goes_to_the_reference_and_back(technique: Visit) -> None:
    """Enter leads to the entry, whose first link leads back to the very mark; its sources can be reached."""
    page = technique.page
    mark = page.locator("#evidence ~ .evidence a.cite__mark").first
    tab_to(technique, mark)
    page.keyboard.press("Enter")
    entry = page.locator(f"li{mark.get_attribute('href')}")
    expect(entry).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert technique.focused("element.closest('li.ref').id") == str(mark.get_attribute("href"))[1:]
    assert str(technique.focused("element.href")).startswith("https://")
    back = entry.get_by_role("link", name="Back to where you were")
    expect(back).to_have_count(1)
    back.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{mark.get_attribute('id')}")
    expect(mark).to_be_in_viewport()


def test_a_card_lists_all_members_of_a_range(technique: Visit) -> None:
    """Either end of [3–6] shows four references, and nothing else in the brackets."""
    cite = technique.page.locator(".cite:has(.cite__hidden)").first
    (numbers,) = re.findall(r"\d+–\d+", cite.text_content() or "")
    for number in numbers.split("–"):
        mark = cite.locator("a.cite__mark").get_by_text(number, exact=True)
        tab_to(technique, mark)
        assert card_titles(technique) == titles(mark, numbers)
    assert len(card_titles(technique)) >= 3


def test_a_glossary_term_explains_itself(technique: Visit) -> None:
    """In the same card, with a link to the glossary; the browser's own tip does not stand over it."""
    term = technique.page.locator(f"{LEAD} a.term").first
    assert term.get_attribute("title") is None
    term.hover()
    card = technique.page.locator(".card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Network of sympathetic fibres around the celiac trunk")
    card.get_by_role("link", name="In the glossary").click()
    technique.page.wait_for_url(re.compile(r"/glossary/#celiac-plexus$"))
    expect(technique.page.locator("#celiac-plexus")).to_be_in_viewport()


def test_an_open_card_is_no_barrier(technique: Visit) -> None:
    """Names, contrast and sizes of what is in it."""
    tab_to(technique, lead_mark(technique))
    expect(technique.page.locator(".card")).to_be_visible()
    assert violations(technique, within=".card") == []


def test_a_tap_opens_a_sheet(open_page: OpenPage) -> None:
    """A dialog with a name, its references, a way to close it; the focus comes back to the mark."""
    visit = open_page(KINDS["technique"], **PHONE)
    mark = lead_mark(visit)
    mark.tap()
    sheet = visit.page.get_by_role("dialog", name="References")
    expect(sheet).to_be_visible()
    assert visit.texts(".sheet .ref__title") == titles(mark)
    assert len(titles(mark)) > 1
    assert "#ref-" not in visit.page.url
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_be_hidden()
    mark.tap()
    visit.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    mark.tap()
    visit.page.touchscreen.tap(180, 20)  # beside the sheet
    expect(sheet).to_be_hidden()


def test_a_link_in_the_sheet_leads_into_the_folded_list(open_page: OpenPage) -> None:
    """On a phone the list of references is closed; the link opens it and goes there."""
    visit = open_page(KINDS["technique"], **PHONE)
    mark = lead_mark(visit)
    entry = visit.page.locator(f"li{mark.get_attribute('href')}")
    expect(entry).to_be_hidden()
    mark.tap()
    sheet = visit.page.get_by_role("dialog")
    sheet.get_by_role("link", name="In the list below").first.tap()
    expect(sheet).to_be_hidden()
    expect(entry).to_be_in_viewport()


def test_an_open_sheet_is_no_barrier(open_page: OpenPage) -> None:
    """Names, contrast and sizes of what is in the dialog."""
    visit = open_page(KINDS["technique-class"], **PHONE)
    lead_mark(visit).tap()
    expect(visit.page.get_by_role("dialog")).to_be_visible()
    # What the edge of the scrolled sheet cuts off is measured as too small.
    assert violations(visit, within=".sheet", without=["target-size"]) == []


def test_an_address_with_a_place_opens_what_is_folded(open_page: OpenPage) -> None:
    """A shared link to a reference or a citation works on a phone, too."""
    visit = open_page(KINDS["technique"] + "#ref-corriero2025missing", **PHONE)
    expect(visit.page.locator("#ref-corriero2025missing")).to_be_in_viewport()
