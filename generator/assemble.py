"""Puts a page together: numbers its citations, links first uses of terms, joins the way to the root."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator import routes
from generator.page_marks import ROOT, settle
from generator.views.citations import PageCitations
from generator.views.parts import CiteMark, ReferenceCard, ReferenceItem

_NUMBER, _HREF, _PLACE = "\x02", "\x03", "\x04"


class Assembler:
    """Settles the marks of whole pages. `cite` is the component of a citation bracket."""

    def __init__(self, cite: Callable[[Any], str]) -> None:
        self._cite = cite
        # Most brackets hold one number: the component, made once with these in its places.
        self._one_number = (
            cite((CiteMark(_NUMBER, _HREF, _PLACE),))
            .replace("{", "{{")
            .replace("}", "}}")
            .replace(_NUMBER, "{0}")
            .replace(_HREF, "{1}")
            .replace(_PLACE, "{2}")
            .format
        )

    def settle(
        self, text: str, root: str, cards: Mapping[str, ReferenceCard]
    ) -> tuple[str, tuple[ReferenceItem, ...]]:
        """The text without marks, and its list of references. `root` leads to the root of the site."""
        (settled,), references = self.settle_parts([text], cards)
        return settled.replace(ROOT, root), references

    def settle_parts(
        self, parts: Sequence[str], cards: Mapping[str, ReferenceCard]
    ) -> tuple[list[str], tuple[ReferenceItem, ...]]:
        """Parts that share one list of references; in each of them the first use of a term is a link.

        The way to the root of the site stays a mark.
        """
        citations = PageCitations(cards)
        linked: set[str] = set()
        one_number = self._one_number

        def cite(places: list[tuple[str, str]]) -> str:
            if len(places) == 1 and not places[0][1] and not citations.noticed(places[0][0]):
                key = places[0][0]
                number, place = citations.place(key)
                return one_number(number, "#" + routes.reference_anchor(key), place)
            return self._cite(citations.marks(places))

        def term(identifier: str, link: str, plain: str) -> str:
            if identifier in linked:
                return plain
            linked.add(identifier)
            return link

        settled = []
        for part in parts:
            linked.clear()
            settled.append(settle(part, cite, term))
        return settled, citations.references()
