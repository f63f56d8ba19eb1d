"""One page under construction: numbers, ranges and back-links of citations, first uses of terms, links."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from generator.inline import Citation
from generator.knowledge import KnowledgeBase
from generator.model.base import ClinicalReview, Review, Statement
from generator.model.vocabulary import GlossaryTerm
from generator.views.context import PageContext, SiteContext
from generator.views.parts import CiteMark, Link, Piece
from generator.views.status import long_date, status_of_review

KEYS = ["brown2019wheels", "okafor2021tubes", "lee2020rides", "markup2022"]
A, B, C, D = (Citation(key) for key in KEYS)


@pytest.fixture
def page(everything: KnowledgeBase) -> PageContext:
    return PageContext(SiteContext(everything), "techniques/patch-a-tube")


def numbers(piece: Piece) -> list[tuple[int, bool, bool]]:
    return [(mark.number, mark.hidden, mark.range_start) for mark in piece.marks]


def with_terms(kb: KnowledgeBase, *terms: GlossaryTerm) -> PageContext:
    changed = dataclasses.replace(kb, terms={term.id: term for term in terms})
    return PageContext(SiteContext(changed), "a/b")


def linked(page: PageContext, text: str) -> list[str]:
    return [piece.text for piece in page.pieces(text) if piece.kind == "term"]


# --- citations


def test_references_are_numbered_in_the_order_of_first_use(page: PageContext) -> None:
    """Each page counts for itself, and a reference keeps its number."""
    page.pieces("One [@lee2020rides], two [@brown2019wheels; @lee2020rides].", ["okafor2021tubes"])
    assert page.numbers == {"lee2020rides": 1, "brown2019wheels": 2, "okafor2021tubes": 3}
    assert [(item.number, item.key) for item in page.references()] == [
        (1, "lee2020rides"),
        (2, "brown2019wheels"),
        (3, "okafor2021tubes"),
    ]
    assert PageContext(page.site, "other").numbers == {}


def test_one_mark_is_sorted_by_number(page: PageContext) -> None:
    """[1, 3], however they were written."""
    page.cite([A, B, C])
    assert numbers(page.cite([C, A])) == [(1, False, False), (3, False, False)]


def test_three_in_a_row_are_a_range_with_all_anchors(page: PageContext) -> None:
    """[1–3]: the second is hidden, but its place in the text is there to come back to."""
    mark = page.cite([A, B, C])
    assert numbers(mark) == [(1, False, True), (2, True, False), (3, False, False)]
    assert [item.id for item in mark.marks] == ["cite-1-1", "cite-2-1", "cite-3-1"]
    assert [item.href for item in mark.marks] == [f"#ref-{key}" for key in KEYS[:3]]


def test_two_in_a_row_are_no_range(page: PageContext) -> None:
    """[1, 2]."""
    assert numbers(page.cite([A, B])) == [(1, False, False), (2, False, False)]


def test_a_gap_ends_a_range(page: PageContext) -> None:
    """[1–3, 5]."""
    page.cite([A, B, C, D])
    page.numbers["fifth"] = 5
    assert numbers(page.cite([A, B, C, Citation("fifth")])) == [
        (1, False, True),
        (2, True, False),
        (3, False, False),
        (5, False, False),
    ]


def test_a_place_in_a_source_is_never_hidden(page: PageContext) -> None:
    """A citation with a locator stands for itself."""
    mark = page.cite([A, Citation(KEYS[1], "p. 2"), C])
    assert numbers(mark) == [(1, False, False), (2, False, False), (3, False, False)]
    assert [item.locator for item in mark.marks] == ["", "p. 2", ""]


def test_several_places_in_one_source_are_one_number(page: PageContext) -> None:
    """Said once is enough; the places stand together."""
    mark = page.cite([A, Citation(KEYS[0], "p. 2"), A, Citation(KEYS[0], "p. 7"), Citation(KEYS[0], "p. 2")])
    assert mark.marks == (CiteMark(1, "#ref-brown2019wheels", "cite-1-1", "p. 2; p. 7"),)


def test_the_list_leads_back_to_every_place(page: PageContext) -> None:
    """a, b, c … to each mark in the text, hidden ones too."""
    page.cite([A, B, C])
    page.cite([B])
    (_, second, _) = page.references()
    assert second.backlinks == (Link("#cite-2-1", "a"), Link("#cite-2-2", "b"))
    assert second.id == "ref-okafor2021tubes"
    assert second.page.href == "../../references/#ref-okafor2021tubes"


def test_letters_go_on_after_z(page: PageContext) -> None:
    """As columns of a spreadsheet do."""
    for _ in range(53):
        page.cite([A])
    (item,) = page.references()
    letters = [link.text for link in item.backlinks]
    assert (letters[25], letters[26], letters[51], letters[52]) == ("z", "aa", "az", "ba")
    assert len(set(letters)) == 53


def test_a_statement_ends_with_its_list_of_citations(page: PageContext) -> None:
    """Inline citations where they stand, those of the list in one mark at the end."""
    statement = Statement(text="First [@lee2020rides], then more", citations=("brown2019wheels, p. 4",))
    assert page.statement(statement).pieces == (
        Piece("text", "First "),
        Piece("cite", marks=(CiteMark(1, "#ref-lee2020rides", "cite-1-1"),)),
        Piece("text", ", then more"),
        Piece("cite", marks=(CiteMark(2, "#ref-brown2019wheels", "cite-2-1", "p. 4"),)),
    )


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


def test_the_first_use_of_a_term_is_linked_and_no_other(page: PageContext) -> None:
    """Once a page, under whichever name comes first."""
    assert linked(page, "An inner tube is an air tube, an INNER TUBE.") == ["inner tube"]
    assert linked(page, "The inner tube again.") == []


def test_a_term_link_says_what_the_term_means(page: PageContext) -> None:
    """The definition travels with the link, in plain words."""
    piece = page.pieces("Air tubes hold air; an air tube")[1]
    assert piece == Piece(
        "term", "air tube", "../../glossary/#inner-tube", "The part of a Tyre that holds the air."
    )


def test_a_link_written_by_hand_is_the_first_use(page: PageContext) -> None:
    """After [[term:…]] the term is not linked again."""
    assert linked(page, "The [[term:inner-tube|tube]], or inner tube.") == ["tube"]


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
    assert numbers(status.drafted_from[0]) == [(1, False, False)]


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
