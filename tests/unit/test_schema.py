"""The JSON Schema that an editor reads while a record is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.config import Project
from generator.exports.schema import dump, technique_schema
from generator.knowledge import KnowledgeBase
from generator.model.technique import Technique

TESTS = Path(__file__).parent.parent
REAL = sorted((TESTS.parent / "techniques").glob("*.yaml"))
EVERYTHING = sorted((TESTS / "fixtures" / "everything" / "techniques").glob("*.yaml"))


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it, by the core schema of YAML 1.2: no dates, and 'no' is a word."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def problems(schema: dict[str, Any], text: str) -> list[str]:
    """Path and message of everything that an editor would underline."""
    data = yaml.load(text, EditorLoader)
    errors = Draft7Validator(schema).iter_errors(data)
    return sorted(f"{'.'.join(map(str, error.path))}: {error.message}" for error in errors)


@pytest.fixture(scope="module")
def schema(everything: KnowledgeBase) -> dict[str, Any]:
    return technique_schema(everything)


@pytest.fixture(scope="module")
def real_schema(real: KnowledgeBase) -> dict[str, Any]:
    return technique_schema(real)


def test_the_schema_is_valid(schema: dict[str, Any]) -> None:
    """Draft 7, which the YAML plug-ins of editors read."""
    Draft7Validator.check_schema(schema)
    Draft7Validator.check_schema(technique_schema())
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.stem)
def test_it_accepts_every_valid_record(path: Path, schema: dict[str, Any]) -> None:
    """An editor never underlines what the generator accepts."""
    assert problems(schema, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_it_accepts_every_record_of_the_atlas(path: Path, real_schema: dict[str, Any]) -> None:
    """The same for the real ones."""
    assert problems(real_schema, path.read_text("utf-8")) == []


GOOD = (TESTS / "fixtures" / "everything" / "techniques" / "replace-a-tube.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("kind: procedure", "kind: proceduer"),
        ("group: hand-tools", "group: hand-tool"),
        ("name: Replace a tube\n", ""),
        ("id: replace-a-tube", "id: Replace a tube"),
        ("pain_sites: [tyre]", "pain_sites: [tire]"),
        ("pain_sites: [tyre]", "pain_sites: tyre"),
        ("pain_sites: [tyre]", "pain_sits: [tyre]"),
        ("citations: [brown2019wheels]\n    pain_sites", "citations: [brown 2019]\n    pain_sites"),
        ("parent: puncture-repair", "parent: puncture"),
        ("drafted_from: [brown2019wheels]", "drafted_from: []"),
        ("summary:", "named_only: maybe\nsummary:"),
        ("review:", "prognosis: [{text: t, limit: flor}]\nreview:"),
        ("review:", "prognosis: [{text: t, limit: floor, months: [0]}]\nreview:"),
        ("review:", "replaced_by: nowhere\nreview:"),
        ("review:", "related: [{technique: nowhere}]\nreview:"),
        ("review:", "contraindications: [{text: t, kind: nothing}]\nreview:"),
        ("review:", "anatomy: {levels: [{text: t, from: Z9, structure: s}]}\nreview:"),
    ],
)
def test_it_rejects_what_an_editor_can_see(right: str, wrong: str, schema: dict[str, Any]) -> None:
    """Misspelt fields and words, missing fields, ids that do not exist."""
    assert right in GOOD
    assert problems(schema, GOOD) == []
    assert problems(schema, GOOD.replace(right, wrong, 1)) != []


def test_a_citation_may_name_a_place_in_the_source(schema: dict[str, Any]) -> None:
    """Keys are offered; a key with a place is allowed as well."""
    assert problems(schema, GOOD.replace("[brown2019wheels]", '["brown2019wheels, p. 4"]')) == []
    offered = schema["definitions"]["Statement"]["properties"]["citations"]["items"]["anyOf"][0]["enum"]
    assert offered == sorted(["brown2019wheels", "okafor2021tubes", "lee2020rides", "markup2022"])


def test_every_field_has_its_help(schema: dict[str, Any]) -> None:
    """What an editor shows beside a field is the line under it in the model, or that of its type."""
    definitions = schema["definitions"]

    def shown(field: dict[str, Any]) -> str:
        own: str = field.get("description") or definitions[field["$ref"].rpartition("/")[2]]["description"]
        return own

    for name, field in Technique.model_fields.items():
        assert shown(schema["properties"][field.alias or name]) == field.description
    assert all(shown(field) for model in definitions.values() for field in model["properties"].values())


def test_the_file_for_editors_is_up_to_date(real: KnowledgeBase, real_project: Project) -> None:
    """The same as `atlas schema --check`; after a change of records or model run `atlas schema`."""
    assert json.loads(real_project.technique_schema.read_bytes()) == technique_schema(real)
    assert real_project.technique_schema.read_bytes() == dump(technique_schema(real))


def test_every_real_record_names_the_schema(real_project: Project) -> None:
    """The first line tells the editor where it is."""
    line = "# yaml-language-server: $schema=../content/schema/technique.schema.json\n"
    assert real_project.technique_schema == TESTS.parent / "content" / "schema" / "technique.schema.json"
    assert [path.stem for path in REAL if not path.read_text("utf-8").startswith(line)] == []
