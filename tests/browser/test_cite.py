"""Citing a page and a statement: one click copies, another downloads; all of it is there without a script."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.engine]

ADDRESS = "techniques/percutaneous-cordotomy/"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def copied(page: Page, form: str) -> str:
    dialog = page.locator("dialog.sheet")
    dialog.locator(".citebox__choice", has_text=form).click()
    dialog.get_by_role("button", name="Copy", exact=True).click()
    expect(dialog.get_by_role("status")).to_have_text(f"{form} copied")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desk", "phone"])
def test_one_click_copies_each_format(open_page: OpenPage, settings: dict[str, object]) -> None:
    """With the address at which the page is read, as the site does not say where it is published."""
    visit = open_page(ADDRESS, **CLIPBOARD, **settings)
    page = visit.page
    page.locator(".page-head [data-cite-open]").click()
    here = f"{visit.origin}/{ADDRESS}"
    assert copied(page, "Text").endswith(f". {here}")
    assert f"url = {{{here}}}" in copied(page, "BibTeX")
    assert f"\nUR  - {here}\n" in copied(page, "RIS")
    assert json.loads(copied(page, "CSL-JSON"))[0]["URL"] == here
    assert page.locator("dialog.sheet").bounding_box()["width"] <= page.viewport_size["width"]  # type: ignore[index]
    page.keyboard.press("Escape")
    expect(page.locator("dialog.sheet")).to_be_hidden()
    assert visit.foreign == []
    assert visit.complaints == []


def test_a_download_is_a_file_of_its_format(open_page: OpenPage) -> None:
    """The same text as is copied, named after the page; the dialog stays."""
    page = open_page(ADDRESS, **CLIPBOARD).page
    page.locator(".citation [data-cite-open]").click()
    for form, suffix in (("Text", "txt"), ("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json")):
        text = copied(page, form)
        with page.expect_download() as download:
            page.locator(".citebox").get_by_role("link", name="Download").click()
        name = "cancer-pain-atlas-techniques-percutaneous-cordotomy"
        assert download.value.suggested_filename == f"{name}.{suffix}"
        assert download.value.path().read_text("utf-8") == text
        expect(page.locator("dialog.sheet")).to_be_visible()


def test_a_statement_is_cited_by_its_own_address(open_page: OpenPage) -> None:
    """From the menu beside it; the dialog shows which one."""
    visit = open_page(ADDRESS, **CLIPBOARD)
    page = visit.page
    statement = page.locator('.statements li[id*="."]:visible').first
    statement.hover()
    page.locator("a.anchor").click()
    page.get_by_role("button", name="Cite this statement").click()
    dialog = page.locator("dialog.sheet")
    expect(dialog.get_by_role("heading")).to_have_text("Cite this statement")
    anchor = statement.get_attribute("id")
    assert copied(page, "Text").endswith(f"/{ADDRESS}#{anchor}")
    assert f"{ADDRESS}#{anchor}}}" in copied(page, "BibTeX")
    said = dialog.locator(".citebox__of").inner_text()
    assert said
    assert statement.inner_text().startswith(said[:20])
    # The page's own citation keeps the page's address.
    assert page.locator(".citation__words").inner_text().endswith(f"/{ADDRESS}")


def tab_to(page: Page, target: Locator, at_most: int) -> None:
    """Press the tab key until it has come there."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if target.evaluate_all("found => found.includes(document.activeElement)"):
            return
    raise AssertionError(f"{at_most} times the tab key do not lead to {target}")


def copied_by_keyboard(page: Page) -> str:
    """From the dialog that has just opened: the format beside the first one, its text, the button."""
    dialog = page.locator("dialog.sheet")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    tab_to(page, dialog.get_by_role("radio", name="Text"), 1)
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("radio", name="BibTeX")).to_be_focused()
    expect(dialog.locator(".citebox__text")).to_contain_text("@online{")
    tab_to(page, dialog.locator(".citebox__text"), 1)
    tab_to(page, dialog.get_by_role("button", name="Copy", exact=True), 1)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("BibTeX copied")
    text: str = page.evaluate("navigator.clipboard.readText()")
    assert text == dialog.locator(".citebox__text").text_content()
    return text


def test_a_page_is_cited_by_keyboard_alone(open_page: OpenPage) -> None:
    """From the head of the page to the clipboard and back to where the reader was."""
    visit = open_page(ADDRESS, **CLIPBOARD)
    page = visit.page
    opener = page.locator(".page-head [data-cite-open]")
    tab_to(page, opener, 60)
    page.keyboard.press("Enter")
    assert f"url = {{{visit.origin}/{ADDRESS}}}" in copied_by_keyboard(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.sheet")).to_be_hidden()
    expect(opener).to_be_focused()
    # The last one in the dialog is a file; from there the tab key does not lead into the page behind.
    page.keyboard.press("Enter")
    expect(page.locator("dialog.sheet")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('main')")
    page.locator(".sheet__close").focus()
    page.keyboard.press("Enter")
    expect(opener).to_be_focused()
    assert visit.complaints == []


def test_a_statement_is_cited_by_keyboard_alone(open_page: OpenPage) -> None:
    """Its menu first; whoever leaves the dialog is back at the mark of the statement."""
    visit = open_page(ADDRESS, **CLIPBOARD)
    page = visit.page
    mark, menu = page.locator("a.anchor"), page.locator(".anchor-menu")
    tab_to(page, mark, 200)
    anchor = mark.get_attribute("data-of")
    page.keyboard.press("Enter")
    expect(menu.get_by_role("status")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/{ADDRESS}#{anchor}")
    tab_to(page, menu.get_by_role("textbox"), 1)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, menu.get_by_role("button", name="Cite this statement"), 3)
    page.keyboard.press("Enter")
    assert f"{ADDRESS}#{anchor}}}" in copied_by_keyboard(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.sheet")).to_be_hidden()
    expect(mark).to_be_focused()
    assert mark.get_attribute("data-of") == anchor
    assert visit.complaints == []


def test_without_a_script_it_is_all_there(open_apart: OpenPage) -> None:
    """The link leads to the citation; three formats unfold; what only a script can do is not shown."""
    page = open_apart(ADDRESS, java_script_enabled=False).page
    page.locator(".page-head").get_by_text("Cite this page").click()
    assert page.url.endswith("#cite-this-page")
    expect(page.locator(".citation__words")).to_contain_text("[address of this page]")
    expect(page.locator(".citation__open")).to_be_hidden()
    page.locator(".citation__formats summary").click()
    for form in ("BibTeX", "RIS", "CSL-JSON"):
        expect(page.locator(f'.citation__text[aria-label="{form}"]')).to_be_visible()
    with page.expect_download() as download:
        page.locator(".citation__files").get_by_role("link", name="RIS").click()
    assert download.value.path().read_text("utf-8").startswith("TY  - ")


def test_on_paper_the_citation_stands_in_words(open_page: OpenPage) -> None:
    """With the address; formats and files are of no use there."""
    page = open_page(ADDRESS).page
    page.emulate_media(media="print")
    expect(page.locator(".citation__words")).to_be_visible()
    for hidden in (".citation__formats", ".citation__files", ".citation__open", ".page-head__acts"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")
