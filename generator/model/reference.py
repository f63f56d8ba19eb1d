"""A reference: one entry of the bibliography, clean text, ready to format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.diagnostics import Location
from generator.model.ref_status import Notice, NoticeKind

ReferenceType = Literal["article", "book", "chapter", "web", "report", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """An author or editor. A corporate author has only `family`."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def initials(self) -> str:
        """Initials of the given names without stops: 'Marieke H. J.' gives 'MHJ'."""
        parts = self.given.replace(".", " ").replace("-", " ").split()
        return "".join(part if part.isupper() and len(part) <= 3 else part[0].upper() for part in parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a source after it was published, in the words of the site."""

    kind: NoticeKind
    """That of its gravest notice."""
    word: str
    """Beside every citation of it: 'retracted'."""
    sentence: str
    """What a reader must know: 'Retracted. Do not rely on it.'"""
    notices: tuple[Notice, ...]
    """The gravest first."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One source. Strings are plain Unicode text: no LaTeX, no markup. Absent means empty."""

    key: str
    type: ReferenceType
    title: str
    location: Location
    authors: tuple[Name, ...] = ()
    and_others: bool = False
    editors: tuple[Name, ...] = ()
    container: str = ""
    """Journal, book or web site the work appeared in."""
    year: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    address: str = ""
    edition: str = ""
    organization: str = ""
    date: str = ""
    urldate: str = ""
    url: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    isbn: str = ""
    note: str = ""
    review_number: int | None = None
    """Its number in the review the atlas is drawn from."""
    design: str = ""
    sample_size: str = ""
    key_result: str = ""
    """What it found, in numbers, with time and caveat; for results that belong to no technique's record."""
    former_keys: tuple[str, ...] = ()
    """Keys it had before (`ids` in the .bib file)."""
    standing: Standing | None = None
    """None where no notice is known: either there is none, or nobody has asked."""
    asked: str = ""
    """The day on which Crossref, PubMed or its address were last asked for it: 2026-11-22."""
    raw: str = ""
    """The entry as it stands in the .bib file."""
