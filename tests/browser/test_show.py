"""Parts that are shown elsewhere: in a frame on a foreign page, on one sheet of paper, on a wall."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.kinds import violations
from tests.browser.server import serve
from tests.browser.visit import OpenPage, visit
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

FRAMES = {
    "technique": "embed/celiac-plexus-neurolysis/",
    "badge": "embed/celiac-plexus-neurolysis/badge/",
    "table": "embed/techniques/",
    "map": "embed/evidence-map/",
    "body": "embed/pain-sites/",
    "checklist": "embed/referral-checklist/",
    "windows": "embed/timing-windows/",
}
# Text that lies beyond the edge of its slide, or over the foot.
_BEYOND = """() => [...document.querySelectorAll(".deck__slide")].flatMap((slide) => {
  const body = slide.querySelector(".deck__body");
  const foot = slide.querySelector(".deck__foot").getBoundingClientRect();
  const box = slide.getBoundingClientRect();
  const over = body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1;
  return over || foot.bottom > box.bottom ? [slide.id] : [];
})"""
_VISIBLE_WORDS = "() => document.querySelector('main').innerText"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    yield page
    page.close()


def words(text: str) -> str:
    """Letters and digits alone: hyphens, spaces and joiners differ between a page and its print."""
    return re.sub(r"[\W_]+", "", text).casefold()


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_stands_on_a_foreign_page(
    kind: str, page: Page, origin: str, site: BuiltSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without scripts, from 320 to 1,200 wide: styled, nothing beyond its edge, attributed."""
    foreign = tmp_path_factory.mktemp("foreign")
    html = "".join(
        f'<iframe src="{origin}/{FRAMES[kind]}" width="{width}" height="500" sandbox="allow-popups"></iframe>'
        for width in (320, 560, 800, 1200)
    )
    (foreign / "index.html").write_text(f"<!doctype html><title>Elsewhere</title>{html}", "utf-8")
    with serve(foreign) as elsewhere:
        page.goto(f"{elsewhere}/index.html", wait_until="load")
        frames = page.frames[1:]
        assert len(frames) == 4
        for frame in frames:
            frame.wait_for_load_state("load")
            element = frame.frame_element()
            assert element.bounding_box() is not None
            text = page.frame_locator(f"iframe >> nth={frames.index(frame)}").locator("body")
            assert "gives no advice for one patient" in text.inner_text()
            size = text.evaluate(
                "() => [document.scrollingElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert size[0] <= size[1], (kind, size)
            assert text.evaluate("() => getComputedStyle(document.body).borderTopWidth") == "3px"


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_frame_has_no_barriers(kind: str, scheme: str, open_page: OpenPage) -> None:
    visit = open_page(FRAMES[kind], color_scheme=scheme)
    assert visit.foreign == []
    assert visit.complaints == []
    assert violations(visit, within="h1, .frame__lead, .summary, .frame__criteria, .frame__foot") == []


def test_every_sheet_is_one_page_with_all_its_words(page: Page, origin: str, site: BuiltSite) -> None:
    """On A4 and on Letter, for every technique."""
    sheets = sorted(path.parent.name for path in (site.folder / "sheets").glob("*/index.html"))
    assert len(sheets) > 50
    faults = []
    for name in sheets:
        page.goto(f"{origin}/sheets/{name}/")
        page.emulate_media(media="print")
        wanted = page.evaluate(_VISIBLE_WORDS)
        for paper in ("A4", "Letter"):
            printed = PdfReader(io.BytesIO(page.pdf(format=paper)))
            if len(printed.pages) != 1:
                faults.append(f"{name} on {paper}: {len(printed.pages)} pages")
            text = words("".join(part.extract_text() for part in printed.pages))
            lost = [line for line in wanted.splitlines() if words(line[:40]) not in text]
            faults += [f"{name} on {paper}: without {line!r}" for line in lost]
    page.emulate_media(media="null")
    assert faults == []


def test_no_slide_holds_more_than_it_shows(page: Page, site: BuiltSite) -> None:
    """Opened from a file, for every technique."""
    decks = sorted((site.folder / "slides").glob("*.html"))
    assert len(decks) > 50
    faults = {}
    for path in decks:
        page.goto(path.as_uri())
        if over := page.evaluate(_BEYOND):
            faults[path.name] = over
    assert faults == {}


def test_slides_go_by_keys_and_print_one_to_a_page(page: Page, site: BuiltSite) -> None:
    path = site.folder / "slides" / "celiac-plexus-neurolysis.html"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    count = page.locator(".deck__slide").count()
    seen = []
    for key in ("ArrowRight", "PageDown", " ", "ArrowLeft", "End", "Home"):
        page.keyboard.press(key)
        seen.append(page.evaluate("() => document.activeElement.id"))
    assert seen == ["slide-2", "slide-3", "slide-4", "slide-3", f"slide-{count}", "slide-1"]
    assert asked == [path.as_uri()]
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == count
    for sheet in printed.pages:
        assert "Interventional Cancer Pain Atlas" in sheet.extract_text()


def test_the_code_for_a_frame_is_complete(open_page: OpenPage) -> None:
    """Where the site knows no address of its own, with the one at which it is read; it works as it stands."""
    found = open_page("techniques/cordotomy/")
    found.page.locator("[data-teaching] summary").click()
    code = found.page.locator("[data-frame-code]").first
    assert code.is_visible()
    assert f'src="{found.origin}/embed/cordotomy/"' in code.inner_text()
    assert found.complaints == []


def test_without_a_script_what_can_be_taken_is_there(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    found = visit(context, origin, "techniques/cordotomy/")
    part = found.page.locator("[data-teaching]")
    part.locator("summary").click()
    assert part.get_by_role("link", name="Slides, one HTML file").is_visible()
    assert not part.locator("[data-frame-code]").first.is_visible()
    context.close()


def test_on_paper_the_offer_is_gone(open_page: OpenPage) -> None:
    found = open_page("techniques/cordotomy/")
    found.page.emulate_media(media="print")
    assert not found.page.locator("#teaching").is_visible()
    assert not found.page.locator("[data-teaching]").is_visible()
