"""Findings: their order, their count and the forms in which they are printed."""

from __future__ import annotations

import json

import pytest

from generator.diagnostics import (
    BuildFailed,
    Diagnostic,
    Diagnostics,
    Location,
    Severity,
    did_you_mean,
    format_github,
    format_json,
    format_text,
    shown,
    summary,
)


def finding(path: str, line: int = 0, column: int = 0, code: str = "a-code") -> Diagnostic:
    return Diagnostic(Location(path, line, column), code, "is wrong")


@pytest.mark.parametrize(
    ("location", "text"),
    [(Location("a"), "a"), (Location("a", 3), "a:3:1"), (Location("a", 3, 7), "a:3:7")],
)
def test_a_place_reads_as_editors_write_it(location: Location, text: str) -> None:
    """A click on it opens the line."""
    assert str(location) == text


def test_findings_are_sorted_by_place_and_told_once() -> None:
    """By file, then by number of the line, not by its digits."""
    diagnostics = Diagnostics()
    for item in (finding("b", 1), finding("a", 10), finding("a", 9), finding("a"), finding("a", 9)):
        diagnostics.add(item)
    assert [str(item.location) for item in diagnostics] == ["a", "a:9:1", "a:10:1", "b:1:1"]


def test_only_errors_stop_a_build() -> None:
    """A warning is told and the build goes on; with an error both are told."""
    diagnostics = Diagnostics()
    diagnostics.warning(Location("a"), "odd", "is odd")
    diagnostics.raise_if_errors()
    diagnostics.error(Location("b"), "wrong", "is wrong")
    with pytest.raises(BuildFailed, match="1 error, 1 warning") as caught:
        diagnostics.raise_if_errors()
    assert [item.severity for item in caught.value.diagnostics] == [Severity.WARNING, Severity.ERROR]


@pytest.mark.parametrize(
    ("errors", "warnings", "text"),
    [(0, 0, "no errors"), (1, 0, "1 error"), (2, 1, "2 errors, 1 warning"), (0, 2, "2 warnings")],
)
def test_the_count_counts(errors: int, warnings: int, text: str) -> None:
    """Singular and plural."""
    items = [finding("a")] * errors + [Diagnostic(Location("a"), "c", "m", Severity.WARNING)] * warnings
    assert summary(items) == text


def test_a_caret_points_at_the_place() -> None:
    """The line as it stands in the file, and a caret under the column."""
    item = Diagnostic(Location("a.yaml", 12, 8), "c", "is wrong", Severity.ERROR, "name:\tX")
    assert format_text([item], carets=True) == (
        "a.yaml:12:8: error[c]: is wrong\n"
        "   12 | name: X\n"
        "               ^"
    )  # fmt: skip
    assert format_text([item], carets=False) == "a.yaml:12:8: error[c]: is wrong"


def test_a_long_line_is_cut_around_the_place() -> None:
    """The caret still stands under the character."""
    line = "x" * 500 + "!" + "y" * 500
    item = Diagnostic(Location("a", 1, 501), "c", "m", Severity.ERROR, line)
    _, excerpt, caret = format_text([item], carets=True).splitlines()
    assert len(excerpt) < 140
    assert excerpt[caret.index("^")] == "!"


def test_github_commands_are_escaped() -> None:
    """No message breaks out of its command."""
    item = Diagnostic(Location("a,b:c", 1, 2), "c", "50% :: more\n::error::no")
    assert format_github([item]) == (
        "::error file=a%2Cb%3Ac,line=1,col=2,title=c::50%25 :: more%0A::error::no"
    )


def test_json_keeps_every_character() -> None:
    """Readable, not escaped."""
    item = Diagnostic(Location("ä"), "c", 'a "quoted" ü\n')
    assert json.loads(format_json([item])) == [
        {"path": "ä", "line": 0, "column": 0, "severity": "error", "code": "c", "message": 'a "quoted" ü\n'}
    ]
    assert "ü" in format_json([item])
    assert format_json([]) == "[]"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("tub", " Did you mean 'tube'?"), ("zzz", ""), ("", "")],
)
def test_only_a_near_word_is_suggested(wrong: str, hint: str) -> None:
    """A far one would mislead."""
    assert did_you_mean(wrong, ["tube", "tyre"]) == hint


@pytest.mark.parametrize(
    ("value", "text"),
    [("a\n b", "'a b'"), ("x" * 60, f"'{'x' * 60}'"), ("x" * 61, f"'{'x' * 59}…'"), (3, "'3'")],
)
def test_a_value_is_quoted_on_one_line(value: object, text: str) -> None:
    """And cut where it is long."""
    assert shown(value) == text
