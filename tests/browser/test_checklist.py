"""The referral checklist: which criteria the ticks meet, and that nothing of it leaves the page."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import violations
from tests.browser.visit import OpenPage, Visit
from tests.site import records
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

ADDRESS = "referral-checklist/"
ANSWER_SETS = 200
Answers = Mapping[str, bool | int | None]

FIRST = [
    "moderate-to-severe-pain-persists",
    "systemic-drugs-optimised",
    "opioids-included",
    "adjuvants-included",
]
RATING = "nrs-five-or-more"

# Gives answers as a reader would, one field after the other, and says what the page then shows.
_ANSWER = """(sets) => sets.map((answers) => {
  for (const [id, value] of Object.entries(answers)) {
    const field = document.getElementById(id);
    if (field.tagName === "SELECT") field.value = value === null ? "" : String(value);
    else field.checked = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const text = (selector) => document.querySelector(selector);
  return {
    marked: [...document.querySelectorAll(".criterion--met")].map((item) => item.id),
    listed: [...document.querySelectorAll("[data-checklist-met] a")].map((link) => link.hash.slice(1)),
    none: !text("[data-checklist-none]").hidden,
    open: text("[data-checklist-open]").hidden ? "" : text("[data-checklist-open]").textContent,
    short: text("[data-checklist-dock]").hidden ? "" : text("[data-checklist-short]").textContent,
  };
})"""

_STORED = """async () => ({
  local: { ...localStorage },
  session: { ...sessionStorage },
  cookies: document.cookie,
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  history: JSON.stringify(history.state),
  address: location.href,
})"""


@pytest.fixture(scope="module")
def criteria(site: BuiltSite) -> list[dict[str, Any]]:
    """The nine criteria of the vocabulary."""
    return records.vocabulary(site.root, "referral-criteria", "criteria")


@pytest.fixture
def checklist(open_page: OpenPage) -> Visit:
    """The checklist on a desk."""
    return open_page(ADDRESS)


def findings(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every finding of a criterion's logic."""
    if "id" in node:
        yield node
    for part in node.get("all", node.get("any", ())):
        yield from findings(part)


def is_met(node: Mapping[str, Any], answers: Answers) -> bool:
    """The logic of a criterion, worked out from the vocabulary."""
    if "all" in node:
        return all(is_met(part, answers) for part in node["all"])
    if "any" in node:
        return any(is_met(part, answers) for part in node["any"])
    answer = answers[node["id"]]
    if "at_least" in node:
        return answer is not None and int(answer) >= int(node["at_least"])
    return bool(answer)


def is_begun(node: Mapping[str, Any], answers: Answers) -> bool:
    """Whether anything of a criterion is answered."""
    return any(answers[item["id"]] not in (None, False) for item in findings(node))


def answer_sets(criteria: list[dict[str, Any]]) -> list[dict[str, bool | int | None]]:
    """Random answers, from nearly none to nearly all."""
    chance = random.Random(20261122)
    everything = [item for criterion in criteria for item in findings(criterion["logic"])]
    sets: list[dict[str, bool | int | None]] = []
    for index in range(ANSWER_SETS):
        share = (0.05, 0.3, 0.6, 0.9, 0.98)[index % 5]
        answers: dict[str, bool | int | None] = {}
        for item in everything:
            yes = chance.random() < share
            if "at_least" in item:
                answers[item["id"]] = chance.randint(0, int(item["out_of"])) if yes else None
            else:
                answers[item["id"]] = yes
        sets.append(answers)
    return sets


def in_words(numbers: list[str]) -> str:
    """'1', '1 and 5', '1, 5 and 8'."""
    return " and ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)


def met(visit: Visit) -> list[str]:
    """Numbers of the criteria that the page lists as met."""
    return visit.texts("[data-checklist-met] b")


def test_the_fields_are_the_findings_of_the_vocabulary(
    checklist: Visit, criteria: list[dict[str, Any]]
) -> None:
    """Every finding has a field with its label, none is answered at first, and no field is free text."""
    wanted = [item for criterion in criteria for item in findings(criterion["logic"])]
    fields = checklist.page.locator("[data-checklist] :is(input, select, textarea)")
    shown = fields.evaluate_all("fields => fields.map(field => [field.id, field.type, field.name])")
    kinds = {item["id"]: "select-one" if "at_least" in item else "checkbox" for item in wanted}
    assert shown == [[identifier, kind, ""] for identifier, kind in kinds.items()]
    for item in wanted:
        assert item["label"] in checklist.page.locator(f"#{item['id']}").evaluate(
            "field => field.labels[0].textContent"
        )
    assert met(checklist) == []
    expect(checklist.page.get_by_text("No criterion yet.")).to_be_visible()


def test_the_first_criterion_needs_all_its_parts(checklist: Visit) -> None:
    """Five findings, a rating of 5 or more among them; whichever is missing, it is not met."""
    page = checklist.page
    for finding in FIRST:
        page.locator(f"#{finding}").check()
    assert met(checklist) == []
    for value in range(11):
        page.locator(f"#{RATING}").select_option(str(value))
        assert met(checklist) == (["1"] if value >= 5 else []), value
        assert page.locator("#ref-uncontrolled-pain.criterion--met").count() == (value >= 5)
    for finding in FIRST:
        page.locator(f"#{finding}").uncheck()
        assert met(checklist) == []
        expect(page.locator("[data-checklist-open]")).to_contain_text("not all of its findings ticked: 1.")
        page.locator(f"#{finding}").check()
        assert met(checklist) == ["1"]
    page.locator(f"#{RATING}").select_option("")
    assert met(checklist) == []


def test_one_finding_of_an_or_is_enough(checklist: Visit) -> None:
    """Criterion 9: either wish; criterion 8: one of each pair."""
    page = checklist.page
    for wish in ("wish-to-reduce-systemic-medicines", "wish-for-targeted-procedures"):
        page.locator(f"#{wish}").check()
        assert met(checklist) == ["9"]
        page.locator(f"#{wish}").uncheck()
    page.locator("#significant-comorbidities").check()
    page.locator("#organ-failure").check()
    assert met(checklist) == []
    page.locator("#high-dose-analgesics-poorly-tolerated").check()
    assert met(checklist) == ["8"]


def test_random_answers_agree_with_the_vocabulary(checklist: Visit, criteria: list[dict[str, Any]]) -> None:
    """200 sets of answers: marks, list, what is begun and the line for a phone are what the logic says."""
    sets = answer_sets(criteria)
    shown = checklist.page.evaluate(_ANSWER, sets)
    seen: dict[str, set[bool]] = {criterion["id"]: set() for criterion in criteria}
    for answers, page in zip(sets, shown, strict=True):
        state = {criterion["id"]: is_met(criterion["logic"], answers) for criterion in criteria}
        full = [identifier for identifier, is_full in state.items() if is_full]
        begun = [
            criterion["number"]
            for criterion in criteria
            if not state[criterion["id"]] and is_begun(criterion["logic"], answers)
        ]
        numbers = [criterion["number"] for criterion in criteria if state[criterion["id"]]]
        assert page == {
            "marked": full,
            "listed": full,
            "none": not full,
            "open": f"Begun, not all of its findings ticked: {in_words(begun)}." if begun else "",
            "short": f"Your ticks meet: {in_words(numbers)}" if numbers else "",
        }
        for identifier, is_full in state.items():
            seen[identifier].add(is_full)
    assert all(states == {True, False} for states in seen.values())
    assert {answers[RATING] for answers in sets} >= {None, 4, 5}


def test_the_keyboard_alone_ticks_reads_and_clears(checklist: Visit) -> None:
    """Space ticks, the list is announced, its link leads to the criterion, the button clears."""
    page = checklist.page
    page.locator("#adverse-effects-from-analgesics").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert checklist.focused("element.id") == "dose-escalation-limited"
    page.keyboard.press("Space")
    assert met(checklist) == ["2"]
    assert page.locator("[data-checklist-met]").evaluate(
        "list => list.closest('[aria-live=polite]') !== null"
    )
    page.locator("[data-checklist-met] a").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#ref-analgesic-adverse-effects")
    expect(page.locator("#ref-analgesic-adverse-effects")).to_be_in_viewport()
    page.locator("[data-checklist-clear]").focus()
    page.keyboard.press("Space")
    assert met(checklist) == []
    assert checklist.focused("element.id") == FIRST[0]


def test_clearing_empties_every_field(checklist: Visit, criteria: list[dict[str, Any]]) -> None:
    """All boxes, the rating, the list, the marks, the line for a phone."""
    page = checklist.page
    everything = [item for criterion in criteria for item in findings(criterion["logic"])]
    page.evaluate(_ANSWER, [{item["id"]: 10 if "at_least" in item else True for item in everything}])
    assert len(met(checklist)) == 9
    page.get_by_role("button", name="Clear all").click()
    assert met(checklist) == []
    assert page.locator("[data-checklist] input:checked").count() == 0
    assert page.locator(f"#{RATING}").input_value() == ""
    assert page.locator(".criterion--met").count() == 0
    expect(page.get_by_text("No criterion yet.")).to_be_visible()
    expect(page.locator("[data-checklist-dock]")).to_be_hidden()


def test_nothing_ticked_leaves_the_page(open_apart: OpenPage, criteria: list[dict[str, Any]]) -> None:
    """No request, no storage, no cookie, no new address, not a minute later either; a reload starts empty."""
    visit = open_apart(ADDRESS)
    page = visit.page
    page.wait_for_load_state("networkidle")
    page.clock.install()
    before, asked = page.evaluate(_STORED), len(visit.requests)
    for finding in FIRST:
        page.locator(f"#{finding}").check()
    page.locator(f"#{RATING}").select_option("7")
    page.evaluate(_ANSWER, answer_sets(criteria)[:5])
    page.clock.run_for(60_000)
    after = page.evaluate(_STORED)
    assert after == before
    palette = [key for key in after["local"] if key.endswith(".__palette")]  # the theme's, at each load
    assert (list(after["local"]), after["session"], after["cookies"]) == (palette, {}, "")
    assert (after["databases"], after["caches"]) == ([], [])
    page.evaluate("() => fetch('/')")  # whatever was asked before it is noted by now
    assert visit.requests[asked:] == [f"{visit.origin}/"]
    assert page.context.cookies() == []
    page.reload()
    assert page.locator("[data-checklist] input:checked").count() == 0
    assert met(visit) == []


def test_no_score_and_no_verdict(checklist: Visit, criteria: list[dict[str, Any]]) -> None:
    """With everything ticked the page lists criteria; it gives no number of them and no advice."""
    page = checklist.page
    everything = [item for criterion in criteria for item in findings(criterion["logic"])]
    page.evaluate(_ANSWER, [{item["id"]: 10 if "at_least" in item else True for item in everything}])
    words = " ".join(checklist.texts(".rule__met") + checklist.texts("[data-checklist-dock]"))
    for criterion in criteria:
        assert criterion["title"] in words
    for word in ("9 of", "of 9", "score", "%", "you should", "refer now", "do not refer", "recommend"):
        assert word not in words.casefold()
    assert "For health professionals" in page.locator("[data-checklist]").inner_text()


def test_a_ticked_checklist_is_no_barrier(open_page: OpenPage, criteria: list[dict[str, Any]]) -> None:
    """Marks of met criteria and the line at the foot of a phone, in both palettes."""
    for scheme in ("light", "dark"):
        visit = open_page(ADDRESS, viewport={"width": 360, "height": 740}, color_scheme=scheme)
        visit.page.evaluate(_ANSWER, answer_sets(criteria)[3:4])
        expect(visit.page.locator("[data-checklist-dock]")).to_be_visible()
        assert violations(visit) == []


def test_a_tap_on_the_words_ticks(open_page: OpenPage) -> None:
    """The label is the target, and it is large enough for a thumb."""
    visit = open_page(ADDRESS, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    label = visit.page.locator("label.tick", has=visit.page.locator("#rapid-pain-control-required"))
    label.locator(".tick__text").tap()
    assert met(visit) == ["5"]
    box = label.bounding_box()
    assert box
    assert min(box["height"], box["width"]) >= 24
    dock = visit.page.locator("[data-checklist-dock]")
    expect(dock).to_contain_text("Your ticks meet: 5")
    dock.get_by_role("link", name="See the rule").tap()
    expect(visit.page.locator("#rule")).to_be_in_viewport()
