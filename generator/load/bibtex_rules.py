"""What an entry may hold: types, fields, what each type needs, and the form of identifiers and dates.

Every `read_*` function takes plain text and returns `(value, problem)`: the value in its one normal
form and an empty problem, or an empty value and a sentence that says what was expected.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from generator.diagnostics import did_you_mean, shown
from generator.model.reference import ReferenceType

TYPES: Mapping[str, ReferenceType] = {
    "article": "article",
    "book": "book",
    "incollection": "chapter",
    "inbook": "chapter",
    "inproceedings": "chapter",
    "online": "web",
    "misc": "other",
    "techreport": "report",
    "report": "report",
}
FIELDS = (
    "author", "editor", "title", "journal", "booktitle", "year", "date", "volume", "number", "pages",
    "publisher", "address", "edition", "organization", "institution", "url", "urldate", "doi", "pmid",
    "pmcid", "isbn", "issn", "note", "reviewnumber", "design", "samplesize", "keyresult", "keywords",
    "abstract", "language", "month", "series", "howpublished", "type", "ids",
)  # fmt: skip
FIELD_SET = frozenset(FIELDS)
_OTHER_FIELD_NAMES = {
    "authors": "author", "editors": "editor", "journaltitle": "journal", "location": "address",
    "issue": "number", "school": "institution", "page": "pages", "link": "url", "accessed": "urldate",
    "pubmed": "pmid", "comment": "note", "annote": "note", "organisation": "organization",
}  # fmt: skip
_OTHER_TYPE_NAMES = {
    "conference": "inproceedings", "electronic": "online", "www": "online", "webpage": "online",
    "website": "online", "manual": "report", "proceedings": "book", "booklet": "book", "collection": "book",
    "phdthesis": "misc", "mastersthesis": "misc", "thesis": "misc", "unpublished": "misc", "dataset": "misc",
}  # fmt: skip
_NOTE_EXPLAINS = ", or a note that says why there is none"
# For each kind: the fields of which one must be there, and the words for it. A note excuses the lack.
_NEEDS: Mapping[ReferenceType, tuple[tuple[tuple[str, ...], str], ...]] = {
    "article": (
        (("author",), f"an article needs its authors{_NOTE_EXPLAINS}"),
        (("journal",), f"an article needs its journal{_NOTE_EXPLAINS}"),
        (("year", "date"), f"an article needs its year{_NOTE_EXPLAINS}"),
    ),
    "chapter": ((("booktitle",), f"a part of a book needs the title of the book{_NOTE_EXPLAINS}"),),
    "web": ((("url",), f"a web page needs its address{_NOTE_EXPLAINS}"),),
}

_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!#-\[\]^-z|~]*[!#-+\-/-\[\]^-z|~]")
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_PMCID = re.compile(r"PMC[1-9][0-9]{0,8}")
_URL_CHARACTERS = re.compile(r"[^\s\"<>\\^`{|}]+")
_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def suggested_field(name: str) -> str:
    """' Did you mean …?' for an unknown field name, or nothing."""
    return _suggestion(name, FIELDS, _OTHER_FIELD_NAMES)


def suggested_type(name: str) -> str:
    """' Did you mean …?' for an unknown entry type, or nothing."""
    return _suggestion(name, TYPES, _OTHER_TYPE_NAMES)


def _suggestion(wrong: str, allowed: Iterable[str], other_names: Mapping[str, str]) -> str:
    known = other_names.get(wrong)
    return f" Did you mean '{known}'?" if known else did_you_mean(wrong, allowed)


def key_problem(key: str) -> str:
    """What is wrong with a key; nothing if it can be cited."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:.-]*", key):
        return ""
    return (
        f"the key {shown(key)} may hold only letters from A to Z, digits and _ : . - "
        "and begins with a letter or digit"
    )


def missing_fields(kind: ReferenceType, present: frozenset[str]) -> list[tuple[str, str]]:
    """The fields an entry lacks, each with the sentence that says what is needed."""
    missing = [] if "title" in present else [("title", "every entry needs one")]
    for names, sentence in () if "note" in present else _NEEDS.get(kind, ()):
        if present.isdisjoint(names):
            missing.append((names[0], sentence))
    return missing


def read_doi(text: str) -> tuple[str, str]:
    """A DOI without its resolver: '10.1000/xyz'. Case is kept, though it has no meaning."""
    value = text
    if prefix := _DOI_PREFIX.match(text):
        value = text[prefix.end() :]
        value = unquote(value) if prefix[0][:4].lower() == "http" else value
    if _DOI.fullmatch(value):
        return value, ""
    trimmed = value.rstrip(".,")
    hint = f" Did you mean '{trimmed}'?" if trimmed != value and _DOI.fullmatch(trimmed) else ""
    return (
        "",
        f"{shown(text)} is not a DOI; expected '10.', a number, '/' and a suffix: 10.1000/xyz123.{hint}",
    )


def read_pmid(text: str) -> tuple[str, str]:
    """A PubMed number: digits."""
    if _PMID.fullmatch(text):
        return text, ""
    digits = re.sub(r"[^0-9]", "", text)
    hint = f" Did you mean '{digits}'?" if _PMID.fullmatch(digits) else ""
    return "", f"{shown(text)} is not a PMID; expected 1 to 8 digits without a leading zero.{hint}"


def read_pmcid(text: str) -> tuple[str, str]:
    """A PubMed Central number: 'PMC' and digits."""
    if _PMCID.fullmatch(text):
        return text, ""
    digits = re.sub(r"[^0-9]", "", text)
    hint = f" Did you mean 'PMC{digits}'?" if _PMCID.fullmatch(f"PMC{digits}") else ""
    return "", f"{shown(text)} is not a PMCID; expected PMC and digits: PMC1234567.{hint}"


def read_url(text: str) -> tuple[str, str]:
    """A web address that starts with http:// or https://, without spaces, quotes or braces."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        sound = False
    if sound and _URL_CHARACTERS.fullmatch(text) and text.isprintable():
        return text, ""
    hint = f" Did you mean 'https://{text}'?" if re.fullmatch(r"www\.[^\s\"<>{}]{1,40}", text) else ""
    return (
        "",
        f"{shown(text)} is not a web address; expected http:// or https://, a host and no spaces.{hint}",
    )


def read_year(text: str) -> tuple[str, str]:
    """Four digits."""
    if _YEAR.fullmatch(text):
        return text, ""
    return "", f"{shown(text)} is not a year; expected four digits from 1500 to 2099"


def read_date(text: str) -> tuple[str, str]:
    """An ISO date, or the year and month of one, or its year."""
    match = _DATE.fullmatch(text)
    if match and _YEAR.fullmatch(match[1]):
        try:
            datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            pass
        else:
            return text, ""
    return "", f"{shown(text)} is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD"


def read_month(text: str) -> str:
    """'01' to '12' from a month's name, its first three letters or its number; else nothing."""
    word = text.strip(". ").lower()
    if re.fullmatch(r"0?[1-9]|1[0-2]", word):
        return word.zfill(2)
    names = [number for number, month in enumerate(_MONTHS, start=1) if word.isalpha() and word[:3] == month]
    return f"{names[0]:02}" if names else ""


def read_number(text: str) -> tuple[int | None, str]:
    """A whole number from 1, or None."""
    if re.fullmatch(r"[1-9][0-9]{0,5}", text):
        return int(text), ""
    return None, f"{shown(text)} is not a number; expected digits without a leading zero"


def tidy_pages(text: str) -> str:
    """Page ranges with an en dash and no spaces around it: '12--15', '12 - 15' give '12–15'."""
    text = re.sub(r"\s*–\s*", "–", text)
    page = r"[A-Za-z]{0,3}[0-9]+(?:\.[A-Za-z]?[0-9]+)?"
    return re.sub(rf"(?<![\w.-])({page})\s?-\s?({page})(?![\w-])", r"\1–\2", text)
