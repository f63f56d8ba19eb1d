"""The referral checklist as FHIR R4: valid, complete, and with ids that stay."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from generator.exports import fhir
from generator.exports.records_json import dump
from generator.knowledge import KnowledgeBase
from generator.model.base import ClinicalReview
from generator.model.referral import Condition
from generator.views.context import SiteContext
from tests.fhir import assert_answers, assert_invariants, assert_valid, items

IDS = Path(__file__).parents[1] / "content" / "checklist-ids.txt"
LOINC = "http://loinc.org"


@pytest.fixture(params=["minimal", "everything", "real"])
def kb(request: pytest.FixtureRequest) -> KnowledgeBase:
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


def published(kb: KnowledgeBase) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dump(fhir.questionnaire(SiteContext(kb))))
    return found


def codes(kb: KnowledgeBase) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dump(fhir.code_system(SiteContext(kb))))
    return found


def test_both_files_are_valid(kb: KnowledgeBase) -> None:
    """Against the library's models, the required codes and the invariants of the specification."""
    assert_valid(published(kb))
    assert_invariants(published(kb))
    assert_valid(codes(kb))


def test_a_fault_would_be_seen(everything: KnowledgeBase) -> None:
    """The checks above can fail."""
    good = published(everything)
    wrong_type, no_link, twice = (copy.deepcopy(good) for _ in range(3))
    wrong_type["item"][0]["type"] = "grouping"
    with pytest.raises(AssertionError):
        assert_valid(wrong_type)
    del no_link["item"][0]["linkId"]
    with pytest.raises(ValidationError):
        assert_valid(no_link)
    twice["item"][1]["linkId"] = twice["item"][0]["linkId"]
    with pytest.raises(AssertionError):
        assert_invariants(twice)


def findings(condition: Condition) -> Iterator[Condition]:
    """The findings of a condition, in their order."""
    if condition.label is not None:
        yield condition
    for part in (*condition.all, *condition.any):
        yield from findings(part)


def test_every_criterion_and_finding_is_asked(kb: KnowledgeBase) -> None:
    """Under its own id, with its number and its words; the logic stands beside as words."""
    site = SiteContext(kb)
    criteria = published(kb)["item"][0]["item"]
    assert [item["linkId"] for item in criteria] == [criterion.id for criterion in kb.criteria.criteria]
    for item, criterion in zip(criteria, kb.criteria.criteria, strict=True):
        assert item["prefix"] == f"{criterion.number}."
        assert item["text"] == site.plain(criterion.statement.text)
        logic, *asked = item["item"]
        assert logic["type"] == "display"
        for question, finding in zip(asked, findings(criterion.logic), strict=True):
            assert finding.label is not None
            assert question["linkId"] == finding.id
            assert question["text"] == site.plain(finding.label)
            assert question["type"] == ("boolean" if finding.at_least is None else "integer")
            assert question["text"] in logic["text"]


def test_the_logic_of_the_first_criterion_in_words(real: KnowledgeBase) -> None:
    """Severity AND optimised drugs, opioids AND adjuvants included; examples are none of it."""
    first, second = published(real)["item"][0]["item"][:2]
    assert first["item"][0]["text"] == (
        "Met when: Moderate-to-severe pain persists AND Pain on the Numeric Rating Scale: 5 or more out of "
        "10 AND Systemic drug treatment has been optimised AND It includes opioids AND It includes adjuvants"
    )
    assert second["item"][0]["text"] == (
        "Met when: Adverse effects from analgesics AND "
        "(They limit dose escalation OR They impair quality of life)"
    )


def test_every_topic_and_question_is_asked(kb: KnowledgeBase) -> None:
    """In the order of the record; one answer or several."""
    topics = published(kb)["item"][1]["item"]
    for item, topic in zip(topics, kb.details.topics, strict=True):
        assert item["text"] == topic.title
        for question, asked in zip(item["item"], topic.questions, strict=True):
            assert question["text"] == asked.label
            assert question["repeats"] is (asked.choose == "many")
            labels = [option["valueCoding"]["display"] for option in question["answerOption"]]
            own = asked.options or (() if asked.options_from else topic.options)
            assert labels[len(labels) - len(own) :] == [option.label for option in own]
            alone = [
                option["valueCoding"]["display"]
                for option in question["answerOption"]
                if "extension" in option
            ]
            assert alone == [option.label for option in own if option.alone]


def test_answers_from_a_vocabulary(everything: KnowledgeBase) -> None:
    """Pain sites are the places at the top of the tree; mechanisms are all."""
    place, damage = published(everything)["item"][1]["item"][0]["item"]
    assert [option["valueCoding"]["display"] for option in place["answerOption"]] == [
        "Wheel", "Brake", "Everywhere"
    ]  # fmt: skip
    assert [option["valueCoding"]["code"] for option in damage["answerOption"]] == [
        "kind-of-damage-wear", "kind-of-damage-impact", "kind-of-damage-not-clear"
    ]  # fmt: skip


def test_every_answer_has_a_code_of_the_code_system(kb: KnowledgeBase) -> None:
    """One code, one meaning; shared answers share theirs."""
    system = codes(kb)
    meaning = {concept["code"]: concept["display"] for concept in system["concept"]}
    assert len(meaning) == system["count"] == len(system["concept"])
    used = {}
    for item in items(published(kb)):
        for option in item.get("answerOption", ()):
            coding = option["valueCoding"]
            assert coding["system"] == system["url"]
            assert meaning[coding["code"]] == coding["display"]
            used[coding["code"]] = coding["display"]
    assert used == meaning


def test_nothing_asks_who_the_patient_is(kb: KnowledgeBase) -> None:
    """Ticks and one rating only: no text, no date, no attachment, nothing required."""
    for item in items(published(kb)):
        assert item["type"] in ("group", "display", "boolean", "integer", "choice")
        assert "required" not in item


def test_the_only_foreign_code_is_the_one_that_was_verified(real: KnowledgeBase) -> None:
    """LOINC 72514-3 for the 0–10 rating, with its notice; no SNOMED."""
    found = [(item["linkId"], code) for item in items(published(real)) for code in item.get("code", ())]
    assert found == [
        (
            "nrs-five-or-more",
            {
                "system": LOINC,
                "code": "72514-3",
                "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
            },
        )
    ]
    assert "LOINC is copyright Regenstrief Institute" in published(real)["copyright"]
    assert "snomed" not in json.dumps([published(real), codes(real)]).casefold()


def test_ids_that_were_published_never_disappear(real: KnowledgeBase) -> None:
    """Nor does the identity of the Questionnaire and of its answers."""
    expected = [line for line in IDS.read_text("utf-8").splitlines() if not line.startswith("#")]
    questionnaire, system = published(real), codes(real)
    found = [
        questionnaire["url"],
        system["url"],
        *(item["linkId"] for item in items(questionnaire)),
        *(concept["code"] for concept in system["concept"]),
    ]
    assert [line for line in expected if line not in found] == []
    assert [line for line in found if line not in expected] == [], "new ids are added to checklist-ids.txt"


def test_it_is_a_draft_until_a_clinician_has_reviewed_both_parts(everything: KnowledgeBase) -> None:
    """The status of the FHIR files is that of the page."""
    assert published(everything)["status"] == codes(everything)["status"] == "draft"
    review = ClinicalReview.model_validate({"name": "Ada Adeyemi", "date": "2026-02-03"})

    def reviewed(record: Any) -> Any:
        changed = record.review.model_copy(update={"clinical_review": (review,)})
        return record.model_copy(update={"review": changed})

    half = dataclasses.replace(everything, criteria=reviewed(everything.criteria))
    assert published(half)["status"] == "draft"
    whole = dataclasses.replace(half, details=reviewed(everything.details))
    assert published(whole)["status"] == "active"


# --- the check of responses, which the browser tests rely on


def a_response() -> dict[str, Any]:
    """A good answer to the checklist of the everything fixture."""
    system = "urn:uuid:00000000-0000-4000-8000-000000000004"
    leaked = {"system": system, "code": "tried-leaked", "display": "It leaked"}
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "urn:uuid:00000000-0000-4000-8000-000000000003|2026-01-31",
        "status": "completed",
        "item": [
            {
                "linkId": "criteria",
                "text": "Criteria",
                "item": [
                    {
                        "linkId": "ref-rim-bent",
                        "text": "The rim is bent, and it wobbles or rubs.",
                        "item": [
                            {
                                "linkId": "rim-wobbles",
                                "text": "It wobbles, in millimetres",
                                "answer": [{"valueInteger": 4}],
                            }
                        ],
                    }
                ],
            },
            {
                "linkId": "details",
                "text": "What the workshop needs to know",
                "item": [
                    {
                        "linkId": "detail-tried",
                        "text": "What was tried, and why it failed",
                        "item": [
                            {
                                "linkId": "detail-tried-patch",
                                "text": "Patch",
                                "answer": [{"valueCoding": leaked}],
                            }
                        ],
                    }
                ],
            },
        ],
    }


def rating(response: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = response["item"][0]["item"][0]["item"][0]
    return found


def answer(response: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = response["item"][1]["item"][0]["item"][0]["answer"]
    return found


FAULTS: list[Callable[[dict[str, Any]], Any]] = [
    lambda response: response.update(questionnaire="urn:uuid:00000000-0000-4000-8000-000000000003"),
    lambda response: response["item"].reverse(),
    lambda response: rating(response).update(linkId="rim-is-bent"),
    lambda response: rating(response).update(answer=[{"valueInteger": 11}]),
    lambda response: rating(response).update(answer=[{"valueInteger": 4}, {"valueInteger": 5}]),
    lambda response: rating(response).update(answer=[{"valueBoolean": True}]),
    lambda response: answer(response)[0]["valueCoding"].update(code="tried-exploded"),
    lambda response: answer(response).append(copy.deepcopy(answer(response)[0])),
]


def test_a_good_response_conforms(everything: KnowledgeBase) -> None:
    """In form, and to the Questionnaire."""
    assert_valid(a_response())
    assert_answers(published(everything), a_response())


@pytest.mark.parametrize("spoil", FAULTS)
def test_a_fault_in_a_response_is_seen(
    spoil: Callable[[dict[str, Any]], Any], everything: KnowledgeBase
) -> None:
    """Wrong version, order, id, range, number of answers, type, code, or an answer twice."""
    response = a_response()
    spoil(response)
    with pytest.raises(AssertionError):
        assert_answers(published(everything), response)
