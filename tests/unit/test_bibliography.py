"""References as text, links and exports."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from generator.bibliography import ReferenceLink, format_reference, plain_citation, sort_key
from generator.citation_formats import to_bibtex, to_csl_json, to_ris
from generator.diagnostics import Diagnostics, Location
from generator.load.bibtex_file import load_bibtex
from generator.model.reference import Name, Reference

HERE = Location("refs.bib", 1, 1)


def reference(**values: Any) -> Reference:
    return Reference(**{"key": "k", "type": "article", "title": "Title", "location": HERE, **values})


def people(*names: str) -> tuple[Name, ...]:
    return tuple(Name(*name.split(", ")) for name in names)


REVIEW = reference(
    key="corriero2025missing",
    title="The missing pillar",
    authors=people("Corriero, Alberto", "Giglio, Mariateresa", "Soloperto, Rossana"),
    and_others=True,
    container="Pain and Therapy",
    year="2025",
    volume="14",
    number="4",
    pages="1223–1246",
    doi="10.1007/s40122-025-00751-8",
    pmid="40495101",
    pmcid="PMC12279671",
)
CHAPTER = reference(
    key="doe2020block",
    type="chapter",
    title="Block & neurolysis",
    authors=people("Doe, Jane Q."),
    editors=people("Benzon, Honorio", "Raja, Srinivasa N."),
    container="Practical Pain",
    edition="2",
    address="Philadelphia",
    publisher="Elsevier",
    year="2020",
    pages="12–15",
    isbn="978-3",
)
PAGE = reference(
    key="iasp2024terms",
    type="web",
    title="Terminology",
    organization="International Association for the Study of Pain",
    date="2021-03",
    year="2021",
    urldate="2024-01-26",
    url="https://www.iasp-pain.org/resources/terminology/",
)


def test_article() -> None:
    formatted = format_reference(REVIEW)
    assert formatted.key == "corriero2025missing"
    assert formatted.authors == "Corriero A, Giglio M, Soloperto R, et al."
    assert formatted.title == "The missing pillar."
    assert formatted.source == "Pain and Therapy. 2025;14(4):1223–1246."
    assert formatted.links == (
        ReferenceLink("DOI 10.1007/s40122-025-00751-8", "https://doi.org/10.1007/s40122-025-00751-8"),
        ReferenceLink("PMID 40495101", "https://pubmed.ncbi.nlm.nih.gov/40495101/"),
        ReferenceLink("PMC12279671", "https://pmc.ncbi.nlm.nih.gov/articles/PMC12279671/"),
    )


def test_chapter() -> None:
    formatted = format_reference(CHAPTER)
    assert formatted.authors == "Doe JQ."
    assert formatted.source == (
        "In: Benzon H, Raja SN, editors. Practical Pain. 2nd ed. Philadelphia: Elsevier; 2020. p. 12–15."
    )


def test_web_page() -> None:
    formatted = format_reference(PAGE)
    assert formatted.authors == "International Association for the Study of Pain."
    assert formatted.source == "2021 Mar [accessed 2024 Jan 26]."
    assert formatted.links == (ReferenceLink("iasp-pain.org", PAGE.url),)
    named = replace(PAGE, authors=people("Doe, J."), container="Pain terms")
    assert format_reference(named).source == (
        "Pain terms. International Association for the Study of Pain; 2021 Mar [accessed 2024 Jan 26]."
    )


def test_book_and_report() -> None:
    book = reference(
        type="book", title="Atlas", editors=people("Doe, J."), edition="Third", publisher="Wiley", year="2001"
    )
    assert plain_citation(book) == "Doe J, editor. Atlas. Third ed. Wiley; 2001."
    report = reference(
        type="report", title="Cancer pain relief", organization="World Health Organization", address="Geneva",
        year="1986", number="12",
    )  # fmt: skip
    assert (
        plain_citation(report)
        == "World Health Organization. Cancer pain relief. Geneva; 1986. Report no. 12."
    )


@pytest.mark.parametrize(
    ("values", "source"),
    [
        ({}, ""),
        ({"container": "Pain"}, "Pain."),
        ({"container": "Pain", "year": "2020"}, "Pain. 2020."),
        ({"container": "Pain", "year": "2020", "pages": "e12"}, "Pain. 2020:e12."),
        ({"container": "Pain", "year": "2020", "volume": "5"}, "Pain. 2020;5."),
        ({"container": "Pain", "year": "2020", "number": "3"}, "Pain. 2020;(3)."),
        ({"container": "Proc. Natl. Acad. Sci.", "year": "2020"}, "Proc. Natl. Acad. Sci. 2020."),
        ({"container": "What Pain?", "volume": "5", "pages": "1–2"}, "What Pain? 5:1–2."),
    ],
)
def test_article_with_gaps(values: dict[str, str], source: str) -> None:
    assert format_reference(reference(**values)).source == source


@pytest.mark.parametrize(
    ("names", "others", "expected"),
    [
        ([], False, ""),
        (["World Health Organization"], False, "World Health Organization."),
        (["Doe, Jean-Paul A."], False, "Doe JPA."),
        (["Doe, J.", "Roe, R."], True, "Doe J, Roe R, et al."),
        ([f"A{n}, B." for n in range(6)], False, "A0 B, A1 B, A2 B, A3 B, A4 B, A5 B."),
        ([f"A{n}, B." for n in range(7)], False, "A0 B, A1 B, A2 B, et al."),
    ],
)
def test_authors(names: list[str], others: bool, expected: str) -> None:
    assert format_reference(reference(authors=people(*names), and_others=others)).authors == expected


def test_name_parts() -> None:
    names = (
        Name("Beuken-van Everdingen", "Marieke H. J.", "van den"),
        Name("King", "Martin (Mike) L.", "", "Jr"),
    )
    assert (
        format_reference(reference(authors=names)).authors == "van den Beuken-van Everdingen MHJ, King ML Jr."
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pain", "Pain."),
        ("Pain.", "Pain."),
        ("Pain.. ", "Pain."),
        ("Pain?", "Pain?"),
        ("Pain?.", "Pain?"),
        ("Pain!", "Pain!"),
        ("The “why?”", "The “why?”"),
        ("Pain (review)", "Pain (review)."),
        ("To be continued…", "To be continued…"),
        ("", ""),
    ],
)
def test_titles_end_once(title: str, expected: str) -> None:
    assert format_reference(reference(title=title)).title == expected


def test_links_are_encoded() -> None:
    odd = reference(doi='10.1002/(SICI)1<1::AID>3.0.CO;2-#?"x', url='https://a.org/é?a=1&b="><script>%20')
    assert [link.href for link in format_reference(odd).links] == [
        "https://doi.org/10.1002/(SICI)1%3C1::AID%3E3.0.CO;2-%23%3F%22x",
        "https://a.org/%C3%A9?a=1&b=%22%3E%3Cscript%3E%20",
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert [link.label for link in format_reference(reference(url=url)).links] == ["Search PubMed by title"]


def test_an_address_that_repeats_an_identifier_is_not_shown_twice() -> None:
    twice = reference(doi="10.1000/x", url="https://doi.org/10.1000/x")
    assert [link.label for link in format_reference(twice).links] == ["DOI 10.1000/x"]


def test_title_search_without_identifiers() -> None:
    (link,) = format_reference(reference(title="Pain: a “review” of TENS (2nd)")).links
    assert link == ReferenceLink(
        "Search PubMed by title",
        "https://pubmed.ncbi.nlm.nih.gov/?term=pain%20a%20review%20of%20tens%202nd%5BTitle%5D",
    )


def test_plain_citation() -> None:
    assert plain_citation(REVIEW) == (
        "Corriero A, Giglio M, Soloperto R, et al. The missing pillar. Pain and Therapy. "
        "2025;14(4):1223–1246. doi:10.1007/s40122-025-00751-8 PMID: 40495101 PMCID: PMC12279671"
    )
    assert plain_citation(PAGE).endswith(
        "[accessed 2024 Jan 26]. https://www.iasp-pain.org/resources/terminology/"
    )


def test_order() -> None:
    names = ["Ångström, A.", "Ødegaard, B.", "Doe, J.", "doe, K.", "Zhou, L."]
    ordered = sorted((reference(key=name, authors=people(name)) for name in reversed(names)), key=sort_key)
    assert [item.key for item in ordered] == [
        "Ångström, A.",
        "Doe, J.",
        "doe, K.",
        "Ødegaard, B.",
        "Zhou, L.",
    ]
    assert sort_key(reference(title="Anonymous tract")) < sort_key(reference(authors=people("Bo, A.")))
    assert sort_key(reference(year="2019")) < sort_key(reference(year="2020"))


def test_bibtex() -> None:
    assert to_bibtex([PAGE, CHAPTER]) == (
        "@incollection{doe2020block,\n"
        "  author = {Doe, Jane Q.},\n"
        "  editor = {Benzon, Honorio and Raja, Srinivasa N.},\n"
        "  title = {Block \\& neurolysis},\n"
        "  booktitle = {Practical Pain},\n"
        "  year = {2020},\n"
        "  pages = {12--15},\n"
        "  publisher = {Elsevier},\n"
        "  address = {Philadelphia},\n"
        "  edition = {2},\n"
        "  isbn = {978-3},\n"
        "}\n"
        "\n"
        "@online{iasp2024terms,\n"
        "  title = {Terminology},\n"
        "  year = {2021},\n"
        "  date = {2021-03},\n"
        "  organization = {International Association for the Study of Pain},\n"
        "  url = {https://www.iasp-pain.org/resources/terminology/},\n"
        "  urldate = {2024-01-26},\n"
        "}\n"
    )


def test_bibtex_protects_acronyms_and_bodies() -> None:
    text = to_bibtex([reference(title="Use of TENS", authors=people("WHO", "Lo Bianco, G."))])
    assert "  title = {Use of {TENS}},\n" in text
    assert "  author = {{WHO} and Lo Bianco, G.},\n" in text


HOSTILE = (
    "x},\n  note = {y}}\n@misc{evil, title = {z}\\input{f} $a$ % ^ ~ ` '' -- # & _ “q” ER  - \nTY  - BOOK"
)


def hostile() -> Reference:
    return reference(
        title=HOSTILE, authors=(Name(HOSTILE, HOSTILE), Name("and")), container=HOSTILE, year="2020",
        note=HOSTILE, pages=HOSTILE, url=f"https://a.org/{HOSTILE}", doi=f"10.1/{HOSTILE}", design=HOSTILE,
    )  # fmt: skip


def test_bibtex_values_stay_in_their_field() -> None:
    diagnostics = Diagnostics()
    (back,) = load_bibtex("x.bib", to_bibtex([hostile()]).encode(), diagnostics)
    one_line = " ".join(HOSTILE.split())
    assert {item.code for item in diagnostics} == {"bib-malformed-doi"}
    assert (back.key, back.title, back.container, back.note, back.design) == ("k", *[one_line] * 4)
    assert back.authors == (Name(one_line, one_line), Name("and"))


def test_ris() -> None:
    assert to_ris([CHAPTER]) == (
        "TY  - CHAP\nID  - doe2020block\nAU  - Doe, Jane Q.\n"
        "A2  - Benzon, Honorio\nA2  - Raja, Srinivasa N.\n"
        "TI  - Block & neurolysis\nT2  - Practical Pain\nPY  - 2020\nSP  - 12\nEP  - 15\nET  - 2\n"
        "PB  - Elsevier\nCY  - Philadelphia\nSN  - 978-3\nER  - \n"
    )
    assert "DA  - 2021/03/\n" in to_ris([PAGE])
    assert "Y2  - 2024/01/26\n" in to_ris([PAGE])
    assert to_ris([REVIEW, PAGE]).count("\n\nTY  - ") == 1


def test_ris_values_stay_in_their_line() -> None:
    lines = to_ris([hostile()]).splitlines()
    assert [line for line in lines if line.startswith(("TY", "ER"))] == ["TY  - JOUR", "ER  - "]


def test_csl_json() -> None:
    chapter, page = json.loads(to_csl_json([PAGE, CHAPTER]))
    assert chapter == {
        "id": "doe2020block",
        "type": "chapter",
        "title": "Block & neurolysis",
        "author": [{"family": "Doe", "given": "Jane Q."}],
        "editor": [{"family": "Benzon", "given": "Honorio"}, {"family": "Raja", "given": "Srinivasa N."}],
        "container-title": "Practical Pain",
        "issued": {"date-parts": [[2020]]},
        "page": "12-15",
        "publisher": "Elsevier",
        "publisher-place": "Philadelphia",
        "edition": "2",
        "ISBN": "978-3",
    }
    assert page["issued"] == {"date-parts": [[2021, 3]]}
    assert page["accessed"] == {"date-parts": [[2024, 1, 26]]}
    (review,) = json.loads(to_csl_json([REVIEW]))
    assert review["author"][-1] == {"literal": "others"}
    assert json.loads(to_csl_json([hostile()]))[0]["title"] == HOSTILE


def test_exports_of_nothing() -> None:
    assert (to_bibtex([]), to_ris([]), to_csl_json([])) == ("", "", "[]\n")
