"""What all record types share: strictness, identifiers, references to other records, statements."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_ID_LENGTH = 80
CITATION_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_:.-]*(, .+)?$"


class Record(BaseModel):
    """A frozen record that knows exactly its declared fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that holds the id of another record, of the named kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks a field that holds text in the inline syntax: emphasis, citation, cross-link."""


@dataclass(frozen=True, slots=True)
class CitationMark:
    """Marks a field that holds a BibTeX key, with an optional locator after a comma."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty_value", "is empty")
    return text


def _one_line(text: str) -> str:
    return " ".join(_not_blank(text).split())


def _boolean(value: Any) -> Any:
    if isinstance(value, str):
        if value in {"true", "false"}:
            return value == "true"
        raise PydanticCustomError("wrong_type", "expected true or false")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("wrong_type", "expected a date as YYYY-MM-DD")
    return value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=MAX_ID_LENGTH)]
Plain = Annotated[str, AfterValidator(_one_line)]
Text = Annotated[str, AfterValidator(_not_blank), Prose()]
CitationText = Annotated[str, StringConstraints(pattern=CITATION_PATTERN), CitationMark()]
Flag = Annotated[bool, BeforeValidator(_boolean)]
DateOnly = BeforeValidator(_date)

Basis = Literal["text", "table", "box", "caption", "title"]


class Statement(Record):
    """One sentence or phrase that says something about the world, with its sources."""

    text: Text
    """What the sources say, in our own words. Inline syntax: *emphasis*, [@key], [[kind:id]]."""

    citations: tuple[CitationText, ...] = ()
    """BibTeX keys of the sources, each with an optional locator: `smith2020title, Table 1`."""

    basis: Basis = "text"
    """Where in the source it stands. `title` means that only the title of a cited paper says so."""


class Term(Record):
    """An entry of a vocabulary list."""

    id: Id
    """Permanent id: lower-case letters, digits and hyphens."""

    name: Plain
    """The name as it is shown."""

    synonyms: tuple[Plain, ...] = ()
    """Other names and spellings by which a reader may look for it."""

    text: Text | None = None
    """One or two sentences that explain it."""

    citations: tuple[CitationText, ...] = ()
    """Sources of the explanation."""


class ClinicalReview(Record):
    """One review by a named expert of the field."""

    name: Plain
    """Who reviewed it."""

    role: Plain | None = None
    """Profession and place, as the reviewer wishes it shown."""

    date: Annotated[datetime.date, DateOnly]
    """When."""


class Review(Record):
    """What a record or page is drawn from, when it was held against it, and who reviewed it."""

    drafted_from: Annotated[tuple[CitationText, ...], Field(min_length=1)]
    """The sources it was written from."""

    checked: Annotated[datetime.date, DateOnly]
    """The date on which every statement was last held against its source."""

    clinical_review: tuple[ClinicalReview, ...] = ()
    """Reviews by experts of the field. Empty until there is one; the page then says "none yet"."""

    next_due: Annotated[datetime.date, DateOnly]
    """The date by which it must be read again."""

    @model_validator(mode="after")
    def _dates_in_order(self) -> Review:
        if self.next_due <= self.checked:
            raise PydanticCustomError(
                "date_order",
                "next_due {next_due} is not after checked {checked}",
                {"next_due": str(self.next_due), "checked": str(self.checked)},
            )
        return self
