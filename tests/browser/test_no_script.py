"""Without a script every page is complete, and nothing is offered that would do nothing."""

from __future__ import annotations

import re

import pytest

from tests.browser.kinds import KINDS, sideways
from tests.browser.visit import OpenPage, Visit
from tests.site import records
from tests.site.built import BuiltSite
from tests.site.html import Element

pytestmark = [pytest.mark.browser, pytest.mark.engine]

WIDTHS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
ADDRESSES = {kind: address for kind, address in KINDS.items() if kind != "unknown"}
OUTSIDE_FOLDS = "details:not([open]) *"

_SHOWN = """(selector) => [...document.querySelectorAll(selector)]
  .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((element) => element.textContent.replace(/\\s+/g, " ").trim())"""


@pytest.fixture
def open_plain(open_page: OpenPage) -> OpenPage:
    """Opens a page with scripts switched off."""

    def open_plain(address: str, width: str = "desk") -> Visit:
        visit = open_page(address, viewport=WIDTHS[width], java_script_enabled=False)
        assert visit.page.locator("html").get_attribute("class") == "no-js"
        return visit

    return open_plain


def shown(visit: Visit, selector: str) -> list[str]:
    """The words of the elements that can be seen."""
    found: list[str] = visit.page.evaluate(_SHOWN, selector)
    return found


def in_the_file(page: Element, tags: str) -> list[str]:
    """The words of the article's elements of these tags, without closed folds and what needs a script."""
    left_out = {
        id(inner)
        for part in page
        if (part.tag == "details" and "open" not in part.attributes) or "js-only" in part.get("class").split()
        for inner in part
    }
    article = page.one("article")
    return [item.text for item in article if item.tag in tags.split() and id(item) not in left_out]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_page_is_complete(kind: str, width: str, site: BuiltSite, open_plain: OpenPage) -> None:
    """Every heading and row of the file stands in the window; nothing is offered that would do nothing."""
    page = site.page(ADDRESSES[kind])
    visit = open_plain(ADDRESSES[kind], width)
    headings = in_the_file(page, "h1 h2 h3")
    assert len(headings) > 1
    contents = {"On this page"}  # a second list of contents is for small windows
    seen = shown(visit, f"article :is(h1, h2, h3):not({OUTSIDE_FOLDS})")
    assert [text for text in headings if text not in {*seen, *contents}] == []
    rows = in_the_file(page, "tr")
    assert shown(visit, f"article tr:not({OUTSIDE_FOLDS})") == rows
    assert sideways(visit) == []
    assert shown(visit, "button, .js-only, [data-filter], .search__field") == []
    assert visit.complaints == []


def test_the_search_leads_to_lists(open_plain: OpenPage) -> None:
    """Where the search cannot run, its links say so and lead to the lists of everything."""
    visit = open_plain("techniques/cordotomy/")
    visit.page.locator("[data-open-search]:visible").first.click()
    assert visit.page.url.endswith("/search/")
    assert "needs JavaScript" in visit.page.locator("article").inner_text()
    lists = visit.page.locator("article .linkrows a")
    assert {"Techniques", "Pain sites", "Glossary", "References"} <= set(lists.all_inner_texts())
    lists.filter(has_text="Pain sites").click()
    assert visit.page.url.endswith("/pain-sites/")


def test_all_nine_criteria_can_be_read_and_ticked(site: BuiltSite, open_plain: OpenPage) -> None:
    """Title, every finding and the words of its logic, and the review's rule."""
    visit = open_plain(ADDRESSES["checklist"])
    criteria = records.vocabulary(site.root, "referral-criteria", "criteria")
    assert len(criteria) == 9
    words = shown(visit, "[data-criterion]")
    for criterion, text in zip(criteria, words, strict=True):
        assert criterion["title"] in text
        for label in labels(criterion["logic"]):
            assert label in text
        if "all" in criterion["logic"]:
            assert re.search(r"\band\b", text)
    assert "consider referral to a specialised pain management team" in shown(visit, ".rule__rule")[0]
    box = visit.page.locator("#moderate-to-severe-pain-persists")
    box.check()
    assert box.is_checked()


def labels(node: dict[str, object]) -> list[str]:
    """The labels of all findings of a criterion."""
    if "label" in node:
        return [str(node["label"])]
    parts = node.get("all") or node["any"]
    assert isinstance(parts, list)
    return [label for part in parts for label in labels(part)]


def test_all_techniques_are_in_the_table(site: BuiltSite, open_plain: OpenPage) -> None:
    """One row for each record, with the name the record gives."""
    names = {
        record["name"] for record in records.techniques(site.root).values() if "replaced_by" not in record
    }
    for width in WIDTHS:
        rows = shown(open_plain("techniques/", width), "[data-filter-table] tbody tr > th > a")
        assert sorted(rows) == sorted(names)


def test_all_references_are_in_the_list(site: BuiltSite, open_plain: OpenPage) -> None:
    """One entry for each key, and the references of a page at its foot, unfolded."""
    assert len(shown(open_plain("references/"), "li.ref")) == len(records.reference_keys(site.root))
    page = site.page(ADDRESSES["technique"])
    for width in WIDTHS:
        visit = open_plain(ADDRESSES["technique"], width)
        assert len(shown(visit, ".references li.ref")) == len(page.all("li", class_="ref")) > 20


def test_a_citation_leads_to_its_reference_and_back(open_plain: OpenPage) -> None:
    """Plain links within the page."""
    visit = open_plain(ADDRESSES["technique-class"])
    mark = visit.page.locator("a.cite__mark").first
    target = mark.get_attribute("href")
    mark.click()
    assert visit.page.url.endswith(str(target))
    entry = visit.page.locator(f"li{target}")
    assert entry.evaluate("element => element.matches(':target')")
    assert entry.evaluate("element => element.getBoundingClientRect().top < innerHeight")
    if many := entry.locator("details.ref__many > summary").all():
        many[0].click()
    entry.locator(".ref__places a").first.click()
    assert visit.page.url.endswith(f"#{mark.get_attribute('id')}")


def test_a_variant_can_be_unfolded(open_plain: OpenPage) -> None:
    """Folds are the browser's own."""
    visit = open_plain(ADDRESSES["technique"])
    fold = visit.page.locator("#celiac-plexus-neurolysis-eus details")
    inside = fold.locator("li").first
    assert not inside.is_visible()
    fold.locator("summary").click()
    assert inside.is_visible()


def test_the_body_leads_to_its_pages(open_plain: OpenPage) -> None:
    """A region of the figure is a link."""
    visit = open_plain("")
    visit.page.get_by_role("link", name=re.compile("^Perineum: ")).locator("text").click()
    assert visit.page.url.endswith("/pain-sites/perineum/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_palette_follows_the_system(scheme: str, open_page: OpenPage) -> None:
    """Dark colours also where no script sets them."""
    visit = open_page("", java_script_enabled=False, color_scheme=scheme)
    red = visit.page.evaluate(
        "() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"
    )
    assert (red > 200) if scheme == "light" else (red < 60)
