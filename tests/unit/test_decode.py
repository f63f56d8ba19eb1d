"""Plain data to records: types are strict, problems are told at their place in the author's words."""

from __future__ import annotations

import datetime

import pytest
from pydantic import BaseModel

from generator.diagnostics import Diagnostics
from generator.load.decode import decode
from generator.load.yaml_file import parse_yaml
from generator.model.base import Review, Statement
from generator.model.body_map import Side
from generator.model.clinical import Complication, PrognosisWindow, Rating, Result
from generator.model.vocabulary import GlossaryTerm, Scale


def read(text: str, model: type[BaseModel]) -> tuple[BaseModel | None, list[str]]:
    diagnostics = Diagnostics()
    document = parse_yaml("a.yaml", text.encode(), diagnostics)
    assert document is not None
    record = decode(document, model, diagnostics)
    assert (record is None) is (len(diagnostics) > 0)
    return record, [f"{item.location.line}:{item.location.column} {item.message}" for item in diagnostics]


def good(text: str, model: type[BaseModel]) -> BaseModel:
    record, findings = read(text, model)
    assert findings == []
    assert record is not None
    return record


def test_numbers_dates_and_flags_are_read_from_text() -> None:
    """The record type, not YAML, decides what a scalar means."""
    result = good("{text: t, design: no, outcome: 1.10, value: 012, n: 12}", Result)
    assert result.model_dump(include={"design", "outcome", "value", "n"}) == {
        "design": "no",
        "outcome": "1.10",
        "value": "012",
        "n": 12,
    }
    review = good("{drafted_from: [a], checked: 2026-01-01, next_due: 2026-02-01}", Review)
    assert review.model_dump()["checked"] == datetime.date(2026, 1, 1)
    assert good("{text: t, serious: true}", Complication).model_dump()["serious"] is True


@pytest.mark.parametrize("word", ["yes", "no", "True", "1", "on"])
def test_a_flag_is_true_or_false_and_nothing_else(word: str) -> None:
    """Other words for yes are other words."""
    _, findings = read(f"{{text: t, serious: {word}}}", Complication)
    assert findings == [f"1:20 field 'serious' is '{word}'; expected true or false"]


@pytest.mark.parametrize(
    "date", ["2026-1-1", "2026-02-30", "1.2.2026", "2026", "20260101", "2026-01-01T00:00"]
)
def test_a_date_is_a_day_that_exists(date: str) -> None:
    """Year, month and day, with hyphens."""
    _, findings = read(f"{{drafted_from: [a], checked: {date}, next_due: 2027-02-01}}", Review)
    assert findings == [f"1:30 field 'checked' is '{date}'; expected a date as YYYY-MM-DD"]


@pytest.mark.parametrize("number", ["six", "1.5", "1e2x", "9" * 5000])
def test_a_whole_number_is_whole(number: str) -> None:
    """No fractions, no words, nothing endless."""
    _, findings = read(f"{{text: t, limit: floor, months: [{number}]}}", PrognosisWindow)
    assert len(findings) == 1
    assert findings[0].startswith("1:34 item 1 is '")
    assert findings[0].endswith("'; expected a whole number")


def test_a_missing_field_is_told_at_the_group_that_lacks_it() -> None:
    """There is no line to point at, so the group is shown."""
    _, findings = read("id: tube\ndefinition: x\n", GlossaryTerm)
    assert findings == ["1:1 field 'term' is missing"]


def test_an_unknown_field_is_told_at_its_name_with_the_nearest_known_one() -> None:
    """A slip of the finger is corrected; a foreign word gets the whole list."""
    _, findings = read("text: t\ncitation: [a]\n", Statement)
    assert findings == ["2:1 unknown field 'citation'. Did you mean 'citations'?"]
    _, findings = read("text: t\nzzz: a\n", Statement)
    assert findings == ["2:1 unknown field 'zzz'. Allowed: text, citations, basis."]


def test_an_unknown_field_deep_inside_is_compared_with_its_own_group() -> None:
    """Suggestions come from the type that the place belongs to."""
    text = "{id: s, name: S, defined: true, parts: [{id: p, name: P, steps: [{valeu: One}]}]}"
    _, findings = read(text, Scale)
    assert findings == [
        "1:66 field 'value' is missing",
        "1:67 unknown field 'valeu'. Did you mean 'value'?",
    ]


def test_every_problem_of_a_record_is_told_at_once() -> None:
    """One run, all findings."""
    _, findings = read("{text: [a], basis: hearsay, citations: a, frequenzy: rare}", Complication)
    assert len(findings) == 4


LIST = "a list, each item on a line that starts with '- '"
GROUP = "a group of fields, indented under this one"


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        ("[One]", f"1:27 field 'value' is a list; expected text or {GROUP}"),
        ("{level: [I, II, III]}", "1:35 field 'level' has 3 items; at most 2"),
        ("{level: [I]}", "1:35 item 2 is missing"),
        ("{level: {a: b}}", f"1:35 field 'level' is a group of fields; expected text or {LIST}"),
        ("' '", "1:27 field 'value' is empty; fill it in or delete the line"),
    ],
)
def test_of_two_allowed_forms_the_nearer_one_is_explained(value: str, finding: str) -> None:
    """A value may be text or a group: the finding speaks of the form that was meant."""
    _, findings = read(f"{{text: t, body: b, value: {value}}}", Rating)
    assert findings == [finding]


def test_a_list_whose_items_are_wrong_is_not_called_empty() -> None:
    """What is wrong is said at the item."""
    _, findings = read("{drafted_from: ['not a key'], checked: 2026-01-01, next_due: 2026-02-01}", Review)
    assert findings == ["1:17 'not a key' is not a citation key, or a key, a comma and a place"]


def test_a_point_needs_two_numbers() -> None:
    """Coordinates are numbers."""
    assert good("{shape: M0 0Z, dot: [1, 2.5]}", Side).model_dump()["dot"] == (1.0, 2.5)
    _, findings = read("{shape: M0 0Z, dot: [1, x]}", Side)
    assert findings == ["1:25 item 2 is 'x'; expected a number"]


def test_records_cannot_be_changed() -> None:
    """A record is what the file says, for as long as it lives."""
    statement = good("{text: t}", Statement)
    with pytest.raises(ValueError, match="frozen"):
        statement.text = "u"  # type: ignore[attr-defined]
