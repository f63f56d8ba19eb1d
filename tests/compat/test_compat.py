"""Version 1 keeps what it promised: no file, field or column goes, changes its name or its type."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from generator.knowledge import KnowledgeBase
from tests.compat import added, broken, made_now, read_sample


@pytest.fixture(scope="module")
def now(everything: KnowledgeBase) -> dict[str, Any]:
    return made_now(everything)


def test_every_promise_is_kept(now: dict[str, Any]) -> None:
    """Programs written against version 1 go on working. What must go, goes in a version 2 beside it."""
    faults = broken(read_sample(), now)
    assert faults == [], "\n".join(
        ["Version 1 promised what is no longer so (rule: /data/, 'What may change'):", *faults]
    )


def test_everything_that_is_made_is_promised(now: dict[str, Any]) -> None:
    """So that it is held from now on."""
    new = added(read_sample(), now)
    assert new == [], "\n".join(["New in the data interface; accept it with: make golden", *new])


def test_the_sample_is_large_enough_to_mean_something() -> None:
    """Every table, every list of records, fields within fields."""
    sample = read_sample()
    assert len(sample) >= 18
    assert len(sample["techniques.json"]) > 150
    assert sample["techniques.json"]["[].evidence[].value"] == "object or text"
    assert "[].summary.locators.*" in sample["techniques.json"]
    assert sample["evidence.csv"][:3] == ["technique", "rated_for", "body"]


def changed(now: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(now)


def test_a_change_that_breaks_readers_is_named(now: dict[str, Any]) -> None:
    """Removing, renaming, retyping, and moving a column."""
    gone = changed(now)
    del gone["glossary.json"]
    del gone["techniques.json"]["[].cost[].grade"]
    gone["techniques.json"]["[].results[].n"] = "text"
    gone["techniques.json"]["[].name"] = "null or text"
    gone["evidence.csv"] = [*gone["evidence.csv"][1:], gone["evidence.csv"][0]]
    faults = broken(now, gone)
    assert [fault.split(" (")[0][:48] for fault in faults] == [
        "evidence.csv: the columns ['technique', 'rated_f",
        "glossary.json: the file is gone",
        "techniques.json: [].cost[].grade is gone",
        "techniques.json: [].name was text, is null or te",
        "techniques.json: [].results[].n was null or numb",
    ]


def test_an_addition_breaks_nobody(now: dict[str, Any]) -> None:
    """A file, a field, a last column: kept, and named until it is promised."""
    more = changed(now)
    more["new.json"] = {"": "list"}
    more["techniques.json"]["[].new"] = "text"
    more["evidence.csv"] = [*more["evidence.csv"], "new"]
    assert broken(now, more) == []
    assert added(now, more) == ["new.json", "evidence.csv: new", "techniques.json: [].new"]
