"""What the search finds: real queries, both spellings, wrong letters, abbreviations, sections, kinds."""

from __future__ import annotations

import gzip
from pathlib import Path

import cbor2
import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.searching import Ask, address, found
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

QUERIES = yaml.safe_load((Path(__file__).parent / "search_queries.yaml").read_text("utf-8"))

# --- relevance ------------------------------------------------------------------------------------------


def test_enough_queries() -> None:
    """Sixty and more, beside those with wrong letters."""
    assert len(QUERIES["first"]) + len(QUERIES["three"]) >= 60


def test_every_expected_page_is_there(site: BuiltSite) -> None:
    """No query expects what does not exist."""
    for wanted in (*QUERIES["first"].values(), *QUERIES["three"].values()):
        page, _, anchor = wanted.partition("#")
        assert not anchor or site.page(page).all(id=anchor), wanted
        assert (site.folder / page / "index.html").is_file(), wanted


@pytest.mark.parametrize(("part", "places"), [("first", 1), ("three", 3)])
def test_the_page_a_reader_wants_comes_first(part: str, places: int, ask: Ask) -> None:
    """First, or among the first three."""
    missed = {}
    for query, wanted in QUERIES[part].items():
        results = found(ask(query))
        if wanted not in results[:places]:
            missed[query] = (wanted, results[: places + 2])
    assert missed == {}


def test_the_last_word_of_a_statement_is_a_word(site: BuiltSite) -> None:
    """Nothing of the mark of its citation clings to it, or no search would find it."""
    words = []
    for path in (site.folder / "search" / "pagefind" / "index").iterdir():
        content = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
        words += [word for word, *_ in cbor2.loads(content)[0]]
    assert len(words) > 5_000
    assert [word for word in words if "\u2060" in word] == []


def test_wrong_letters_are_forgiven_and_said(ask: Ask) -> None:
    """One or two letters wrong: the nearest words are searched, and the page says so."""
    missed = {}
    for query, meant in QUERIES["wrong"].items():
        page = ask(query)
        said = page.locator(".remark").first.inner_text()
        if f"Showing results for {meant}." not in said or not found(page):
            missed[query] = said
    assert missed == {}


def test_a_corrected_query_can_be_searched_as_typed(ask: Ask) -> None:
    """Nothing is replaced for good."""
    page = ask("celaic plexus")
    page.get_by_role("button", name="Search for celaic plexus as typed").click()
    expect(page.get_by_role("button", name="Search for celaic plexus as typed")).to_have_count(0)
    assert "Showing results for" not in page.locator(".search").inner_text()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("celiac plexus", "coeliac plexus"),
        ("tumour ablation", "tumor ablation"),
        ("local anaesthetic", "local anesthetic"),
        ("ischaemic pain", "ischemic pain"),
        ("randomised trial", "randomized trial"),
        ("gynaecological cancer", "gynecologic cancer"),
    ],
)
def test_both_spellings_find_the_same(one: str, other: str, ask: Ask) -> None:
    """The first result of each is the same."""
    first = found(ask(one))
    second = found(ask(other))
    assert first[0] == second[0]
    assert set(first[:3]) & set(second[:3])


# --- what the results look like -----------------------------------------------------------------------


def test_kinds_stand_apart(ask: Ask) -> None:
    """Techniques, pain sites, guides, terms and references each under their own heading."""
    page = ask("celiac plexus")
    heads = page.locator(".hits > h2").all_inner_texts()
    assert {"Techniques", "Pain sites", "Guides", "Glossary terms", "References"} <= set(heads)
    of_kind = {
        "Technique": ("techniques/", "groups/"),
        "Pain site": ("pain-sites/",),
        "Glossary": ("glossary/#",),
        "Reference": ("references/",),
    }
    for kind, starts in of_kind.items():
        hrefs = page.locator(f"[data-kind='{kind}'] .hit__title").evaluate_all("all => all.map(a => a.href)")
        assert hrefs
        assert all(address(href).startswith(starts) for href in hrefs), kind


def test_sections_are_found(ask: Ask) -> None:
    """A result names the sections in which the words stand, and they exist."""
    page = ask("complications of cordotomy")
    places = [
        address(href) for href in page.locator(".hit__sections a").evaluate_all("all => all.map(a => a.href)")
    ]
    assert any(place.startswith("techniques/") and place.endswith("#complications") for place in places)
    target = next(place for place in places if place.endswith("#complications"))
    page.locator(f".hit__sections a[href$='{target}']").first.click()
    expect(page.locator("h2#complications")).to_be_visible()


def test_more_results_on_demand(ask: Ask) -> None:
    """A kind with many shows some, then all, and the focus goes on from there."""
    page = ask("pain")
    group = page.locator("[data-kind='Technique']")
    few = group.locator(".hit").count()
    group.get_by_role("button").click()
    expect(group.locator(".hit").nth(few)).to_be_visible()
    expect(group.locator(".hit__title").nth(few)).to_be_focused()


@pytest.mark.parametrize(
    ("abbreviation", "meanings"),
    [
        ("RFA", {"techniques/radiofrequency-ablation/", "techniques/radiofrequency-neurolysis/"}),
        ("RFN", {"techniques/radiofrequency-ablation/", "techniques/radiofrequency-neurolysis/"}),
        ("PCA", {"techniques/patient-controlled-intrathecal-analgesia/", "glossary/#pca"}),
    ],
)
def test_ambiguous_abbreviations_are_offered(abbreviation: str, meanings: set[str], ask: Ask) -> None:
    """All meanings, each with its own address; none is chosen for the reader."""
    page = ask(abbreviation)
    offered = page.locator(".remark--mistaken a").evaluate_all("links => links.map(link => link.href)")
    assert {address(href) for href in offered} == meanings


def test_a_plain_abbreviation_is_not_questioned(ask: Ask) -> None:
    """Only what can be mistaken is offered as a choice."""
    assert ask("SHPN").locator(".remark--mistaken").count() == 0


def test_nothing_found_leads_on(ask: Ask) -> None:
    """Empty is designed too."""
    page = ask("xylophone")
    assert "No page has “xylophone”" in page.locator(".remark").inner_text()
    assert page.locator(".search__nothing a").count() == 4
