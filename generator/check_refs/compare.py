"""Our entry beside what a service prints. What is tolerated stands here; everything else is a difference.

Title: case, punctuation, spaces, diacritics, tags, `&` and `and`, a mark such as `RETRACTED:` before it,
and a subtitle that only one side has. Year: any that the service gives (in print, online) and those between
them. First author: diacritics, case, hyphens, and a particle (`van den`) or a further family name that only
one side has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from generator.bibliography import plain_words
from generator.check_refs.printed import Printed, without_mark
from generator.model.ref_status import Difference
from generator.model.reference import Reference

_SUBTITLE = re.compile(r"[:?!.—–]\s+|\s[-–—]\s")
_MOST_AUTHORS = 30
_FEWEST_WORDS = 3
"""A main title of fewer words is no proof that it is the same work."""


def differences(
    reference: Reference, printed: Printed, service: Literal["crossref", "pubmed"]
) -> Iterator[Difference]:
    """Where the service has another title, year or first author, or one that ours has not at all.

    What the service does not give is not compared.
    """
    if printed.titles and not any(same_title(reference.title, title) for title in printed.titles):
        yield Difference(field="title", ours=reference.title, theirs=printed.titles[0], said_by=service)
    if printed.years and not (reference.year and _same_year(reference.year, printed.years)):
        years = ", ".join(map(str, printed.years))
        yield Difference(field="year", ours=reference.year or None, theirs=years, said_by=service)
    ours = _first_author(reference)
    if ours and printed.first_author and not same_author(ours, printed.first_author):
        yield Difference(field="author", ours=ours, theirs=printed.first_author, said_by=service)
    if not (reference.authors or reference.editors) and printed.authors:
        yield Difference(field="author", ours=None, theirs=as_bibtex(printed.authors), said_by=service)


def as_bibtex(authors: Sequence[tuple[str, str]]) -> str:
    """Authors as they are written in a .bib file: `Núñez, Ana and {A Body} and others`."""
    names = [f"{family}, {given}" if given else f"{{{family}}}" for family, given in authors[:_MOST_AUTHORS]]
    return " and ".join([*names, "others"] if len(authors) > _MOST_AUTHORS else names)


def same_title(ours: str, theirs: str) -> bool:
    """Whether two titles are of one work."""
    theirs = without_mark(theirs)
    if _letters(ours) == _letters(theirs):
        return True
    for one, other in ((ours, theirs), (theirs, ours)):
        for cut in _SUBTITLE.finditer(other):
            main = other[: cut.start()]
            if len(main.split()) >= _FEWEST_WORDS and _letters(main) == _letters(one):
                return True
    return False


def same_author(ours: str, theirs: str) -> bool:
    """Whether two family names are of one person, or two names of one body."""
    one, other = plain_words(ours.replace("-", " ")).split(), plain_words(theirs.replace("-", " ")).split()
    if "".join(one) == "".join(other):
        return True
    short, long = sorted((one, other), key=len)
    return bool(short) and (long[-len(short) :] == short or long[: len(short)] == short)


def _same_year(ours: str, theirs: tuple[int, ...]) -> bool:
    return ours.isdecimal() and min(theirs) <= int(ours) <= max(theirs)


def _first_author(reference: Reference) -> str:
    if not reference.authors:
        return ""
    first = reference.authors[0]
    return " ".join(filter(None, (first.particle, first.family)))


def _letters(title: str) -> str:
    return plain_words(title.replace("&", " and ").replace(";", " ")).replace(" ", "")
