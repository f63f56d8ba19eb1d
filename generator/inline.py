"""The inline syntax of records and prose pages: emphasis, citation, cross-link.

    *emphasis*   [@key]   [@key, Table 1; @other]   [[technique:id]]   [[term:id|shown text]]

In a Markdown table the bar of a link is written with a backslash before it. A backslash before
`*`, `[` or another backslash makes that a plain character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

KEY = r"[A-Za-z0-9][A-Za-z0-9_:.-]*"


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised text."""

    text: str


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A reference by its key, with the place in it where one is given."""

    key: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """Citations that stand in one bracket."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CrossLink:
    """A link to another record or page; `text` is empty when its own name is to be shown."""

    kind: str
    id: str
    text: str = ""


Span: TypeAlias = Words | Emphasis | CitationGroup | CrossLink

_CITATIONS = re.compile(rf"\[(@{KEY}(?:,[^\[\];]+)?(?:;\s*@{KEY}(?:,[^\[\];]+)?)*)\]")
_LINK = re.compile(r"\[\[([a-z]+):([a-z0-9/-]+)(?:\\?\|([^\[\]|]+))?\]\]")
# Emphasis neither begins nor ends with a space (2 * 3 * 4) and holds no citation or link.
_EMPHASIS = r"\*(?P<emphasis>(?! )(?:[^*\[\n]|\[(?![@\[]))+(?<! ))\*"
_TOKEN = re.compile(rf"(?P<escape>\\[*\[\\])|{_LINK.pattern}|{_CITATIONS.pattern}|{_EMPHASIS}")
_SUSPECT = re.compile(r"\\[*\[\\]|(?P<suspect>\[@[^\]]*\]?|\[\[[^\]]*\]?\]?)")


@lru_cache(maxsize=65536)
def parse_citation(text: str) -> Citation:
    """A citation as it stands in a list: a key, or a key, a comma and a locator."""
    key, _, locator = text.strip().removeprefix("@").partition(",")
    return Citation(key.strip(), " ".join(locator.split()))


def parse_citations(text: str) -> tuple[Citation, ...]:
    """The citations of one bracket, without the bracket."""
    return tuple(parse_citation(part) for part in text.split(";"))


@lru_cache(maxsize=65536)
def parse_inline(text: str) -> tuple[Span, ...]:
    """Text as spans. Never fails: what is not syntax is text (see `suspects`)."""
    if "[" not in text and "*" not in text and "\\" not in text:
        return (Words(" ".join(text.split())),) if text.strip() else ()
    spans: list[Span] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            spans.append(Words("".join(plain)))
            plain.clear()

    text = " ".join(text.split())
    end = 0
    for match in _TOKEN.finditer(text):
        plain.append(text[end : match.start()])
        end = match.end()
        if match["escape"]:
            plain.append(match["escape"][1])
            continue
        flush()
        if match["emphasis"]:
            spans.append(Emphasis(match["emphasis"]))
        elif match[2]:
            spans.append(CrossLink(match[2], match[3], match[4] or ""))
        else:
            spans.append(CitationGroup(parse_citations(match[5])))
    plain.append(text[end:])
    flush()
    return tuple(span for span in spans if not (isinstance(span, Words) and not span.text))


def suspects(text: str) -> tuple[str, ...]:
    """Pieces that look like a citation or a cross-link but are malformed."""
    if "[@" not in text and "[[" not in text:
        return ()
    return tuple(
        found[0]
        for found in _SUSPECT.finditer(text)
        if found["suspect"] and not _CITATIONS.fullmatch(found[0]) and not _LINK.fullmatch(found[0])
    )


def plain_text(text: str) -> str:
    """The words alone, for search, titles and data: no emphasis, no citations."""
    parts = []
    for span in parse_inline(text):
        if isinstance(span, Words | Emphasis):
            parts.append(span.text)
        elif isinstance(span, CrossLink):
            parts.append(span.text or span.id.replace("-", " "))
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join("".join(parts).split()))
