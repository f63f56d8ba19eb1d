"""Shapes of the questions and of what changed: compact files, in which a field without content is absent."""

from __future__ import annotations

from typing import Literal

from generator.published.shape import Shape


class Answered(Shape):
    """A statement that answers a question."""

    text: str
    """The statement."""
    cite: tuple[str, ...]
    """Keys of its sources, each with its place after a comma."""
    lead: str = ""
    """What stands before it."""
    note: str = ""
    """A remark."""


class Question(Shape):
    """A question with its answer."""

    id: str
    """Permanent id."""
    kind: str
    """Key of `kinds`."""
    technique: str
    """Id of the technique."""
    ask: str
    """The question."""
    options: tuple[str, ...] = ()
    """Answers to choose from; absent for an open question."""
    right: int = 0
    """Place of the right one, counted from 0."""
    says: tuple[Answered, ...]
    """The statements that answer it."""


class Studied(Shape):
    """A technique that is asked for."""

    name: str
    """Name as shown."""
    group: str
    """Key of `groups`."""
    objectives: tuple[str, ...]
    """What a learner can say after it."""


class StudyBank(Shape):
    """All questions, as the study page reads them."""

    version: int
    """Version of this file's form."""
    name: str
    """Name of the collection."""
    note: str
    """What it is not."""
    terms: str
    """Terms and credit."""
    kinds: dict[str, str]
    """Id of a kind of question to its name."""
    groups: dict[str, str]
    """Id of a group to its short name."""
    techniques: dict[str, Studied]
    """Id to technique."""
    references: dict[str, str]
    """Key to authors and year in short."""
    questions: tuple[Question, ...]
    """Questions."""


class VersionListed(Shape):
    """A version of the content."""

    version: str
    """Its name."""
    date: str
    """The last day on which a record of it was checked."""
    previous: str | None
    """The version before it."""
    records: int
    """How many records changed."""
    url: str
    """Page that says what changed."""
    data: str
    """The same as data."""
    pages: str | None
    """Where its pages are kept."""


class ChangedField(Shape):
    """What changed in one field."""

    field: str
    """The field in words."""
    what: Literal["added", "removed", "changed"]
    """What happened."""
    anchor: str
    """For a statement: its place on the page."""
    before: str
    """What stood there."""
    after: str
    """What stands there now."""


class ChangedRecord(Shape):
    """What changed in one record."""

    record: str
    """Kind and id of the record."""
    name: str
    """Its name."""
    url: str
    """Its address from the root of the site."""
    what: Literal["added", "removed", "changed"]
    """What happened."""
    fields: tuple[ChangedField, ...]
    """Fields that changed."""


class VersionChanges(Shape):
    """What changed in one version."""

    version: str
    """Its name."""
    date: str
    """The last day on which a record of it was checked."""
    previous: str
    """The version before it; empty for the first."""
    changes: tuple[ChangedRecord, ...]
    """Records that changed."""
    snapshot: str
    """SHA-256 of its kept pages; empty while there are none."""
