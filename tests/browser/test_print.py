"""On paper: A4, a sensible number of pages, what is folded unfolded, what needs a screen gone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS, sideways
from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
A4 = (595, 842)


@pytest.mark.parametrize(
    ("kind", "fewest", "most"),
    [("technique", 4, 20), ("technique-class", 2, 6), ("pain-site", 1, 5), ("checklist", 1, 1)],
)
def test_pages_of_paper(kind: str, fewest: int, most: int, open_page: OpenPage) -> None:
    """Upright A4, as many pages as the text needs, in the dark palette as well."""
    counts = []
    for scheme in ("light", "dark"):
        visit = open_page(KINDS[kind], color_scheme=scheme)
        pdf = visit.page.pdf(prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF-")
        counts.append(len(_PAGE.findall(pdf)))
        boxes = {(round(float(width)), round(float(height))) for width, height in _BOX.findall(pdf)}
        assert boxes == {A4}
    assert fewest <= counts[0] <= most
    assert counts[0] == counts[1]


def test_the_wide_table_is_printed_across(open_page: OpenPage) -> None:
    """All techniques, on A4 turned."""
    pdf = open_page(KINDS["techniques"]).page.pdf(prefer_css_page_size=True)
    boxes = {(round(float(width)), round(float(height))) for width, height in _BOX.findall(pdf)}
    assert boxes == {(842, 595)}
    assert 4 <= len(_PAGE.findall(pdf)) <= 30


@pytest.mark.parametrize("kind", ["technique", "checklist", "pain-site", "techniques", "home"])
def test_only_the_content_is_printed(kind: str, open_page: OpenPage) -> None:
    """No head, tabs, bar, buttons, filter; title, status, licence and references are there."""
    visit = open_page(KINDS[kind], color_scheme="dark")
    visit.page.emulate_media(media="print")
    for gone in (
        ".md-header",
        ".tabs",
        ".thumb",
        ".md-sidebar--secondary",
        "[data-filter]",
        "article button:not(.sorter)",  # heads of columns, which are read on paper
    ):
        for part in visit.page.locator(gone).all():
            expect(part).to_be_hidden()
    expect(visit.page.locator("h1")).to_be_visible()
    expect(visit.page.locator("footer")).to_contain_text("CC BY-NC 4.0")
    paper = visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    assert sideways(visit) == []


def test_folds_open_for_paper_and_close_again(open_page: OpenPage) -> None:
    """Details of variants and, on a phone, the references; the ways back from a reference are left out."""
    visit = open_page(KINDS["technique"], viewport={"width": 390, "height": 800})
    folds = visit.page.locator("article details:not(.ref__back, .ref__cited, .fold--asked)")
    ways_back = visit.page.locator("details.ref__back")
    assert ways_back.count() > 0
    before = folds.evaluate_all("all => all.map(fold => fold.open)")
    assert False in before
    visit.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert set(folds.evaluate_all("all => all.map(fold => fold.open)")) == {True}
    visit.page.emulate_media(media="print")
    for way in ways_back.all():
        expect(way).to_be_hidden()
    visit.page.emulate_media(media="screen")
    visit.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert folds.evaluate_all("all => all.map(fold => fold.open)") == before


def test_ticks_are_printed(open_page: OpenPage) -> None:
    """What is met is marked on the paper, beside the rule."""
    visit = open_page(KINDS["checklist"])
    visit.page.locator("#rapid-pain-control-required").check()
    visit.page.emulate_media(media="print")
    mark = "element => getComputedStyle(element, '::after').content"
    assert "met" in visit.page.locator("#ref-rapid-control-needed h3").evaluate(mark)
    assert "met" not in visit.page.locator("#ref-survivor h3").evaluate(mark)
    expect(visit.page.locator(".rule__rule")).to_be_visible()


def test_the_print_button_prints(open_page: OpenPage) -> None:
    """It calls the browser's own dialog."""
    visit = open_page(KINDS["checklist"])
    visit.page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    visit.page.get_by_role("button", name="Print").first.click()
    assert visit.page.evaluate("() => window.printed") == 1
