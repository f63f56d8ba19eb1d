"""The checklist in a reader's hands: pointer, keyboard, no script; nothing sent, nothing kept, one sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route

from tests.browser.kinds import OF_COLOUR, sideways, thin_out, violations
from tests.browser.referral import ADDRESS, NOTHING_STORED, NRS, Reader, pages_of, questionnaire
from tests.browser.visit import OpenPage, reload, wait_until_started
from tests.fhir import assert_answers, assert_valid
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}
CLIPBOARD = ["clipboard-read", "clipboard-write"]
FIRST = (
    "moderate-to-severe-pain-persists",
    f"{NRS}-7",
    "systemic-drugs-optimised",
    "opioids-included",
    "adjuvants-included",
)
PELVIS = "detail-site-of-pain--site-of-pain-pelvis"
OPIOIDS = "detail-tried-opioids--tried-adverse-effects"
WINDOW = "detail-prognosis-window--prognosis-window-under-3-months"
ANTICOAGULANT = "detail-bleeding--bleeding-anticoagulant"
NO_BLEEDING = "detail-bleeding--bleeding-none-known"
KEEP = "[data-keep]"

Open = Callable[..., Reader]


@pytest.fixture
def read(open_page: OpenPage) -> Open:
    """Opens the checklist."""

    def read(**settings: Any) -> Reader:
        return Reader(open_page(ADDRESS, **settings))

    return read


def fill(reader: Reader) -> None:
    """One criterion met, one begun, some details."""
    reader.tick(*FIRST, "cancer-survivor", PELVIS, OPIOIDS, WINDOW, ANTICOAGULANT)


def assert_private(reader: Reader) -> None:
    """Nothing left the site, nothing lies on the device, nothing stands in the address."""
    assert reader.visit.foreign == []
    assert reader.visit.complaints == []
    assert reader.stored() == NOTHING_STORED
    assert reader.page.url == f"{reader.visit.origin}/{ADDRESS}"


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_the_whole_way_by_pointer(
    viewport: dict[str, int], read: Open, site: BuiltSite, tmp_path: Path
) -> None:
    """Tick, see what is met, copy, download, clear; then nothing is left."""
    reader = read(viewport=viewport, permissions=CLIPBOARD)
    reader.page.wait_for_load_state("networkidle")
    asked_before = len(reader.visit.requests)
    assert reader.met() == []
    assert reader.page.locator("[data-none]").is_visible()
    fill(reader)
    assert reader.met() == ["1"]
    assert reader.visit.texts("[data-open]") == ["Begun, not all of its findings ticked: 6."]
    assert reader.visit.texts("[data-status]") == ["Your ticks meet: 1"]
    assert "consider referral to a specialised pain management team" in reader.visit.texts(".rule__rule")[0]
    assert reader.page.locator(".rule__rule .cite__mark").count() > 0

    for line in (
        "Pain on the Numeric Rating Scale: 7 out of 10",
        "Site: Pelvis",
        "Opioids: Adverse effects",
        "Expected prognosis: Weeks, under 3 months",
        "Bleeding: Anticoagulant",
        "Not stated: Pattern; Mechanism; Imaging; Able to lie in position; Goals",
    ):
        assert line in reader.text()
    reader.press("copy")
    reader.page.locator("[data-said]", has_text="Copied.").wait_for()
    assert reader.page.evaluate("() => navigator.clipboard.readText()") == reader.text()

    with reader.page.expect_download() as caught:
        reader.press("download")
    file = tmp_path / "response.json"
    caught.value.save_as(file)
    assert caught.value.suggested_filename == "referral-checklist-response.json"
    response = json.loads(file.read_text("utf-8"))
    assert_valid(response)
    assert_answers(questionnaire(site.folder), response)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", response["authored"])
    assert {"subject", "author", "source", "identifier", "id"} & set(response) == set()
    assert reader.said().startswith("Saved as referral-checklist-response.json.")

    reader.press("clear")
    assert reader.ticked() == []
    assert reader.met() == []
    assert reader.text() == "Nothing is ticked yet. The summary appears here as you tick."
    assert reader.said() == "Cleared."
    asked = reader.visit.requests[asked_before:]
    assert [url for url in asked if not (url.startswith("blob:") or url.endswith("/mark.svg"))] == []
    assert_private(reader)


def test_the_whole_way_by_keyboard(read: Open) -> None:
    """Space ticks, arrows rate, Enter copies and clears; the way to a criterion takes the focus along."""
    reader = read(permissions=CLIPBOARD)
    keys = reader.page.keyboard
    reader.field("moderate-to-severe-pain-persists").focus()
    keys.press("Space")
    keys.press("Tab")
    assert reader.visit.focused("element.id") == f"{NRS}-none"
    for _ in range(7):  # from 'not rated', the last in the row, around to 0 and on to 6
        keys.press("ArrowRight")
    assert reader.visit.focused("element.id") == f"{NRS}-6"
    for name in ("systemic-drugs-optimised", "opioids-included", "adjuvants-included"):
        keys.press("Tab")
        assert reader.visit.focused("element.id") == name
        keys.press("Space")
    assert reader.met() == ["1"]
    assert "6 out of 10" in reader.text()

    reader.page.locator("[data-met] button").focus()
    keys.press("Enter")
    assert reader.visit.focused("element.id") == "ref-uncontrolled-pain"
    reader.field(WINDOW).focus()
    keys.press("Space")
    assert "Expected prognosis: Weeks, under 3 months" in reader.text()
    reader.page.locator(".letter button[data-copy]").focus()
    keys.press("Enter")
    reader.page.locator("[data-said]", has_text="Copied.").wait_for()
    reader.page.locator("[data-letter-text]").focus()
    assert reader.visit.focused("element.getAttribute('aria-label')") == "Summary as plain text"
    reader.page.locator(".letter button[data-clear]").focus()
    keys.press("Enter")
    assert reader.ticked() == []
    assert_private(reader)


def test_a_tap_on_the_words_ticks(read: Open) -> None:
    """On a phone the label is the target, large enough for a thumb; the bar at the foot follows."""
    reader = read(viewport=PHONE, has_touch=True, is_mobile=True)
    for name in ("rapid-pain-control-required", PELVIS, f"{NRS}-7"):
        label = reader.page.locator("label", has=reader.field(name))
        box = label.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44
        label.tap()
        assert reader.field(name).is_checked()
    dock = reader.page.locator("[data-dock]")
    assert "Your ticks meet: 5" in dock.inner_text()
    dock.get_by_role("link", name="Summary").tap()
    reader.page.locator("#summary").wait_for()
    assert reader.page.locator("#summary").evaluate(
        "element => element.getBoundingClientRect().top < innerHeight"
    )


def test_no_score_and_no_verdict(read: Open) -> None:
    """With everything ticked, panel, bar and summary give no count of criteria and no advice."""
    reader = read()
    for box in reader.page.locator("[data-criterion] input[type=checkbox]").all():
        box.check()
    reader.rate(10)
    assert reader.met() == [str(number) for number in range(1, 10)]
    words = " ".join([*reader.visit.texts(".rule__met"), *reader.visit.texts("[data-dock]"), reader.text()])
    own = words.replace("This summary is no score and no decision.", "").casefold()
    for word in ("9 of", "of 9", "score", "%", "you should", "refer now", "do not refer", "recommend"):
        assert word not in own
    assert "For health professionals" in reader.page.locator("[data-checklist]").inner_text()


def test_every_control_has_its_name_and_shows_its_focus(read: Open) -> None:
    """The rating is a group with a name; each step of it, each box and each answer is labelled."""
    reader = read()
    steps = reader.page.get_by_role("group", name="Pain on the Numeric Rating Scale: 5 or more out of 10")
    names = [steps.get_by_role("radio", name=str(value), exact=True) for value in range(11)]
    assert [step.count() for step in [*names, steps.get_by_role("radio", name="Not rated")]] == [1] * 12
    assert reader.page.get_by_role("group", name="Opioids", exact=True).get_by_role("checkbox").count() == 4
    for selector in (f"[id='{NRS}-3']", f"[id='{PELVIS}']"):
        reader.page.locator(selector).focus()
        reader.page.keyboard.press("Shift+Tab")
        reader.page.keyboard.press("Tab")
        outline = reader.visit.focused("getComputedStyle(element.nextElementSibling).outlineStyle")
        assert outline == "solid"


def test_pages_to_read_next_follow_the_ticks(read: Open) -> None:
    """Those of the criterion, of the topic and of the pain site, each once; they lead somewhere."""
    reader = read()
    assert not reader.page.locator("[data-pages]").is_visible()
    reader.tick("rapid-pain-control-required", PELVIS, WINDOW)
    links = reader.page.locator("[data-pages-list] a")
    assert links.all_text_contents() == [
        "Pain crisis, imaging or a short procedure",
        "Short prognosis and end of life",
        "Pelvis",
        "Timing windows",
        "Who is a candidate",
    ]
    reader.tick("rapid-pain-control-required")
    assert links.count() == 3
    links.first.click()
    assert reader.page.url.endswith("/pain-sites/pelvis/")


def test_none_known_excludes_the_other_answers(read: Open) -> None:
    """And the other way round; nothing else is touched."""
    reader = read()
    reader.tick(ANTICOAGULANT, PELVIS, NO_BLEEDING)
    assert reader.ticked() == [PELVIS, NO_BLEEDING]
    reader.tick(ANTICOAGULANT)
    assert reader.ticked() == [PELVIS, ANTICOAGULANT]


def test_ticks_are_kept_only_when_the_reader_chooses(read: Open) -> None:
    """Off by default; on, one entry holds the ticks and nothing else; taken back, it is gone."""
    reader = read()
    keep = reader.page.locator(KEEP)
    assert not keep.is_checked()
    fill(reader)
    assert reader.stored() == NOTHING_STORED
    reload(reader.page)
    assert reader.ticked() == []

    fill(reader)
    ticks = reader.ticked()
    keep.check()
    assert reader.page.locator("[data-kept]").is_visible()
    stored = reader.stored()
    assert stored == NOTHING_STORED | {"local": {"referral-checklist": stored["local"]["referral-checklist"]}}
    reader.tick("organ-failure")
    reload(reader.page)
    assert sorted(reader.ticked()) == sorted([*ticks, "organ-failure"])
    assert keep.is_checked()
    assert reader.said() == "Your ticks were kept on this device and are shown again."
    assert reader.met() == ["1"]

    reader.page.locator("[data-forget]").click()
    assert reader.stored() == NOTHING_STORED
    assert not keep.is_checked()
    assert len(reader.ticked()) == len(ticks) + 1
    keep.check()
    keep.uncheck()
    assert reader.stored() == NOTHING_STORED
    keep.check()
    reader.page.locator(".rule button[data-clear]").click()
    assert reader.said() == "Cleared, on this page and on this device."
    reload(reader.page)
    assert reader.ticked() == []
    assert_private(reader)


@pytest.mark.parametrize(
    "found",
    [
        '{"no-such": true, "nrs-five-or-more": 99, "detail-site-of-pain": ["x"], "organ-failure": 3}',
        "[1]",
        "not json",
        "null",
    ],
)
def test_what_an_older_page_kept_does_no_harm(found: str, read: Open) -> None:
    """Unknown answers are left out; the page is whole."""
    reader = read()
    reader.page.evaluate("found => localStorage.setItem('referral-checklist', found)", found)
    reload(reader.page)
    assert reader.ticked() == []
    assert reader.page.locator(f"[id='{NRS}-none']").is_checked()
    reader.tick("rapid-pain-control-required")
    assert reader.met() == ["5"]
    assert reader.visit.complaints == []


def test_a_browser_that_refuses_storage_and_clipboard(read: Open) -> None:
    """The page says so and goes on; the text is selected to be copied by hand."""
    reader = read(permissions=[])
    reader.page.add_init_script(
        "const set = Storage.prototype.setItem; Storage.prototype.setItem = function (name, value) {"
        "if (name === 'referral-checklist') throw new DOMException('full'); set.call(this, name, value); };"
        "Object.defineProperty(navigator, 'clipboard', { get() { return undefined; } });"
    )
    reload(reader.page)
    reader.tick("rapid-pain-control-required")
    assert reader.met() == ["5"]
    reader.page.locator(KEEP).click()
    assert not reader.page.locator(KEEP).is_checked()
    assert reader.said() == "This browser does not let the page keep anything on the device."
    reader.press("copy")
    reader.page.locator("[data-said]", has_text="The text is selected").wait_for()
    assert reader.page.evaluate("() => getSelection().toString().trim()") == reader.text()
    reader.press("clear")
    assert reader.ticked() == []
    assert reader.visit.complaints == []


def test_no_data_file_is_needed(read: Open, site: BuiltSite, tmp_path: Path) -> None:
    """With the whole data interface out of reach, every part works, the FHIR file too."""
    reader = read()
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    reader.page.route("**/api/**", refuse)
    reload(reader.page)
    fill(reader)
    with reader.page.expect_download() as caught:
        reader.press("download")
    caught.value.save_as(tmp_path / "response.json")
    assert_answers(questionnaire(site.folder), json.loads((tmp_path / "response.json").read_text("utf-8")))
    assert asked == []


def test_nothing_stands_in_the_address(read: Open) -> None:
    """Not after any action, nor in the history."""
    reader = read()
    length = reader.page.evaluate("() => history.length")
    fill(reader)
    reader.page.locator("[data-met] button").click()
    assert reader.visit.focused("element.id") == "ref-uncontrolled-pain"
    reader.press("clear")
    assert reader.page.evaluate("() => [location.search, location.hash, history.length]") == ["", "", length]
    assert reader.page.locator("form").filter(has=reader.page.locator("[data-form]")).count() == 0


def test_back_and_forward(read: Open) -> None:
    """Coming back, boxes and panel say the same; the page works on."""
    reader = read()
    reader.tick("rapid-pain-control-required")
    reader.page.locator("[data-pages-list] a").first.click()
    reader.page.wait_for_url("**/pain-sites/**")
    reader.page.go_back()
    reader.page.wait_for_url(f"**/{ADDRESS}")
    wait_until_started(reader.page)
    reader.page.locator("[data-letter-text]", has_text=re.compile(".")).wait_for()
    expected = ["5"] if reader.ticked() else []
    assert reader.met() == expected
    reader.tick("history-of-substance-use-disorder")
    assert reader.met() == [*expected, "7"]
    assert_private(reader)


def sheets(reader: Reader, sheet: str) -> int:
    """Pages of a print."""
    return pages_of(reader.page.pdf(format=sheet, margin={}, prefer_css_page_size=sheet == "A4"))


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
def test_it_prints_on_one_sheet(sheet: str, read: Open) -> None:
    """Blank, and with every box ticked."""
    reader = read()
    assert sheets(reader, sheet) == 1
    reader.page.evaluate(
        "() => { const boxes = document.querySelectorAll('[data-form] input:not([value=\"\"])');"
        "for (const box of boxes) box.checked = true;"
        "document.querySelector('[data-form] input').dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    assert len(reader.met()) == 9
    assert sheets(reader, sheet) == 1
    other = Reader(reader.visit)
    other.visit.go("techniques/")
    assert sheets(other, sheet) > 1


def test_what_the_sheet_holds(read: Open) -> None:
    """All criteria, findings and answers, the rule, its source in full; no buttons."""
    reader = read()
    reader.tick(*FIRST)
    reader.page.emulate_media(media="print")
    for selector, least in ((".criterion h3", 9), (".tick", 20), (".chip:not(.chip--none)", 90)):
        assert reader.page.locator(f"{selector}:visible").count() >= least
    assert "Box 2 in: Corriero A" in (reader.page.locator(".letter__source:visible").text_content() or "")
    assert reader.page.locator(".rule__rule").is_visible()
    assert reader.page.locator("article :is(button, .letter__text, .criterion__aside):visible").count() == 0
    met = reader.page.locator(".criterion--met h3").evaluate(
        "element => getComputedStyle(element, '::after').content"
    )
    assert "met" in met


def test_without_a_script(open_page: OpenPage) -> None:
    """Every answer can be read and ticked, every reason has its source; no button does nothing."""
    reader = Reader(open_page(ADDRESS, java_script_enabled=False))
    page = reader.page
    assert page.locator(".topic:visible").count() == 9
    assert page.locator(".topic__why .cite__mark:visible").count() >= 9
    reader.tick(PELVIS, WINDOW, f"{NRS}-7")
    for name in (PELVIS, WINDOW, f"{NRS}-7"):
        assert reader.field(name).is_checked()
    assert (
        page.locator("article button:visible, [data-letter-text]:visible, [data-keep]:visible").count() == 0
    )
    assert "tick the boxes and print the page" in page.locator(".letter").inner_text()
    assert page.get_by_role("link", name="this checklist as a FHIR R4 Questionnaire").is_visible()
    assert sheets(reader, "A4") == 1
    assert reader.visit.foreign == []


def states() -> dict[str, Callable[[Reader], None]]:
    """Every state but the first, which the tests of all pages see, by the way that leads to it."""

    def kept(reader: Reader) -> None:
        fill(reader)
        reader.page.locator(KEEP).check()

    def cleared(reader: Reader) -> None:
        fill(reader)
        reader.press("clear")

    def copied(reader: Reader) -> None:
        fill(reader)
        reader.press("copy")
        reader.page.locator("[data-said]", has_text="Copied.").wait_for()

    return {"filled": fill, "kept": kept, "cleared": cleared, "copied": copied}


@pytest.mark.parametrize("state", states())
def test_no_barrier_in_any_state(state: str, read: Open) -> None:
    """Axe on a desk in both palettes, and in the narrowest window, which must not scroll sideways."""
    for settings in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": NARROWEST}):
        reader = read(permissions=CLIPBOARD, **settings)
        states()[state](reader)
        assert sideways(reader.visit) == []
        thin_out(reader.visit)
        only = OF_COLOUR if settings.get("color_scheme") == "dark" else ()
        assert violations(reader.visit, within="article", only=only) == []
        reader.page.evaluate("() => localStorage.clear()")


def test_forced_colours_show_what_is_ticked(read: Open) -> None:
    """A ticked answer and a chosen number look other than those beside them."""
    reader = read(forced_colors="active")
    reader.tick(f"{NRS}-7", PELVIS)
    ground = "(element) => getComputedStyle(element.nextElementSibling).backgroundColor"
    for on, off in ((f"{NRS}-7", f"{NRS}-6"), (PELVIS, "detail-site-of-pain--site-of-pain-spine")):
        assert reader.field(on).evaluate(ground) != reader.field(off).evaluate(ground)
    thin_out(reader.visit)
    assert violations(reader.visit, within="article", without=("target-size",)) == []
