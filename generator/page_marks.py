"""Marks in the text of a page that only the whole page can settle.

A statement stands on many pages and is made once. What depends on the page stays a mark until the page is
put together (`assemble.py`): the number of a citation, whether a glossary term was linked before, and the
way to the root of the site. Marks are control characters, which no source may hold (`load/text_file.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import unescape

from generator.inline import Citation

ROOT = "\x01"
"""Stands for the way from a page to the root of the site, at the start of an href."""

_START, _END = "\x02", "\x03"
_TERM, _LOCATOR, _NEXT = "\x04", "\x05", "\x06"


def cite_mark(citations: Iterable[Citation]) -> str:
    """The mark of citations that share one bracket."""
    places = (citation.key + _LOCATOR + citation.locator for citation in citations)
    return _START + _NEXT.join(places) + _END


def term_mark(identifier: str, link: str, text: str) -> str:
    """The mark of a term that is a link where it is the first of its page, and plain text elsewhere."""
    return f"{_START}{identifier}{_TERM}{link}{_TERM}{text}{_END}"


def settle(
    text: str,
    cite: Callable[[list[tuple[str, str]]], str],
    term: Callable[[str, str, str], str],
) -> str:
    """Text with every mark replaced, in the order in which they stand.

    `cite` gets the keys and locators of a bracket, `term` the id, the link and the plain text of a term.
    """
    before, *rest = text.split(_START)
    settled = [before]
    for part in rest:
        mark, _, after = part.partition(_END)
        if _LOCATOR in mark:
            places = [place.partition(_LOCATOR) for place in mark.split(_NEXT)]
            # The mark was escaped with the text in which it stands.
            settled.append(cite([(key, unescape(locator)) for key, _, locator in places]))
        else:
            settled.append(term(*mark.split(_TERM)))
        settled.append(after)
    return "".join(settled)
