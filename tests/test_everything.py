"""The project under fixtures/everything uses whatever a record can hold, so that no test misses a field."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.knowledge import KnowledgeBase
from generator.load.sources import load_records
from generator.model.base import Record
from generator.model.clinical import Rating
from generator.model.marks import records_within

EVERYTHING = Path(__file__).parent / "fixtures" / "everything"


def subclasses(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from subclasses(model)


MODELS = sorted(set(subclasses(Record)), key=lambda model: model.__name__)


@pytest.fixture(scope="module")
def records() -> list[BaseModel]:
    """Every record of the project and every record inside it."""
    loaded = load_records(Project(EVERYTHING), Diagnostics())
    files = [
        *(item.record for item in loaded.techniques),
        *(item.record for item in loaded.vocabulary.values()),
        *(page.meta for page in loaded.pages),
        *(loaded.ref_status[:1] if loaded.ref_status else ()),
    ]
    return [inner for record in files for _, inner in records_within(record)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_every_model_is_used(model: type[BaseModel], records: list[BaseModel]) -> None:
    """Some record writes the field down."""
    used = set().union(*(record.model_fields_set for record in records if type(record) is model))
    assert set(model.model_fields) - used == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_choice_of_every_field_is_made(model: type[BaseModel], records: list[BaseModel]) -> None:
    """Some record has each of the values that a field of fixed choices allows."""
    for name, field in model.model_fields.items():
        if name in model.__annotations__ and get_origin(field.annotation) is Literal:
            made = {getattr(record, name) for record in records if isinstance(record, model)}
            assert set(get_args(field.annotation)) - made == set(), name


def test_every_field_of_a_reference_is_used(everything: KnowledgeBase) -> None:
    """Some reference fills each field, and some author has each part of a name."""
    references = everything.references.values()
    people = [person for item in references for person in (*item.authors, *item.editors)]
    for found in ([*references], people):
        empty = {
            field.name
            for field in dataclasses.fields(found[0])
            if not any(getattr(item, field.name) for item in found)
        }
        assert empty == set()


def test_every_form_of_a_rating_is_there(records: list[BaseModel]) -> None:
    """Words, one part, two parts, a range of one part and a range of two."""
    forms = set()
    for rating in records:
        if isinstance(rating, Rating):
            value = rating.value
            parts = () if isinstance(value, str) else tuple(type(part).__name__ for part in value.values())
            forms.add((rating.body, parts))
    assert {
        ("magazine", ()),
        ("handbook", ()),
        ("handbook", ("tuple",)),
        ("club", ("str",)),
        ("club", ("str", "str")),
        ("club", ("tuple", "tuple")),
    } <= forms


@pytest.mark.parametrize(
    "text",
    ["<script>", "&amp;", '"double"', " | ", "{{ 7 * 7 }}", "{% ", "C:\\", "[link](", "日本語", "עברית"],
)
def test_text_that_could_break_a_page_is_there(text: str) -> None:
    """The records hold text that a page must show as it stands."""
    assert any(text in path.read_text("utf-8") for path in (EVERYTHING / "techniques").iterdir())


def test_relations_between_records_are_there(everything: KnowledgeBase) -> None:
    """Two classes with members that inherit, a retired record, a merged pain site."""
    classes = {item.inherits_from for item in everything.techniques.values() if item.inherits_from}
    assert len(classes) == 2
    assert [item.id for item in everything.techniques.values() if item.replaced_by] == ["glue-a-tyre"]
    assert [former for site in everything.sites.values() for former in site.merged] == [
        "front-wheel",
        "back-wheel",
    ]
