"""The inline syntax: emphasis, citations and cross-links; everything else is plain text."""

from __future__ import annotations

import pytest

from generator.inline import (
    Citation,
    CitationGroup,
    CrossLink,
    Emphasis,
    Span,
    Words,
    parse_citation,
    parse_inline,
    plain_text,
    suspects,
)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("plain", (Words("plain"),)),
        ("  one\n  line ", (Words("one line"),)),
        ("*stressed* word", (Emphasis("stressed"), Words(" word"))),
        ("[@a2020b]", (CitationGroup((Citation("a2020b"),)),)),
        ("x [@a, p. 3].", (Words("x "), CitationGroup((Citation("a", "p. 3"),)), Words("."))),
        (
            "[@a; @b,  Table  1;@c]",
            (CitationGroup((Citation("a"), Citation("b", "Table 1"), Citation("c"))),),
        ),
        ("[[site:rim]]", (CrossLink("site", "rim"),)),
        ("[[term:inner-tube|Inner tubes]]", (CrossLink("term", "inner-tube", "Inner tubes"),)),
        (r"[[site:rim\|Rims]]", (CrossLink("site", "rim", "Rims"),)),
        ("[[page:guides/first-ride]]", (CrossLink("page", "guides/first-ride"),)),
        ("[@a][[site:b]]*c*", (CitationGroup((Citation("a"),)), CrossLink("site", "b"), Emphasis("c"))),
    ],
)
def test_syntax_becomes_spans(text: str, spans: tuple[Span, ...]) -> None:
    """Each form, alone and in company."""
    assert parse_inline(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "[text](address)", "`code`", "# heading", "<b>bold</b>", "__under__", "https://example.org/a_b",
        "{{ 7 * 7 }}", "{% raw %}", "a | b", "[a]", "[ @a]", "5 * 3 * 2", "* item", "a * b", "&amp;", "**",
    ],
)  # fmt: skip
def test_everything_else_is_text(text: str) -> None:
    """No Markdown, no HTML, no templates; a star between spaces multiplies."""
    assert parse_inline(text) == (Words(text),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"\*not stressed\*", "*not stressed*"),
        (r"\[@a]", "[@a]"),
        (r"\\[x]", r"\[x]"),
        (r"C:\temp", r"C:\temp"),
    ],
)
def test_a_backslash_makes_plain(text: str, words: str) -> None:
    """Before a star, a bracket or a backslash; elsewhere it is a backslash."""
    assert parse_inline(text) == (Words(words),)
    assert suspects(text) == ()


def test_emphasis_does_not_swallow_a_citation() -> None:
    """A citation is a citation wherever it stands."""
    spans = parse_inline("*see [@a] and [[site:b]]*")
    assert CitationGroup((Citation("a"),)) in spans
    assert CrossLink("site", "b") in spans


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@]", ("[@]",)),
        ("[@a b]", ("[@a b]",)),
        ("[@a, ]", ()),
        ("[@a", ("[@a",)),
        ("[@a; b]", ("[@a; b]",)),
        ("[[site]]", ("[[site]]",)),
        ("[[Site:rim]]", ("[[Site:rim]]",)),
        ("[[site:rim]", ("[[site:rim]",)),
        ("[[site:rim|]]", ("[[site:rim|]]",)),
        ("[@a] [[site:b]] [c] @d", ()),
    ],
)
def test_what_looks_like_syntax_and_is_none_is_found(text: str, found: tuple[str, ...]) -> None:
    """A typing error in a citation or a link never passes as text."""
    assert suspects(text) == found


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("a2020b", Citation("a2020b")),
        ("a2020b, Table 1", Citation("a2020b", "Table 1")),
        ("@a, p. 1, p. 2 ", Citation("a", "p. 1, p. 2")),
    ],
)
def test_a_listed_citation_is_a_key_and_a_place(text: str, citation: Citation) -> None:
    """What follows the first comma is the place in the source."""
    assert parse_citation(text) == citation


def test_plain_text_keeps_the_words_only() -> None:
    """For search and titles: no stars, no brackets, no gap before a stop."""
    assert plain_text("Holds *well* [@a; @b, p. 2], see [[site:inner-tube]] or [[page:x|this]] [@c].") == (
        "Holds well, see inner tube or this."
    )
