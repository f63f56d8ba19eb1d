"""Any bytes at all as a file: findings, never an exception."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostics, format_github, format_json, format_text
from generator.load.decode import decode
from generator.load.prose_file import parse_prose
from generator.load.yaml_file import parse_yaml
from generator.model.technique import Technique

YAML_PARTS = st.sampled_from(
    ["a", ": ", ":", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ", ", "&a ", "*a", "!x ", "|\n", ">-\n",
     '"', "'", "? ", "#", "---\n", "...\n", "%YAML 1.1\n", "~", "null", "<<: ", "\\", "\\u0000", "@", "é",
     "\ufeff", "\u2028", "\x85"]
)  # fmt: skip
YAML_TEXT = st.lists(YAML_PARTS, max_size=30).map("".join)
FIELDS = st.sampled_from([*Technique.model_fields, "text", "citations", "value", "months", "limit", "zzz"])
DATA = st.recursive(
    st.text(max_size=6) | st.sampled_from(["true", "2026-01-31", "brown2019", "procedure", "floor", "6"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=12,
)


def findings_of(data: bytes) -> Diagnostics:
    diagnostics = Diagnostics()
    document = parse_yaml("a.yaml", data, diagnostics)
    assert (document is None) is (len(diagnostics) > 0)
    if document is not None:
        record = decode(document, Technique, diagnostics)
        assert (record is None) is (len(diagnostics) > 0)
    return diagnostics


def check(data: bytes) -> None:
    """Every finding has a place that exists, and can be printed in every form."""
    lines = max(data.count(b"\n"), data.count(b"\r")) + len(data.splitlines()) + 1
    diagnostics = findings_of(data)
    for item in diagnostics:
        assert item.location.path == "a.yaml"
        assert 0 <= item.location.line <= lines
        assert item.message
        assert "\n" not in item.message
    format_text(diagnostics, carets=True)
    format_github(diagnostics)
    assert len(json.loads(format_json(diagnostics))) == len(list(diagnostics))


@given(st.binary())
def test_any_bytes_bring_findings_and_no_exception(data: bytes) -> None:
    """Whatever was saved under the name of a record."""
    check(data)


@given(YAML_TEXT)
def test_any_yaml_brings_findings_and_no_exception(text: str) -> None:
    """Text made of the signs of YAML."""
    check(text.encode())


@given(st.dictionaries(FIELDS, DATA, max_size=8))
def test_any_data_under_the_names_of_fields_brings_findings_and_no_exception(data: object) -> None:
    """JSON is YAML: any data in the place of any field."""
    check(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


@given(
    st.binary()
    | st.tuples(YAML_TEXT, st.text()).map(
        lambda parts: f"---\n{parts[0]}\n---\n{parts[1]}".encode("utf-8", "replace")
    )
)
def test_any_page_brings_findings_and_no_exception(data: bytes) -> None:
    """Front matter and body."""
    diagnostics = Diagnostics()
    page = parse_prose("a.md", "a", data, diagnostics)
    assert (page is None) is (len(diagnostics) > 0)


VISIBLE = st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"])


@given(st.dictionaries(st.text(VISIBLE, min_size=1), st.text(VISIBLE | st.sampled_from("\n\t")), min_size=1))
def test_quoted_text_comes_back_as_it_was_written(data: dict[str, str]) -> None:
    """What is in quotes is never changed, and every value has its place."""
    diagnostics = Diagnostics()
    document = parse_yaml("a.yaml", json.dumps(data, ensure_ascii=False).encode(), diagnostics)
    assert document is not None
    assert document.data == data
    for key in data:
        place = document.locate((key,))
        assert document.source_line(place)[place.column - 1] == '"'


@given(
    st.characters(categories=["Cc"], exclude_characters="\t\n\r")
    | st.sampled_from("\u2028\u202e\u2066\ufeff")
)
def test_no_invisible_character_enters_as_an_escape(character: str) -> None:
    """Escaped or not, it is refused."""
    for written in (character, f"\\u{ord(character):04x}"):
        text = f'name: "a{written}b"\n'
        codes = [item.code for item in findings_of(text.encode())]
        assert codes == ["file-control-character"]
