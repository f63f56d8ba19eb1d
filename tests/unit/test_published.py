"""Every published file has a line in the catalogue, a schema that holds it, a place in index and package."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from generator.artifacts import Artifact
from generator.exports.interface import described
from generator.knowledge import KnowledgeBase
from generator.model.clinical import Indication
from generator.model.technique import Technique
from generator.published.catalogue import FILES, NotInCatalogue, published_file
from generator.published.dictionary import dictionary
from generator.published.shape import DRAFT
from generator.views.context import SiteContext
from tests.published import as_json, exported

PROJECTS = ("minimal", "everything", "real")


@pytest.fixture(params=PROJECTS)
def kb(request: pytest.FixtureRequest) -> KnowledgeBase:
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


def closed(node: Any) -> Any:
    """A schema that allows no field which it does not name, so that an undeclared one is seen."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: closed(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict) and "type" in node:
        found["additionalProperties"] = False
    return found


def schema_of(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[published_file(path).schema_path])


def test_every_json_file_is_as_its_schema_says(kb: KnowledgeBase) -> None:
    """No field is missing, of another type, or undeclared."""
    files = exported(kb)
    checked = 0
    for path, content in files.items():
        entry = published_file(path)
        if not path.endswith(".json") or path.startswith("schema/") or entry.table:
            continue
        if "*" in entry.path and checked > 20:
            continue
        if not entry.schema_path:
            assert path == "datapackage.json", f"{path} has no schema: give its line in the catalogue a shape"
            continue
        schema = schema_of(files, path)
        assert schema["$schema"] == DRAFT
        Draft202012Validator.check_schema(schema)
        errors = Draft202012Validator(closed(schema)).iter_errors(json.loads(content))
        assert [f"{error.json_path}: {error.message[:200]}" for error in errors][:5] == [], path
        checked += 1
    assert checked > 12


def test_every_schema_is_published_and_valid(kb: KnowledgeBase) -> None:
    """Under the address that it names."""
    files = exported(kb)
    for entry in FILES:
        if entry.schema_path:
            assert entry.schema_path in files, entry.path
            schema = json.loads(files[entry.schema_path])
            assert schema.get("$id", entry.schema_path).endswith(entry.schema_path)
    Draft7Validator.check_schema(json.loads(files["schema/technique.schema.json"]))


def test_a_file_without_a_line_in_the_catalogue_stops_the_build(minimal: KnowledgeBase) -> None:
    """The message says where the line belongs."""
    unknown = Artifact("api/v1/new.json", b"{}")
    with pytest.raises(NotInCatalogue, match=r"api/v1/new\.json .* generator/published/catalogue\.py"):
        list(described(SiteContext(minimal), [unknown]))


def test_every_line_of_the_catalogue_is_used(everything: KnowledgeBase) -> None:
    """No description of a file that is no longer made; pictures and examples are made with the pages."""
    used = {published_file(path).path for path in exported(everything)}
    later = {"evidence-map/*.svg", "examples/*.py", "examples/*.R", "examples/*.csv"}
    unused = {entry.path for entry in FILES} - used - later
    assert {path for path in unused if not path.startswith(("study", "changes"))} == set()


def test_the_index_says_size_hash_and_count_of_every_file(kb: KnowledgeBase) -> None:
    """Of all but itself."""
    files = exported(kb)
    listed = {item["path"]: item for item in as_json(kb, "index.json")["files"]}
    assert set(listed) == set(files) - {"index.json"}
    for path, item in listed.items():
        assert item["bytes"] == len(files[path])
        assert item["sha256"] == hashlib.sha256(files[path]).hexdigest()
        assert item["schema"], path
        assert "://" in item["schema"] or item["schema"] in files, path
    assert listed["techniques.json"]["count"] == len(kb.techniques)
    assert listed["references.bib"]["count"] == len(kb.references)
    assert listed["references.ris"]["count"] == len(kb.references)
    assert listed["references.csl.json"]["count"] == len(kb.references)
    rows = csv.reader(io.StringIO(files["indications.csv"].decode("utf-8-sig")))
    assert listed["indications.csv"]["count"] == len(list(rows)) - 1


def test_terms_and_credit_stand_in_the_index(everything: KnowledgeBase) -> None:
    """As the publication file says."""
    index, publication = as_json(everything, "index.json"), everything.publication
    assert index["terms"]["spdx"] == publication.licence.spdx
    assert index["licence"] == publication.licence.name
    assert len(index["credit"]) == len(publication.credit)
    assert all(line.endswith(".") and ".." not in line for line in index["credit"])


def test_every_field_has_its_meaning_in_words_for_readers() -> None:
    """Nothing that only an author of records can use: no file of the sources, no inline syntax."""
    rows = list(dictionary())
    assert len(rows) > 500
    for path, field in rows:
        assert field.description, (path, field.path)
        assert not re.search(r"content/|\.yaml|[Ii]nline syntax|\[@", field.description), (path, field.path)


def test_descriptions_are_those_of_the_model() -> None:
    """Single owner: the line under the field."""
    by_path = {field.path: field for path, field in dictionary() if path == "techniques.json"}
    for name in ("complications", "evidence", "results"):
        assert by_path[f"[].{name}"].description == Technique.model_fields[name].description
    claim = Indication.model_fields["claim"]
    assert by_path["[].indications[].claim"].description == claim.description
    assert by_path["[].indications[].claim"].values == ("indicated", "reported")
    assert by_path["[].indications[].mechanisms"].description.endswith("`mechanisms` in vocabulary.json).")


def test_the_dictionary_is_the_same_as_json_and_csv(everything: KnowledgeBase) -> None:
    """Row by row."""
    files = exported(everything)
    rows = list(csv.DictReader(io.StringIO(files["data-dictionary.csv"].decode("utf-8-sig"))))
    made = as_json(everything, "data-dictionary.json")
    assert [{**row, "always": str(row["always"]).lower()} for row in made] == rows


def test_ids_of_other_files_have_their_names(kb: KnowledgeBase) -> None:
    """Whatever id stands in a record is in vocabulary.json or in the file of its kind."""
    vocabulary = as_json(kb, "vocabulary.json")
    names = {key: {item["id"] for item in items} for key, items in vocabulary.items()}
    for technique in as_json(kb, "techniques.json"):
        assert technique["group"] in names["groups"]
        assert {item["setting"] for item in technique["setting"]} <= names["settings"]
        assert {item["scale"] for item in technique["evidence"]} <= names["scales"]
        assert {item["body"] for item in technique["evidence"]} <= names["bodies"]
        for item in technique["indications"]:
            assert set(item["mechanisms"]) <= names["mechanisms"]
            assert set(item["causes"]) <= names["causes"]
