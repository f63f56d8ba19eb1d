"""A page that is open in the browser, with all that it asked for and complained of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Milliseconds; a machine that does other work as well may be slow.
PATIENCE = 30_000

OpenPage: TypeAlias = Callable[..., "Visit"]


@dataclass
class Visit:
    """A page with its requests and complaints."""

    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._on_request)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    @property
    def foreign(self) -> list[str]:
        """Requests that left the site."""
        return [url for url in self.requests if not url.startswith((f"{self.origin}/", "data:", "blob:"))]

    def go(self, address: str) -> None:
        """Open an address of the site and wait until its scripts have run."""
        self.page.goto(f"{self.origin}/{address}", wait_until="load")
        wait_until_started(self.page)

    def texts(self, selector: str) -> list[str]:
        """The words of all elements, shown or not, with single spaces."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_text_contents()]

    def focused(self, expression: str = "element.outerHTML.slice(0, 120)") -> Any:
        """Something about the element that has the focus."""
        return self.page.evaluate(f"(element => {expression})(document.activeElement)")

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


def wait_until_started(page: Page) -> None:
    """Scripts that come with their tool are asked for after the page; without a script there are none."""
    page.locator("html[data-started], html.no-js").wait_for(state="attached")


def reload(page: Page) -> None:
    """The same page again, with its scripts run."""
    page.reload()
    wait_until_started(page)


def visit(context: BrowserContext, origin: str, address: str) -> Visit:
    """A new page of a context at an address."""
    found = Visit(context.new_page(), origin)
    found.page.set_default_timeout(PATIENCE)
    found.go(address)
    return found
