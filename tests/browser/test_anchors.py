"""Links to single statements and sections: copied with one click, by pointer, keyboard and touch."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PAGE = "techniques/celiac-plexus-neurolysis/"
STATEMENT = 'ul.statements > li[id^="territory."] >> nth=0'
READ = {"permissions": ["clipboard-read", "clipboard-write"]}


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_one_click_copies_the_address_of_a_statement(open_page: OpenPage) -> None:
    visit = open_page(PAGE, **READ)
    page = visit.page
    statement = page.locator(STATEMENT)
    statement.scroll_into_view_if_needed()
    before = statement.bounding_box()
    statement.hover()
    mark = statement.get_by_role("button", name="Link to this statement")
    expect(mark).to_be_visible()
    assert statement.bounding_box() == before  # nothing moves when the mark comes
    mark.click()
    expect(page.get_by_role("status").filter(has_text="Link to this statement copied")).to_be_visible()
    anchor = statement.get_attribute("id")
    assert copied(page) == f"{visit.origin}/{PAGE}#{anchor}"
    assert page.url == copied(page)
    page.keyboard.press("Escape")
    expect(page.locator(".anchor-menu")).to_be_hidden()
    assert visit.complaints == []
    assert visit.foreign == []


def test_the_mark_follows_the_tab_key(open_page: OpenPage) -> None:
    page = open_page(PAGE, **READ).page
    statement = page.locator(STATEMENT)
    statement.locator("a.cite__mark").last.focus()
    page.keyboard.press("Tab")
    expect(statement.locator("a.anchor")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".anchor-menu")).to_be_visible()
    assert copied(page).endswith(f"#{statement.get_attribute('id')}")
    page.keyboard.press("Escape")
    expect(statement.locator("a.anchor")).to_be_focused()


def test_a_tap_brings_the_mark(open_page: OpenPage) -> None:
    page = open_page(
        PAGE, **READ, has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}
    ).page
    statement = page.locator(STATEMENT)
    statement.scroll_into_view_if_needed()
    statement.tap(position={"x": 30, "y": 10})
    mark = statement.locator("a.anchor")
    mark.tap()
    expect(page.locator(".anchor-menu")).to_be_visible()
    assert copied(page).endswith(f"#{statement.get_attribute('id')}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_section_is_copied_too(open_page: OpenPage) -> None:
    visit = open_page("about/", **READ)
    heading = visit.page.locator("h2[id]").first
    heading.hover()
    heading.locator(".headerlink").click()
    expect(visit.page.get_by_role("status").filter(has_text="Link to this section copied")).to_be_visible()
    assert copied(visit.page) == f"{visit.origin}/about/#{heading.get_attribute('id')}"


def test_without_the_clipboard_the_address_stands_there_to_copy(open_page: OpenPage) -> None:
    page = open_page(PAGE).page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    statement = page.locator(STATEMENT)
    statement.hover()
    statement.locator("a.anchor").click()
    field = page.locator(".anchor-menu__address")
    expect(field).to_be_focused()
    expect(field).to_have_value(page.url)


def test_an_entry_can_be_added_to_the_menu(open_page: OpenPage) -> None:
    """What other modules build on: `offer({label, fits, choose})`."""
    visit = open_page(PAGE, **READ)
    page = visit.page
    page.evaluate(
        """async (base) => {
          const anchor = await import(`${base}/assets/js/anchor.mjs`);
          const put = (target, show) => show(document.createTextNode(`${target.kind}: ${target.text}`));
          anchor.offer({ label: "Read it", choose: put });
          anchor.offer({ label: "Not here", fits: (target) => target.kind === "section", choose: put });
        }""",
        visit.origin,
    )
    statement = page.locator(STATEMENT)
    statement.hover()
    statement.locator("a.anchor").click()
    expect(page.get_by_role("button", name="Not here")).to_have_count(0)
    page.get_by_role("button", name="Read it").click()
    shown = page.locator(".anchor-menu__shown").inner_text()
    assert shown.startswith("statement: ")
    assert "[" not in shown


def test_paper_has_no_mark(open_page: OpenPage) -> None:
    page = open_page(PAGE, **READ).page
    page.locator(STATEMENT).hover()
    page.emulate_media(media="print")
    expect(page.locator("a.anchor")).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "selector"),
    [("glossary/", ".terms__term >> nth=3"), ("referral-checklist/", ".criterion >> nth=1")],
)
def test_terms_and_criteria_have_the_mark(open_page: OpenPage, address: str, selector: str) -> None:
    visit = open_page(address, **READ)
    place = visit.page.locator(selector)
    place.hover()
    place.locator("a.anchor").click()
    expect(visit.page.locator(".anchor-menu")).to_be_visible()
    assert copied(visit.page) == f"{visit.origin}/{address}#{place.get_attribute('id')}"
    assert visit.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["references/", "evidence-map/", "glossary/"])
def test_a_link_lands_under_the_header(address: str, width: int, open_page: OpenPage) -> None:
    """Also far down a long page, and it stays there."""
    visit = open_page(address, viewport={"width": width, "height": 740})
    anchors = visit.page.locator("main [id]").evaluate_all(
        "found => found.filter(item => item.offsetHeight > 10).map(item => item.id)"
    )
    for anchor in (anchors[len(anchors) // 2], anchors[-20]):
        visit.go(f"{address}?fresh={anchor}#{anchor}")
        visit.page.wait_for_timeout(500)
        top = visit.page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", anchor)
        assert 0 < top < 200, anchor
