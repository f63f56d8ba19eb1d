"""A study question, the statements that answer it, and its draft before it is worded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from generator.inline import Citation, CitationGroup, parse_citation, parse_inline
from generator.model.base import Statement
from generator.views.context import BASIS_TAGS, SiteContext


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of an answer."""

    text: str
    """Plain words."""
    citations: tuple[Citation, ...]
    statement: Statement
    """The same as the record holds it, for a page."""
    lead: str = ""
    """What the statement is about, where the question asks for it: a level, a value."""
    note: str = ""
    """'serious', 'as a variant', 'of a class'."""

    @property
    def line(self) -> str:
        """The whole in one line."""
        words = f"{self.lead}: {self.text}" if self.lead else self.text
        return f"{words} ({self.note})" if self.note else words


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Without options it is an open one, and what is said answers it."""

    id: str
    kind: str
    technique: str
    ask: str
    says: tuple[Said, ...]
    options: tuple[str, ...] = ()
    right: int | None = None

    @property
    def answer(self) -> str:
        """The right answer in plain words; several statements stand on lines of their own."""
        return (
            self.options[self.right] if self.right is not None else "\n".join(said.line for said in self.says)
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All sources, each place once, in the order of the statements."""
        return tuple(dict.fromkeys(citation for said in self.says for citation in said.citations))


@dataclass(frozen=True, slots=True)
class Draft:
    """A question before it is worded: the ids of its fact, what fills the wording, its answers."""

    fact: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    says: tuple[Said, ...]
    right: str = ""
    wrong: tuple[str, ...] = ()
    """All answers that are surely wrong, the nearest in kind first."""


def in_order(seed: str, texts: Iterable[str]) -> list[str]:
    """In an order that looks shuffled and is the same in every build: by a hash of seed and text."""
    return sorted(texts, key=lambda text: hashlib.sha256(f"{seed}\n{text}".encode()).digest())


def said(site: SiteContext, statement: Statement, lead: str = "", note: str = "") -> Said:
    """A statement as part of an answer, with the sources inside its text and at its end."""
    inside = (
        citation
        for span in parse_inline(statement.text)
        if isinstance(span, CitationGroup)
        for citation in span.citations
    )
    listed = (parse_citation(citation) for citation in statement.citations)
    basis = BASIS_TAGS[statement.basis]
    return Said(
        site.plain(statement.text),
        tuple(dict.fromkeys((*inside, *listed))),
        statement,
        lead,
        ", ".join(filter(None, (note, basis))),
    )
