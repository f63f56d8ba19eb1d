"""References as text: Vancouver style with full journal names, links to where a source can be read.

Pure, and plain strings only: a template lays them out and escapes them. Each of `authors`, `title`
and `source` is empty or ends like a sentence, so joining them with spaces gives the citation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.ref_status import Notice
from generator.model.reference import Name, Reference
from generator.reference_links import ReferenceLink, links_to

MAX_NAMES = 6
"""More names than this are cut to the first `KEPT_NAMES` and 'et al.'."""
KEPT_NAMES = 3

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_NEITHER_WORD_NOR_STOP = re.compile(r"[^\w\s;]")
_CLOSERS = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class FormattedReference:
    """A reference in the parts that a page shows: plain text and links."""

    key: str
    authors: str
    """'Corriero A, Giglio M, Soloperto R, et al.' Empty if nobody is named."""
    title: str
    source: str
    """'Pain and Therapy. 2025;14(4):1223–1246.' Empty if nothing is known."""
    links: tuple[ReferenceLink, ...] = ()


def format_reference(reference: Reference) -> FormattedReference:
    """The reference in Vancouver style."""
    return FormattedReference(
        key=reference.key,
        authors=_authorship(reference),
        title=_sentence(reference.title),
        source=_source(reference),
        links=links_to(reference),
    )


def plain_citation(reference: Reference) -> str:
    """The whole citation in one line, with its identifiers: for copying, and for files without markup."""
    parts = [_authorship(reference), _sentence(reference.title), _source(reference)]
    parts += [f"doi:{reference.doi}"] if reference.doi else []
    parts += [f"PMID: {reference.pmid}"] if reference.pmid else []
    parts += [f"PMCID: {reference.pmcid}"] if reference.pmcid else []
    if reference.url and not reference.doi:
        parts.append(reference.url)
    parts.append(standing_in_words(reference))
    return " ".join(" ".join(part for part in parts if part).split())


def standing_in_words(reference: Reference) -> str:
    """What became of a source, with its notices; empty where none is known."""
    if reference.standing is None:
        return ""
    notices = "; ".join(map(notice_in_words, reference.standing.notices))
    return f"{_sentence(reference.standing.sentence)} {_sentence(notices)}"


def notice_in_words(notice: Notice) -> str:
    """'Retraction 2010 Feb 6, doi:10.1000/1': what it is, when, and where it can be read."""
    date = f" {_date(notice.date.isoformat())}" if notice.date else ""
    place = f"doi:{notice.doi}" if notice.doi else f"PMID: {notice.pmid}" if notice.pmid else ""
    return f"{notice.label}{date}" + (f", {place}" if place else "")


def short_form(reference: Reference) -> str:
    """Author and year for a line of text: 'Deer et al. 2018', 'Slatkin & Rhiner 2003 [retracted]'."""
    families = [" ".join(filter(None, (name.particle, name.family))) for name in reference.authors]
    if not families:
        named = reference.organization or _names(reference.editors) or _first_words(reference.title)
    elif len(families) > 2 or reference.and_others:
        named = f"{families[0]} et al."
    else:
        named = " & ".join(families)
    short = f"{named} {reference.year or 'n.d.'}"
    return f"{short} [{reference.standing.word}]" if reference.standing else short


def _first_words(title: str, most: int = 5) -> str:
    words = title.split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def sort_key(reference: Reference) -> tuple[str, ...]:
    """Order of a bibliography: names without accents and case, then year, title and key."""
    people = reference.authors or reference.editors
    names = "; ".join(_name(person) for person in people) or reference.organization
    return (
        *(plain_words(text) for text in (names, reference.year, reference.title, reference.key)),
        reference.key,
    )


def plain_words(text: str) -> str:
    """Words without case, accents and punctuation, for comparing and sorting."""
    if text.isascii():
        return " ".join(_NEITHER_WORD_NOR_STOP.sub(" ", text.casefold()).split())
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS_WITHOUT_ACCENT))
    return " ".join(
        _NEITHER_WORD_NOR_STOP.sub(
            " ", "".join(char for char in text if not unicodedata.combining(char))
        ).split()
    )


def _name(name: Name) -> str:
    """'van den Beuken-van Everdingen MHJ', 'King ML Jr'; a body keeps its full name."""
    initials = "".join(char for char in name.initials if char.isalpha())
    return " ".join(part for part in (name.particle, name.family, initials, name.suffix) if part)


def _names(people: Sequence[Name], *, and_others: bool = False) -> str:
    cut = and_others or len(people) > MAX_NAMES
    shown = [_name(person) for person in (people[:KEPT_NAMES] if cut else people)]
    return ", ".join([*shown, "et al."] if cut and shown else shown)


def _editorship(reference: Reference) -> str:
    names = _names(reference.editors)
    return f"{names}, {'editor' if len(reference.editors) == 1 else 'editors'}" if names else ""


def _authorship(reference: Reference) -> str:
    names = _names(reference.authors, and_others=reference.and_others)
    if not names and reference.type in ("book", "report", "other"):
        names = _editorship(reference)
    return _sentence(names or _author_body(reference))


def _author_body(reference: Reference) -> str:
    """The organization, where it stands in for authors. The publication line then leaves it out."""
    return (
        reference.organization
        if reference.type in ("web", "report", "other") and not reference.editors
        else ""
    )


def _source(reference: Reference) -> str:
    match reference.type:
        case "article":
            return _article(reference)
        case "chapter":
            return _chapter(reference)
        case "web":
            return _web(reference)
        case _:
            return _book(reference)


def _article(reference: Reference) -> str:
    issue = f"({reference.number})" if reference.number else ""
    volume = f"{reference.volume}{issue}"
    date = ";".join(part for part in (reference.year, volume) if part)
    place = ":".join(part for part in (date, reference.pages) if part)
    return _sentences(reference.container, place)


def _chapter(reference: Reference) -> str:
    editors = _editorship(reference)
    opening = f"In: {editors}" if editors else ""
    book = reference.container if editors or not reference.container else f"In: {reference.container}"
    return _sentences(
        opening, book, *_volume_and_edition(reference), _publication(reference), _pages(reference)
    )


def _book(reference: Reference) -> str:
    """Books, reports and everything without a form of its own."""
    editors = _editorship(reference) if reference.authors else ""
    number = f"Report no. {reference.number}" if reference.type == "report" and reference.number else ""
    return _sentences(
        reference.container,
        editors,
        *_volume_and_edition(reference),
        _publication(reference),
        number,
        _pages(reference),
    )


def _web(reference: Reference) -> str:
    accessed = f"[accessed {_date(reference.urldate)}]" if reference.urldate else ""
    date = _date(reference.date or reference.year)
    publication = "; ".join(part for part in (_body(reference), date) if part)
    return _sentences(reference.container, " ".join(part for part in (publication, accessed) if part))


def _body(reference: Reference) -> str:
    """Who published it, unless the authors' line has already said so."""
    body = reference.publisher or reference.organization
    return "" if _sentence(body) == _authorship(reference) else body


def _publication(reference: Reference) -> str:
    """'Philadelphia: Elsevier; 2020'."""
    place = ": ".join(part for part in (reference.address, _body(reference)) if part)
    return "; ".join(part for part in (place, reference.year) if part)


def _volume_and_edition(reference: Reference) -> tuple[str, str]:
    edition = reference.edition
    if re.fullmatch(r"[0-9]{1,3}", edition):
        edition += _ordinal_ending(int(edition))
    if edition and not re.search(r"\bed(n|ition)?\b", edition, re.IGNORECASE):
        edition += " ed"
    return (f"Vol. {reference.volume}" if reference.volume else "", edition)


def _ordinal_ending(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _pages(reference: Reference) -> str:
    return f"p. {reference.pages}" if reference.pages else ""


def _date(text: str) -> str:
    """'2024-01-26' as '2024 Jan 26'; a year or anything else as it is."""
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-9]{2}))?", text)
    if match is None:
        return text
    day = f" {int(match[3])}" if match[3] else ""
    return f"{match[1]} {_MONTHS[int(match[2]) - 1]}{day}"


def _sentences(*parts: str) -> str:
    return " ".join(_sentence(part) for part in parts if part)


def _sentence(text: str) -> str:
    """The text with exactly one stop at its end, or its own question or exclamation mark."""
    text = text.rstrip().rstrip(".").rstrip()
    if not text:
        return ""
    last = text.rstrip(_CLOSERS)[-1:]
    return text if last in ("?", "!", "…", ".") else f"{text}."
