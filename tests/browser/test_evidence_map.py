"""The evidence map in use: scale, group, region, statements, keyboard, without a script, downloads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import OF_MEASURE, assert_sound, sideways, thin_out, violations
from tests.browser.visit import OpenPage, Visit

pytestmark = [pytest.mark.browser, pytest.mark.engine]

MAP = "evidence-map/"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
ASPN = "I / A, I–III / A–B in part"
CELL = "#cell-celiac-plexus-neurolysis--upper-abdomen"


def cell(page: Page, technique: str = "Celiac plexus neurolysis", matrix: str = "all") -> str:
    """The words that a technique's first filled cell shows."""
    row = page.locator(f'[data-evmap-matrix="{matrix}"] .evtable__row', has_text=technique).first
    return " ".join(row.locator(".evcell__link").first.inner_text().split())


def choose(page: Page, scale: str) -> None:
    """Choose a scale as a pointer does."""
    page.locator(".evmap__scale", has_text=scale).click()


def stored(visit: Visit) -> list[int]:
    """How much the page keeps in the browser."""
    found: list[int] = visit.page.evaluate(
        "async () => [Object.keys(localStorage).length,"
        " sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length, document.cookie.length]"
    )
    return found


def test_one_scale_at_a_time(open_page: OpenPage) -> None:
    """The reader chooses a named scale; the cell shows its value, the address keeps the choice."""
    visit = open_page(MAP, viewport=DESK)
    page = visit.page
    assert cell(page) == "Moderate class, in part"
    choose(page, "ASPN 2021")
    assert cell(page) == ASPN
    assert "scale=aspn-2021" in page.url
    expect(page.locator(".evmap__legend a:visible").first).to_contain_text("ASPN")
    page.reload()
    assert cell(page) == ASPN
    choose(page, "Review 2025")
    assert "scale" not in page.url
    assert visit.foreign == []
    assert visit.complaints == []


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_group_and_region_narrow_the_map(width: dict[str, int], open_page: OpenPage) -> None:
    """What is left is counted aloud; a region shows its narrower sites; clearing brings all back."""
    visit = open_page(MAP, viewport=width)
    page = visit.page
    count = page.locator("[data-evmap-count]")
    everything = count.inner_text()
    page.get_by_label("Technique group").select_option("implantable-devices")
    assert count.inner_text() != everything
    assert page.locator('[data-evmap-matrix="all"] tbody:visible').count() == 1
    page.get_by_label("Pain region").select_option("upper-abdomen")
    heads = page.locator('[data-evmap-matrix="upper-abdomen"] thead th').all_text_contents()
    assert heads == ["Technique", "Upper abdomen", "Pancreatic cancer pain"]
    assert page.locator('[data-evmap-matrix="all"]').is_hidden()
    assert "group=implantable-devices" in page.url
    assert "region=upper-abdomen" in page.url
    assert sideways(visit) == []
    assert violations(visit, without=OF_MEASURE) == []
    page.locator("[data-evmap-clear]").click()
    assert count.inner_text() == everything
    assert "?" not in page.url
    assert visit.focused("element.name") == "group"


def test_a_group_without_a_cell_says_so(open_page: OpenPage) -> None:
    """Empty is designed too: no silent white area."""
    page = open_page(f"{MAP}?group=surgery&region=perineum", viewport=DESK).page
    expect(page.locator("[data-evmap-count]")).to_contain_text("No technique of this group")


def test_a_cell_leads_to_its_statements(open_page: OpenPage) -> None:
    """The row is in view, open, focused, and holds all ratings in words and the cited statements."""
    page = open_page(MAP, viewport=DESK).page
    page.locator(f'[data-evmap-matrix="all"] a[href="{CELL}"]').click()
    row = page.locator(CELL)
    expect(row).to_be_in_viewport()
    expect(row).to_be_focused()
    assert "Described" in row.inner_text()
    assert "Moderate · Review 2025, for the class" in row.inner_text()
    assert row.locator(".cite__mark").count() > 1
    page.go_back()
    expect(page.locator(f'[data-evmap-matrix="all"] a[href="{CELL}"]')).to_be_in_viewport()


def test_the_map_by_keyboard(open_page: OpenPage) -> None:
    """One tab stop, arrows from cell to cell over the gaps, Enter opens the statements."""
    page = open_page(MAP, viewport=DESK).page
    table = page.locator('[data-evmap-matrix="all"]')
    assert table.locator(".evcell__link:not([tabindex])").count() == 1
    first = table.locator(".evcell__link").first
    first.focus()
    start = page.evaluate("document.activeElement.hash")
    page.keyboard.press("ArrowRight")
    right = page.evaluate("document.activeElement.hash")
    assert right != start
    assert right.split("--")[0] == start.split("--")[0]
    page.keyboard.press("ArrowDown")
    below = page.evaluate("document.activeElement.hash")
    assert below.split("--")[1] == right.split("--")[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.hash") == start
    page.keyboard.press("Enter")
    expect(page.locator(start)).to_be_focused()
    page.locator("#map-scale-1").focus()
    page.keyboard.press("ArrowRight")
    assert "scale=aspn-2021" in page.url


def test_without_a_script(open_page: OpenPage) -> None:
    """The scale can be chosen, cells lead to their rows, all groups and gaps are there."""
    page = open_page(MAP, viewport=DESK, java_script_enabled=False).page
    assert page.locator("[data-evmap-filter]").is_hidden()
    choose(page, "ASPN 2021")
    assert cell(page) == ASPN
    page.locator(f'[data-evmap-matrix="all"] a[href="{CELL}"]').click()
    expect(page.locator(CELL)).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", ["ASPN 2021", "CNS 2020", "In words"])
def test_every_scale_can_be_read(scale: str, scheme: str, open_page: OpenPage) -> None:
    """Contrast and size in each scale, in both palettes."""
    visit = open_page(MAP, viewport=DESK, color_scheme=scheme)
    choose(visit.page, scale)
    assert_sound(visit)
    thin_out(visit)
    assert violations(visit, only=OF_MEASURE) == []


def test_shapes_differ_without_colour(open_page: OpenPage) -> None:
    """Own, class, not rated, reported, title only, against: words and borders or fills that differ."""
    page = open_page(MAP, viewport=DESK).page
    looks = page.evaluate(
        """() => Object.fromEntries(
        ["own", "class", "unrated", "reported", "title", "against"].map((look) => {
          const cell = [...document.querySelectorAll(`.evcell__value--${look}`)].find((item) =>
            item.closest("td") && item.checkVisibility());
          const style = getComputedStyle(cell);
          return [look, [style.borderTopStyle, style.borderTopWidth, style.borderBottomWidth,
            style.backgroundImage === "none", style.fontStyle, look === "own"].join()];
        }))"""
    )
    assert len(set(looks.values())) == len(looks) == 6


def test_downloads_and_nothing_kept(open_page: OpenPage) -> None:
    """The table and the picture of the chosen scale are files of this site; the browser keeps nothing."""
    visit = open_page(MAP, viewport=DESK)
    page = visit.page
    choose(page, "ASPN 2021")
    links = page.locator(".evmap__files a:visible")
    names = [link.get_attribute("href") or "" for link in links.all()]
    assert names[0].endswith("evidence-map.csv")
    assert names[1].endswith("evidence-map/aspn-2021.svg")
    with page.expect_download() as download:
        links.nth(1).click()
    text = download.value.path().read_text("utf-8")
    assert "<title" in text
    assert "<desc" in text
    assert "CC BY-NC 4.0" in text
    assert stored(visit) == [0, 0, 0, 0, 0]
    assert visit.foreign == []


def test_forced_colours(open_page: OpenPage) -> None:
    """The system's colours keep the shapes apart."""
    visit = open_page(MAP, viewport=DESK, forced_colors="active")
    assert_sound(visit)
    thin_out(visit)
    assert violations(visit) == []


def test_print_shows_the_map_on_its_side(open_page: OpenPage) -> None:
    """All columns on a landscape page, the chosen scale, without the folded statements."""
    page = open_page(MAP, viewport=DESK).page
    page.emulate_media(media="print")
    assert page.locator('[data-evmap-matrix="all"]').is_visible()
    assert page.locator("#references").is_hidden()
    assert page.locator(".evmap__controls").is_hidden()
