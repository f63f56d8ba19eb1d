"""Prose pages: front matter, body, and where each stands in the file."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostics, Location
from generator.load.prose_file import ProsePage, parse_prose

HEAD = """\
---
title: Guide
lead: A guide.
section: learn
review: {drafted_from: [a], checked: 2026-01-31, next_due: 2027-01-31}
---
"""


def parse(text: str, page_id: str = "guide") -> tuple[ProsePage | None, list[str]]:
    diagnostics = Diagnostics()
    page = parse_prose("guide.md", page_id, text.encode(), diagnostics)
    return page, [f"{item.location} {item.code}" for item in diagnostics]


def good(text: str, page_id: str = "guide") -> ProsePage:
    page, findings = parse(text, page_id)
    assert findings == []
    assert page is not None
    return page


def test_a_page_is_front_matter_and_body() -> None:
    """The body is Markdown as it stands, rules of three hyphens and all."""
    page = good(f"{HEAD}\n# Not first\n\n---\n\nEnd\n")
    assert (page.meta.title, page.meta.order, page.body) == ("Guide", 100, "\n# Not first\n\n---\n\nEnd\n")


@pytest.mark.parametrize("page_id", ["guide", "guides/first-ride", "a/b/c-1"])
def test_a_page_may_lie_in_folders(page_id: str) -> None:
    """Its address is its path."""
    assert good(HEAD, page_id).id == page_id


@pytest.mark.parametrize("page_id", ["Guide", "a b", "a//b", "a/", "ä", "a.b", "_a"])
def test_a_page_has_the_address_of_an_id(page_id: str) -> None:
    """Lower-case letters, digits, hyphens."""
    assert parse(HEAD, page_id) == (None, ["guide.md malformed-id"])


@pytest.mark.parametrize("text", ["# Guide\n", "\n" + HEAD, HEAD.rstrip("-\n"), "--- \n" + HEAD])
def test_a_page_begins_with_its_front_matter(text: str) -> None:
    """In the first line, and closed."""
    assert parse(text) == (None, ["guide.md:1:1 missing-front-matter"])


def test_findings_in_front_matter_have_places_in_the_page() -> None:
    """Counted from the first line of the file."""
    assert parse(HEAD.replace("section: learn", "section: lern")) == (None, ["guide.md:4:10 unknown-value"])


def test_offsets_of_the_body_are_places_in_the_file() -> None:
    """With front matter above, and line ends of Windows."""
    page = good(f"{HEAD}\nSee [@a].\n".replace("\n", "\r\n"))
    assert page.locate(page.body.index("[@a]")) == Location("guide.md", 8, 5)


@pytest.mark.parametrize(
    "code", ["`[@a]`", "```\n[@a]\n```", "~~~ yaml\n[[site:x]]\n~~~", "` [[site:a|b]] [@c] `"]
)
def test_code_is_no_prose(code: str) -> None:
    """Blanks of the same shape stand for it, so that places stay."""
    page = good(f"{HEAD}before {code} after [@z]\n")
    assert page.prose.split() == ["before", "after", "[@z]"]
    assert len(page.prose) == len(page.body)
    assert page.prose.count("\n") == page.body.count("\n")
    assert page.prose.index("[@z]") == page.body.index("[@z]")
