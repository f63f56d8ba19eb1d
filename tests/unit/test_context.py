"""Statements as pieces, names of terms in text, links from a page, the status line."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from generator.inline import Citation
from generator.knowledge import KnowledgeBase
from generator.model.base import ClinicalReview, Review, Statement
from generator.model.vocabulary import GlossaryTerm
from generator.page_marks import ROOT, cite_mark
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Piece
from generator.views.status import long_date, status_of_review


@pytest.fixture
def page(everything: KnowledgeBase) -> PageContext:
    return PageContext(SiteContext(everything), "techniques/patch-a-tube")


def with_terms(kb: KnowledgeBase, *terms: GlossaryTerm) -> PageContext:
    changed = dataclasses.replace(kb, terms={term.id: term for term in terms})
    return PageContext(SiteContext(changed), "a/b")


def linked(page: PageContext, text: str) -> list[str]:
    return [piece.text for piece in page.pieces(text) if piece.kind in ("term", "term-link")]


# --- statements


def test_a_statement_ends_with_its_list_of_citations(page: PageContext) -> None:
    """Inline citations where they stand, those of the list in one mark at the end."""
    statement = Statement(text="First [@lee2020rides], then more", citations=("brown2019wheels, p. 4",))
    assert page.statement(statement).pieces == (
        Piece("text", "First "),
        Piece("cite", cite_mark([Citation("lee2020rides")])),
        Piece("text", ", then more"),
        Piece("cite", cite_mark([Citation("brown2019wheels", "p. 4")])),
    )


def test_a_statement_is_made_once_for_all_pages(page: PageContext) -> None:
    """What depends on the page is settled later, so another page shows the same pieces."""
    statement = Statement(text="An inner tube [[site:rim]]", citations=("lee2020rides",))
    other = PageContext(page.site, "glossary")
    assert other.statement(statement).pieces is page.statement(statement).pieces


@pytest.mark.parametrize(
    ("basis", "tag", "shown"),
    [
        ("text", "", ""),
        ("text", "rare", "rare"),
        ("title", "", "from the title of a cited paper only"),
        ("caption", "rare", "rare, from a figure caption"),
    ],
)
def test_what_only_a_title_says_is_marked(basis: str, tag: str, shown: str, page: PageContext) -> None:
    """The weakest basis is said in words beside the statement."""
    statement = Statement(text="t", citations=("lee2020rides",), basis=basis)  # type: ignore[arg-type]
    assert page.statement(statement, tag).tag == shown


# --- terms and links


def test_a_term_is_found_under_every_name(page: PageContext) -> None:
    """Which of them becomes a link is settled for the whole page."""
    found = linked(page, "An inner tube is an air tube, an INNER TUBE.")
    assert found == ["inner tube", "air tube", "INNER TUBE"]


def test_a_term_link_says_what_the_term_means(page: PageContext) -> None:
    """The definition travels with the link, in plain words."""
    piece = page.pieces("Air tubes hold air; an air tube")[1]
    assert piece == Piece(
        "term",
        "air tube",
        f"{ROOT}glossary/#inner-tube",
        "The part of a Tyre that holds the air.",
        "inner-tube",
    )


def test_a_link_written_by_hand_stays_a_link(page: PageContext) -> None:
    """[[term:…]] is one wherever it stands."""
    kinds = [piece.kind for piece in page.pieces("The [[term:inner-tube|tube]], or inner tube.")]
    assert kinds == ["text", "term-link", "text", "term", "text"]


def test_words_inside_words_are_no_terms(page: PageContext) -> None:
    """Whole words only; a hyphen makes one word."""
    assert linked(page, "Dinner tubes, inner-tube, inner tubes") == []


def test_case_counts_for_abbreviations(everything: KnowledgeBase) -> None:
    """SAP is a term where sap is tree juice."""
    term = GlossaryTerm(id="sap", term="Self-adhesive patch", abbreviations=("SAP",), definition="A patch.")
    assert linked(with_terms(everything, term), "The sap of a tree, and a SAP.") == ["SAP"]


def test_an_abbreviation_that_can_be_mistaken_is_not_linked(page: PageContext) -> None:
    """IT may be something else; a word too common is left alone as well."""
    assert linked(page, "An IT department and a valve") == []


def test_the_longest_name_wins(everything: KnowledgeBase) -> None:
    """'Inner tube valve' is not 'inner tube' and a valve."""
    terms = [
        GlossaryTerm(id="a", term="Tube", definition="x"),
        GlossaryTerm(id="b", term="Tube valve", definition="x"),
    ]
    assert linked(with_terms(everything, *terms), "A tube valve on a tube") == ["tube valve", "tube"]


@pytest.mark.parametrize("text", ["the inner, tube", "The inner. Tube", "inner (tube)", "inner/tube"])
def test_words_with_a_stop_between_them_are_no_term(text: str, page: PageContext) -> None:
    """A term of two words is two words side by side."""
    assert linked(page, text) == []


@pytest.mark.parametrize("text", ["Brown's patch", "(Brown's patch)", "a Brown's patch…", "<Brown's patch>"])
def test_a_term_is_found_whatever_stands_around_it(text: str, everything: KnowledgeBase) -> None:
    """Apostrophes belong to the word, brackets and stops do not."""
    term = GlossaryTerm(id="browns-patch", term="Brown's patch", definition="A patch.")
    assert linked(with_terms(everything, term), text) == ["Brown's patch"]


def test_no_word_is_lost_between_links(page: PageContext) -> None:
    """The pieces of a text add up to the text."""
    text = "An inner tube, then markup, then an air tube."
    assert "".join(piece.text for piece in page.pieces(text)) == text


@pytest.mark.parametrize(
    ("kind", "identifier", "link"),
    [
        ("technique", "replace-a-tube", Link("../../techniques/replace-a-tube/", "Replace a tube")),
        ("technique", "self-adhesive-patch", Link("#self-adhesive-patch", "Self-adhesive patch")),
        ("site", "rim", Link("../../pain-sites/rim/", "Rim")),
        (
            "page",
            "guides/first-ride",
            Link("../../guides/first-ride/", 'First ride <b>after</b> winter & "rain"'),
        ),
        ("page", "techniques", Link("../../techniques/", "Techniques")),
    ],
)
def test_links_carry_a_name(kind: str, identifier: str, link: Link, page: PageContext) -> None:
    """To techniques, variants on their page, pain sites, written and generated pages."""
    assert page.link(kind, identifier) == link


# --- status


def test_a_page_without_clinical_review_says_so(page: PageContext) -> None:
    """'None yet' is a statement."""
    review = Review(
        drafted_from=("brown2019wheels",),
        checked=datetime.date(2026, 11, 2),
        next_due=datetime.date(2027, 11, 22),
    )
    status = status_of_review(page, review)
    assert (status.is_reviewed, status.reviewed) == (False, "none yet")
    assert (status.checked, status.checked_iso) == ("2 November 2026", "2026-11-02")
    assert (status.next_due, status.next_due_iso) == ("22 November 2027", "2027-11-22")
    assert status.drafted_from == (Piece("cite", cite_mark([Citation("brown2019wheels")])),)


def test_the_latest_clinical_review_is_shown(page: PageContext) -> None:
    """With name, role and day."""
    reviews = (
        ClinicalReview(name="Late", role="Mechanic", date=datetime.date(2026, 5, 1)),
        ClinicalReview(name="Early", date=datetime.date(2026, 4, 1)),
    )
    review = page.kb.techniques["patch-a-tube"].review.model_copy(update={"clinical_review": reviews})
    assert status_of_review(page, review).reviewed == "Late, Mechanic, 1 May 2026"


def test_dates_are_long() -> None:
    """No month is a number."""
    assert long_date("2026-01-09") == "9 January 2026"
