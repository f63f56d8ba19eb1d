"""Former addresses: pages that redirect, places that say where they lead, lists for hosts."""

from __future__ import annotations

import pytest

from generator.exports.redirects import redirect_lists
from generator.knowledge import KnowledgeBase
from generator.pages import page_builders
from generator.render import Renderer
from generator.views.context import SiteContext
from generator.views.former import Former, FormerPlace, moved_pages
from tests.conftest import Findings, MakeProject
from tests.golden import TEMPLATES

MOVED = {
    "groups/by-hand": "groups/hand-tools",
    "guides/method": "about",
    "pain-sites/back-wheel": "pain-sites/wheel",
    "pain-sites/front-wheel": "pain-sites/wheel",
    "techniques/glue-a-tyre": "techniques/patch-a-tube",
}


def places(kb: KnowledgeBase, address: str) -> tuple[FormerPlace, ...]:
    """The former places that the page at an address names."""
    data = page_builders(SiteContext(kb), Renderer(TEMPLATES, kb))[address]().sections[-1].data
    return data.places if isinstance(data, Former) else ()


def test_every_former_page_leads_to_the_present_one(everything: KnowledgeBase) -> None:
    assert {moved.former: moved.address for moved in moved_pages(SiteContext(everything))} == MOVED


def test_the_redirect_is_shown_as_one_and_kept_out_of_search(everything: KnowledgeBase) -> None:
    moved = next(item for item in moved_pages(SiteContext(everything)) if item.former == "guides/method")
    made = Renderer(TEMPLATES, everything).redirect(moved)
    html = made.content.decode()
    assert made.path == "guides/method/index.html"
    assert 'content="0; url=../../about/"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "This page has moved to" in html
    assert "data-pagefind-body" not in html


def test_hosts_get_the_same_list(everything: KnowledgeBase) -> None:
    lists = {
        item.path: item.content.decode().splitlines() for item in redirect_lists(SiteContext(everything))
    }
    wanted = sorted((f"/guide/{former}/", f"/guide/{present}/") for former, present in MOVED.items())
    assert lists["_redirects"] == [f"{former} {present} 301" for former, present in wanted]
    assert lists["redirects.nginx"] == [f'"{former}" "{present}";' for former, present in wanted]


def test_a_page_says_which_pages_it_has_taken_in(everything: KnowledgeBase) -> None:
    assert [place.was for place in places(everything, "techniques/patch-a-tube")][:1] == ["Glue a tyre"]
    assert [place.was for place in places(everything, "about")] == ["/guides/method/"]
    assert places(everything, "coverage") == ()


def test_former_places_of_a_page_stay_places(everything: KnowledgeBase) -> None:
    (term,) = places(everything, "glossary")
    assert (term.anchor, term.now and term.now.href) == ("inner-tyre", "#inner-tube")
    (reference,) = places(everything, "references")
    assert (reference.anchor, reference.now and reference.now.href) == (
        "ref-brown2018wheels",
        "#ref-brown2019wheels",
    )
    found = {place.anchor: place for place in places(everything, "techniques/patch-a-tube") if place.anchor}
    assert found["sticker-patch"].now is not None
    assert {anchor: place.until for anchor, place in found.items() if place.now is None} == {
        "approach.8216d": "1.0",
        "limitations.90eb8": "1.1",
    }


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        (
            "content/vocabulary/glossary.yaml",
            "terms:\n  - {id: a, term: A, definition: A., citations: [brown2019wheels], merged: [b]}\n"
            "  - {id: b, term: B, definition: B., citations: [brown2019wheels]}\n",
            "duplicate-id",
        ),
        (
            "references/more.bib",
            "@misc{other2020, title = {Other}, note = {None.}, ids = {brown2019wheels}}\n",
            "bib-duplicate-key",
        ),
        (
            "content/pages/more.md",
            "---\ntitle: More\nlead: More.\nsection: learn\nmerged: [about]\nreview: {drafted_from: "
            "[brown2019wheels], checked: 2026-01-31, next_due: 2027-01-31}\n---\nText.\n",
            "duplicate-id",
        ),
    ],
)
def test_a_former_id_that_is_in_use_is_an_error(
    project_factory: MakeProject, findings: Findings, file: str, text: str, code: str
) -> None:
    found = findings(project_factory("minimal", {file: text}))
    assert code in [finding.code for finding in found]
