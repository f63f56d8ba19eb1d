"""Finds the names of glossary terms in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.vocabulary import GlossaryTerm

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_PUNCTUATION = str.maketrans(dict.fromkeys('.,;:()/–—“”„«»\\"‘[]<>{}?!…*+=&|%#@^~`_', " "))
_AT_ITS_ENDS = "'’-"
_SPLITS_A_WORD = re.compile(r"[-'’]{2}")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name under which a term is recognised, in small letters unless its case counts."""

    text: str
    words: int
    exact_case: bool
    term: str


class TermFinder:
    """Recognises terms by name, synonym and unambiguous abbreviation."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._by_first_word: dict[str, list[_Name]] = {}
        for term in terms:
            if term.autolink:
                self._add(term)
        for names in self._by_first_word.values():
            names.sort(key=lambda name: -name.words)
        self._first_words = frozenset(self._by_first_word)

    def _add(self, term: GlossaryTerm) -> None:
        names = [(term.term, False), *((name, False) for name in term.synonyms)]
        names += [(name, True) for name in term.abbreviations if not term.ambiguous]
        for name, is_abbreviation in names:
            words = list(_WORD.finditer(name))
            if not words:
                continue
            exact = is_abbreviation or name.isupper() or len(name) < 4
            shown = name[words[0].start() : words[-1].end()]
            entry = _Name(shown if exact else shown.casefold(), len(words), exact, term.id)
            self._by_first_word.setdefault(words[0][0].casefold(), []).append(entry)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and id of each name of a term; of names that overlap the first, then the longest."""
        if not self._may_hold_name(text):
            return
        folded = text.casefold()
        if len(folded) != len(text):  # a letter that folds to two would shift every place after it
            folded = text.lower() if len(text.lower()) == len(text) else text
        ends = [match.end() for match in _WORD.finditer(text)]
        skip_to = 0
        for position, word in enumerate(_WORD.finditer(folded)):
            if position < skip_to:
                continue
            for name in self._by_first_word.get(word[0], ()):
                start = word.start()
                end = start + len(name.text)
                last = position + name.words - 1
                if (
                    (text if name.exact_case else folded).startswith(name.text, start)
                    and last < len(ends)
                    and ends[last] == end
                ):
                    yield start, end, name.term
                    skip_to = last + 1
                    break

    def _may_hold_name(self, text: str) -> bool:
        """A quick no for most texts: no word of it starts a name."""
        words = text.casefold().translate(_PUNCTUATION).split()
        if not self._first_words.isdisjoint(words) or _SPLITS_A_WORD.search(text):
            return True
        return any(word.strip(_AT_ITS_ENDS) in self._first_words for word in words if not word.isalnum())
