"""The comparison in a reader's hands: from a technique, the finder, an address, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from generator.knowledge import KnowledgeBase
from tests.browser.kinds import OF_MEASURE, assert_sound, sideways, violations
from tests.browser.stores import assert_private
from tests.browser.visit import OpenPage, Visit

pytestmark = [pytest.mark.browser, pytest.mark.engine]

COMPARE = "compare/"
TWO = "celiac-plexus-neurolysis,splanchnic-nerve-neurolysis"
FOUR = f"{TWO},spinal-cord-stimulation,cordotomy"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def compared(open_page: OpenPage) -> Iterator[Visit]:
    """Two techniques side by side on a desk; nothing left the site and nothing is stored."""
    visit = open_page(f"{COMPARE}#ids={TWO}")
    expect(table(visit)).to_be_visible()
    yield visit
    assert_private(visit)


def table(visit: Visit) -> Locator:
    """The table of the comparison."""
    return visit.page.locator(".compare__table")


def heads(visit: Visit) -> list[str]:
    """Names of the techniques above the columns."""
    return visit.texts(".compare__table thead th")[1:]


def rows(visit: Visit) -> dict[str, list[str]]:
    """The words of each row, by the name of its field."""
    found: dict[str, list[str]] = visit.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".compare__table tbody tr")].map((row) => [
            row.querySelector("th").firstChild.textContent,
            [...row.querySelectorAll("td")].map((cell) => cell.textContent.replace(/\\s+/g, " ").trim())]))"""
    )
    return found


def same(visit: Visit) -> list[str]:
    """Names of the rows that are the same in all columns."""
    return visit.page.locator(".compare__same th").evaluate_all(
        "items => items.map(item => item.firstChild.textContent)"
    )


def test_every_field_stands_side_by_side(compared: Visit, real: KnowledgeBase) -> None:
    """The record's own statements under its name, each with a source; silence in words."""
    names = [real.techniques[identifier].name for identifier in TWO.split(",")]
    assert heads(compared) == names
    found = rows(compared)
    for column, identifier in enumerate(TWO.split(",")):
        technique = real.techniques[identifier]
        fields: dict[str, Any] = {
            "Described for": [
                item for item in technique.indications if item.basis != "title" and item.claim == "indicated"
            ],
            "Not for": technique.not_indicated,
            "Complications": technique.complications,
            "Contraindications": technique.contraindications,
            "Cautions": technique.cautions,
            "Limitations": technique.limitations,
            "Advantages": technique.advantages,
            "Results": technique.results,
            "Position": technique.approach.position,
            "Way to the target": technique.approach.route,
            "Agents and implants": technique.approach.agents,
            "Bleeding risk": technique.bleeding_risk,
        }
        for field, items in fields.items():
            text = found[field][column]
            for item in items:
                assert re.split(r"[\[*]", " ".join(item.text.split()))[0].strip()[:50] in text, field
        places = dict.fromkeys(place for item in fields["Described for"] for place in item.pain_sites)
        for place in places:
            assert real.sites[place].name in found["Pain sites"][column]
        for rating in technique.evidence:
            body = real.bodies[rating.body]
            assert f"Evidence: {body.short} {body.year}" in found or f"Evidence: {body.short}" in found
    assert "nothing in the sources" in " ".join(" ".join(cells) for cells in found.values())
    for item in table(compared).locator(".compare__list > li").all()[:40]:
        expect(item.locator(".said__sources a").first).to_be_visible()


def test_a_scale_never_shares_a_row_with_another(compared: Visit) -> None:
    """One row for each body; who does not rate says so."""
    found = {name: cells for name, cells in rows(compared).items() if name.startswith("Evidence: ")}
    assert len(found) >= 5
    for name, cells in found.items():
        source = name.removeprefix("Evidence: ")
        for cell in cells:
            assert f"· {source}" in cell or cell.startswith("Not rated")


def test_floors_and_ceilings_have_rows_of_their_own(open_page: OpenPage) -> None:
    """Spinal cord stimulation has a floor, cordotomy a ceiling; neither stands in the other's row."""
    visit = open_page(f"{COMPARE}#ids=spinal-cord-stimulation,cordotomy")
    expect(table(visit)).to_be_visible()
    found = rows(visit)
    assert found["Prognosis: floor"][0].startswith("More than 6–12 months to live")
    assert found["Prognosis: floor"][1] == "nothing in the sources"
    assert found["Prognosis: ceiling"][0] == "nothing in the sources"
    assert found["Prognosis: ceiling"][1].startswith("Less than 6–9 months to live")


def test_only_the_differences_can_be_shown(compared: Visit) -> None:
    """What is the same is marked; a tick hides it, the count says so, the address keeps it."""
    equal = same(compared)
    found = rows(compared)
    assert {"Group and kind", "Pain sites", "Setting"} <= set(equal)
    assert set(equal) < set(found)
    said = compared.page.get_by_role("status").and_(compared.page.locator("[data-count]"))
    expect(said).to_contain_text(f"{len(found) - len(equal)} of {len(found)} rows differ")
    compared.page.get_by_label("Only rows that differ").check()
    expect(said).to_contain_text("the others are hidden")
    assert list(rows(compared)) == [name for name in found if name not in equal]
    assert compared.page.url.endswith(f"#ids={TWO}&only=1")
    compared.page.reload()
    expect(table(compared)).to_be_visible()
    assert same(compared) == []


def test_terms_that_only_one_has_are_bold(open_page: OpenPage) -> None:
    """Shared terms are plain, also where a third technique has neither."""
    visit = open_page(f"{COMPARE}#ids={FOUR}")
    expect(table(visit)).to_be_visible()
    sites = (
        table(visit).locator("tr", has=visit.page.get_by_role("rowheader", name="Pain sites")).locator("td")
    )
    assert "Upper abdomen" not in sites.nth(0).locator("b").all_inner_texts()
    assert len(sites.nth(3).locator("b").all()) > 1


def test_from_a_technique(open_page: OpenPage, real: KnowledgeBase) -> None:
    """The link under its summary, with the techniques that its record names to compare."""
    visit = open_page("techniques/celiac-plexus-neurolysis/")
    visit.page.get_by_role("link", name=re.compile("^Compare with ")).click()
    expect(table(visit)).to_be_visible()
    assert heads(visit)[0] == real.techniques["celiac-plexus-neurolysis"].name
    assert 2 <= len(heads(visit)) <= 4
    visit.page.go_back()
    expect(visit.page.locator(".kind-technique")).to_be_visible()
    visit.page.go_forward()
    expect(table(visit)).to_be_visible()
    assert_private(visit)


def test_from_the_finder(open_page: OpenPage, real: KnowledgeBase) -> None:
    """Two results are ticked; a fifth cannot be; the link leads to them."""
    visit = open_page("finder/#site=upper-abdomen")
    page = visit.page
    boxes = page.get_by_role("checkbox", name=re.compile("^Compare "))
    expect(boxes.first).to_be_visible()
    bar = page.locator("[data-compared]")
    expect(bar).to_be_hidden()
    boxes.nth(0).check()
    expect(bar).to_contain_text("choose another one to compare")
    boxes.nth(1).focus()
    page.keyboard.press("Space")
    chosen = [str(boxes.nth(index).get_attribute("value")) for index in (0, 1)]
    assert page.url.endswith(f"&compare={','.join(chosen)}")
    boxes.nth(2).check()
    boxes.nth(3).check()
    expect(boxes.nth(4)).to_be_disabled()
    boxes.nth(3).uncheck()
    boxes.nth(2).uncheck()
    bar.get_by_role("link", name="Compare side by side").click()
    expect(table(visit)).to_be_visible()
    assert heads(visit) == [real.techniques[identifier].name for identifier in chosen]
    assert_private(visit)


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    """Two lists, the tick, a link in the table."""
    visit = open_page(COMPARE)
    page = visit.page
    expect(page.locator("[data-count]")).to_have_text("Choose two to four techniques.")
    page.get_by_label("Technique 1").focus()
    page.keyboard.type("Cordo")
    expect(page.locator("[data-count]")).to_have_text("Choose a second technique.")
    page.keyboard.press("Tab")
    page.keyboard.type("Saddle")
    expect(table(visit)).to_be_visible()
    assert page.url.endswith("#ids=cordotomy,saddle-block")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_contain_text("the others are hidden")
    assert visit.focused("element.name") == "only"
    expect(page.locator("#compare-3 option[value=cordotomy]")).to_be_disabled()
    assert_private(visit)


def test_the_link_can_be_copied(open_page: OpenPage) -> None:
    """Where the browser refuses, the address is shown instead."""
    visit = open_page(f"{COMPARE}#ids={TWO}")
    expect(table(visit)).to_be_visible()
    visit.page.evaluate(
        """() => Object.defineProperty(navigator, "clipboard", {
            value: { writeText: (text) => { window.copied = text; } },
        })"""
    )
    visit.page.get_by_role("button", name="Copy the link").click()
    expect(visit.page.locator("[data-count]")).to_have_text("The link to this comparison is copied.")
    assert visit.page.evaluate("() => window.copied") == visit.page.url


@pytest.mark.parametrize("ids", ["", "zzz,%3Cb%3E", "cordotomy", "cordotomy,cordotomy"])
def test_an_address_without_two_asks_for_them(ids: str, open_page: OpenPage) -> None:
    """Unknown and doubled ids are dropped."""
    visit = open_page(f"{COMPARE}#ids={ids}")
    wanted = "Choose a second technique." if "cordotomy" in ids else "Choose two to four techniques."
    expect(visit.page.locator("[data-count]")).to_have_text(wanted)
    assert table(visit).count() == 0
    assert_private(visit)


@pytest.mark.parametrize("file", ["finder.json", "techniques/cordotomy.json"])
def test_without_its_data_it_says_so(file: str, open_page: OpenPage) -> None:
    """And leads to the table and the spreadsheet; another choice mends it."""
    visit = open_page("about/")
    visit.page.route(f"**/api/v1/{file}", lambda route: route.fulfill(status=404, body=""))
    visit.go(f"{COMPARE}#ids=cordotomy,saddle-block")
    alert = visit.page.get_by_role("alert")
    expect(alert).to_contain_text("could not be read")
    assert table(visit).count() == 0
    assert violations(visit, without=OF_MEASURE) == []
    for address in ("../techniques/", "../api/v1/techniques.csv"):
        expect(alert.locator(f'a[href="{address}"]')).to_be_visible()
    if file != "finder.json":
        visit.page.get_by_label("Technique 1").select_option("celiac-plexus-block")
        expect(table(visit)).to_be_visible()
        expect(alert).to_be_hidden()


def test_without_a_script_it_leads_on(open_page: OpenPage) -> None:
    """To the table of all techniques and the spreadsheet."""
    page = open_page(COMPARE, java_script_enabled=False).page
    note = page.locator("[data-plain]")
    expect(note).to_contain_text("Side by side needs a script")
    expect(note.locator('a[href="../techniques/"]')).to_be_visible()
    expect(note.locator('a[href="../api/v1/techniques.csv"]')).to_be_visible()
    expect(page.locator("[data-form]")).to_be_hidden()


@pytest.mark.parametrize("look", ["desk", "phone-dark"])
def test_it_is_open_to_everyone(look: str, open_page: OpenPage) -> None:
    """axe finds no barrier in a table of four; nothing scrolls sideways."""
    settings: dict[str, Any] = {**PHONE, "color_scheme": "dark"} if look == "phone-dark" else {}
    visit = open_page(f"{COMPARE}#ids={FOUR}", **settings)
    expect(table(visit)).to_be_visible()
    assert_sound(visit)
    visit.page.evaluate(
        """() => { for (const list of document.querySelectorAll(".compare__list"))
            [...list.children].slice(2).forEach((item) => item.remove()); }"""
    )
    assert violations(visit) == []
    assert_private(visit)


def test_a_phone_shows_one_card_for_each_field(open_page: OpenPage) -> None:
    """Each value under the name of its technique, at 320 px too."""
    visit = open_page(f"{COMPARE}#ids={TWO}", viewport={"width": 320, "height": 640})
    expect(table(visit)).to_be_visible()
    assert sideways(visit) == []
    label = table(visit).locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "Celiac plexus neurolysis" in label


def test_on_paper_it_stays_a_table(compared: Visit) -> None:
    """Landscape, with its head, without the controls, in black on white."""
    compared.page.emulate_media(media="print")
    expect(table(compared)).to_be_visible()
    expect(compared.page.locator("[data-form]")).to_be_hidden()
    assert table(compared).evaluate("element => getComputedStyle(element).display") == "table"
    pdf = compared.page.pdf(prefer_css_page_size=True)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert box
    assert float(box[1]) > float(box[2])


def test_it_starts_when_a_theme_swaps_pages(open_page: OpenPage) -> None:
    """The markup of the page is put into another one, as instant navigation does."""
    visit = open_page("about/")
    visit.page.evaluate(
        """async (ids) => {
            const text = await (await fetch("../compare/")).text();
            const next = new DOMParser().parseFromString(text, "text/html");
            history.pushState({}, "", `../compare/#ids=${ids}`);
            document.querySelector("article").replaceWith(document.adoptNode(next.querySelector("article")));
        }""",
        TWO,
    )
    expect(table(visit)).to_be_visible()
    assert_private(visit)
