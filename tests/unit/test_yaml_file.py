"""YAML to plain data: text stays as typed, every value has its place, no file can hurt the reader."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostics, Location
from generator.load.text_file import MAX_BYTES
from generator.load.yaml_file import MAX_DEPTH, Data, YamlDocument, parse_yaml, parse_yaml_text


def parse(text: str | bytes) -> YamlDocument:
    diagnostics = Diagnostics()
    document = parse_yaml("a.yaml", text if isinstance(text, bytes) else text.encode(), diagnostics)
    assert list(diagnostics) == []
    assert document is not None
    return document


def codes(text: str | bytes) -> list[tuple[str, str]]:
    """Place and code of each finding of text that cannot be read."""
    diagnostics = Diagnostics()
    data = text if isinstance(text, bytes) else text.encode()
    assert parse_yaml("a.yaml", data, diagnostics) is None
    return [(str(item.location), item.code) for item in diagnostics]


@pytest.mark.parametrize(
    "scalar",
    ["no", "yes", "on", "true", "1.10", "012", "0x1F", "1e3", ".inf", "2026-01-01", "12:30:45", "=", "<<"],
)
def test_a_scalar_stays_the_text_that_was_typed(scalar: str) -> None:
    """YAML guesses no types: 'no' is not false and 1.10 is not 1.1."""
    assert parse(f"field: {scalar}\n").data == {"field": scalar}


@pytest.mark.parametrize("scalar", ["no", "012", "2026-01-01"])
def test_a_field_name_stays_text(scalar: str) -> None:
    """What holds for values holds for names."""
    assert parse(f"{scalar}: x\n").data == {scalar: "x"}


@pytest.mark.parametrize("scalar", ['""', "''", '"~"', '"null"'])
def test_quoted_nothing_is_text(scalar: str) -> None:
    """In quotes, the words for nothing are text; whether a field may be empty is not for YAML to say."""
    assert parse(f"field: {scalar}\n").data == {"field": scalar.strip("\"'")}


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_refused_where_it_stands(scalar: str) -> None:
    """A line without a value is never taken for one."""
    assert codes(f"a: x\nfield: {scalar}\n") == [("a.yaml:2:8" if scalar else "a.yaml:2:7", "empty-value")]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: {b: [c, {d: e}]}", {"a": {"b": ["c", {"d": "e"}]}}),
        ("- a\n- [b]\n", ["a", ["b"]]),
        ("just text", "just text"),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ('a: "\\u00e9 \\t"\n', {"a": "é \t"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("a: 'it''s # no comment' # a comment\n", {"a": "it's # no comment"}),
    ],
)
def test_structure_is_kept(text: str, data: Data) -> None:
    """Lists, groups of fields and all forms of text."""
    assert parse(text).data == data


@pytest.mark.parametrize(
    "text", [b"\xef\xbb\xbfa: b\n", b"a: b\r\n", b"a: b\r", "a: b\n".encode("utf-8-sig")]
)
def test_a_mark_at_the_start_and_other_line_ends_make_no_difference(text: bytes) -> None:
    """A byte order mark and line ends of Windows are what some editors write."""
    assert parse(text).data == {"a": "b"}


def test_places_are_the_same_with_line_ends_of_windows() -> None:
    """Lines are counted as an editor counts them."""
    assert parse(b"\xef\xbb\xbfa: b\r\nc:\r\n  d: e\r\n").locate(("c", "d")) == Location("a.yaml", 3, 6)


DOCUMENT = """\
name: Patch
list:
  - one
  - text: >-
      first line
      second [@key]
nested: {a: {b: "quoted"}}
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("name",), 1, 7),
        (("list", 1, "text"), 4, 11),
        (("nested", "a", "b"), 7, 17),
        ((), 1, 1),
        (("list", 9), 3, 3),
        (("name", "below", "a scalar"), 1, 7),
        (("missing",), 1, 1),
        (("list", 1, "missing"), 4, 5),
    ],
)
def test_every_value_has_its_place(path: tuple[str | int, ...], line: int, column: int) -> None:
    """The place of a path; of the last part that is there, when the path goes on."""
    assert parse(DOCUMENT).locate(path) == Location("a.yaml", line, column)


def test_a_field_name_has_a_place_of_its_own() -> None:
    """An unknown field is shown at its name, not at its value."""
    assert parse(DOCUMENT).locate(("nested", "a", "b"), key=True) == Location("a.yaml", 7, 14)


def test_a_snippet_is_found_inside_folded_text() -> None:
    """A citation in a folded text is shown on its own line."""
    document = parse(DOCUMENT)
    assert document.within(("list", 1, "text"), "@key") == Location("a.yaml", 6, 15)
    assert document.within(("list", 1, "text"), "not there") == document.locate(("list", 1, "text"))


def test_the_line_at_a_place_is_shown() -> None:
    """For the caret under a finding."""
    document = parse(DOCUMENT)
    assert document.source_line(Location("a.yaml", 3, 5)) == "  - one"
    assert document.source_line(Location("a.yaml", 99, 1)) == ""


def test_front_matter_counts_from_the_top_of_its_file() -> None:
    """Places in front matter are places in the page."""
    diagnostics = Diagnostics()
    document = parse_yaml_text("page.md", "title: A\nlead: B\n", diagnostics, line_offset=1)
    assert document is not None
    assert document.locate(("lead",)) == Location("page.md", 3, 7)
    assert document.source_line(Location("page.md", 3, 7)) == "lead: B"
    assert parse_yaml_text("page.md", "title: A\nlead: [\n", diagnostics, line_offset=1) is None
    assert [str(item.location) for item in diagnostics] == ["page.md:4:1"]


def test_nesting_is_bounded() -> None:
    """As deep as any record needs, and not a level more."""
    deepest = "[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH
    assert parse(deepest).locate((0,) * MAX_DEPTH).column == MAX_DEPTH + 1
    assert codes(f"[{deepest}]") == [(f"a.yaml:1:{MAX_DEPTH + 1}", "yaml-too-deep")]


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_a_hundred_thousand_brackets_do_no_harm(text: str) -> None:
    """No depth of nesting exhausts the stack or the patience."""
    assert [code for _, code in codes(text)][-1] == "yaml-too-deep"


def test_aliases_cannot_multiply() -> None:
    """Nine lines that would stand for a thousand million values are refused line by line."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert {code for _, code in codes("\n".join(lines))} == {"yaml-alias"}


def test_no_tag_makes_an_object() -> None:
    """A tag is refused before anything is made of it."""
    assert codes("a: !!python/object/apply:os.system [echo]\n") == [("a.yaml:1:4", "yaml-tag")]


def test_a_name_that_is_a_collection_does_not_shift_what_follows() -> None:
    """One finding for the name, none for the sound lines after it."""
    assert codes("? [a, b]\n: c\nd: {e: f}\n") == [("a.yaml:1:3", "yaml-key")]


def test_a_large_file_is_read_and_a_larger_one_refused() -> None:
    """The limit is far above any record."""
    line = "- a line of ordinary length, as it stands in a record\n"
    assert len(parse(line * (MAX_BYTES // len(line))).data) == MAX_BYTES // len(line)
    assert codes(line * (MAX_BYTES // len(line) + 1)) == [("a.yaml", "file-too-large")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"a: \xff\n", "a.yaml:1:4"),
        ("a: é\nb: ".encode() + b"\xe9\n", "a.yaml:2:4"),
        ("a: b\n".encode("utf-16"), "a.yaml:1:1"),
    ],
)
def test_other_encodings_are_refused_at_the_first_byte(text: bytes, place: str) -> None:
    """UTF-8 and nothing else."""
    assert codes(text) == [(place, "file-not-utf8")]
