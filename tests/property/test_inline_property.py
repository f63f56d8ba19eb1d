"""Any text at all through the inline syntax."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.inline import (
    Citation,
    CitationGroup,
    CrossLink,
    Emphasis,
    Words,
    parse_citation,
    parse_inline,
    plain_text,
    suspects,
)

# Text in which syntax, whole and broken, is far more frequent than by chance.
PARTS = st.sampled_from(
    ["[@a]", "[@a, p. 3; @b]", "[[site:rim]]", "[[a:b|c]]", "*em*", "*", "[", "]", "[[", "@", "\\", "|",
     "; ", " "]
)  # fmt: skip
SYNTAX = st.lists(PARTS | st.text(max_size=5), max_size=12).map("".join)
TEXT = st.text() | SYNTAX
KEY = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_:.-]{0,12}", fullmatch=True)
LOCATOR = st.from_regex(r"[A-Za-z0-9.,–(][A-Za-z0-9 .,–()]{0,12}", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
SLUG = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)


@given(TEXT)
def test_no_text_is_refused(text: str) -> None:
    """Parsing never fails, and what it gives is spans of known kinds."""
    for span in parse_inline(text):
        assert isinstance(span, Words | Emphasis | CitationGroup | CrossLink)
    assert isinstance(plain_text(text), str)
    assert all(piece in text for piece in suspects(text))


@given(TEXT)
def test_spans_are_never_empty(text: str) -> None:
    """No empty words, no citation without a key, no link without an id."""
    for span in parse_inline(text):
        match span:
            case Words(words) | Emphasis(words):
                assert words
            case CitationGroup(citations):
                assert citations
                assert all(citation.key for citation in citations)
            case CrossLink(kind, identifier):
                assert kind
                assert identifier


@given(TEXT)
def test_text_without_syntax_keeps_every_word(text: str) -> None:
    """Only white space is made even."""
    plain = text.translate(str.maketrans("", "", "[*\\"))
    words = " ".join(plain.split())
    assert parse_inline(plain) == ((Words(words),) if words else ())


@given(TEXT)
def test_no_citation_is_lost(text: str) -> None:
    """Each '[@' is escaped, or becomes a citation, or is told as suspect."""
    told = sum(isinstance(span, CitationGroup) for span in parse_inline(text)) + len(suspects(text))
    if "[@" in re.sub(r"\\[*\[\\]", " ", text):
        assert told


@given(st.lists(st.tuples(KEY, LOCATOR | st.just("")), min_size=1, max_size=4))
def test_citations_come_back_as_they_were_written(pairs: list[tuple[str, str]]) -> None:
    """Any keys, with and without places."""
    written = "; ".join(f"@{key}, {place}" if place else f"@{key}" for key, place in pairs)
    expected = tuple(Citation(key, place) for key, place in pairs)
    assert parse_inline(f"[{written}]") == (CitationGroup(expected),)
    assert tuple(parse_citation(part) for part in written.split("; ")) == expected
    assert suspects(f"[{written}]") == ()


@given(st.sampled_from(["technique", "site", "term", "page"]), SLUG)
def test_links_come_back_as_they_were_written(kind: str, identifier: str) -> None:
    """Any id."""
    assert parse_inline(f"[[{kind}:{identifier}]]") == (CrossLink(kind, identifier),)
    assert suspects(f"[[{kind}:{identifier}]]") == ()


@given(TEXT)
def test_escaped_text_is_words(text: str) -> None:
    """A backslash before every special character leaves nothing to parse."""
    escaped = text.replace("\\", "\\\\").replace("[", "\\[").replace("*", "\\*")
    words = " ".join(text.split())
    assert parse_inline(escaped) == ((Words(words),) if words else ())
    assert suspects(escaped) == ()
