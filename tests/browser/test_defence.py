"""The site behind a real nginx with its own headers: nothing from elsewhere, nothing that is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, expect

from generator.routes import FRAMED
from tests.browser.conftest import DESK
from tests.browser.kinds import KINDS
from tests.browser.server import serve
from tests.browser.visit import PATIENCE, visit
from tests.site.built import BuiltSite
from tests.site.nginx import Nginx, nginx

pytestmark = [pytest.mark.browser, pytest.mark.engine]

AT_ONCE = 4
DRAWINGS = ("evidence-map/*.svg", "figures/*/*.svg")
REFUSED = "chrome-error://chromewebdata/"
REFUSABLE = [
    "base-uri",
    "connect-src",
    "form-action",
    "frame-src",
    "img-src",
    "object-src",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src-attr",
    "style-src-elem",
]
# What an unknown address answers with is no fault of the page for it.
_LOST = "the server responded with a status of 404"


@dataclass
class Watch:
    """All that the pages of a context asked for and complained of."""

    origin: str
    asked: int = 0
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        self.asked += 1
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.elsewhere.append(request.url)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _LOST not in message.text:
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")


@pytest.fixture(scope="module")
def host(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """The site with its headers."""
    with nginx(site.folder, tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another origin, with one empty page."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text("<!doctype html><title>Elsewhere</title>", "utf-8")
    with serve(folder) as origin:
        yield origin


def addresses(site: BuiltSite) -> list[str]:
    """Every page of the site, frames, sheets, slides and redirects too."""
    found = [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html")]
    return sorted(name.removesuffix("index.html") for name in found)


def look_at(browser: Browser, origin: str, wanted: Sequence[str]) -> Watch:
    """Open each address, several at a time, and wait until its scripts have run."""
    context = browser.new_context(**DESK)
    watch = Watch(origin)
    context.on("request", watch.on_request)
    context.on("console", watch.on_console)

    def refuse(route: Route) -> None:
        route.abort()

    # The watch hears of these before they are stopped.
    context.route(
        lambda url: urlsplit(url).scheme in ("http", "https") and not url.startswith(origin), refuse
    )
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (event) =>"
        " console.error(`refused: ${event.effectiveDirective} ${event.blockedURI}`))"
    )
    pages = [context.new_page() for _ in range(AT_ONCE)]
    for start in range(0, len(wanted), AT_ONCE):
        open_now = list(zip(pages, wanted[start : start + AT_ONCE], strict=False))
        for page, address in open_now:
            page.goto(f"{origin}/{address}", wait_until="commit", timeout=PATIENCE)
        for page, _ in open_now:
            page.wait_for_load_state("load", timeout=PATIENCE)
            page.locator("html[data-started], html.no-js, html:not([class]), svg:root").wait_for(
                state="attached", timeout=PATIENCE
            )
    context.close()
    return watch


def test_every_kind_of_page_keeps_to_itself(browser: Browser, site: BuiltSite, host: Nginx) -> None:
    """Each kind, frames, a sheet, slides, a redirect, drawings that are opened by themselves."""
    redirects = (site.folder / "_redirects").read_text("utf-8").split()
    wanted = [
        *KINDS.values(),
        *(f"embed/{part}/" for part in (*FRAMED, "cordotomy", "cordotomy/badge")),
        "sheets/cordotomy/",
        "slides/cordotomy.html",
        redirects[0].removeprefix("/"),
        "changes/",
        "changes/feed.xml",
        "data/",
        "assets/images/mark.svg",
        *(min(site.folder.rglob(name)).relative_to(site.folder).as_posix() for name in DRAWINGS),
    ]
    watch = look_at(browser, host.origin, wanted)
    assert watch.elsewhere == []
    assert watch.complaints == []
    assert watch.asked > 3 * len(wanted)


@pytest.mark.long
def test_every_page_keeps_to_itself(browser: Browser, site: BuiltSite, host: Nginx) -> None:
    """All of them."""
    wanted = addresses(site)
    assert len(wanted) > 900
    watch = look_at(browser, host.origin, wanted)
    print(f"{len(wanted)} pages opened, {watch.asked} requests, {len(watch.elsewhere)} to elsewhere")
    assert watch.elsewhere == []
    assert watch.complaints == []


def open_one(browser: Browser, origin: str, address: str = "") -> Page:
    return visit(browser.new_context(**DESK), origin, address).page


@pytest.mark.parametrize("at", ["host", "meta"])
def test_what_is_slipped_in_does_not_run(at: str, browser: Browser, host: Nginx, origin: str) -> None:
    """By the header, and by the page itself on a host without headers; each is refused aloud."""
    found = visit(
        browser.new_context(**DESK), host.origin if at == "host" else origin, "techniques/cordotomy/"
    )
    failed: list[Request] = []
    answered: list[str] = []
    found.page.on("requestfailed", lambda request: failed.append(request))
    found.page.on("response", lambda response: answered.append(response.url))
    refused = found.page.evaluate(
        """async (kinds) => {
          const refused = new Set();
          document.addEventListener("securitypolicyviolation", (event) => {
            refused.add(event.effectiveDirective);
          });
          const hole = document.createElement("div");
          hole.innerHTML = `<style>body { outline: 9px solid red }</style>
            <p style="color: red" id="painted">x</p>
            <img src="https://elsewhere.example/x.png"><img src="data:," onerror="hacked = 1">
            <iframe src="https://elsewhere.example/"></iframe><object data="https://elsewhere.example/"></object>
            <form action="https://elsewhere.example/" id="sent"><button></button></form>
            <base href="https://elsewhere.example/">`;
          document.body.append(hole);
          const scripts = { textContent: "hacked = 2", src: "https://elsewhere.example/x.js" };
          for (const [name, value] of Object.entries(scripts)) {
            document.body.append(Object.assign(document.createElement("script"), { [name]: value }));
          }
          await fetch("https://elsewhere.example/").catch(() => {});
          try { setTimeout("hacked = 3", 0); } catch {}
          document.querySelector("#sent").requestSubmit();
          const patient = performance.now() + 30_000;
          while (refused.size < kinds && performance.now() < patient) {
            await new Promise((done) => setTimeout(done, 50));
          }
          return [...refused].sort();
        }""",
        len(REFUSABLE),
    )
    assert found.page.evaluate("() => window.hacked") is None
    assert found.page.evaluate("() => document.baseURI").startswith(found.origin)
    assert found.page.evaluate("() => getComputedStyle(document.body).outlineStyle") == "none"
    assert (
        found.page.evaluate("() => getComputedStyle(document.querySelector('#painted')).color")
        != "rgb(255, 0, 0)"
    )
    assert refused == REFUSABLE
    assert {request.failure for request in failed if "elsewhere" in request.url} == {"csp"}
    assert [url for url in answered if "elsewhere" in url] == []
    found.page.context.close()


def test_search_runs_under_the_headers(browser: Browser, host: Nginx) -> None:
    """WebAssembly is compiled, and no other thing that is built from text."""
    found = visit(browser.new_context(**DESK), host.origin, "")
    found.page.keyboard.press("/")
    found.page.locator("#search-words").fill("celiac plexus neurolysis")
    expect(found.page.locator(".hit").first).to_contain_text("Celiac plexus neurolysis")
    assert (found.complaints, found.foreign) == ([], [])
    found.page.context.close()


def test_a_page_may_copy_and_nothing_else(browser: Browser, host: Nginx) -> None:
    page = open_one(browser, host.origin)
    allowed = page.evaluate("() => document.featurePolicy.allowedFeatures()")
    assert "clipboard-write" in allowed
    for feature in (
        "camera",
        "microphone",
        "geolocation",
        "payment",
        "usb",
        "clipboard-read",
        "display-capture",
    ):
        assert feature not in allowed
    assert page.evaluate("() => document.referrer") == ""
    page.context.close()


@pytest.mark.parametrize("sandbox", ["", ' sandbox="allow-popups allow-popups-to-escape-sandbox"'])
def test_only_frames_may_be_framed(sandbox: str, browser: Browser, host: Nginx, elsewhere: str) -> None:
    """On a page of another origin, with and without a sandbox: the views for it show, and no other page."""
    shown = ["embed/cordotomy/", "embed/cordotomy/badge/", "embed/techniques/", "embed/pain-sites/"]
    kept = ["", "techniques/cordotomy/", "sheets/cordotomy/", "slides/cordotomy.html", "nowhere/"]
    page = browser.new_context(**DESK).new_page()
    page.goto(elsewhere)
    page.evaluate(
        """([origin, addresses, sandbox]) => {
          document.body.innerHTML = addresses.map(
            (address) => `<iframe src="${origin}/${address}" width="600" height="300"${sandbox}></iframe>`
          ).join("");
        }""",
        [host.origin, [*shown, *kept], sandbox],
    )
    for place in range(len(shown)):
        body = page.frame_locator(f"iframe >> nth={place}").locator("body")
        expect(body).to_contain_text("gives no advice for one patient")
        assert body.evaluate("() => getComputedStyle(document.body).borderTopWidth") == "3px"
        assert body.evaluate("() => [...document.images].every((image) => image.naturalWidth > 0)")
    for place in range(len(shown), len(shown) + len(kept)):
        element = page.locator(f"iframe >> nth={place}").element_handle()
        frame = element.content_frame() if element else None
        assert frame is not None
        frame.wait_for_url(REFUSED)
    page.context.close()


def test_the_link_of_a_frame_opens_the_page(browser: Browser, host: Nginx, elsewhere: str) -> None:
    """In a tab of its own, which may be cut off from the one that opened it."""
    page = browser.new_context(**DESK).new_page()
    page.goto(elsewhere)
    page.evaluate(
        """(source) => { document.body.innerHTML = `<iframe src="${source}" width="600" height="300"
          sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`; }""",
        f"{host.origin}/embed/cordotomy/",
    )
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").locator("h1 a").click()
    expect(opened.value.locator("h1")).to_contain_text("Cordotomy")
    assert opened.value.url == f"{host.origin}/techniques/cordotomy/"
    page.context.close()


_READ = """async (address) => {
  try { return (await (await fetch(address)).text()).length; } catch { return 0; }
}"""


def test_programs_elsewhere_read_the_data_and_no_page(browser: Browser, host: Nginx, elsewhere: str) -> None:
    page = browser.new_context(**DESK).new_page()
    page.goto(elsewhere)
    for address in ("api/v1/index.json", "api/v1/techniques.csv", "api/v1/references.bib"):
        assert page.evaluate(_READ, f"{host.origin}/{address}") > 1000
    assert page.evaluate(_READ, f"{host.origin}/techniques/") == 0
    page.context.close()


def test_a_figure_shows_on_another_site(
    browser: Browser, host: Nginx, site: BuiltSite, elsewhere: str
) -> None:
    """Drawn as it is meant, and styled too where it is opened by itself."""
    path = min((site.folder / "figures").rglob("*.svg"))
    address = f"{host.origin}/{path.relative_to(site.folder).as_posix()}"
    page = browser.new_context(**DESK).new_page()
    page.goto(elsewhere)
    page.evaluate("(source) => { document.body.innerHTML = `<img src='${source}'>`; }", address)
    page.locator("img").evaluate("(image) => image.decode()")
    page.goto(address)
    assert page.evaluate("() => getComputedStyle(document.querySelector('.title')).fontSize") == "27px"
    page.context.close()
