"""Which words of a text tell what it is about, in a form in which spellings and endings do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from generator.model.study import Study
from generator.model.vocabulary_files import SearchWords

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
"""Letters by which two words count as the same: pelvis and pelvic."""


class TellingWords:
    """The words of texts without those that are common in the specialty; each text is read once."""

    def __init__(self, search_words: SearchWords, study: Study) -> None:
        self._search_words, self._study = search_words, study
        self._of_text: dict[str, frozenset[str]] = {}
        self._stems: dict[str, str] = {}

    def of(self, texts: Iterable[str]) -> frozenset[str]:
        """Beginnings of the telling words; spellings of one word become one."""
        return frozenset().union(*(self._words_of_text(text) for text in texts))

    def _words_of_text(self, text: str) -> frozenset[str]:
        known = self._of_text.get(text)
        if known is None:
            stems = (self._stem(word) for word in set(_WORD.findall(text.casefold())))
            known = self._of_text[text] = frozenset(filter(None, stems))
        return known

    def _stem(self, word: str) -> str:
        """The beginning of a word; nothing for a common one."""
        known = self._stems.get(word)
        if known is None:
            spelt = word
            if word.startswith(self._spelt):
                spelt = next(first for start, first in self._spellings if word.startswith(start))
            common = spelt in self._whole or spelt.startswith(self._common)
            known = self._stems[word] = "" if common else spelt[:_STEM]
        return known

    @cached_property
    def _spellings(self) -> tuple[tuple[str, str], ...]:
        groups = self._search_words.spellings
        return tuple((item.casefold(), group[0].casefold()) for group in groups for item in group)

    @cached_property
    def _spelt(self) -> tuple[str, ...]:
        return tuple(start for start, _ in self._spellings)

    @cached_property
    def _common(self) -> tuple[str, ...]:
        return tuple(word.casefold() for word in self._study.common_words if len(word) > 3)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self._study.common_words)
