"""Every study question of the atlas, held against the YAML files: the right answer is there, no wrong one is.

The files are read and followed here by another route than the generator's: nothing of its views is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from generator.knowledge import KnowledgeBase
from generator.views.context import SiteContext
from generator.views.study_bank import bank_of
from generator.views.study_question import Question
from tests.conftest import ROOT
from tests.site.records import read_yaml, techniques, vocabulary

Record = dict[str, Any]
LINK = re.compile(r"\[\[[a-z]+:([a-z0-9-]+)(?:\|([^\]]+))?\]\]")
CITE = re.compile(r"\s*\[@[^\]]*\]")


@pytest.fixture(scope="module")
def questions(real: KnowledgeBase) -> tuple[Question, ...]:
    """The whole bank."""
    return bank_of(SiteContext(real)).questions


def of_kind(questions: tuple[Question, ...], kind: str, *, choice: bool = True) -> list[Question]:
    """The questions of one kind, which must not be none."""
    found = [question for question in questions if question.kind == kind and bool(question.options) is choice]
    assert found
    return found


def wrong(question: Question) -> list[str]:
    assert question.right is not None
    return [option for place, option in enumerate(question.options) if place != question.right]


# --- the files, followed once more ---------------------------------------------------------------


@cache
def records() -> dict[str, Record]:
    return {key: record for key, record in techniques(ROOT).items() if "replaced_by" not in record}


@cache
def by_name() -> dict[str, str]:
    return {" ".join(record["name"].split()): key for key, record in records().items()}


@cache
def relatives(technique: str) -> frozenset[str]:
    """A technique, every class over it, everything under it, and what it is part of, by going both ways."""
    up: dict[str, set[str]] = {}
    for key, record in records().items():
        wider = {record.get("parent"), record.get("inherits_from")}
        wider |= {
            item["technique"] for item in record.get("related", []) if item.get("relation") == "part-of"
        }
        up[key] = {other for other in wider if other}

    def closure(step: Any) -> set[str]:
        found = {technique}
        while more := {other for key in found for other in step(key)} - found:
            found |= more
        return found

    above = closure(lambda key: up.get(key, set()))
    below = closure(lambda key: {other for other, wider in up.items() if key in wider})
    return frozenset(above | below)


@cache
def sites() -> dict[str, Record]:
    return {place["id"]: place for place in vocabulary(ROOT, "pain-sites", "pain_sites")}


@cache
def around(place: str) -> frozenset[str]:
    """A pain site and all in which it lies."""
    record = sites()[place]
    wider = [record[key] for key in ("parent",) if key in record] + record.get("also_in", [])
    return frozenset({place}).union(*(around(other) for other in wider))


def statements(value: Any) -> Iterator[Record]:
    """Everything with a text, at any depth."""
    if isinstance(value, dict):
        if "text" in value:
            yield value
        for inner in value.values():
            yield from statements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from statements(inner)


def indications(record: Record) -> list[Record]:
    return record.get("indications", []) + [
        item for variant in record.get("variants", []) for item in variant.get("indications", [])
    ]


def is_described(item: Record) -> bool:
    return item.get("basis") != "title" and item.get("claim") != "reported"


@cache
def told_of(technique: str) -> frozenset[str]:
    """Every pain site that a record names anywhere but where it speaks against one, with all around it."""
    causes = {cause["id"]: cause.get("pain_sites", []) for cause in vocabulary(ROOT, "causes", "causes")}
    named: set[str] = set()
    for key in relatives(technique):
        for name, value in records()[key].items():
            if name == "not_indicated":
                continue
            for item in [*statements(value)]:
                named.update(item.get("pain_sites", []))
                named.update(place for cause in item.get("causes", []) for place in causes[cause])
    return frozenset().union(*(around(place) for place in named)) if named else frozenset()


def plain(text: str) -> str:
    """Text without syntax, in single spaces."""
    text = LINK.sub(lambda match: match[2] or named(match[1]), " ".join(text.split()))
    return re.sub(r"\s+([.,;:)])", r"\1", CITE.sub("", text).replace("*", "")).strip()


def named(identifier: str) -> str:
    return records()[identifier]["name"] if identifier in records() else identifier


@cache
def words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 4)


@cache
def telling(text: str) -> frozenset[str]:
    """Words that the content does not call common."""
    long = tuple(item for item in read_study()["common_words"] if len(item) > 3)
    return frozenset(word for word in words(text) if not word.startswith(long))


@cache
def read_study() -> Record:
    found: Record = read_yaml(ROOT / "content" / "vocabulary" / "study.yaml")
    return found


@cache
def all_text(technique: str) -> str:
    return " ".join(item["text"] for key in relatives(technique) for item in statements(records()[key]))


# --- what holds for every question ---------------------------------------------------------------


def test_ids_are_unique_and_say_where_they_come_from(questions: tuple[Question, ...]) -> None:
    """Technique, kind, fact; only characters that every format takes."""
    assert len({question.id for question in questions}) == len(questions)
    for question in questions:
        assert question.id.startswith(f"{question.technique}.{question.kind}")
        assert re.fullmatch(r"[a-z0-9._-]+", question.id), question.id


def test_every_technique_with_something_to_ask_is_asked(questions: tuple[Question, ...]) -> None:
    """Only a record without uses, harms, target and ratings may be left out."""
    for key in set(records()) - {question.technique for question in questions}:
        record = records()[key]
        assert not any(is_described(item) for item in indications(record)), key
        assert not record.get("complications"), key
        assert not record.get("evidence"), key


def test_every_answer_is_a_cited_statement_of_its_record(questions: tuple[Question, ...]) -> None:
    """Words and keys are those of the file of the technique or its class."""
    for question in questions:
        record = records()[question.technique]
        own = [record, records().get(record.get("inherits_from", ""), {})]
        known = {plain(item["text"]): item for part in own for item in statements(part)}
        assert question.says, question.id
        for said in question.says:
            item = known[said.text]
            keys = [citation.partition(",")[0] for citation in item.get("citations", [])]
            keys += re.findall(r"@([\w:.-]+)", item["text"])
            assert said.citations, question.id
            assert {citation.key for citation in said.citations} <= {
                key
                for other in statements(own)
                if plain(other["text"]) == said.text
                for key in [*(c.partition(",")[0] for c in other.get("citations", [])), *keys]
            }


def test_options_differ_and_hide_among_each_other(questions: tuple[Question, ...]) -> None:
    """Three or four, all different, the right one at every place as often, never told by the question."""
    places = [0, 0, 0, 0]
    for question in questions:
        if question.right is None:
            continue
        assert 3 <= len(question.options) <= 4
        assert len({option.casefold().rstrip(".") for option in question.options}) == len(question.options)
        assert question.answer.casefold() not in re.split(r"[“”:;,.?()]| - ", question.ask.casefold())
        places[question.right] += len(question.options) == 4
    assert min(places) > sum(places) / 8


# --- wrong answers, kind by kind -----------------------------------------------------------------


def test_a_technique_offered_for_a_pain_site_is_far_from_it(questions: tuple[Question, ...]) -> None:
    """No statement, cause, rating, class, member or text of a wrong answer leads to the pain site."""
    anywhere = set(read_study()["anywhere"])
    for question in of_kind(questions, "site"):
        place = question.id.split(".")[2]
        right = by_name()[question.answer]
        assert right == question.technique
        assert any(
            is_described(item) and place in item.get("pain_sites", ())
            for item in indications(records()[right])
        )
        assert not around(place) & anywhere or sites()[place].get("parent") not in anywhere
        names = telling(" ".join([sites()[place]["name"], *sites()[place].get("synonyms", [])]))
        for option in wrong(question):
            other = by_name()[option]
            assert other not in relatives(right), (question.id, option)
            assert not told_of(other) & around(place), (question.id, option)
            assert not names & words(all_text(other)), (question.id, option)
            for item in indications(records()[other]):
                own = item.get("pain_sites", [])
                assert own, (question.id, option)
                assert not any(site in anywhere or sites()[site].get("kind") == "situation" for site in own)


def test_a_target_offered_is_another_structure(questions: tuple[Question, ...]) -> None:
    """It is the target of a technique that is no relative, and the two records do not name each other's."""
    targets = {
        key: plain(record["anatomy"]["target"]["text"])
        for key, record in records().items()
        if "target" in record.get("anatomy", {})
    }

    for question in of_kind(questions, "target"):
        assert question.answer == targets[question.technique]
        own = telling(question.answer)
        for option in wrong(question):
            holders = [key for key, text in targets.items() if text == option]
            assert holders
            assert not set(holders) & relatives(question.technique), question.id
            assert all(records()[key]["kind"] != "class" for key in holders)
            assert not telling(option) & own, question.id
            name = telling(records()[question.technique]["name"])
            assert not telling(option) & name, (question.id, option)


def test_a_level_offered_touches_none_that_is_named(questions: tuple[Question, ...]) -> None:
    """Not a level of the record or its relatives, nor one that any of their texts mentions."""
    order = [level["id"] for level in vocabulary(ROOT, "vertebral-levels", "levels")]
    mention = re.compile(rf"(?<!\w)({'|'.join(order)})(?!\w)")

    def stretch(text: str) -> set[int]:
        ends = [order.index(end) for end in text.split("–")]
        return set(range(ends[0], ends[-1] + 1))

    for question in of_kind(questions, "level"):
        levels = records()[question.technique]["anatomy"]["levels"]
        printed = {
            "–".join(filter(None, (level["from"], level.get("to")))): level.get("role", "target")
            for level in levels
            if level["structure"] in question.ask
        }
        assert question.answer in printed, question.id
        taken = {order.index(name) for name in mention.findall(all_text(question.technique))}
        for key in relatives(question.technique):
            for level in records()[key].get("anatomy", {}).get("levels", []):
                taken |= stretch("–".join(filter(None, (level["from"], level.get("to")))))
        for option in wrong(question):
            assert not stretch(option) & taken, (question.id, option)


def test_a_rating_offered_is_one_that_the_body_does_not_give(questions: tuple[Question, ...]) -> None:
    """Of the same scale, and outside every rating on that scale of the technique, its class and members."""
    scales = {scale["id"]: scale for scale in vocabulary(ROOT, "evidence-scales", "scales")}
    bodies = {body["id"]: body for body in vocabulary(ROOT, "evidence-bodies", "bodies")}

    def parts(scale: str, value: Any) -> list[set[str]]:
        found = []
        for part in scales[scale]["parts"]:
            steps = [step["value"] for step in part["steps"]]
            ends = value if isinstance(value, str) else value[part["id"]]
            ends = [ends, ends] if isinstance(ends, str) else ends
            low, high = sorted(steps.index(end) for end in ends)
            found.append(set(steps[low : high + 1]))
        return found

    for question in of_kind(questions, "rating"):
        body = question.id.split(".")[2]
        scale = bodies[body]["scale"]
        reached = [
            parts(scale, rating["value"])
            for key in relatives(question.technique)
            for rating in records()[key].get("evidence", [])
            if bodies[rating["body"]]["scale"] == scale
        ]
        own = [rating for rating in records()[question.technique]["evidence"] if rating["body"] == body]
        assert any(plain(rating["text"]) == question.says[0].text for rating in own)
        for option in wrong(question):
            values = option.split(" / ")
            assert all(
                value in {step["value"] for step in part["steps"]}
                for value, part in zip(values, scales[scale]["parts"], strict=True)
            )
            for given in reached:
                inside = [value in part for value, part in zip(values, given, strict=True)]
                assert not all(inside), (question.id, option)


def test_a_tier_or_grade_offered_is_given_by_nobody(questions: tuple[Question, ...]) -> None:
    """Neither to the technique nor to its class, parts or members."""
    grades = {grade["name"]: grade["id"] for grade in vocabulary(ROOT, "grades", "grades")}
    for kind, field, value in (
        ("tier", "bleeding_risk", "tier"),
        ("cost", "cost", "grade"),
        ("risk", "procedural_risk", "grade"),
    ):
        for question in of_kind(questions, kind):
            items = [item for key in relatives(question.technique) for item in records()[key].get(field, [])]
            given = {item[value] for item in items}
            own = {item[value] for item in records()[question.technique][field]}
            assert {grades.get(question.answer, question.answer)} == own, question.id
            assert not {grades.get(option, option) for option in wrong(question)} & given, question.id


def test_a_frequency_offered_is_in_no_statement_of_the_harm(questions: tuple[Question, ...]) -> None:
    """The record states one, and no relative names the same harm with another that is offered."""
    wording = read_study()["frequencies"]
    for question in of_kind(questions, "frequency"):
        harm = question.says[0].text
        own = [item for item in records()[question.technique]["complications"] if plain(item["text"]) == harm]
        assert {wording[item["frequency"]] for item in own} == {question.answer}, question.id
        for key in relatives(question.technique):
            holders = [records()[key], *records()[key].get("variants", [])]
            for item in (item for holder in holders for item in holder.get("complications", [])):
                if plain(item["text"]).casefold().rstrip(".") == harm.casefold().rstrip("."):
                    assert wording[item.get("frequency", "not-stated")] not in wrong(question), question.id


def test_a_use_offered_beside_one_that_is_spoken_against_is_described(
    questions: tuple[Question, ...],
) -> None:
    """A source describes each wrong answer; the right one stands among the exclusions, at other sites."""
    for question in of_kind(questions, "against"):
        record = records()[question.technique]
        described = {plain(item["text"]): item for item in record["indications"] if is_described(item)}
        excluded = {plain(item["text"]): item for item in record["not_indicated"]}
        exclusion = excluded[question.answer]
        for option in wrong(question):
            item = described[option]
            assert option not in excluded
            assert not set(item.get("mechanisms", ())) & set(exclusion.get("mechanisms", ()))
            for place in item["pain_sites"]:
                for other in exclusion.get("pain_sites", []):
                    assert not around(place) & around(other), (question.id, option)


def test_what_silence_leaves_open_is_asked_openly(questions: tuple[Question, ...]) -> None:
    """Harms, uses and windows never have wrong answers."""
    for kind in ("harms", "uses", "window"):
        assert of_kind(questions, kind, choice=False)
        assert not [question for question in questions if question.kind == kind and question.options]


def test_harms_and_uses_are_complete(questions: tuple[Question, ...]) -> None:
    """An open question is answered by every statement of the field, class and variants included."""
    for question in of_kind(questions, "harms", choice=False):
        record = records()[question.technique]
        texts = [plain(item["text"]) for item in record["complications"]]
        if "inherits_from" in record:
            texts += [
                plain(item["text"]) for item in records()[record["inherits_from"]].get("complications", [])
            ]
        assert sorted(said.text for said in question.says) == sorted(texts)
    for question in of_kind(questions, "uses", choice=False):
        described = [
            plain(item["text"]) for item in indications(records()[question.technique]) if is_described(item)
        ]
        assert sorted(said.text for said in question.says) == sorted(described)
