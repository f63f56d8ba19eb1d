"""JSON Schema of a technique record, for editors and for other programs."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from generator.knowledge import KnowledgeBase
from generator.model.technique import Technique

SCHEMA_ID = "technique.schema.json"


def technique_schema(kb: KnowledgeBase | None = None) -> dict[str, Any]:
    """The schema (draft 7, which editors read). With a knowledge base, ids and keys are enumerated."""
    schema = Technique.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs")
    if kb is not None:
        choices = id_choices(kb)
        for model in (schema, *schema["definitions"].values()):
            _enumerate(model, choices)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_ID,
        **_cleaned(schema),
        "title": "Technique record",
    }


def id_choices(kb: KnowledgeBase) -> Mapping[str, Collection[str]]:
    """Field name to the ids it may hold."""
    techniques = list(kb.techniques)
    return {
        "pain_sites": list(kb.sites),
        "mechanisms": list(kb.mechanisms),
        "causes": list(kb.causes),
        "group": list(kb.groups),
        "setting": list(kb.settings),
        "guidance": list(kb.guidance),
        "grade": list(kb.grades),
        "body": list(kb.bodies),
        "from": [level.id for level in kb.levels],
        "to": [level.id for level in kb.levels],
        "parent": techniques,
        "inherits_from": techniques,
        "replaced_by": techniques,
        "similar_to": techniques,
        "together_with": techniques,
        "technique": techniques,
        "contraindication-kind": list(kb.contraindication_kinds),
        "citations": list(kb.references),
        "drafted_from": list(kb.references),
    }


def _enumerate(model: dict[str, Any], choices: Mapping[str, Collection[str]]) -> None:
    is_caution = model.get("title") in ("Contraindication", "Caution")
    for name, field in model.get("properties", {}).items():
        wanted = "contraindication-kind" if name == "kind" and is_caution else name
        if wanted not in choices:
            continue
        for node in (field, field.get("items"), *field.get("anyOf", ())):
            if not isinstance(node, dict) or node.get("type") != "string":
                continue
            if wanted in ("citations", "drafted_from"):
                # A key alone is offered for completion; a key with a place in the source is allowed too.
                pattern = node.pop("pattern")
                node["anyOf"] = [{"enum": list(choices[wanted])}, {"pattern": pattern.replace(")?$", ")$")}]
            else:
                node["enum"] = list(choices[wanted])


def _cleaned(node: Any) -> Any:
    """Without what no editor shows: the generated titles of single fields."""
    if isinstance(node, dict):
        return {
            key: _cleaned(value)
            for key, value in node.items()
            if not (key == "title" and isinstance(value, str) and "properties" not in node)
        }
    if isinstance(node, list):
        return [_cleaned(item) for item in node]
    return node


def dump(schema: dict[str, Any]) -> bytes:
    """The schema as it stands in the repository and on the site."""
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
