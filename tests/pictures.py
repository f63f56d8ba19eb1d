"""Takes the pictures of the README anew from the built site: `python -m tests.pictures` after `make site`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from generator.config import Project
from tests.browser.chromium import launch
from tests.browser.server import serve

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".github" / "pictures"
WIDTHS = {"": (1280, 860), "-phone": (360, 740)}
CRITERIA = ("moderate-to-severe-pain-persists", "rapid-pain-control-required")

BOTH = ("", "-phone")

# Name, address, the part that is shown first if not the top of the page, and the widths.
PICTURES = (
    ("home", "", "", ("",)),
    ("technique", "techniques/celiac-plexus-neurolysis/", "", ("",)),
    ("pain-site", "pain-sites/pancreas/", "", ("-phone",)),
    ("checklist", "referral-checklist/", "", BOTH),
    ("finder", "finder/#site=upper-abdomen&mechanism=visceral", "[data-title]", BOTH),
    ("compare", "compare/#ids=celiac-plexus-neurolysis,splanchnic-nerve-neurolysis", ".compare__table", BOTH),
    ("evidence-map", "evidence-map/", "[data-evmap]", BOTH),
    ("timing-windows", "timing-windows/", ".timingchart", BOTH),
    ("offline", "offline/", "", BOTH),
)


def take(browser: Browser, origin: str, picture: tuple[str, str, str, tuple[str, ...]]) -> None:
    """One picture at each width that is wanted."""
    name, address, part, widths = picture
    for suffix in widths:
        width, height = WIDTHS[suffix]
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        page.goto(f"{origin}/{address}")
        page.wait_for_load_state("networkidle")
        if name == "checklist":
            _tick(page)
        if part:
            page.locator(part).first.evaluate(
                "element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY"
                " - (document.querySelector('.md-header')?.offsetHeight ?? 0) - 16)"
            )
        page.wait_for_timeout(300)
        page.screenshot(path=FOLDER / f"{name}{suffix}.png")
        page.close()


def _tick(page: Page) -> None:
    for name in CRITERIA:
        page.locator(f"#{name}").check()
    page.evaluate("() => window.scrollTo(0, 0)")


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve(Project(ROOT).site) as origin, sync_playwright() as playwright:
        browser = launch(playwright)
        for picture in PICTURES:
            take(browser, origin, picture)
        browser.close()


if __name__ == "__main__":
    main()
