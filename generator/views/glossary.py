"""The glossary: each term with its meaning, what it can be mistaken for, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.model.vocabulary import GlossaryTerm
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Piece, Section, StatementView


@dataclass(frozen=True, slots=True)
class TermView:
    """One term."""

    id: str
    term: str
    abbreviations: tuple[str, ...]
    synonyms: tuple[str, ...]
    definition: StatementView
    ambiguous: tuple[Piece, ...]
    see_also: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TermList:
    """All terms under one letter."""

    letter: str
    terms: tuple[TermView, ...]


def build(site: SiteContext) -> Page:
    """The glossary page."""
    ctx = PageContext(site, routes.GLOSSARY)
    by_letter: dict[str, list[TermView]] = {}
    for term in site.kb.terms.values():
        letter = next((character for character in term.term.upper() if character.isalpha()), "#")
        by_letter.setdefault(letter, []).append(_term(ctx, term))
    return Page(
        address=ctx.address,
        kind="glossary",
        title="Glossary",
        description=f"Terms and abbreviations as this {site.kb.words.work} uses them.",
        lead=ctx.pieces(
            f"Terms and abbreviations as this {site.kb.words.work} uses them, each with its source.",
            terms=False,
        ),
        sections=tuple(
            Section(f"letter-{letter.lower()}", letter, "glossary/terms", TermList(letter, tuple(terms)))
            for letter, terms in sorted(by_letter.items())
        ),
        root=ctx.root,
    )


def _term(ctx: PageContext, term: GlossaryTerm) -> TermView:
    return TermView(
        id=term.id,
        term=term.term,
        abbreviations=term.abbreviations,
        synonyms=term.synonyms,
        # No term links to itself or to its neighbours.
        definition=StatementView(ctx.pieces(term.definition, term.citations, terms=False)),
        ambiguous=ctx.pieces(term.ambiguous, terms=False) if term.ambiguous else (),
        see_also=tuple(ctx.link("term", other) for other in term.see_also),
    )
