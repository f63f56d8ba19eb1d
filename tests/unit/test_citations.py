"""Citations of one page: numbers, ranges, places and the ways back; marks settled for a whole page."""

from __future__ import annotations

from collections.abc import Sequence

from generator.assemble import Assembler
from generator.inline import Citation
from generator.page_marks import ROOT, cite_mark, term_mark
from generator.views.citations import PageCitations
from generator.views.parts import CiteMark, Link, ReferenceCard

KEYS = ["brown2019wheels", "okafor2021tubes", "lee2020rides", "markup2022"]
A, B, C, D = ((key, "") for key in KEYS)
CARDS = {key: ReferenceCard(f"ref-{key}", key, "", key, "", (), "", Link("", "")) for key in (*KEYS, "fifth")}


def numbers(marks: Sequence[CiteMark]) -> list[tuple[int | str, bool, bool]]:
    return [(mark.number, mark.hidden, mark.range_start) for mark in marks]


def test_references_are_numbered_in_the_order_of_first_use() -> None:
    """Each page counts for itself, and a reference keeps its number."""
    page = PageCitations(CARDS)
    page.marks([C])
    page.marks([A, C])
    page.marks([B])
    assert [(item.number, item.card.key) for item in page.references()] == [
        (1, "lee2020rides"),
        (2, "brown2019wheels"),
        (3, "okafor2021tubes"),
    ]


def test_one_mark_is_sorted_by_number() -> None:
    """[1, 3], however they were written."""
    page = PageCitations(CARDS)
    page.marks([A, B, C])
    assert numbers(page.marks([C, A])) == [(1, False, False), (3, False, False)]


def test_three_in_a_row_are_a_range_with_all_anchors() -> None:
    """[1–3]: the second is hidden, but its place in the text is there to come back to."""
    page = PageCitations(CARDS)
    mark = page.marks([A, B, C])
    assert numbers(mark) == [(1, False, True), (2, True, False), (3, False, False)]
    assert [item.id for item in mark] == ["cite-1-1", "cite-2-1", "cite-3-1"]
    assert [item.href for item in mark] == [f"#ref-{key}" for key in KEYS[:3]]


def test_two_in_a_row_are_no_range() -> None:
    """[1, 2]."""
    page = PageCitations(CARDS)
    assert numbers(page.marks([A, B])) == [(1, False, False), (2, False, False)]


def test_a_gap_ends_a_range() -> None:
    """[1–3, 5]."""
    page = PageCitations(CARDS)
    page.marks([A, B, C, D])
    page.marks([("fifth", "")])
    assert numbers(page.marks([A, B, C, ("fifth", "")])) == [
        (1, False, True),
        (2, True, False),
        (3, False, False),
        (5, False, False),
    ]


def test_a_place_in_a_source_is_never_hidden() -> None:
    """A citation with a locator stands for itself."""
    page = PageCitations(CARDS)
    mark = page.marks([A, (KEYS[1], "p. 2"), C])
    assert numbers(mark) == [(1, False, False), (2, False, False), (3, False, False)]
    assert [item.locator for item in mark] == ["", "p. 2", ""]


def test_several_places_in_one_source_are_one_number() -> None:
    """Said once is enough; the places stand together."""
    page = PageCitations(CARDS)
    mark = page.marks([A, (KEYS[0], "p. 2"), A, (KEYS[0], "p. 7"), (KEYS[0], "p. 2")])
    assert mark == (CiteMark(1, "#ref-brown2019wheels", "cite-1-1", "p. 2; p. 7"),)


def test_the_list_leads_back_to_every_place() -> None:
    """a, b, c … to each mark in the text, hidden ones too."""
    page = PageCitations(CARDS)
    page.marks([A, B, C])
    page.marks([B])
    (_, second, _) = page.references()
    assert second.backlinks == (Link("#cite-2-1", "a"), Link("#cite-2-2", "b"))
    assert second.card.id == "ref-okafor2021tubes"


def test_letters_go_on_after_z() -> None:
    """As columns of a spreadsheet do."""
    page = PageCitations(CARDS)
    for _ in range(53):
        page.marks([A])
    (item,) = page.references()
    letters = [link.text for link in item.backlinks]
    assert (letters[25], letters[26], letters[51], letters[52]) == ("z", "aa", "az", "ba")
    assert len(set(letters)) == 53


# --- a whole page


def settled(text: str, root: str = "../../") -> str:
    """The text of a page whose brackets show numbers and anchors only."""

    def cite(marks: Sequence[CiteMark]) -> str:
        return "[" + ", ".join(f"{mark.number} {mark.href} {mark.id}{mark.locator}" for mark in marks) + "]"

    return Assembler(cite).settle(text, root, CARDS)[0]


def test_citations_are_numbered_as_the_page_is_read() -> None:
    """Whatever was built first."""
    second, first = cite_mark([Citation(KEYS[1])]), cite_mark([Citation(KEYS[0], "p. 3"), Citation(KEYS[1])])
    assert settled(f"a{first}b{second}c{{0}}") == (
        "a[1 #ref-brown2019wheels cite-1-1p. 3, 2 #ref-okafor2021tubes cite-2-1]b"
        "[2 #ref-okafor2021tubes cite-2-2]c{0}"
    )


def test_the_list_of_references_belongs_to_the_text() -> None:
    """Only what the page cites stands at its foot, with every place."""
    mark = cite_mark([Citation(KEYS[2])])
    _, references = Assembler(lambda marks: "").settle(mark + "and" + mark, "", CARDS)
    assert [(item.card.key, len(item.backlinks)) for item in references] == [(KEYS[2], 2)]
    assert Assembler(lambda marks: "").settle("nothing", "", CARDS) == ("nothing", ())


def test_the_first_use_of_a_term_is_linked_and_no_other() -> None:
    """Once a page, under whichever name comes first."""
    first, again = (
        term_mark("tube", "<a>inner tube</a>", "inner tube"),
        term_mark("tube", "<a>tube</a>", "tube"),
    )
    other = term_mark("rim", "<a>rim</a>", "rim")
    assert settled(f"An {first}, a {again}, a {other}") == "An <a>inner tube</a>, a tube, a <a>rim</a>"


def test_links_lead_through_the_root() -> None:
    """From whichever page they stand on."""
    assert settled(f'<a href="{ROOT}glossary/#rim">', "../") == '<a href="../glossary/#rim">'
    assert settled(f'<a href="{ROOT}glossary/#rim">', "") == '<a href="glossary/#rim">'
