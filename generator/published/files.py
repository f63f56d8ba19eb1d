"""Shapes of the files that are no records: index, references, data dictionary."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.ref_status import NoticeKind
from generator.published.shape import Shape


class IndexEntry(Shape):
    """A technique or a variant."""

    id: str
    """Permanent id."""
    name: str
    """Name as shown."""
    kind: str
    """What it is: `class`, `procedure`, `approach` and so on."""
    group: str
    """Id of its technique group: `groups` in vocabulary.json."""
    parent: str | None
    """Id of the class it belongs to; for a variant, of its technique."""
    url: str
    """Address of its page, or place on a page, from the root of the site."""
    replaced_by: str | None
    """For a retired record: where its address now leads."""


class IndexSite(Shape):
    """A site."""

    id: str
    """Permanent id."""
    name: str
    """Name as shown."""
    parent: str | None
    """The wider site it lies in."""
    merged: tuple[str, ...]
    """Former ids that now lead here."""
    url: str
    """Address of its page from the root of the site."""


class IndexTerm(Shape):
    """A glossary term."""

    id: str
    """Permanent id."""
    name: str
    """The term."""
    url: str
    """Its place on the glossary page."""


class Counts(Shape):
    """How many records there are."""

    techniques: int
    """Techniques and classes, retired ones too."""
    variants: int
    """Variants inside techniques."""
    pain_sites: int
    """Sites."""
    references: int
    """References."""
    glossary: int
    """Glossary terms."""


class Terms(Shape):
    """Terms under which the content may be used."""

    name: str
    """As it is shown."""
    spdx: str
    """Identifier in the SPDX list."""
    url: str
    """Where its text stands."""


class IndexFile(Shape):
    """One file of the interface."""

    path: str
    """From the folder of this index."""
    title: str
    """What it holds."""
    media_type: str
    """Its media type."""
    bytes: int
    """Its size."""
    sha256: str
    """SHA-256 of its bytes, in hexadecimal."""
    count: int | None
    """How many items it holds; null where there is nothing to count."""
    counted: str | None
    """What was counted."""
    # The name is that of the field; pydantic's own `schema` is long deprecated.
    schema_: str | None = Field(alias="schema")
    """Path of its schema, or the address of the standard it follows."""


class Index(Shape):
    """What the interface holds: every id, every file."""

    version: int
    """Version of the interface."""
    name: str
    """Name of the site."""
    licence: str
    """Terms of use in short; `terms` says more."""
    terms: Terms
    """Terms of use."""
    credit: tuple[str, ...]
    """Sources that must be credited wherever the content is used."""
    caution: str
    """What the content is not."""
    techniques: tuple[IndexEntry, ...]
    """Techniques and variants by id."""
    pain_sites: tuple[IndexSite, ...]
    """Sites."""
    glossary: tuple[IndexTerm, ...]
    """Glossary terms."""
    referral_criteria: tuple[str, ...]
    """Ids of the referral criteria."""
    counts: Counts
    """How many records there are."""
    files: tuple[IndexFile, ...]
    """Every other file of the interface."""


class Author(Shape):
    """An author; an organisation has only a family name."""

    family: str
    """Family name with its particle."""
    given: str
    """Given names or initials."""
    suffix: str
    """Jr, III."""


class SourceLink(Shape):
    """A link to the source."""

    label: str
    """DOI, PubMed, full text."""
    url: str
    """Its address."""


class CitedBy(Shape):
    """A statement that cites the reference."""

    kind: str
    """Kind of the record."""
    id: str
    """Id of the record."""
    field: str
    """Field in which it stands."""
    text: str
    """The statement."""


class NoticeData(Shape):
    """A notice that was published about a source. What is not known is empty text."""

    kind: NoticeKind
    """Kind of notice; `retraction` holds withdrawals and removals, `correction` errata."""
    label: str
    """As the service calls it."""
    date: str
    """Its day: 2026-11-22."""
    doi: str
    """Its DOI."""
    pmid: str
    """Its PubMed id."""
    said_by: tuple[str, ...]
    """Who says so: `crossref` (there the publisher itself), `retraction-watch`, `pubmed`."""


class ReferenceData(Shape):
    """A reference with every statement that cites it. What is not known is empty text."""

    key: str
    """Its key, by which all files cite it."""
    type: Literal["article", "book", "chapter", "web", "report", "other"]
    """Kind of publication."""
    authors: tuple[Author, ...]
    """Authors in order."""
    and_others: bool
    """true when the list of authors goes on."""
    title: str
    """Title."""
    container: str
    """Journal, book or web site in which it appeared."""
    year: str
    """Year."""
    volume: str
    """Volume."""
    number: str
    """Issue or number."""
    pages: str
    """Pages."""
    doi: str
    """DOI, where it was verified."""
    pmid: str
    """PubMed id, where it was verified."""
    pmcid: str
    """PubMed Central id, where it was verified."""
    links: tuple[SourceLink, ...]
    """Links to it."""
    note: str
    """What a reader must know of the entry."""
    design: str
    """What kind of study it is."""
    sample_size: str
    """How many took part."""
    key_result: str
    """What it found, in numbers, where that belongs to no record."""
    review_number: int | None
    """Its number in the review from which the site is drawn."""
    cited_by: tuple[CitedBy, ...]
    """Every place that cites it."""
    standing: NoticeKind | None
    """The gravest kind among its notices; null where none is known."""
    notices: tuple[NoticeData, ...]
    """What was published about it later, the gravest first."""
    asked: str
    """The day on which services were last asked for it; where it is empty text, nothing is known."""
    url: str
    """Its place on the site."""


class DictionaryRow(Shape):
    """One field of one file."""

    file: str
    """Path of the file, from the folder of the index."""
    field: str
    """Path of the field: `[]` is an item of a list, `*` any key of a look-up."""
    type: str
    """Its types: text, whole number, number, true or false, list, object, null."""
    always: bool
    """false for a field that may be absent."""
    description: str
    """What it means."""
    values: str
    """The values that it can have, where they are fixed."""
