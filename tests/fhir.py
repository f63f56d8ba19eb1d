"""Holds FHIR resources against the specification: types by a library, codes and invariants here.

The library's R4B models are used: R4B (4.3.0) leaves Questionnaire, QuestionnaireResponse and CodeSystem as
they are in R4 (4.0.1).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from fhir.resources.R4B.codesystem import CodeSystem
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from pydantic import BaseModel

MODELS: Mapping[str, type[BaseModel]] = {
    "CodeSystem": CodeSystem,
    "Questionnaire": Questionnaire,
    "QuestionnaireResponse": QuestionnaireResponse,
}
Json = dict[str, Any]

# Of this list the library knows only the beginning.
ITEM_TYPES = """
group display boolean decimal integer date dateTime time string text url choice open-choice attachment
reference quantity
""".split()


def assert_valid(resource: Json) -> None:
    """Names, types and cardinalities, nothing lost on the way, and codes from the required lists."""
    parsed = MODELS[resource["resourceType"]].model_validate(resource)
    back = json.loads(parsed.model_dump_json(exclude_none=True, by_alias=True))
    if "authored" in resource:  # the same moment, written in another way
        assert datetime.fromisoformat(back["authored"]) == datetime.fromisoformat(resource["authored"])
    assert back | {"authored": ""} == resource | {"authored": ""}
    assert list(_wrong_codes(parsed)) == []


def _wrong_codes(model: BaseModel) -> Iterator[str]:
    """Values outside a list that the specification requires; the library itself lets them pass."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        allowed = (field.json_schema_extra or {}).get("enum_values")  # type: ignore[union-attr]
        if allowed and "+" in allowed:
            assert name == "type"
            allowed = ITEM_TYPES
        if allowed and value is not None and value not in allowed:
            yield f"{name} is {value}; allowed: {allowed}"
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                yield from _wrong_codes(item)


def items(resource: Json) -> Iterator[Json]:
    """Every item of a Questionnaire or a response, outermost first."""
    for item in resource.get("item", ()):
        yield item
        yield from items(item)


def assert_invariants(questionnaire: Json) -> None:
    """The rules of R4 that bind fields together: que-0 to que-13, as far as they can apply here."""
    links = [item["linkId"] for item in items(questionnaire)]
    assert len(set(links)) == len(links), "que-2: link ids are unique"
    assert questionnaire["name"][0].isupper(), "que-0: a name for computers"
    assert questionnaire["name"].isalnum()
    for item in items(questionnaire):
        kind = item["type"]
        if kind == "group":
            assert item.get("item"), f"que-1: the group {item['linkId']} has items"
        if kind == "display":
            assert not {"item", "code", "required", "repeats", "readOnly"} & set(item), item["linkId"]
        if "answerOption" in item:
            assert kind in ("choice", "open-choice"), "que-5"
            assert "answerValueSet" not in item, "que-4"
            assert "initial" not in item, "que-11"
        if kind == "choice":
            assert item["answerOption"], item["linkId"]


def assert_answers(questionnaire: Json, response: Json) -> None:
    """The response has the items of the Questionnaire, in their places, and only answers that they allow."""
    assert response["questionnaire"] == f"{questionnaire['url']}|{questionnaire['version']}"
    _assert_answers(questionnaire["item"], response.get("item", []))


_VALUES = {"boolean": "valueBoolean", "integer": "valueInteger", "choice": "valueCoding"}


def _assert_answers(asked: list[Json], answered: list[Json]) -> None:
    order = [item["linkId"] for item in asked]
    links = [item["linkId"] for item in answered]
    assert links == [link for link in order if link in links], "in the order of the Questionnaire, each once"
    for item in answered:
        question = next(item_ for item_ in asked if item_["linkId"] == item["linkId"])
        assert item["text"] == question["text"]
        assert question["type"] != "display"
        if question["type"] == "group":
            assert "answer" not in item
            assert item["item"], "no empty group"
            _assert_answers(question["item"], item["item"])
            continue
        answers = item["answer"]
        assert answers
        assert len(answers) == 1 or question.get("repeats") is True
        for answer in answers:
            assert list(answer) == [_VALUES[question["type"]]]
        _assert_allowed(question, answers)


def _assert_allowed(question: Json, answers: list[Json]) -> None:
    if question["type"] == "integer":
        low, high = (bound["valueInteger"] for bound in question["extension"])
        assert low <= answers[0]["valueInteger"] <= high
    elif question["type"] == "choice":
        options = question["answerOption"]
        allowed = [option["valueCoding"] for option in options]
        chosen = [answer["valueCoding"] for answer in answers]
        assert [coding for coding in chosen if coding not in allowed] == []
        assert len({coding["code"] for coding in chosen}) == len(chosen)
        alone = [option["valueCoding"] for option in options if "extension" in option]
        assert len(chosen) == 1 or not [coding for coding in chosen if coding in alone]
