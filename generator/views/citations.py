"""The citations of one page: numbers in the order of first use, places, the list at its foot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator import routes
from generator.views.parts import CiteMark, Link, ReferenceCard, ReferenceItem


class PageCitations:
    """Counts the citations of one page as they come in its text."""

    def __init__(self, cards: Mapping[str, ReferenceCard]) -> None:
        self._cards = cards
        self._places: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}

    def marks(self, citations: Iterable[tuple[str, str]]) -> tuple[CiteMark, ...]:
        """One bracket of keys and locators: by number, runs of three and more as a range."""
        locators: dict[str, list[str]] = {}
        for key, locator in citations:
            found = locators.setdefault(key, [])
            if locator and locator not in found:
                found.append(locator)
        numbers = self._numbers
        marks = sorted(
            (numbers.setdefault(key, len(numbers) + 1), key, "; ".join(found))
            for key, found in locators.items()
        )
        # What has a place of its own or a notice is not hidden in a range.
        hidden, starts = _ranges(
            [(number, bool(locator) or self.noticed(key)) for number, key, locator in marks]
        )
        return tuple(self._mark(*mark, index in hidden, index in starts) for index, mark in enumerate(marks))

    def place(self, key: str) -> tuple[int, str]:
        """One more citation of a reference: its number on this page, and the anchor of the place."""
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        places = self._places.setdefault(key, [])
        place = f"cite-{number}-{len(places) + 1}"
        places.append(place)
        return number, place

    def _mark(
        self, number: int, key: str, locator: str, hidden: bool = False, range_start: bool = False
    ) -> CiteMark:
        _, place = self.place(key)
        notice = self._cards[key].notice
        return CiteMark(
            number,
            "#" + routes.reference_anchor(key),
            place,
            locator,
            hidden,
            range_start,
            notice.word if notice else "",
            notice.kind if notice else "",
        )

    def noticed(self, key: str) -> bool:
        """Whether something was published about the source later."""
        return self._cards[key].notice is not None

    def __len__(self) -> int:
        return len(self._numbers)

    def references(self) -> tuple[ReferenceItem, ...]:
        """The page's list of references, in the order of first citation."""
        return tuple(
            ReferenceItem(
                number,
                self._cards[key],
                tuple(Link("#" + place, _letters(index)) for index, place in enumerate(self._places[key])),
            )
            for key, number in self._numbers.items()
        )


def _letters(index: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _ranges(marks: list[tuple[int, bool]]) -> tuple[set[int], set[int]]:
    """Indices hidden inside ranges, and indices at which a range starts."""
    hidden: set[int] = set()
    starts: set[int] = set()
    start = 0
    while start < len(marks):
        end = start
        while (
            end + 1 < len(marks)
            and marks[end + 1][0] == marks[end][0] + 1
            and not marks[end][1]
            and not marks[end + 1][1]
        ):
            end += 1
        if end - start >= 2:
            hidden.update(range(start + 1, end))
            starts.add(start)
        start = end + 1
    return hidden, starts
