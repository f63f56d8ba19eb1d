"""References for other programs: BibTeX, RIS and CSL-JSON.

A `Format` keeps the order of its references, as on a page; `to_…` sorts them by key. The same text for
the same input. Values cannot break out of their field: line ends become spaces, braces and backslashes are
written as commands, and JSON is written by the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import indent
from typing import Any

from pydantic_core import to_json

from generator.bibliography import standing_in_words
from generator.model.reference import Name, Reference, ReferenceType

_BIBTEX_TYPES: Mapping[ReferenceType, str] = {
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "web": "online",
    "report": "report",
    "other": "misc",
}
_RIS_TYPES: Mapping[ReferenceType, str] = {
    "article": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "web": "ELEC",
    "report": "RPRT",
    "other": "GEN",
}
_CSL_TYPES: Mapping[ReferenceType, str] = {
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "web": "webpage",
    "report": "report",
    "other": "document",
}
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        **{char: f"\\{char}" for char in "$&%#_"},
    }
)
_UNSAFE_IN_ADDRESS = str.maketrans({char: f"%{ord(char):02X}" for char in ' \\{}"<>^`|'})
_PLAIN_NAME = re.compile(r"[^\W\d_]['’.\w-]*(?: [^\W\d_]['’.\w-]*)*")
_ENDS_IN_INITIALS = re.compile(r"(?:^|.* )(?:[A-Z]\.?[ -]?){1,3}")


@dataclass(frozen=True, slots=True)
class Format:
    """One of the formats: an entry for each reference, and how entries make a file."""

    name: str
    """As readers know it: `BibTeX`."""
    suffix: str
    """Of its files, without the first stop: `bib`."""
    entry: Callable[[Reference], str]
    join: Callable[[Iterable[str]], str]

    def text(self, references: Iterable[Reference]) -> str:
        """A whole file, in the order of the references."""
        return self.join(map(self.entry, references))


def to_bibtex(references: Iterable[Reference]) -> str:
    """UTF-8 BibTeX. `load_bibtex` reads the same references back, but for `location` and `raw`."""
    return BIBTEX.text(_by_key(references))


def to_ris(references: Iterable[Reference]) -> str:
    """RIS, one tag a line, a record ended by ER."""
    return RIS.text(_by_key(references))


def to_csl_json(references: Iterable[Reference]) -> str:
    """CSL-JSON, the input of citation processors: an array with an object for each reference."""
    return CSL_JSON.text(_by_key(references))


def _by_key(references: Iterable[Reference]) -> list[Reference]:
    return sorted(references, key=lambda reference: (reference.key.lower(), reference.key))


def _note(reference: Reference) -> str:
    """What a reader must know of it, first of all what became of it."""
    return " ".join(filter(None, (standing_in_words(reference), reference.note)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _bibtex_entry(reference: Reference) -> str:
    key = re.sub(r"[^A-Za-z0-9_:.-]", "-", reference.key)
    lines = [f"  {name} = {{{value}}},\n" for name, value in _bibtex_fields(reference) if value]
    return f"@{_BIBTEX_TYPES[reference.type]}{{{key},\n{''.join(lines)}}}\n"


def _ris_entry(reference: Reference) -> str:
    lines = (f"{tag}  - {_one_line(value)}\n" for tag, value in _ris_lines(reference) if value)
    return "".join(lines) + "ER  - \n"


def _csl_array(entries: Iterable[str]) -> str:
    items = ",\n".join(entries)
    return f"[\n{items}\n]\n" if items else "[]\n"


def _csl_entry(reference: Reference) -> str:
    return indent(to_json(_csl_item(reference), indent=2).decode(), "  ")


def _bibtex_fields(reference: Reference) -> list[tuple[str, str]]:
    authors = [_bibtex_name(name) for name in reference.authors]
    return [
        ("author", " and ".join([*authors, "others"] if reference.and_others and authors else authors)),
        ("editor", " and ".join(_bibtex_name(name) for name in reference.editors)),
        ("title", _protected(reference.title)),
        ("journal" if reference.type == "article" else "booktitle", _latex(reference.container)),
        ("year", _latex(reference.year)),
        ("date", _latex(reference.date)),
        ("volume", _latex(reference.volume)),
        ("number", _latex(reference.number)),
        ("pages", re.sub(r"(?<![-–])–(?![-–])", "--", _latex(reference.pages))),
        ("publisher", _latex(reference.publisher)),
        ("address", _latex(reference.address)),
        ("edition", _latex(reference.edition)),
        ("organization", _latex(reference.organization)),
        ("url", _one_line(reference.url).translate(_UNSAFE_IN_ADDRESS)),
        ("urldate", _latex(reference.urldate)),
        ("doi", _one_line(reference.doi).translate(_LATEX if _needs_latex(reference.doi) else {})),
        ("pmid", _latex(reference.pmid)),
        ("pmcid", _latex(reference.pmcid)),
        ("isbn", _latex(reference.isbn)),
        ("note", _latex(_note(reference))),
        ("reviewnumber", "" if reference.review_number is None else str(reference.review_number)),
        ("design", _latex(reference.design)),
        ("samplesize", _latex(reference.sample_size)),
        ("keyresult", _latex(reference.key_result)),
    ]


def _needs_latex(identifier: str) -> bool:
    return not set(identifier).isdisjoint("\\{}")


def _latex(text: str) -> str:
    """Text that BibTeX and LaTeX read back as it is: nothing in it is a command or a ligature."""
    if not text or text.isalnum():  # most fields of most entries
        return text
    text = _one_line(text).translate(_LATEX)
    return re.sub(r"-(?=-)|'(?=')", r"\g<0>{}", text)


def _protected(title: str) -> str:
    """A title whose acronyms stand in braces, so that no bibliography style sets them in lower case."""
    words = [(word, _latex(word)) for word in title.split()]
    return " ".join(f"{{{latex}}}" if any(map(str.isupper, word[1:])) else latex for word, latex in words)


def _bibtex_name(name: Name) -> str:
    """'von Family, Suffix, Given', with braces around every part that would be read otherwise."""
    plain = _PLAIN_NAME.fullmatch(name.family) and not _ENDS_IN_INITIALS.fullmatch(name.family)
    plain = (
        plain and not any(word[0].islower() for word in name.family.split()) and not _joins_names(name.family)
    )
    family = name.family if plain and (name.given or name.suffix) else f"{{{_latex(name.family)}}}"
    family = f"{_latex(name.particle)} {family}" if name.particle else family
    if name.suffix:
        return f"{family}, {_name_part(name.suffix)}, {_name_part(name.given)}"
    return f"{family}, {_name_part(name.given)}" if name.given or name.particle else family


def _name_part(text: str) -> str:
    return (
        text
        if _PLAIN_NAME.fullmatch(text) and not _joins_names(text)
        else f"{{{_latex(text)}}}"
        if text
        else ""
    )


def _joins_names(text: str) -> bool:
    return not {"and", "others", "et"}.isdisjoint(text.lower().split())


def _ris_lines(reference: Reference) -> list[tuple[str, str]]:
    start, _, end = reference.pages.partition("–")
    return [
        ("TY", _RIS_TYPES[reference.type]),
        ("ID", reference.key),
        *(("AU", _ris_name(name)) for name in reference.authors),
        *(("A2", _ris_name(name)) for name in reference.editors),
        ("TI", reference.title),
        ("T2", reference.container),
        ("PY", reference.year),
        ("DA", _ris_date(reference.date)),
        ("VL", reference.volume),
        ("IS", reference.number),
        ("SP", start),
        ("EP", end),
        ("ET", reference.edition),
        ("PB", reference.publisher or reference.organization),
        ("CY", reference.address),
        ("SN", reference.isbn),
        ("DO", reference.doi),
        ("AN", reference.pmid),
        ("C2", reference.pmcid),
        ("UR", reference.url),
        ("Y2", _ris_date(reference.urldate)),
        ("N1", _note(reference)),
    ]


def _ris_date(text: str) -> str:
    """'2024/01/26', '2024/01/', '2024//': year, month and day, whether known or not."""
    year, month, day = (*text.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}" if year else ""


def _ris_name(name: Name) -> str:
    family = f"{name.particle} {name.family}" if name.particle else name.family
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _csl_item(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": reference.key,
        "type": _CSL_TYPES[reference.type],
        "title": reference.title,
        "author": _csl_names(reference.authors, and_others=reference.and_others),
        "editor": _csl_names(reference.editors),
        "container-title": reference.container,
        "issued": _csl_date(reference.date or reference.year),
        "accessed": _csl_date(reference.urldate),
        "volume": reference.volume,
        "number" if reference.type == "report" else "issue": reference.number,
        "page": reference.pages.replace("–", "-"),
        "publisher": reference.publisher or reference.organization,
        "publisher-place": reference.address,
        "edition": reference.edition,
        "ISBN": reference.isbn,
        "DOI": reference.doi,
        "PMID": reference.pmid,
        "PMCID": reference.pmcid,
        "URL": reference.url,
        "note": _note(reference),
        "status": reference.standing.word if reference.standing else "",
    }
    return {name: value for name, value in item.items() if value}


def _csl_names(names: Sequence[Name], *, and_others: bool = False) -> list[dict[str, str]]:
    people = [_csl_name(name) for name in names]
    return [*people, {"literal": "others"}] if and_others and people else people


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given and not name.particle and not name.suffix:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _csl_date(text: str) -> dict[str, list[list[int]]]:
    parts = [int(part) for part in text.split("-") if part.isdecimal()]
    return {"date-parts": [parts]} if parts else {}


BIBTEX = Format("BibTeX", "bib", _bibtex_entry, "\n".join)
RIS = Format("RIS", "ris", _ris_entry, "\n".join)
CSL_JSON = Format("CSL-JSON", "csl.json", _csl_entry, _csl_array)
FORMATS = (BIBTEX, RIS, CSL_JSON)
