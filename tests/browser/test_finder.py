"""The finder in a reader's hands: body and lists, results with reasons, order, address, silence, failure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from generator.knowledge import KnowledgeBase
from generator.views import evidence
from generator.views.context import PageContext, SiteContext
from tests.browser.finder_query import Question
from tests.browser.kinds import OF_MEASURE, assert_sound, sideways, violations
from tests.browser.stores import assert_private
from tests.browser.visit import OpenPage, Visit

pytestmark = [pytest.mark.browser, pytest.mark.engine]

FINDER = "finder/"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
NARROW = {"viewport": {"width": 320, "height": 640}}
DATA = "**/api/v1/finder.json"
AT_ONCE = 15
OUT_AT_ONCE = 30


@pytest.fixture
def finder(open_page: OpenPage) -> Iterator[Visit]:
    """The finder on a desk; whatever was done, nothing left the site and nothing is stored."""
    visit = open_page(FINDER)
    ready(visit)
    yield visit
    assert_private(visit)


def ready(visit: Visit) -> None:
    """Wait until the results stand."""
    expect(visit.page.locator("[data-found]")).to_be_visible()


def count(visit: Visit) -> Locator:
    """The line that is announced."""
    return visit.page.get_by_role("status").and_(visit.page.locator("[data-count]"))


def settled(visit: Visit) -> None:
    """Wait until all results are drawn, not the first alone."""
    expect(visit.page.locator("[data-results][aria-busy]")).to_have_count(0)


def ids(visit: Visit, group: str) -> list[str]:
    """Ids of the techniques that a group shows, from top to bottom, once all are drawn."""
    settled(visit)
    found: list[str] = visit.page.locator(f"[data-group={group}] .found").evaluate_all(
        "items => items.map(item => item.dataset.technique)"
    )
    return found


def result(visit: Visit, technique: str) -> Locator:
    """What is shown of a technique."""
    return visit.page.locator(f".found[data-technique={technique}]")


def unfold(visit: Visit, group: str) -> None:
    """Open a group that is folded, by a key: what comes into sight may move it from under a pointer."""
    settled(visit)
    visit.page.locator(f"details[data-group={group}] > summary").press("Enter")
    expect(visit.page.locator(f"details[data-group={group}]")).to_have_attribute("open", "")


def show_all(visit: Visit) -> None:
    """Bring out what a long list holds back."""
    settled(visit)
    for button in visit.page.get_by_role("button", name="Show the other").all():
        button.press("Enter")


def expect_choice(visit: Visit, kb: KnowledgeBase, *choices: tuple[str, str]) -> Question:
    """The results and the count are those of the records."""
    question = Question(kb, choices)
    groups = question.groups
    said = count(visit)
    expect(said).to_contain_text(f"{len(groups['stated'])} ")
    if groups["out"]:
        expect(said).to_contain_text(f"{len(groups['out'])} filtered out")
    if groups["open"]:
        expect(said).to_contain_text(f"{len(groups['open'])} silent or not clear")
    if groups["silent"]:
        expect(said).to_contain_text(f"{len(groups['silent'])} for no stated pain")
    assert ids(visit, "stated") == groups["stated"][:AT_ONCE]
    assert ids(visit, "open") == groups["open"][:AT_ONCE]
    return question


# --- choosing ------------------------------------------------------------------------------------


def test_at_first_everything_is_listed_by_name(finder: Visit, real: KnowledgeBase) -> None:
    """In the order that is stated; what does not fit at once comes on demand, and the focus goes to it."""
    expect(finder.page.locator("[data-title]")).to_have_text("All techniques")
    expect(finder.page.locator("[data-order-note]")).to_contain_text("not an order of preference")
    wanted = expect_choice(finder, real).groups["stated"]
    finder.page.get_by_role("button", name=f"Show the other {len(wanted) - AT_ONCE}").press("Enter")
    assert ids(finder, "stated") == wanted
    assert finder.focused("element.closest('.found').dataset.technique") == wanted[AT_ONCE]
    names = [real.techniques[identifier].name.casefold() for identifier in wanted]
    assert names == sorted(names)


def test_the_body_chooses_by_pointer(finder: Visit, real: KnowledgeBase) -> None:
    """A region of the figure; a second press drops it; the address keeps it."""
    region = finder.page.locator('.bodymap__region[data-site="upper-abdomen"]').first
    region.click()
    expect(finder.page.locator("[data-title]")).to_have_text("Upper abdomen")
    expect_choice(finder, real, ("site", "upper-abdomen"))
    assert finder.page.url.endswith("#site=upper-abdomen")
    expect(finder.page.get_by_label("Pain site")).to_have_value("upper-abdomen")
    label = finder.page.get_by_role("link", name=re.compile("^Upper abdomen: "))
    expect(label).to_have_attribute("aria-current", "true")
    region.click()
    expect(label).not_to_have_attribute("aria-current", "true")
    expect_choice(finder, real)
    assert finder.page.url.endswith("/finder/")


def test_the_body_chooses_by_keyboard(finder: Visit, real: KnowledgeBase) -> None:
    """Enter on a label; the focus stays there, and Tab leads on to the next region."""
    label = finder.page.get_by_role("link", name=re.compile("^Perineum: "))
    label.focus()
    finder.page.keyboard.press("Enter")
    expect_choice(finder, real, ("site", "perineum"))
    assert finder.focused("element.dataset.site") == "perineum"
    finder.page.keyboard.press("Tab")
    assert finder.focused("element.dataset.site") == "lower-limb"


def test_every_region_is_in_the_list_too(finder: Visit, real: KnowledgeBase) -> None:
    """The list holds every pain site once, each region of the body among them."""
    values = finder.page.locator("#choose-site option").evaluate_all("items => items.map(item => item.value)")
    assert sorted(values[1:]) == sorted(real.sites)
    labels = finder.page.locator(".bodymap__label")
    on_body = labels.evaluate_all("items => items.map(item => item.dataset.site)")
    assert on_body == [region.site for region in real.body.regions]
    assert set(on_body) <= set(values)


def test_lists_and_boxes_by_keyboard_alone(finder: Visit, real: KnowledgeBase) -> None:
    """From the first list through all of them to a caution, and back out by the buttons of the choices."""
    page = finder.page
    page.get_by_label("Pain site").focus()
    page.keyboard.type("Upper")
    page.keyboard.press("Tab")
    page.keyboard.type("Visc")
    expect_choice(finder, real, ("site", "upper-abdomen"), ("mechanism", "visceral"))
    for _ in range(6):
        page.keyboard.press("Tab")
        if finder.focused("element.localName") == "summary":
            page.keyboard.press("Enter")
            break
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    first = str(finder.focused("element.value"))
    expect_choice(finder, real, ("site", "upper-abdomen"), ("mechanism", "visceral"), ("cautions", first))
    page.get_by_role("button", name="Drop Visceral").focus()
    page.keyboard.press("Enter")
    assert str(finder.focused("element.textContent")).startswith("Upper abdomen")
    expect_choice(finder, real, ("site", "upper-abdomen"), ("cautions", first))
    page.get_by_role("button", name="Clear all").focus()
    page.keyboard.press("Enter")
    assert finder.focused("element.name") == "site"
    expect_choice(finder, real)


def test_a_cause_offers_the_pain_sites_that_go_with_it(finder: Visit, real: KnowledgeBase) -> None:
    """As buttons; none is chosen by itself."""
    finder.page.get_by_label("Cancer or cause").select_option("mesothelioma")
    expect_choice(finder, real, ("cause", "mesothelioma"))
    site = real.causes["mesothelioma"].pain_sites[0]
    finder.page.locator("[data-cause-sites]").get_by_role("button", name=real.sites[site].name).click()
    expect_choice(finder, real, ("site", site), ("cause", "mesothelioma"))


# --- results -------------------------------------------------------------------------------------


def test_a_result_says_why_and_what_speaks_against_it(finder: Visit, real: KnowledgeBase) -> None:
    """In the record's own statements, each with its sources, which lead to the technique's page."""
    finder.page.get_by_label("Pain site").select_option("upper-abdomen")
    item = result(finder, "celiac-plexus-neurolysis")
    item.scroll_into_view_if_needed()
    why = item.get_by_role("heading", name="Why it is listed").locator("..").inner_text()
    technique = real.techniques["celiac-plexus-neurolysis"]
    texts = [
        " ".join(fit.text.split()).rstrip(".")
        for fit in technique.indications
        if "upper-abdomen" in fit.pain_sites
    ]
    assert any(text in why for text in texts)
    against = item.get_by_role("heading", name="What speaks against it").locator("..")
    assert len(against.locator("> ul > li").all()) >= 3
    against.locator("summary").click()
    spoken = against.inner_text()
    for harm in technique.complications:
        assert re.split(r"[\[*]", " ".join(harm.text.split()))[0][:40] in spoken
    for line in item.locator(".found__line:not(.found__line--ring)").all():
        expect(line.locator(".said__sources a").first).to_be_visible()
    assert item.locator(".badge").count() >= 3
    facts = item.locator(".found__facts")
    assert facts.locator("dt").all_inner_texts() == ["Window", "Setting", "Risk", "Cost"]
    expect(facts).to_contain_text("Inpatient, Outpatient (of the class)")
    assert facts.locator("dd").nth(2).inner_text() == "not stated"
    source = item.locator(".said__sources a").first
    href = str(source.get_attribute("href"))
    source.click()
    expect(finder.page.locator(f"li#{href.partition('#')[2]}")).to_be_in_viewport()
    finder.page.go_back()
    expect_choice(finder, real, ("site", "upper-abdomen"))


def test_what_was_filtered_out_can_be_seen_with_the_reason(finder: Visit, real: KnowledgeBase) -> None:
    """Every one of them, with at least one reason in words."""
    finder.page.get_by_label("Pain site").select_option("perineum")
    wanted = Question(real, (("site", "perineum"),)).groups["out"]
    expect(finder.page.locator("details[data-group=out] > summary")).to_have_text(
        f"Filtered out ({len(wanted)})"
    )
    unfold(finder, "out")
    finder.page.get_by_role("button", name=f"Show the other {len(wanted) - OUT_AT_ONCE}").press("Enter")
    assert ids(finder, "out") == wanted
    for item in finder.page.locator("[data-group=out] .found").all():
        assert item.locator(".found__line").count() >= 1
    expect(result(finder, "cordotomy")).to_contain_text("the sources name other sites: One side of the body")


def test_a_source_that_speaks_against_it_is_the_reason(finder: Visit) -> None:
    """Lumbar sympathetic block for visceral pain of the upper abdomen: filtered out with that statement."""
    finder.page.get_by_label("Pain site").select_option("upper-abdomen")
    finder.page.get_by_label("Mechanism").select_option("visceral")
    unfold(finder, "out")
    block = result(finder, "lumbar-sympathetic-block")
    expect(block).to_contain_text(
        "A source speaks against it: Visceral abdominal pain: not typically appropriate"
    )
    expect(block.locator(".said__sources a").first).to_be_visible()


def test_floors_and_ceilings_are_held_apart(finder: Visit) -> None:
    """A floor leaves out the short prognosis, a ceiling the long one; one inside the choice is not clear."""
    page = finder.page
    page.get_by_label("Expected prognosis").select_option("1-3")
    unfold(finder, "out")
    show_all(finder)
    expect(result(finder, "spinal-cord-stimulation")).to_contain_text(
        "Prognosis, floor: More than 6–12 months to live: your choice lies outside it."
    )
    expect(result(finder, "cordotomy")).to_contain_text(
        "Prognosis, ceiling: Less than 6–9 months to live: your choice lies within it."
    )
    assert "cordotomy" in ids(finder, "stated")
    page.get_by_label("Expected prognosis").select_option("12")
    assert {"spinal-cord-stimulation", "intrathecal-drug-delivery-system"} <= set(ids(finder, "stated"))
    assert "cordotomy" in ids(finder, "out")
    page.get_by_label("Expected prognosis").select_option("6-12")
    show_all(finder)
    for technique in ("spinal-cord-stimulation", "cordotomy"):
        assert technique in ids(finder, "open")
        expect(result(finder, technique)).to_contain_text("the limit lies inside your choice")
    page.get_by_label("Expected prognosis").select_option("3-6")
    show_all(finder)
    both = result(finder, "intrathecal-drug-delivery-system")
    expect(both).to_contain_text("More than 3 months to live: your choice lies within it.")
    expect(both).to_contain_text("More than 6 months to live: your choice lies outside it.")
    assert "intrathecal-drug-delivery-system" in ids(finder, "open")


def test_silence_is_said(finder: Visit) -> None:
    """It is a group of its own for what sources describe, and a line of its own for each caution."""
    finder.page.get_by_label("Pain site").select_option("perineum")
    unfold(finder, "silent")
    assert "elastomeric-pump" in ids(finder, "silent")
    expect(result(finder, "elastomeric-pump")).to_contain_text("Site: not stated for it in the sources.")
    expect(finder.page.locator("[data-silence]")).to_be_hidden()
    finder.page.locator("summary", has_text="Cautions to respect").click()
    finder.page.get_by_label("Need for MRI").check()
    expect(finder.page.locator("[data-silence]")).to_contain_text("not thereby safe")
    for item in finder.page.locator("[data-group=stated] .found").all():
        expect(item).to_contain_text("Need for MRI")
    expect(result(finder, "saddle-block")).to_contain_text(
        "no source that was read names it here. That is silence, not safety."
    )


def test_a_contraindication_is_a_reason_and_a_caution_is_a_warning(
    finder: Visit, real: KnowledgeBase
) -> None:
    """The first filters out with its strength and statement; the second stays, first on its side."""
    finder.page.locator("summary", has_text="Cautions to respect").click()
    finder.page.get_by_label("Need for MRI").check()
    expect_choice(finder, real, ("cautions", "mri-need"))
    show_all(finder)
    warned = (
        result(finder, "spinal-cord-stimulation")
        .locator(".found__sides > div")
        .nth(1)
        .locator(".found__line")
        .first
    )
    expect(warned).to_contain_text("Need for MRI, relative contraindication:")
    finder.page.get_by_role("checkbox", name="Need for MRI").uncheck()
    finder.page.get_by_role("checkbox", name="Coagulopathy").check()
    unfold(finder, "out")
    item = result(finder, Question(real, (("cautions", "coagulopathy"),)).groups["out"][0])
    expect(item.locator(".found__line").first).to_contain_text(
        re.compile("Coagulopathy, (absolute )?contraindication")
    )


def test_two_choices_that_no_one_statement_names_together(finder: Visit) -> None:
    """Each has its own statement, and that is said."""
    finder.page.get_by_label("Pain site").select_option("lower-limb")
    finder.page.get_by_label("Mechanism").select_option("neuropathic")
    apart = finder.page.locator(
        "[data-group=stated] .found", has_text="No one statement names all of these together."
    )
    for item in apart.all():
        assert item.locator(".found__line", has_text="Site, Mechanism:").count() == 0
    together = finder.page.locator("[data-group=stated] .found", has_text="Site, Mechanism:")
    assert apart.count() + together.count() == len(ids(finder, "stated"))
    assert apart.count() > 0


def test_paper_holds_what_is_folded(finder: Visit, real: KnowledgeBase) -> None:
    """Before printing, folded groups are made whole at once, with the folds inside them."""
    finder.page.get_by_label("Pain site").select_option("perineum")
    groups = Question(real, (("site", "perineum"),)).groups
    shown = finder.page.evaluate(
        """() => {
            window.dispatchEvent(new Event("beforeprint"));
            const empty = [...document.querySelectorAll("atlas-finder [data-results] details")];
            return [document.querySelectorAll("[data-group=out] .found").length,
                    document.querySelectorAll("[data-group=weak] .found").length,
                    empty.filter((fold) => fold.childElementCount < 2).length];
        }"""
    )
    assert shown == [min(len(groups["out"]), OUT_AT_ONCE), min(len(groups["weak"]), AT_ONCE), 0]
    assert len(groups["out"]) > 5


def test_ratings_stand_as_on_the_page_of_the_site(finder: Visit, real: KnowledgeBase) -> None:
    """One for this site before those at large, those of the class last, with whom a value is shared."""
    ctx, most = PageContext(SiteContext(real), "finder"), 4
    finder.page.get_by_label("Pain site").select_option("pelvis")
    below = frozenset(real.sites_below["pelvis"])
    for identifier in ids(finder, "stated"):
        views = evidence.badges_for(ctx, real.techniques[identifier], below)[:most]
        badges = result(finder, identifier).locator(".found__badges .badge")
        values = [f"{view.value} · {view.source}" for view in views]
        shown = [" ".join(text.split()) for text in badges.locator(".badge__words").all_text_contents()]
        assert [text.partition(" for ")[0] for text in shown] == values, identifier
    plexus = result(finder, "superior-hypogastric-plexus-neurolysis")
    expect(plexus.locator(".badge").filter(has_text="3 techniques together")).to_have_count(1)


# --- order ---------------------------------------------------------------------------------------


def test_order_by_evidence_in_one_named_scale(finder: Visit, real: KnowledgeBase) -> None:
    """Strongest first, what has no rating in it last; the note names the scale."""
    order = finder.page.get_by_label("Order")
    values = order.locator("option").evaluate_all("items => items.map(item => item.value)")
    scales = [value.removeprefix("evidence-") for value in values if value.startswith("evidence-")]
    assert len(scales) >= 3
    data = json.loads(finder.page.evaluate("() => fetch('../api/v1/finder.json').then(a => a.text())"))
    steps = {
        item["id"]: {
            scale: max((b["step"] for b in item.get("badges", []) if b.get("scale") == scale), default=-1)
            for scale in scales
        }
        for item in data["techniques"]
    }
    for scale in scales:
        order.select_option(f"evidence-{scale}")
        note = finder.page.locator("[data-order-note]")
        expect(note).to_contain_text(
            f"in one scale only ({real.scales[scale].name}); scales are not comparable"
        )
        shown = [steps[identifier][scale] for identifier in ids(finder, "stated")]
        assert shown == sorted(shown, reverse=True)
        assert shown[0] > -1
    assert "order=evidence-" in finder.page.url


def test_order_by_risk(finder: Visit, real: KnowledgeBase) -> None:
    """Low first as the sources grade it, ungraded last."""
    finder.page.get_by_label("Order").select_option("risk")
    grades = list(real.grades)
    shown = []
    for identifier in ids(finder, "stated"):
        technique = real.techniques[identifier]
        parent = real.class_of(technique)
        items = (*technique.procedural_risk, *(parent.procedural_risk if parent else ()))
        shown.append(max((grades.index(item.grade) for item in items), default=99))
    assert shown == sorted(shown)
    assert len(set(shown)) > 1


# --- the address ---------------------------------------------------------------------------------


def test_a_view_can_be_shared_and_comes_back(finder: Visit, open_page: OpenPage, real: KnowledgeBase) -> None:
    """By its address alone, after a reload, and after a visit to a technique and back."""
    page = finder.page
    page.get_by_label("Pain site").select_option("pelvis")
    page.get_by_label("Setting").select_option("outpatient")
    page.locator("summary", has_text="Cautions to respect").click()
    page.get_by_label("Local infection").check()
    page.get_by_label("Order").select_option("risk")
    address = page.url
    assert address.endswith("#site=pelvis&setting=outpatient&cautions=local-infection&order=risk")
    shown = ids(finder, "open")
    other = open_page(f"finder/{address[address.index('#') :]}")
    ready(other)
    assert ids(other, "open") == shown
    expect(other.page.get_by_label("Setting")).to_have_value("outpatient")
    page.locator(".found a").first.click()
    expect(page.locator(".kind-technique")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-title]")).to_contain_text("Pelvis")
    assert ids(finder, "open") == shown
    page.reload()
    ready(finder)
    assert ids(finder, "open") == shown


def top_of(visit: Visit, technique: str) -> float:
    """How far in px a result is below the top of the window, once it rests with its link in sight."""
    item, tops = result(visit, technique), [0.0, 1.0]
    while tops[-1] != tops[-2]:
        item.get_by_role("link").first.scroll_into_view_if_needed()
        visit.page.wait_for_timeout(250)
        tops.append(item.evaluate("item => item.getBoundingClientRect().top"))
    return tops[-1]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("group", ["stated", "open", "whole", "out"])
def test_who_comes_back_finds_the_result_in_its_place(group: str, phone: bool, open_page: OpenPage) -> None:
    """By the browser's way back: what was unfolded is, and the result stands where it stood."""
    choice = "" if group == "whole" else "#site=upper-abdomen&mechanism=visceral"
    visit = open_page(FINDER + choice, **(PHONE if phone else {}))
    ready(visit)
    if group == "out":
        unfold(visit, group)
    elif group == "whole":
        show_all(visit)
    shown = "stated" if group == "whole" else group
    technique = ids(visit, shown)[-1]
    before = top_of(visit, technique)
    result(visit, technique).get_by_role("link").first.click()
    visit.page.wait_for_url("**/techniques/**")
    visit.page.go_back()
    ready(visit)
    expect(result(visit, technique).get_by_role("link").first).to_be_in_viewport()
    assert abs(top_of(visit, technique) - before) <= 2


def test_a_new_visit_begins_at_the_top(finder: Visit, open_page: OpenPage) -> None:
    """The place belongs to a step of the history, not to the page."""
    show_all(finder)
    result(finder, ids(finder, "stated")[-1]).scroll_into_view_if_needed()
    finder.page.wait_for_function("history.state?.finder")
    finder.go("")
    finder.go(FINDER)
    ready(finder)
    assert finder.page.evaluate("[scrollY, history.scrollRestoration]") == [0, "auto"]
    assert len(ids(finder, "stated")) == AT_ONCE


def test_a_changed_address_changes_the_view(finder: Visit, real: KnowledgeBase) -> None:
    """Typed into the same page."""
    finder.page.evaluate("() => { location.hash = '#site=pancreas'; }")
    expect(finder.page.locator("[data-title]")).to_have_text(real.sites["pancreas"].name)
    expect_choice(finder, real, ("site", "pancreas"))


def test_unknown_choices_in_the_address_are_dropped(open_page: OpenPage, real: KnowledgeBase) -> None:
    """A stale or hostile link shows everything, as text."""
    visit = open_page("finder/#site=%3Cimg%20src%3Dx%3E&mechanism=none&cautions=zzz&order=zzz&compare=zzz")
    ready(visit)
    expect_choice(visit, real)
    assert visit.page.url.endswith("/finder/")
    assert_private(visit)


def test_it_starts_when_a_theme_swaps_pages(open_page: OpenPage, real: KnowledgeBase) -> None:
    """The markup of the page is put into another one, as instant navigation does, and taken out again."""
    visit = open_page("pain-sites/")
    visit.page.evaluate(
        """async () => {
            const text = await (await fetch("../finder/")).text();
            const next = new DOMParser().parseFromString(text, "text/html");
            history.pushState({}, "", "../finder/#site=perineum");
            document.querySelector("article").replaceWith(document.adoptNode(next.querySelector("article")));
        }"""
    )
    ready(visit)
    expect_choice(visit, real, ("site", "perineum"))
    visit.page.evaluate("() => document.querySelector('article').replaceChildren()")
    visit.page.evaluate("() => { location.hash = '#site=pancreas'; }")
    assert_private(visit)


# --- failure -------------------------------------------------------------------------------------


def broken(page: Page, how: str) -> None:
    """Answer for the data file in a way that cannot be used."""

    def answer(route: Route) -> None:
        if how == "missing":
            route.fulfill(status=404, body="")
        elif how == "lost":
            route.abort()
        else:
            route.fulfill(json={"version": 0} if how == "older" else [], content_type="application/json")

    page.route(DATA, answer)


@pytest.mark.parametrize("how", ["missing", "lost", "older", "other"])
def test_without_its_data_it_says_so(how: str, open_page: OpenPage) -> None:
    """The body leads to the pages, the list below stands, the table is offered; no empty tool is shown."""
    visit = open_page("about/")
    broken(visit.page, how)
    visit.go(FINDER)
    expect(visit.page.get_by_role("alert")).to_contain_text("The data of the finder could not be read")
    expect(visit.page.locator("[data-form]")).to_be_hidden()
    expect(visit.page.locator("[data-found]")).to_be_hidden()
    expect(visit.page.get_by_role("heading", name="Every pain site as a page")).to_be_visible()
    assert violations(visit, without=OF_MEASURE) == []
    visit.page.unroute(DATA)
    visit.page.get_by_role("link", name=re.compile("^Perineum: ")).locator("text").click()
    assert visit.page.url.endswith("/pain-sites/perineum/")


def test_without_a_script_it_leads_on(open_page: OpenPage, real: KnowledgeBase) -> None:
    """Every pain site and the table of all techniques."""
    page = open_page(FINDER, java_script_enabled=False).page
    links = page.locator("article a").evaluate_all("items => items.map(item => item.getAttribute('href'))")
    assert {f"../pain-sites/{site}/" for site in real.sites} <= set(links)
    assert "../techniques/" in links
    expect(page.locator("[data-form]")).to_be_hidden()


# --- for everyone --------------------------------------------------------------------------------

STATES = {
    "chosen": "#site=upper-abdomen&mechanism=visceral&prognosis=3-6&setting=outpatient&cautions=position",
    "nothing": "#site=knee&mechanism=nociplastic",
    "comparing": "#site=pelvis&compare=cordotomy,ganglion-impar-block&order=risk",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("look", ["desk", "phone-dark"])
def test_every_state_is_open_to_everyone(state: str, look: str, open_page: OpenPage) -> None:
    """axe finds no barrier, with all that is folded open; nothing scrolls sideways."""
    settings: dict[str, Any] = {**PHONE, "color_scheme": "dark"} if look == "phone-dark" else {}
    visit = open_page(f"{FINDER}{STATES[state]}", **settings)
    ready(visit)
    for fold in visit.page.locator(".finder__choose details:not([open]) > summary:visible").all():
        fold.click()
    for group in ("weak", "out"):
        if visit.page.locator(f"details[data-group={group}]").count():
            unfold(visit, group)
    visit.page.evaluate(
        """() => { for (const list of document.querySelectorAll(".finder__list"))
            [...list.children].slice(3).forEach((item) => item.remove());
            document.querySelector(".index")?.remove();
            window.scrollTo(0, 0); }"""
    )
    assert violations(visit) == []
    assert_sound(visit)
    assert_private(visit)


@pytest.mark.parametrize("state", STATES)
def test_a_small_window_and_a_large_zoom(state: str, open_page: OpenPage) -> None:
    """320 px wide, which is also 1280 px at 400 %."""
    visit = open_page(f"{FINDER}{STATES[state]}", **NARROW)
    ready(visit)
    assert sideways(visit) == []


def test_pain_in_no_place_is_one_tap_from_a_place(finder: Visit) -> None:
    """What sources describe for a situation is listed for no place; the way there stands above the list."""
    hint = finder.page.locator("[data-anywhere]")
    expect(hint).to_be_hidden()
    finder.page.get_by_label("Pain site").select_option("pancreas")
    hint.get_by_role("button", name="Refractory pain").press("Enter")
    expect(finder.page.get_by_label("Pain site")).to_have_value("refractory-pain")
    assert "intrathecal-drug-delivery-system" in ids(finder, "stated")
    expect(hint.get_by_role("button", name="Refractory pain")).to_be_hidden()
    finder.page.get_by_label("Pain site").select_option("opioid-intolerance")
    expect(hint.get_by_role("button", name="Refractory pain")).to_be_hidden()
    expect(hint.get_by_role("button", name="Neuropathic pain")).to_be_visible()


def test_a_thumb_can_hit_what_it_aims_at(open_page: OpenPage) -> None:
    """On a phone the count stays in sight and leads to the list; targets are large enough."""
    visit = open_page(FINDER, **PHONE)
    ready(visit)
    visit.page.get_by_role("link", name=re.compile("^Perineum: ")).locator("text").tap()
    dock = visit.page.locator("[data-dock]")
    expect(dock).to_contain_text("3 described, ")
    dock.get_by_role("button", name="See the list").tap()
    expect(visit.page.locator("[data-title]")).to_be_in_viewport()
    expect(dock).to_be_hidden()
    visit.page.evaluate("scrollBy(0, 600)")
    expect(dock).to_be_hidden()
    visit.page.evaluate("scrollTo(0, 0)")
    expect(dock).to_be_visible()
    dock.get_by_role("button", name="See the list").tap()
    expect(visit.page.locator("[data-title]")).to_be_focused()
    for target in visit.page.locator(".found__pick:visible, .drop:visible, .found summary:visible").all():
        box = target.bounding_box()
        assert box
        assert min(box["height"], box["width"]) >= 24


def test_it_is_announced(finder: Visit) -> None:
    """One polite region says the number; it stays the same element."""
    before = count(finder).element_handle()
    finder.page.get_by_label("Pain site").select_option("perineum")
    expect(count(finder)).to_have_text(re.compile(r"^\d+ described for every choice, .*\d+ filtered out\.$"))
    assert finder.page.evaluate("element => element.isConnected", before)


def test_motion_and_colours_can_be_few(open_page: OpenPage) -> None:
    """Forced colours and reduced motion: the chosen region differs by more than colour."""
    visit = open_page(f"{FINDER}#site=pelvis", forced_colors="active", reduced_motion="reduce")
    ready(visit)
    weight = visit.page.locator(".bodymap__label--selected .bodymap__text").evaluate(
        "element => getComputedStyle(element).fontWeight"
    )
    assert weight == "700"
