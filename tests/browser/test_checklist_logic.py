"""The checklist's logic, text and FHIR file in the browser, against an evaluation of their own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.browser.referral import (
    ADDRESS,
    NRS,
    RULES,
    Answers,
    Reader,
    criteria_met,
    numbers,
    questionnaire,
    random_answers,
)
from tests.browser.visit import OpenPage
from tests.fhir import assert_answers, assert_valid, items
from tests.site import records
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

_MET = """async (all) => {
  const { formOf } = await import(new URL("../assets/js/referral-form.mjs", location.href));
  const { met } = await import(new URL("../assets/js/referral-logic.mjs", location.href));
  const { criteria } = formOf(document.querySelector("article"));
  return all.map((answers) => met(criteria, answers).map((criterion) => criterion.id));
}"""
_MADE = """async (all) => {
  const { formOf } = await import(new URL("../assets/js/referral-form.mjs", location.href));
  const { letter } = await import(new URL("../assets/js/referral-letter.mjs", location.href));
  const { response } = await import(new URL("../assets/js/referral-response.mjs", location.href));
  const form = formOf(document.querySelector("article"));
  return all.map((answers) => {
    const words = letter(form, answers);
    return [words, response(form, answers, "2026-11-22T10:00:00.000Z", words)];
  });
}"""
_SET = """async (answers) => {
  const page = document.querySelector("article");
  const { answersOf, setAnswers } = await import(new URL("../assets/js/referral-form.mjs", location.href));
  setAnswers(page, answers);
  page.querySelector("[data-form] input").dispatchEvent(new Event("change", { bubbles: true }));
  return answersOf(page);
}"""


def test_a_thousand_random_checklists_agree(site: BuiltSite, open_page: OpenPage) -> None:
    """With the nine rules as written down by hand; each rule is met and not met many times."""
    answers = random_answers(questionnaire(site.folder), seed=25, count=1000)
    expected = [criteria_met(item) for item in answers]
    times = Counter(name for found in expected for name in found)
    assert all(100 < times[name] < 900 for name in RULES), times
    ratings = Counter(item.get(NRS) for item in answers)
    assert min(ratings[None], ratings[4], ratings[5]) > 100
    assert open_page(ADDRESS).page.evaluate(_MET, answers) == expected


def test_the_panel_says_the_same(site: BuiltSite, open_page: OpenPage) -> None:
    """Through the boxes of the page, and what stands in the panel, in the criteria and in the summary."""
    reader = Reader(open_page(ADDRESS))
    for answers in random_answers(questionnaire(site.folder), seed=7, count=40):
        assert reader.page.evaluate(_SET, answers) == answers
        expected = criteria_met(answers)
        assert reader.met() == numbers(expected)
        marked = reader.page.locator(".criterion--met").evaluate_all("all => all.map(({ id }) => id)")
        assert marked == expected


@pytest.mark.parametrize(
    "missing",
    [
        "moderate-to-severe-pain-persists",
        NRS,
        "systemic-drugs-optimised",
        "opioids-included",
        "adjuvants-included",
    ],
)
def test_the_first_criterion_needs_each_of_its_findings(missing: str, open_page: OpenPage) -> None:
    """By pointer: all but one do not meet it, and the page says which one is open; then it is met."""
    reader = Reader(open_page(ADDRESS))
    findings = [
        "moderate-to-severe-pain-persists",
        f"{NRS}-5",
        "systemic-drugs-optimised",
        "opioids-included",
        "adjuvants-included",
    ]
    last = f"{NRS}-5" if missing == NRS else missing
    reader.tick(*(name for name in findings if name != last))
    if missing == NRS:
        reader.rate(4)
    assert reader.met() == []
    state = reader.page.locator("#ref-uncontrolled-pain [data-state]")
    assert state.is_visible()
    assert (state.text_content() or "").startswith("Still open: ")
    assert reader.visit.texts("[data-open]") == ["Begun, not all of its findings ticked: 1."]
    reader.tick(last)
    assert reader.met() == ["1"]
    assert not state.is_visible()


def test_examples_are_no_findings(site: BuiltSite, open_page: OpenPage) -> None:
    """Nothing to tick carries an example's name; the examples stand in words."""
    reader = Reader(open_page(ADDRESS))
    labels = {text.casefold() for text in reader.visit.texts(".criterion [data-label]")}
    shown = 0
    for criterion in records.vocabulary(site.root, "referral-criteria", "criteria"):
        for example in criterion.get("examples", ()):
            shown += 1
            assert example.casefold() not in labels
            assert example.casefold() in reader.visit.texts(f"#{criterion['id']}")[0].casefold()
    assert shown == 9


def test_random_responses_validate(site: BuiltSite, open_page: OpenPage) -> None:
    """As FHIR R4 and against the published Questionnaire; every answer is in it, and nothing else."""
    asked = questionnaire(site.folder)
    answers = [{}, *random_answers(asked, seed=4, count=100)]
    made = open_page(ADDRESS).page.evaluate(_MADE, answers)
    for given, (words, response) in zip(answers, made, strict=True):
        assert_valid(response)
        assert_answers(asked, response)
        assert answered(response) == given
        assert words.split("\n")[0] in response["text"]["div"]


def answered(response: dict[str, Any]) -> Answers:
    """The answers in a response."""
    found: Answers = {}
    for item in items(response):
        for answer in item.get("answer", ()):
            if "valueCoding" in answer:
                found.setdefault(item["linkId"], []).append(answer["valueCoding"]["code"])
            else:
                found[item["linkId"]] = answer.get("valueBoolean", answer.get("valueInteger"))
    return found


def test_the_summary_says_all_that_was_ticked_and_no_more(site: BuiltSite, open_page: OpenPage) -> None:
    """Every label once ticked, its criterion among those met or begun, the rule and its source."""
    asked = questionnaire(site.folder)
    answers = random_answers(asked, seed=11, count=60)
    titles = {
        item["id"]: f"{item['number']}. {item['title']}:"
        for item in records.vocabulary(site.root, "referral-criteria", "criteria")
    }
    topics = {item["linkId"]: item for item in asked["item"][1]["item"]}
    made = open_page(ADDRESS).page.evaluate(_MADE, answers)
    for given, (words, _) in zip(answers, made, strict=True):
        if not given:
            continue
        met_part = words.partition("Begun, not met")[0].partition("The review's rule:")[0]
        assert [titles[name] in met_part for name in titles] == [
            name in criteria_met(given) for name in titles
        ]
        assert "consider referral to a specialised pain management team" in words
        assert "Box 2 in: Corriero A" in words
        silent = [line for line in words.split("\n") if line.startswith("Not stated: ")]
        for topic in topics.values():
            stated = any(question["linkId"] in given for question in topic["item"])
            assert any(topic["text"] in line for line in silent) is not stated
            assert any(line.startswith(f"{topic['text']}: ") for line in words.split("\n")) is stated
            for question in topic["item"]:
                for option in question["answerOption"]:
                    if option["valueCoding"]["code"] in given.get(question["linkId"], ()):
                        assert option["valueCoding"]["display"] in words
