"""The finder's data file: the statements of the records, each with its sources, and small."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from generator.bibliography import short_form
from generator.diagnostics import Location
from generator.exports.all import all_exports
from generator.knowledge import KnowledgeBase
from generator.model.reference import Name, Reference
from generator.views.context import SiteContext

MOST_BYTES = 60_000
FIELDS = {
    "fits": ["indications"],
    "against": ["not_indicated"],
    "cautions": ["contraindications", "cautions"],
    "bleeding": ["bleeding_risk"],
    "limits": ["limitations"],
    "harms": ["complications"],
    "settings": ["setting"],
    "windows": ["prognosis"],
    "risk": ["procedural_risk"],
    "cost": ["cost"],
}
_made: dict[int, dict[str, bytes]] = {}


@pytest.fixture(params=["minimal", "everything", "real"])
def kb(request: pytest.FixtureRequest) -> KnowledgeBase:
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


def files(kb: KnowledgeBase) -> dict[str, bytes]:
    """The published files, made once."""
    if id(kb) not in _made:
        _made[id(kb)] = {
            item.path.removeprefix("api/v1/"): item.content for item in all_exports(SiteContext(kb))
        }
    return _made[id(kb)]


def finder(kb: KnowledgeBase) -> Any:
    return json.loads(files(kb)["finder.json"])


def records(kb: KnowledgeBase) -> dict[str, Any]:
    return {item["id"]: item for item in json.loads(files(kb)["techniques.json"])}


def statements(technique: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for value in technique.values():
        if isinstance(value, list):
            yield from (item for item in value if isinstance(item, dict))


def test_every_statement_of_the_record_is_there(kb: KnowledgeBase) -> None:
    """With its text and its sources, also those of variants; none is added."""
    of_records = records(kb)
    for technique in finder(kb)["techniques"]:
        record = of_records[technique["id"]]
        for field, names in FIELDS.items():
            wanted = [item for name in names for item in record[name]]
            if field in ("fits", "cautions"):
                wanted += [item for variant in record["variants"] for item in variant[names[-1]]]
            said = [
                (item["text"], [c.split(",")[0] for c in item["cite"]]) for item in technique.get(field, [])
            ]
            assert sorted(said) == sorted((item["text"], item["citations"]) for item in wanted), field


def test_places_in_a_source_are_kept(kb: KnowledgeBase) -> None:
    """A citation with a locator is written as in a record."""
    of_records = records(kb)
    for technique in finder(kb)["techniques"]:
        locators = {
            f"{key}, {place}"
            for item in of_records[technique["id"]]["indications"]
            for key, place in item["locators"].items()
        }
        cited = {cite for item in technique.get("fits", []) for cite in item["cite"]}
        assert locators <= cited


def test_every_source_has_a_short_form(kb: KnowledgeBase) -> None:
    """Author and year for each key that a statement cites, and for those of the record files."""
    data = finder(kb)
    for technique in data["techniques"]:
        for item in statements(technique):
            assert item["cite"]
            assert {cite.split(",")[0] for cite in item["cite"]} <= set(data["references"])
        assert set(records(kb)[technique["id"]]["citations"]) <= set(data["references"])


def test_retired_techniques_are_left_out_unless_a_class(kb: KnowledgeBase) -> None:
    """What is found is current; a retired class still hands on its statements."""
    found = {item["id"]: item for item in finder(kb)["techniques"]}
    current = {item.id for item in kb.current_techniques()}
    assert {name for name, item in found.items() if not item.get("retired")} == current
    assert {item["of_class"] for item in found.values() if "of_class" in item} <= set(found)


def test_a_step_is_a_place_on_the_scales_own_meter(kb: KnowledgeBase) -> None:
    """Only ratings with a meter can be put in order, each in its own scale."""
    for technique in finder(kb)["techniques"]:
        for badge in technique.get("badges", []):
            assert ("step" in badge) == ("bars" in badge) == ("scale" in badge)
            if "step" in badge:
                assert badge["bars"][badge["step"]] in "1r"
                assert "1" not in badge["bars"][badge["step"] + 1 :]
                assert "r" not in badge["bars"][badge["step"] + 1 :]


def test_the_real_atlas_is_small(real: KnowledgeBase) -> None:
    """At most 60 KB are sent."""
    assert len(gzip.compress(files(real)["finder.json"], 6)) <= MOST_BYTES


@pytest.mark.parametrize(
    ("authors", "more", "wanted"),
    [
        ((Name("Deer"),), {}, "Deer 2018"),
        ((Name("Slatkin"), Name("Rhiner")), {}, "Slatkin & Rhiner 2018"),
        ((Name("Everdingen", particle="van"), Name("B"), Name("C")), {}, "van Everdingen et al. 2018"),
        ((Name("Deer"),), {"and_others": True}, "Deer et al. 2018"),
        ((), {"organization": "Pain Society"}, "Pain Society 2018"),
        ((), {}, "A title of more than… 2018"),
        ((Name("Deer"),), {"year": ""}, "Deer n.d."),
    ],
)
def test_a_short_form_names_author_and_year(
    authors: tuple[Name, ...], more: dict[str, Any], wanted: str
) -> None:
    """As a reader knows a source in a line of text."""
    given = {"year": "2018", **more}
    reference = Reference(
        "key", "article", "A title of more than five words", Location("a.bib", 1), authors=authors, **given
    )
    assert short_form(reference) == wanted
