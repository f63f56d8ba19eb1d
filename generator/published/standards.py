"""Shapes of the files that follow a standard: CSL-JSON and HL7 FHIR."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from generator.published.shape import Shape


class CslItem(Shape):
    """A reference in CSL-JSON; fields without content are absent."""

    id: str
    """Its key."""
    type: str
    """Type in CSL."""
    title: str
    """Title."""
    author: tuple[dict[str, str], ...] = ()
    """Authors: family, given, non-dropping-particle and suffix, or a literal name."""
    editor: tuple[dict[str, str], ...] = ()
    """Editors."""
    container_title: str = Field("", alias="container-title")
    """Journal, book or web site."""
    issued: dict[str, tuple[tuple[int, ...], ...]] = Field({})
    """Date of publication as `date-parts`."""
    accessed: dict[str, tuple[tuple[int, ...], ...]] = Field({})
    """Date on which it was read."""
    volume: str = ""
    """Volume."""
    issue: str = ""
    """Issue."""
    number: str = ""
    """Number of a report."""
    page: str = ""
    """Pages."""
    publisher: str = ""
    """Publisher."""
    publisher_place: str = Field("", alias="publisher-place")
    """Place of the publisher."""
    edition: str = ""
    """Edition."""
    isbn: str = Field("", alias="ISBN")
    """ISBN."""
    doi: str = Field("", alias="DOI")
    """DOI."""
    pmid: str = Field("", alias="PMID")
    """PubMed id."""
    pmcid: str = Field("", alias="PMCID")
    """PubMed Central id."""
    url: str = Field("", alias="URL")
    """Address."""
    note: str = ""
    """Note; first what became of the source."""
    status: str = ""
    """In a word, what became of the source after it was published."""


class FhirResource(Shape):
    """What both FHIR resources say of themselves."""

    resource_type: str = Field(alias="resourceType")
    """Kind of the resource."""
    id: str
    """Its id."""
    url: str
    """Its permanent identity."""
    language: str
    """Language."""
    version: str
    """The day of the last check."""
    status: str
    """`draft` until it has been reviewed."""
    experimental: bool
    """false."""
    date: str
    """The day of the last check."""
    publisher: str
    """Publisher."""
    copyright: str
    """Terms and notices."""
    name: str
    """Name for computers."""
    title: str
    """Name for readers."""


class QuestionnaireItem(Shape):
    """A group, a question or a line to read."""

    link_id: str = Field(alias="linkId")
    """Its permanent id."""
    prefix: str = ""
    """Its number."""
    code: tuple[dict[str, str], ...] = ()
    """Its code in a published terminology."""
    text: str
    """As the reader sees it."""
    type: str
    """group, display, boolean, integer or choice."""
    repeats: bool = False
    """true when several answers may be given."""
    extension: tuple[dict[str, Any], ...] = ()
    """Bounds of a number."""
    answer_option: tuple[dict[str, Any], ...] = Field((), alias="answerOption")
    """Answers to choose from."""
    item: tuple[QuestionnaireItem, ...] = ()
    """What stands in a group."""


class Questionnaire(FhirResource):
    """The checklist as an HL7 FHIR R4 Questionnaire."""

    subject_type: tuple[str, ...] = Field(alias="subjectType")
    """Whom it is about."""
    description: str
    """The rule of its source, and what kind of list it is."""
    purpose: str
    """For whom it is and what it is not."""
    item: tuple[QuestionnaireItem, ...]
    """Criteria and topics."""


class Concept(Shape):
    """An answer."""

    code: str
    """Its permanent code."""
    display: str
    """As the reader sees it."""


class CodeSystem(FhirResource):
    """The answers of the checklist as an HL7 FHIR R4 CodeSystem."""

    case_sensitive: bool = Field(alias="caseSensitive")
    """Whether capital letters matter."""
    content: str
    """complete."""
    count: int
    """How many answers there are."""
    concept: tuple[Concept, ...]
    """Answers."""
