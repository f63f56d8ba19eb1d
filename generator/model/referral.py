"""Referral: a source's criteria with their logic, and what the receiving team needs to know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import Flag, Id, Plain, Record, Review, Statement, Text


def _urn(value: str) -> str:
    if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
        raise PydanticCustomError("wrong_type", "expected urn:uuid: and a UUID in lower-case letters")
    return value


def _computer_name(value: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", value):
        raise PydanticCustomError("wrong_type", "expected a capital letter, then letters and digits only")
    return value


Urn = Annotated[str, AfterValidator(_urn)]
ComputerName = Annotated[str, AfterValidator(_computer_name)]


class Coding(Record):
    """The code of a question in a published terminology."""

    system: Plain
    """Address that names the terminology."""

    code: Plain
    """As seen in a source, never from memory."""

    display: Plain
    """The terminology's own name for it."""


class Condition(Record):
    """One part of a criterion's logic: a finding, or `all`/`any` of several."""

    id: Id | None = None
    """Permanent id of a finding."""

    label: Text | None = None
    """The finding, as the reader ticks it."""

    all: tuple[Condition, ...] = ()
    """Every one of these must hold (AND)."""

    any: tuple[Condition, ...] = ()
    """One of these is enough (OR)."""

    at_least: int | None = None
    """Smallest value of a numeric rating that meets it."""

    out_of: int | None = None
    """Upper end of that numeric rating."""

    coding: Coding | None = None
    """Code of the finding in a published terminology, where one was verified."""

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = (self.id is not None and self.label is not None) + bool(self.all) + bool(self.any)
        if forms != 1:
            raise PydanticCustomError(
                "condition_form", "a condition is either a finding (id and label), or all, or any"
            )
        return self


class Criterion(Record):
    """One referral criterion."""

    id: Id
    """Permanent id."""

    number: Annotated[int, Field(ge=1)]
    """Its number in the source."""

    title: Plain
    """A few words."""

    statement: Statement
    """The criterion in full, in our own words."""

    logic: Condition
    """The same as logic, operator by operator."""

    examples: tuple[Plain, ...] = ()
    """Examples the source gives; examples, not conditions."""

    context: tuple[Statement, ...] = ()
    """What the source says beside it that is not a finding to tick."""

    explanation: Statement
    """One line: why it matters."""

    read_next: tuple[Text, ...] = ()
    """Cross-links that go with it."""


class ReferralCriteria(Record):
    """A published list of referral criteria with its rule."""

    rule: Statement
    """The source's own rule for using the list."""

    status: Statement
    """What kind of list it is: who proposed it, whether it was validated."""

    why: Statement
    """Why early referral, according to the source."""

    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    """The criteria in the source's order."""

    review: Review
    """Drafted from, checked, reviewed, due."""

    @model_validator(mode="after")
    def _findings_differ(self) -> ReferralCriteria:
        _no_id_twice(name for item in self.criteria for name in (item.id, *finding_ids(item.logic)))
        return self


def finding_ids(condition: Condition) -> Iterable[str]:
    """The ids of all findings of a condition."""
    if condition.id is not None:
        yield condition.id
    for part in condition.all or condition.any:
        yield from finding_ids(part)


def _no_id_twice(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for identifier in ids:
        if identifier in seen:
            raise PydanticCustomError("duplicate_id", "the id '{id}' is used twice", {"id": identifier})
        seen.add(identifier)


class DetailOption(Record):
    """One answer to tick."""

    id: Id
    """Permanent id within its question."""

    label: Plain
    """As the reader ticks it."""

    alone: Flag = False
    """true for an answer that excludes the others: none known."""


class DetailQuestion(Record):
    """One question with its answers; its id and those of its answers are permanent."""

    id: Id
    """Permanent id."""

    label: Plain
    """As the reader sees it."""

    choose: Literal["one", "many"] = "many"
    """How many answers may be ticked."""

    options_from: Literal["pain-sites", "mechanisms"] | None = None
    """A vocabulary whose entries are answers, before those of `options`."""

    options: tuple[DetailOption, ...] = ()
    """Its own answers. Without any, and without `options_from`, the topic's hold."""

    @model_validator(mode="after")
    def _options_differ(self) -> DetailQuestion:
        _no_id_twice(option.id for option in self.options)
        return self


class DetailTopic(Record):
    """A heading of what the receiving team needs to know."""

    id: Id
    """Permanent id."""

    title: Plain
    """As a heading."""

    why: Statement
    """One line: why it is asked."""

    options: tuple[DetailOption, ...] = ()
    """Answers that several questions of the topic share."""

    questions: Annotated[tuple[DetailQuestion, ...], Field(min_length=1)]
    """One question or several."""

    read_next: tuple[Text, ...] = ()
    """Cross-links that go with it."""

    @model_validator(mode="after")
    def _every_question_has_answers(self) -> DetailTopic:
        _no_id_twice(option.id for option in self.options)
        for question in self.questions:
            if not (question.options or question.options_from or self.options):
                raise PydanticCustomError(
                    "missing_answers", "the question '{id}' has no answers", {"id": question.id}
                )
        return self


class Questionnaire(Record):
    """How the checklist is published as a FHIR Questionnaire."""

    canonical: Urn
    """Permanent identity of the Questionnaire, independent of where the site stands."""

    answers: Urn
    """Permanent identity of the code system that holds its answers."""

    name: ComputerName
    """Name for computers."""

    title: Plain
    """Name for readers."""

    publisher: Plain
    """Who publishes it."""

    copyright: Plain
    """Licence of the content, and the notices that its codes ask for."""


class ReferralDetails(Record):
    """What the receiving team needs to know: topics to tick, nothing that identifies a person."""

    title: Plain
    """Heading of this part."""

    lead: Text
    """How to read it."""

    topics: Annotated[tuple[DetailTopic, ...], Field(min_length=1)]
    """In the order of a letter."""

    questionnaire: Questionnaire
    """Criteria and topics as a FHIR Questionnaire."""

    review: Review
    """Drafted from, checked, reviewed, due."""

    @model_validator(mode="after")
    def _ids_differ(self) -> ReferralDetails:
        _no_id_twice(
            name
            for topic in self.topics
            for name in (topic.id, *(question.id for question in topic.questions))
        )
        return self
