"""What stands around the content: body map, search, palette, menu, skip link, notice of an overdue review."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS, violations
from tests.browser.visit import OpenPage, Visit
from tests.site import records
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def regions(site: BuiltSite) -> list[dict[str, Any]]:
    """The regions of the body."""
    return records.vocabulary(site.root, "body-map", "regions")


def expect_scheme(visit: Visit, name: str) -> None:
    """The palette of the page."""
    expect(visit.page.locator("body")).to_have_attribute("data-md-color-scheme", name)


# --- body map ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "pain-sites/"])
def test_tab_reaches_every_region_once(
    address: str, open_page: OpenPage, regions: list[dict[str, Any]]
) -> None:
    """From head to foot, each with its name and the number of techniques; the focus can be seen."""
    visit = open_page(address)
    visit.page.locator(".bodymap__label").first.evaluate(
        """label => {
            const all = [...document.querySelectorAll("a[href], button")]
                .filter(item => item.checkVisibility() && item.tabIndex >= 0);
            all[all.indexOf(label) - 1].focus();
        }"""
    )
    reached = []
    for _ in regions:
        visit.page.keyboard.press("Tab")
        reached.append(visit.focused("element.getAttribute('href')"))
        assert re.fullmatch(r".+: \d+ techniques?", str(visit.focused("element.getAttribute('aria-label')")))
    wanted = [region["site"] for region in regions]
    assert [str(href).strip("/").split("/")[-1] for href in reached] == wanted
    visit.page.keyboard.press("Tab")
    assert visit.focused("element.closest('.bodymap') === null")


def test_a_region_leads_to_its_page(
    open_page: OpenPage, regions: list[dict[str, Any]], site: BuiltSite
) -> None:
    """By keyboard from the label; the page has the name of the site."""
    names = {item["id"]: item["name"] for item in records.vocabulary(site.root, "pain-sites", "pain_sites")}
    visit = open_page("")
    region = regions[-1]["site"]
    visit.page.locator(f".bodymap__label[href$='/{region}/']").focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"**/pain-sites/{region}/")
    expect(visit.page.locator("h1")).to_have_text(names[region])


def test_a_region_of_the_drawing_can_be_pressed(open_page: OpenPage, regions: list[dict[str, Any]]) -> None:
    """By pointer, on the front or on the back: each has a place that no other region covers."""
    visit = open_page("")
    places = {}
    for index, region in enumerate(regions):
        shape = visit.page.locator(f"a.bodymap__region[data-row='{index}']").first
        x, y = shape.evaluate(
            """link => {
                const path = link.querySelector("path"), box = path.getBBox();
                const matrix = path.getScreenCTM();
                for (let step = 1; step < 400; step++) {
                    const point = new DOMPoint(
                        box.x + box.width * ((step * 0.618034) % 1), box.y + box.height * (step / 400));
                    if (!path.isPointInFill(point)) continue;
                    const { x, y } = point.matrixTransform(matrix);
                    if (document.elementFromPoint(x, y)?.closest("a") === link) return [x, y];
                }
                return [-1, -1];
            }"""
        )
        assert x > 0, f"{region['site']} lies under other regions or outside the window"
        assert str(shape.get_attribute("href")).endswith(f"/{region['site']}/")
        places[region["site"]] = (x, y)
    visit.page.mouse.click(*places["perineum"])
    visit.page.wait_for_url("**/pain-sites/perineum/")


# --- ways to the search ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["home", "unknown"])
def test_the_search_door_opens_the_search(kind: str, open_page: OpenPage) -> None:
    """The large field of the home page and of the page for an unknown address."""
    visit = open_page(KINDS[kind])
    visit.page.get_by_role("link", name="Technique, pain site, drug or reference").click()
    expect(visit.page.locator("#search-words")).to_be_focused()


def test_a_thumb_opens_the_search(open_page: OpenPage) -> None:
    """From the bar at the foot of a phone."""
    visit = open_page(KINDS["technique"], **PHONE)
    visit.page.get_by_role("navigation", name="Quick access").get_by_role("link", name="Search").tap()
    expect(visit.page.locator("#search-words")).to_be_focused()


# --- palette -------------------------------------------------------------------------------------


def test_the_palette_toggles_and_is_kept(open_page: OpenPage) -> None:
    """By pointer; the choice holds on the next page and outweighs the system."""
    visit = open_page("", color_scheme="light")
    expect_scheme(visit, "default")
    assert visit.page.evaluate("localStorage.length") == 0
    visit.page.get_by_role("button", name="Switch to dark colours").click()
    expect_scheme(visit, "slate")
    assert visit.page.evaluate(
        "() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]) < 60"
    )
    visit.go(KINDS["technique"])
    expect_scheme(visit, "slate")
    visit.page.get_by_role("button", name="Switch to light colours").click()
    expect_scheme(visit, "default")
    visit.go("")
    expect_scheme(visit, "default")


def test_the_palette_follows_a_system_that_changes(open_page: OpenPage) -> None:
    """Until the reader has chosen."""
    visit = open_page("", color_scheme="light")
    visit.page.emulate_media(color_scheme="dark")
    expect_scheme(visit, "slate")
    visit.page.get_by_role("button", name="Switch to light colours").click()
    visit.page.emulate_media(color_scheme="light")
    visit.page.emulate_media(color_scheme="dark")
    expect_scheme(visit, "default")
    visit.page.emulate_media(color_scheme="light")


def test_the_keyboard_toggles_the_palette(open_page: OpenPage) -> None:
    """Tab reaches the switch, which has a name; Enter changes the colours and back."""
    visit = open_page("", color_scheme="light")
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        if visit.focused("element.getAttribute('aria-label')") == "Switch to dark colours":
            break
    assert visit.focused("element.getAttribute('aria-label')") == "Switch to dark colours"
    visit.page.keyboard.press("Enter")
    expect_scheme(visit, "slate")
    assert visit.focused("element.getAttribute('aria-label')") == "Switch to light colours"
    visit.page.keyboard.press("Enter")
    expect_scheme(visit, "default")


def test_the_contents_list_follows_the_reader(open_page: OpenPage) -> None:
    """The section in view is marked beside the text, and its line stays in view."""
    visit = open_page(KINDS["technique"], viewport={"width": 1280, "height": 500})
    place = visit.page.locator(".md-nav [aria-current='location']")
    assert place.count() == 0
    visit.page.locator("h2#complications").evaluate("element => element.scrollIntoView()")
    expect(place).to_have_text("Complications")
    expect(place).to_be_in_viewport()
    visit.page.evaluate("window.scrollTo(0, 0)")
    expect(place).to_have_count(0)


# --- menu, skip link, status -----------------------------------------------------------------------


def test_the_menu_of_a_phone_lists_all_parts(open_page: OpenPage) -> None:
    """A sheet with the links of the foot, which a tap follows and Escape closes."""
    visit = open_page(KINDS["technique"], **PHONE)
    button = visit.page.get_by_role("button", name="Menu: all parts of the site")
    button.tap()
    sheet = visit.page.get_by_role("dialog", name="All parts")
    expect(sheet).to_be_visible()
    links = sheet.get_by_role("link").all_text_contents()
    assert {"Pain sites", "Techniques", "Referral checklist", "References", "Glossary"} <= set(links)
    visit.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    button.tap()
    sheet.get_by_role("link", name="Glossary").tap()
    visit.page.wait_for_url("**/glossary/")


def test_the_contents_of_a_long_page_open_on_a_phone(open_page: OpenPage) -> None:
    """One tap from anywhere to a section."""
    visit = open_page(KINDS["technique"], **PHONE)
    visit.page.get_by_role("navigation", name="Quick access").get_by_text("Contents").tap()
    sheet = visit.page.get_by_role("dialog", name="On this page")
    expect(sheet).to_be_visible()
    assert violations(visit, only=["aria-dialog-name", "link-name", "button-name", "color-contrast"]) == []
    sheet.get_by_role("link", name="Complications").tap()
    expect(visit.page.locator("#complications")).to_be_in_viewport()


@pytest.mark.parametrize("kind", ["home", "technique", "references", "unknown"])
def test_the_first_tab_skips_to_the_content(kind: str, open_page: OpenPage) -> None:
    """It can be seen when it has the focus, and Enter goes past the head of the page."""
    visit = open_page(KINDS[kind])
    visit.page.keyboard.press("Tab")
    assert str(visit.focused("element.textContent")).strip() == "Skip to content"
    skip = visit.page.locator(".md-skip:focus")
    expect(skip).to_be_in_viewport()
    expect(skip).to_have_css("opacity", "1")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.focused("element.closest('main, article') !== null")


@pytest.mark.parametrize(("days", "overdue"), [(0, False), (1, True)])
def test_an_overdue_review_is_said_from_the_day_after(days: int, overdue: bool, open_apart: OpenPage) -> None:
    """The browser's clock decides; the date itself is always printed."""
    visit = open_apart("learn/")
    visit.go(KINDS["technique-class"])
    due = visit.page.locator(".status__due time").first
    printed = due.inner_text()
    noon = datetime.combine(date.fromisoformat(str(due.get_attribute("datetime"))), time(12))
    visit.go("learn/")
    visit.page.clock.set_fixed_time(noon + timedelta(days=days))
    visit.go(KINDS["technique-class"])
    assert visit.texts(".status__due")[0] == f"Next review due {printed}"
    expect(visit.page.get_by_text("Review overdue.")).to_be_visible(visible=overdue)


def test_an_unknown_address_offers_ways_on(open_page: OpenPage) -> None:
    """Status 404, the site's own page, links that work at any depth."""
    visit = open_page("learn/")
    answer = visit.page.goto(f"{visit.origin}/{KINDS['unknown']}")
    assert answer
    assert answer.status == 404
    expect(visit.page.locator("h1")).to_have_text("There is no page at this address")
    visit.page.get_by_role("main").get_by_role("link", name="All techniques").click()
    visit.page.wait_for_url(f"{visit.origin}/techniques/")


def test_a_former_address_leads_on(open_page: OpenPage) -> None:
    """A merged pain site, without a script."""
    visit = open_page("pain-sites/thorax-unspecified/", java_script_enabled=False)
    visit.page.wait_for_url("**/pain-sites/site-not-stated/")
    assert visit.page.locator("h1").count() == 1
