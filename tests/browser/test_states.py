"""States that a reader brings about, where no test of their own tool looks for barriers; both palettes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.kinds import KINDS, OF_COLOUR, sideways, thin_out, violations
from tests.browser.server import serve
from tests.browser.visit import OpenPage, Visit, visit
from tests.site.built import atlas, copy_fixture

pytestmark = [pytest.mark.browser, pytest.mark.engine]

DESK = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}
STILL = {"reduced_motion": "reduce"}


def nothing_fits(opened: Visit) -> None:
    """No row of the table fits the filters."""
    opened.page.locator("#filter-text").fill("no technique has this name")
    expect(opened.page.locator("[data-filter-table] tbody tr:visible")).to_have_count(0)


def cite(opened: Visit) -> None:
    """The dialog with the page's citation."""
    opened.page.locator(".page-head [data-cite-open]").click()
    expect(opened.page.locator("dialog.sheet")).to_be_visible()


def menu_of_a_statement(opened: Visit) -> None:
    """What can be done with one statement."""
    opened.page.locator('.statements li[id*="."]:visible').first.hover()
    opened.page.locator("a.anchor").click()
    expect(opened.page.get_by_role("button", name="Cite this statement")).to_be_visible()


def search_of_nothing(opened: Visit) -> None:
    """The dialog when no page has the words."""
    opened.page.keyboard.press("/")
    opened.page.locator("#search-words").fill("xyzzyqwertyplugh")
    opened.page.locator("[data-asked='xyzzyqwertyplugh']").wait_for(state="attached")


STATES: dict[str, tuple[str, Callable[[Visit], None], str]] = {
    "no row fits": ("techniques/", nothing_fits, "article"),
    "citing": (KINDS["technique"], cite, "dialog.sheet"),
    "statement menu": (KINDS["technique"], menu_of_a_statement, ""),
    "nothing found": ("glossary/", search_of_nothing, "dialog[open]"),
    "sheet": ("sheets/celiac-plexus-neurolysis/", lambda _: None, ""),
    "slides": ("slides/celiac-plexus-neurolysis.html", lambda _: None, ""),
}

# Slides are scaled to their screen; a menu is laid where there is room when it opens.
FITTED = ("slides", "statement menu")


def wait_until_coloured(opened: Visit, scheme: str) -> None:
    """Pages with a switch follow the system by a script."""
    opened.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    opened.page.wait_for_function(
        """(name) => !document.querySelector("[data-palette]")
            || document.body.dataset.mdColorScheme === name""",
        arg="slate" if scheme == "dark" else "default",
    )


@pytest.mark.parametrize("state", STATES)
def test_a_state_has_no_barrier(state: str, open_apart: OpenPage) -> None:
    """Every rule in light colours, those of colour in dark ones, nothing sideways at 320 px."""
    address, reach, within = STATES[state]
    opened = open_apart("offline/", viewport=DESK, color_scheme="light", **STILL)
    opened.page.goto(f"{opened.origin}/{address}", wait_until="load")
    reach(opened)
    if not within:
        thin_out(opened)
    assert violations(opened, within=within) == []
    wait_until_coloured(opened, "dark")
    assert violations(opened, within=within, only=OF_COLOUR) == []
    if state not in FITTED:
        opened.page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
        assert sideways(opened) == []
    assert opened.foreign == []


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site that keeps a former version."""
    root = copy_fixture("minimal", tmp_path_factory.mktemp("released") / "project")
    for command in (("release", "1.0"), ("build",)):
        run = atlas(root, *command)
        assert run.code == 0, run.err
    with serve(root / "build" / "site") as address:
        yield address


def test_a_page_of_a_former_version_has_no_barrier(released: str, browser: Browser) -> None:
    """With the banner that leads to the page as it is now."""
    context = browser.new_context(viewport=DESK, color_scheme="light", reduced_motion="reduce")  # type: ignore[arg-type]
    opened = visit(context, released, "v/1.0/techniques/patch-a-tube/")
    expect(opened.page.locator("[data-pinned]")).to_be_visible()
    assert violations(opened) == []
    wait_until_coloured(opened, "dark")
    assert violations(opened, only=OF_COLOUR) == []
    opened.page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    assert sideways(opened) == []
    context.close()


def test_the_notice_of_an_overdue_review_has_no_barrier(open_apart: OpenPage) -> None:
    opened = open_apart("learn/", viewport=DESK, color_scheme="light", **STILL)
    opened.page.clock.set_fixed_time("2040-01-01T12:00:00")
    opened.go(KINDS["reference"])
    opened.go(KINDS["group"])
    thin_out(opened)
    assert violations(opened) == []
    wait_until_coloured(opened, "dark")
    assert violations(opened, only=OF_COLOUR) == []


@pytest.mark.parametrize("kind", KINDS)
def test_large_text_in_colours_of_the_system(kind: str, open_page: OpenPage) -> None:
    """Text of 200 %, alone and by the zoom of the browser; forced colours; nothing is lost, nothing bars."""
    opened = open_page(KINDS[kind], viewport=DESK, forced_colors="active", **STILL)
    assert opened.page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    opened.page.evaluate("() => { document.documentElement.style.fontSize = '250%'; }")  # else 125%
    assert sideways(opened) == []
    opened.page.reload()
    opened.page.set_viewport_size({"width": 640, "height": 450})
    assert sideways(opened) == []
    link = opened.page.locator("main a:visible, article a:visible").first
    plain = opened.page.evaluate("() => getComputedStyle(document.body).color")
    assert link.evaluate("link => getComputedStyle(link).color") != plain
    thin_out(opened)
    assert violations(opened) == []
