"""Prose pages: an author's HTML is text, and links lead only where they may, as Markdown itself reads them."""

# ruff: noqa: E501 (cases read best on one line)
from __future__ import annotations

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.prose_markdown import EXTENSIONS, address_problem, link_problems, without_html

MADE = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li em strong code pre blockquote hr br table thead tbody tr th td a img".split()
)
ATTRIBUTES = {"href", "src", "alt", "title", "id", "start", "class", "style"}
PIECES = st.sampled_from(
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "-->", "<?php", "<![CDATA[", "<", ">",
     "{ onclick=alert(1) }", "{: .x onmouseover='a' }", "{", "}", "`", "```\n", "\n```", "~~~\n", "~~~", "\\",
     "\\`", "*a*", "_b_", "[a](b)", "[a]", "(b)", "![a](b)", "[c]: d\n", "[[page:about]]", "[[page:about|*x*",
     "{ onclick=alert(1) }]]", "[@k]", "[@k, <b>]", "\n", "\n\n", "    ", "# ", "| a |\n|---|\n", "> ", "- ", "&lt;", "&#60;",
     "<https://a.org/>", "<div>", "</div>", "<pre>", "</pre>", "<a href='javascript:alert(1)'>", "x", " "]
)  # fmt: skip


def read(body: str) -> html.HtmlElement:
    made = markdown.markdown(
        without_html(body, lambda _: "<a href='ours'>x</a>"), extensions=list(EXTENSIONS)
    )
    return html.fragment_fromstring(made, create_parent=True)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_text_becomes_an_element_of_its_own(body: str) -> None:
    """Whatever Markdown makes of it: its own elements, without handlers or styles of the author."""
    for element in read(body).iter():
        if element.getparent() is None:
            continue
        assert element.tag in MADE, body
        assert set(element.attrib) <= ATTRIBUTES, body
        assert "alert" not in element.get("style", ""), body


@pytest.mark.parametrize(
    "body",
    ["<b>x</b>", "a `<b>x</b>` c", "```\n<b>x</b>\n```", "\\`<b>x</b>\\`", "~~~ <b>x</b> ~~~", "- <b>x</b>", "> <b>x</b>"],
)  # fmt: skip
def test_html_is_shown_as_it_was_typed(body: str) -> None:
    """In prose and in code."""
    assert "<b>x</b>" in read(body).text_content()


def test_what_prose_needs_is_kept() -> None:
    """Ids of headings and addresses in angle brackets."""
    page = read("## Title { #here }\n\nSee <https://example.org/a_b>.")
    assert page.find("h2").get("id") == "here"
    assert page.find("p/a").get("href") == "https://example.org/a_b"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "HTTP://example.org",
        "mailto:a@example.org",
        "about/",
        "../x/#y",
        "#z",
        "?q=a:b",
    ],
)
def test_these_may_stand(address: str) -> None:
    """The web, mail, and pages of the site."""
    assert address_problem(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:a",
        "java\nscript:alert(1)", "vbscript:x", "data:text/html,x", "//example.org", "\\\\example.org", "/\\example.org",
        "file:///etc/passwd", "https:example.org", "https://", "http:///x", "blob:x", "java%73cript:x", "x\u202ey",
        "https://[bad/", ":x",
    ],
)  # fmt: skip
def test_these_may_not(address: str) -> None:
    """Odd case, white space and control characters change nothing."""
    assert address_problem(address)


def test_a_problem_has_its_place() -> None:
    """Written out, by reference, with entities."""
    body = "one\n\ntwo [a](java&#115;cript:x)\n\n[b][c]\n\n[c]: vbscript:y\n"
    found = {address: body.count("\n", 0, offset) + 1 for address, offset, _ in link_problems(body)}
    assert found == {"javascript:x": 3, "vbscript:y": 7}
