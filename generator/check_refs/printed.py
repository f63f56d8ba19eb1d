"""What a service prints of a work: the same few facts from each, clean text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

from generator.model.ref_status import Notice

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKED = re.compile(r"^\W*(RETRACTED|RETRACTION|WITHDRAWN)(?: ARTICLE| CHAPTER)?\W*[:\].]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """A work as a service has it."""

    titles: tuple[str, ...]
    """The title, the title with its subtitle, the title in its own language."""
    years: tuple[int, ...]
    """Every year that it gives for the publication: in print, online."""
    authors: tuple[tuple[str, str], ...]
    """Family and given names, or the name of a body and nothing; the first author first."""
    notices: tuple[Notice, ...]

    @property
    def first_author(self) -> str:
        """Family name, or the name of a body; empty where none is given."""
        return self.authors[0][0] if self.authors else ""


def clean(text: object, most: int = 600) -> str:
    """Text of an answer as plain words: no tags, no entities, no invisible characters, on one line."""
    if not isinstance(text, str):
        return ""
    shown = unescape(_TAG.sub("", unescape(_TAG.sub("", text[: most * 8]))))
    kept = "".join(" " if char.isspace() else char for char in shown)
    kept = "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    return " ".join(kept.split())[:most]


def marked_in_title(title: str) -> str:
    """'RETRACTED' of 'RETRACTED: A title'; empty for other titles."""
    found = _MARKED.match(title)
    return found[1].upper() if found and found[1].upper() != "RETRACTION" else ""


def without_mark(title: str) -> str:
    """'A title' of 'RETRACTED: A title'."""
    return _MARKED.sub("", title) if marked_in_title(title) else title
