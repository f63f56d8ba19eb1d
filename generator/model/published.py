"""What was published before: releases, what changed in each, and the records of the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

RecordData: TypeAlias = Mapping[str, Any]
Kind: TypeAlias = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changed in one field of a record: one statement, one value, one list."""

    field: str
    """In words: `structures at risk`, `variants: Intercostal: cautions`."""
    what: Kind
    anchor: str = ""
    """For a statement: its place on the record's page."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What changed in one record."""

    record: str
    """Its name in the list of all records: `techniques/cordotomy`."""
    name: str
    url: str
    """From the root of the site."""
    what: Kind
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A published version of the content."""

    version: str
    date: str
    """The last day on which a record of it was checked: 2026-11-22."""
    previous: str
    """The version before it; empty for the first."""
    changes: tuple[RecordChange, ...] = ()
    snapshot: str = ""
    """SHA-256 of its snapshot."""


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that is known of former versions; empty before the first release."""

    releases: tuple[Release, ...] = ()
    """Newest first."""
    records: Mapping[str, RecordData] = field(default_factory=dict)
    """The records of the last release as its data had them, by their names in that list."""
    withdrawn: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Record to the anchors that it has no more, each with the last version that had it."""
    snapshots: frozenset[str] = frozenset()
    """Versions whose pages are kept beside the sources, to be shown under /v/."""

    @property
    def last(self) -> Release | None:
        """The last release."""
        return self.releases[0] if self.releases else None
