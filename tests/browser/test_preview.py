"""The live preview in the author's browser: saves show by themselves, errors above the last good page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK
from tests.browser.kinds import violations
from tests.browser.previewing import preview
from tests.browser.visit import PATIENCE, Visit
from tests.site.built import copy_fixture

pytestmark = [pytest.mark.browser, pytest.mark.engine]

RECORD = "techniques/patch-a-tube"
PANEL = "[role=alert]"
NARROWEST = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project of its own."""
    return copy_fixture("minimal", tmp_path_factory.mktemp("preview") / "project")


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """Where its preview is."""
    with preview(project) as found:
        yield found


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:
    """The page of the record, open in the preview; while it is built it waits."""
    context = browser.new_context(**DESK)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/{RECORD}/")
    page.locator("h1").wait_for()
    yield page
    context.close()


def write(project: Path, field: str, value: str) -> str:
    """Change one line of the record; returns the text that it had."""
    path = project / f"{RECORD}.yaml"
    before = path.read_text("utf-8")
    line = next(line for line in before.splitlines() if line.startswith(f"{field}: "))
    path.write_text(before.replace(line, f"{field}: {value}", 1), "utf-8")
    return before


def test_a_saved_record_shows_by_itself(page: Page, project: Path) -> None:
    """On its own page, and on another one that names it."""
    before = write(project, "name", "Patch it well")
    expect(page.locator("h1")).to_contain_text("Patch it well")
    page.goto(f"{page.url.split('/techniques')[0]}/techniques/")
    expect(page.locator("article")).to_contain_text("Patch it well")
    (project / f"{RECORD}.yaml").write_text(before, "utf-8")
    expect(page.locator("article")).not_to_contain_text("Patch it well")


def test_an_error_stands_above_the_last_good_page(page: Page, project: Path) -> None:
    """With its place and the line, on every open page, until it is mended."""
    title = page.locator("h1").text_content() or ""
    before = write(project, "group", "nothing-known")
    expect(page.locator(PANEL)).to_be_visible()
    expect(page.locator(PANEL)).to_contain_text(f"{RECORD}.yaml:")
    expect(page.locator(PANEL)).to_contain_text("group: nothing-known")
    expect(page.locator("h1")).to_have_text(title)
    page.reload()
    expect(page.locator(PANEL)).to_be_visible()
    page.locator(PANEL).get_by_role("button").click()
    expect(page.locator(PANEL)).to_be_hidden()
    page.reload()
    expect(page.locator(PANEL)).to_be_visible()
    (project / f"{RECORD}.yaml").write_text(before, "utf-8")
    expect(page.locator(PANEL)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_of_errors_has_no_barrier(scheme: str, page: Page, address: str, project: Path) -> None:
    """Looked at by itself, in the shadow where it stands, and with the page behind; wide and narrow."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    before = write(project, "group", "nothing-known")
    panel = page.locator(PANEL)
    expect(panel).to_be_visible()
    opened = Visit(page, address)
    assert violations(opened) == []
    page.evaluate("() => { document.body.lastElementChild.id = 'preview-host'; }")
    assert violations(opened, within=["#preview-host", "section"]) == []
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    assert violations(opened, within=["#preview-host", "section"]) == []
    assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    (project / f"{RECORD}.yaml").write_text(before, "utf-8")
    expect(panel).to_be_hidden()


def test_a_template_and_a_style_sheet_show_by_themselves(page: Page, project: Path) -> None:
    """Not only records: whatever the site is made from."""
    style = project / "site_templates" / "assets" / "css" / "10-base.css"
    style.write_text(style.read_text("utf-8") + "\nh1 { letter-spacing: 7px; }\n", "utf-8")
    expect(page.locator("h1")).to_have_css("letter-spacing", "7px")
    frame = project / "site_templates" / "theme" / "main.html"
    frame.write_text(frame.read_text("utf-8").replace("On this page", "Further down"), "utf-8")
    expect(page.locator("#contents-title")).to_have_text("Further down")
