"""File `references/status.yaml`: what the check of references found. Written by `atlas check-refs` alone."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from generator.model.base import DateOnly, Plain, Record

NoticeKind: TypeAlias = Literal["retraction", "partial-retraction", "concern", "correction", "update"]
GRAVITY: tuple[NoticeKind, ...] = ("retraction", "partial-retraction", "concern", "correction", "update")
"""Kinds of notice, the gravest first."""

Day = Annotated[datetime.date, DateOnly]


class Notice(Record):
    """Something published about a source after it: a retraction, a correction, a concern."""

    kind: NoticeKind
    """Withdrawals and removals are retractions, errata are corrections; addenda and versions are updates."""

    label: Plain
    """What the service calls it: `Retraction`, `Erratum in`."""

    date: Day | None = None
    """When it was published, where the service says so."""

    doi: Plain | None = None
    """DOI of the notice."""

    pmid: Plain | None = None
    """PubMed id of the notice."""

    said_by: Annotated[tuple[Literal["crossref", "retraction-watch", "pubmed"], ...], Field(min_length=1)]
    """Who says so; `crossref` is the publisher's own word there."""


class Difference(Record):
    """Where a service prints something else than our entry."""

    field: Literal["title", "year", "author"]
    """What differs; `author` is the first author's family name, or all authors where ours has none."""

    ours: Plain | None = None
    """As in the .bib file; nothing where the entry has none."""

    theirs: Plain
    """As the service has it."""

    said_by: Literal["crossref", "pubmed"]
    """Which service."""

    accepted: Plain | None = None
    """Why ours is right. Written by hand, and kept as long as the service says the same."""

    @property
    def in_words(self) -> str:
        """What an author reads of it."""
        here = f"is {self.ours!r} here and" if self.ours else "is missing here, and is"
        return f"{self.field} {here} {self.theirs!r} in {self.said_by}"


class DeadLink(Record):
    """An address that does not lead where it did."""

    url: Plain
    """As in the .bib file."""

    state: Literal["gone", "moved", "failing"]
    """`gone`: no such page, or no such server; `moved`: for good; `failing`: an error that may pass."""

    answer: Plain
    """Status or fault: `404`, `no such host`."""

    leads_to: Plain | None = None
    """Where it has moved."""

    since: Day
    """The day on which it was first seen so."""


class ReferenceStatus(Record):
    """What is known of one reference."""

    key: Plain
    """Its key."""

    checked: Day
    """The day of the oldest answer of which this is made."""

    doi: Plain | None = None
    """The DOI that was asked for; when the entry has another one by now, nothing of this holds."""

    pmid: Plain | None = None
    """The PubMed id that was asked for, likewise."""

    unknown_to: tuple[Literal["crossref", "pubmed"], ...] = ()
    """Services that do not have the identifier."""

    unanswered: tuple[Literal["crossref", "pubmed", "link"], ...] = ()
    """What gave no answer in the last run; what was known of it before is kept."""

    notices: tuple[Notice, ...] = ()
    """The gravest first."""

    differences: tuple[Difference, ...] = ()
    """Where title, year or first author are not ours."""

    links: tuple[DeadLink, ...] = ()
    """Addresses that no longer lead there."""

    @property
    def gravest(self) -> NoticeKind | None:
        """The kind of its gravest notice."""
        return min((notice.kind for notice in self.notices), key=GRAVITY.index, default=None)


class StatusFile(Record):
    """The whole file."""

    checked: Day
    """The day of the last run."""

    references: tuple[ReferenceStatus, ...] = ()
    """Every reference that was asked for, by key."""
