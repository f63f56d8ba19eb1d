"""The search in use: facets, keyboard, pages that change, files that are missing, what it never does."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from generator.exports.search_data import folded
from generator.search_index import index_as_data
from tests.browser.kinds import KINDS, sideways, violations
from tests.browser.searching import Ask, found, open_dialog
from tests.browser.visit import OpenPage, Visit
from tests.site import records
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PHONE = {"width": 360, "height": 740}
OF_SEARCH = ("/search/", "search-", "search.css")


def search_files(visit: Visit) -> list[str]:
    """What was asked for beyond the few lines that open the search."""
    return [url for url in visit.requests if any(part in url for part in OF_SEARCH)]


# --- facets ------------------------------------------------------------------------------------------


def test_facets_narrow(open_page: OpenPage, site: BuiltSite) -> None:
    """Group, pain site, mechanism and rating; without words they list what fits them."""
    page = open_page("search/").page
    page.locator(".search__narrow summary").click()
    group = page.get_by_label("Group")
    group.select_option("Implantable devices")
    page.locator(".hits__more").click()
    all_of_group = {
        f"techniques/{key}/"
        for key, record in records.techniques(site.root).items()
        if record["group"] == "implantable-devices" and "replaced_by" not in record
    }
    expect(page.locator(".hit__title")).to_have_count(len(all_of_group))
    assert set(found(page)) == all_of_group
    group.select_option("")
    page.get_by_label("Rating by a body").select_option("ASPN 2021: I / A")
    expect(page.locator(".hit__title")).not_to_have_count(len(all_of_group))
    expect(page.locator("[href$='/techniques/celiac-plexus-neurolysis/']")).to_be_visible()
    assert not all_of_group & set(found(page))
    page.get_by_label("Rating by a body").select_option("")
    page.get_by_label("Pain site", exact=True).select_option("Pelvis")
    expect(page.locator("[data-kind='Technique'] .hit__title").first).to_be_visible()
    page.get_by_label("Mechanism").select_option("Visceral")
    expect(page.locator("[data-kind='Pain site']")).to_have_count(0)
    titles = page.locator("[data-kind='Technique'] .hit__title").all_inner_texts()
    assert "Superior hypogastric plexus neurolysis" in titles


def test_a_rating_for_the_class_says_so(open_page: OpenPage) -> None:
    """A rating of the class is another choice than a rating of the technique."""
    page = open_page("search/").page
    page.locator(".search__narrow summary").click()
    page.get_by_label("Rating by a body").locator("option").nth(1).wait_for(state="attached")
    choices = page.get_by_label("Rating by a body").locator("option").all_inner_texts()
    assert "Review 2025: Moderate" in choices
    assert "Review 2025: Moderate (rated for the class)" in choices
    assert "Not rated" in choices


# --- the dialog and the keyboard -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_search_is_loaded_before_it_is_asked_for(kind: str, open_page: OpenPage) -> None:
    """On every kind of page but the search's own; then from every kind of page it opens and finds."""
    if kind == "search":
        return
    visit = open_page(KINDS[kind])
    assert search_files(visit) == []
    page = open_dialog(visit, "CPN")
    assert found(page)[0] == "techniques/celiac-plexus-neurolysis/"
    assert any("pagefind" in url for url in search_files(visit))
    assert visit.foreign == []


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_keys_open_and_close(keys: str, open_page: OpenPage) -> None:
    """Open, type, down to the first result, up again, Escape; the focus is where it was."""
    visit = open_page("techniques/cordotomy/")
    page = visit.page
    page.locator(".page-head__crumbs a").first.focus()
    page.keyboard.press(keys)
    field = page.locator("#search-words")
    expect(field).to_be_focused()
    page.keyboard.type("saddle block")
    page.locator("[data-asked='saddle block']").wait_for(state="attached")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search-dialog .hit__title").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".search-dialog")).to_be_hidden()
    expect(page.locator(".page-head__crumbs a").first).to_be_focused()


def test_enter_goes_to_the_first_result(open_page: OpenPage) -> None:
    """Without waiting for the list."""
    page = open_dialog(open_page(""))
    page.keyboard.type("kyphoplasty")
    page.keyboard.press("Enter")
    page.wait_for_url("**/techniques/kyphoplasty/")


def test_a_result_on_the_same_page_closes_the_dialog(open_page: OpenPage) -> None:
    """The reader sees the section."""
    page = open_dialog(open_page("glossary/"), "nociplastic pain")
    page.locator("[data-kind='Glossary'] .hit__title").first.click()
    expect(page.locator(".search-dialog")).to_be_hidden()
    assert page.url.endswith("/glossary/#nociplastic-pain")


def test_a_slash_in_a_field_is_a_letter(open_page: OpenPage) -> None:
    """Typing is not disturbed."""
    page = open_page("techniques/").page
    page.locator("#filter-text").focus()
    page.keyboard.press("/")
    assert page.locator("#filter-text").input_value() == "/"
    assert page.locator(".search-dialog").count() == 0


def test_it_works_after_pages_changed_without_a_reload(open_page: OpenPage) -> None:
    """As an instant navigation does it: new address, new body, the same document."""
    visit = open_page("")
    visit.page.evaluate(
        """async () => {
          for (const link of document.head.querySelectorAll("link")) link.href = link.href;
          history.pushState(null, "", "/techniques/cordotomy/");
          const next = new DOMParser().parseFromString(await (await fetch("")).text(), "text/html");
          document.body.replaceChildren(...next.body.children);
        }"""
    )
    page = open_dialog(visit, "SHPN")
    assert found(page)[0] == "techniques/superior-hypogastric-plexus-neurolysis/"
    page.keyboard.press("Escape")
    visit.page.evaluate(
        "document.body.replaceChildren(document.body.querySelector('header').cloneNode(true))"
    )
    page.locator("[data-open-search]").click()
    expect(page.locator("#search-words")).to_be_focused()
    assert visit.complaints == []


def test_back_and_forward(open_page: OpenPage) -> None:
    """The search page keeps its words behind the #, so that back finds them again."""
    visit = open_page("search/")
    page = visit.page
    page.locator("#search-page-words").fill("stellate ganglion block")
    page.locator(".hit__title").first.click()
    page.wait_for_url("**/techniques/stellate-ganglion-block/")
    page.go_back()
    expect(page.locator("#search-page-words")).to_have_value("stellate ganglion block")
    expect(page.locator(".hit__title").first).to_contain_text("Stellate ganglion block")


def test_what_is_typed_stays_in_the_browser(open_page: OpenPage) -> None:
    """No request carries a word of it."""
    visit = open_page("search/")
    visit.page.locator("#search-page-words").fill("mesothelioma")
    visit.page.locator(".hit__title").first.wait_for()
    assert not [
        url for url in visit.requests if "mesothelioma" in url.lower().replace("-", "") and "?" in url
    ]
    assert "#q=mesothelioma" in visit.page.url


def test_an_unknown_address_searches(open_page: OpenPage) -> None:
    """Also deep below the root, where no folder is."""
    visit = open_page(KINDS["unknown"])
    visit.page.locator(".search-door").click()
    visit.page.locator("#search-words").fill("vertebroplasty")
    visit.page.locator(".hit__title").first.click()
    visit.page.wait_for_url("**/techniques/vertebroplasty/")


@pytest.mark.parametrize("file", ["words.json", "pagefind/pagefind.js", "pagefind/pagefind-entry.json"])
def test_a_missing_file_is_said_and_survived(file: str, open_page: OpenPage) -> None:
    """The lists stay, and the next search tries again."""
    visit = open_page("about/")
    visit.page.route(f"**/search/{file}*", lambda route: route.abort())
    page = open_dialog(visit)
    page.locator("#search-words").fill("cordotomy")
    expect(page.locator(".search__status")).to_contain_text("could not be loaded")
    assert page.locator(".search__nothing a").count() == 4


# --- for everyone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}, {"width": 320, "height": 640}])
def test_no_barrier(scheme: str, size: dict[str, Any], open_page: OpenPage) -> None:
    """The dialog with a choice, a correction and results; the page with its facets open."""
    visit = open_page("techniques/cordotomy/", viewport=size, color_scheme=scheme)
    for query in ("RFA", "celaic plexus"):
        page = open_dialog(visit, query)
        assert violations(visit) == []
        page.keyboard.press("Escape")
        page.locator(".search-dialog").wait_for(state="hidden")
    visit = open_page("search/#q=cordotomy", viewport=size, color_scheme=scheme)
    visit.page.locator(".search__narrow summary").click()
    visit.page.locator(".search__choices select").nth(3).wait_for()
    visit.page.locator(".hit").first.wait_for()
    assert violations(visit) == []
    assert sideways(visit) == []


def test_results_are_announced(ask: Ask) -> None:
    """The count stands in a status that assistive technology reads."""
    assert "technique" in ask("cordotomy").get_by_role("status").inner_text()
    assert "Showing results for cordotomy" in (ask("cordotmy").get_by_role("status").text_content() or "")


def test_script_and_generator_fold_alike(open_page: OpenPage, site: BuiltSite) -> None:
    """Names are looked up by their folded words: both sides must make the same of them."""
    names = [record["name"] for record in records.techniques(site.root).values()]
    names += ["TNF-α", "Sjögren’s", "EUS-CPN", "L1–L2", "IL-1β (naïve)", " ÉTÉ  ß "]
    visit = open_page("about/")
    theirs = visit.page.evaluate(
        """async (names) => {
          const { folded } = await import("/assets/js/search-words.mjs");
          return names.map(folded);
        }""",
        names,
    )
    assert theirs == [folded(name) for name in names]


_FROM_FILES = """async ({ modules, data, index }) => {
  const made = {};
  for (const [name, source] of modules) {
    const linked = source
      .replace(/"\\.\\/([\\w-]+\\.mjs)"/g, (_, other) => JSON.stringify(made[other]))
      .replaceAll("import.meta.url", JSON.stringify(new URL(`assets/js/${name}`, index).href));
    made[name] = URL.createObjectURL(new Blob([linked], { type: "text/javascript" }));
  }
  globalThis.fetch = async (request) => new Response(data[String(request).split("/search/")[1]]);
  const { Search } = await import(made["search-engine.mjs"]);
  const { groups } = await new Search().find("coeliac plexus neurolysis");
  return groups[0].results[0].address;
}"""


def test_it_works_from_a_folder_of_files(browser: Browser, site: BuiltSite) -> None:
    """Where nothing can be fetched: the index comes as data, the modules from memory."""
    search, scripts = site.folder / "search", site.folder / "assets" / "js"
    data = {path.name: path.read_text("utf-8") for path in search.glob("*.json")}
    data["offline.json"] = index_as_data(site.folder).decode()
    names = ("words.mjs", "search-words.mjs", "search-files.mjs", "search-engine.mjs")
    modules = [[name, (scripts / name).read_text("utf-8")] for name in names]
    page = browser.new_page()
    page.goto((site.folder / "api" / "v1" / "schema" / "technique.schema.json").as_uri())
    root = site.folder.as_uri() + "/"
    found = page.evaluate(_FROM_FILES, {"modules": modules, "data": data, "index": root})
    assert found == "techniques/celiac-plexus-neurolysis/"
    page.close()
