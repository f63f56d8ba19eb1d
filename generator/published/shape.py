"""JSON Schema (2020-12) of a published shape, made from types and the lines under their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, TypeAdapter

from generator.model.base import Record

DRAFT = "https://json-schema.org/draft/2020-12/schema"
KEY_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_:.-]*$"
Node: TypeAlias = dict[str, Any]

# What a docstring tells an author and no reader of the data needs.
_FOR_AUTHORS = re.compile(
    r"\s*Inline syntax: .*|; leave out for [^.]*(?=\.)|; the same as the file name [^.]*\.yaml`", re.DOTALL
)
_SOURCE_FILE = re.compile(r"\b([Ii]ds?) of content/vocabulary/([a-z-]+)\.yaml")
_LISTS = {
    "technique-groups": "groups",
    "vertebral-levels": "levels",
    "evidence-bodies": "bodies",
    "evidence-scales": "scales",
}


class Shape(BaseModel):
    """A published object, or what the export adds to a record. A field with a default may be absent."""

    model_config = ConfigDict(use_attribute_docstrings=True)


@cache
def _made(shape: type[BaseModel]) -> Mapping[str, Node]:
    """The definition of a type and of all types in it, by name, as pydantic makes them."""
    found: Mapping[str, Node] = TypeAdapter(list[shape]).json_schema(  # type: ignore[valid-type]
        mode="serialization", ref_template="#/$defs/{model}"
    )["$defs"]
    return found


def definitions(shape: type[BaseModel], added: Mapping[str, tuple[type[BaseModel], ...]]) -> dict[str, Node]:
    """All definitions that a shape needs. `added`: definition name to the types whose fields join it."""
    found: dict[str, Node] = {}
    records = {model.__name__ for model in _records(Record)}
    for name, made in _made(shape).items():
        node = _for_readers(made)
        if name in records:
            _as_exported(node)
        for other in added.get(name, ()):
            inner = definitions(other, added)
            joined = inner.pop(other.__name__)
            node["properties"] |= joined["properties"]
            node["required"] = list(dict.fromkeys([*node.get("required", ()), *joined.get("required", ())]))
            found = inner | found
        found[name] = node
    return found


def object_schema(shape: type[BaseModel], added: Mapping[str, tuple[type[BaseModel], ...]]) -> Node:
    """A file that holds one object."""
    inner = definitions(shape, added)
    return inner.pop(shape.__name__) | ({"$defs": dict(sorted(inner.items()))} if inner else {})


def list_schema(shape: type[BaseModel], added: Mapping[str, tuple[type[BaseModel], ...]]) -> Node:
    """A file that holds a list of objects."""
    inner = definitions(shape, added)
    items = {"$ref": f"#/$defs/{shape.__name__}"}
    return {"type": "array", "items": items, "$defs": dict(sorted(inner.items()))}


def _records(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for inner in model.__subclasses__():
        yield inner
        yield from _records(inner)


def _as_exported(node: Node) -> None:
    """A record as `JsonExport` writes it: every field present, citations as keys with places beside them."""
    fields = node["properties"]
    if "citations" in fields:
        fields["citations"] = _keys("Keys of the sources, as in references.json.")
        fields["locators"] = {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Key to the place in that source, where one is given: `Table 1`.",
        }
    if "citations" in fields or "statement" in fields:
        fields["anchor"] = {"type": "string", "description": "Its own place on the page, where it has one."}
    if "drafted_from" in fields:
        fields["drafted_from"] = _keys("Keys of the sources it was written from, as in references.json.")
    if "clinical_review" in fields:
        reviews = fields["clinical_review"]
        fields["clinical_review"] = {
            "anyOf": [{"const": "none yet", "type": "string"}, {**reviews, "minItems": 1}],
            "description": "Reviews by named reviewers, or the words that say that there is none.",
        }
        del reviews["description"]
    node["required"] = [name for name in fields if name != "anchor"]


def _keys(description: str) -> Node:
    items = {"type": "string", "pattern": KEY_PATTERN}
    return {"type": "array", "items": items, "description": description}


def for_readers(description: str) -> str:
    """A description in the words of someone who reads the data and not the sources."""
    text = _FOR_AUTHORS.sub("", " ".join(description.split()))

    def listed(match: re.Match[str]) -> str:
        if match[2] == "pain-sites":
            return f"{match[1]}, as in pain-sites.json"
        name = _LISTS.get(match[2], match[2].replace("-", "_"))
        return f"{match[1]} of `{name}` in vocabulary.json"

    return _SOURCE_FILE.sub(listed, text)


def _for_readers(node: Any) -> Any:
    """Without what only editors or pydantic need: titles of fields, defaults, closed objects."""
    if isinstance(node, list):
        return [_for_readers(item) for item in node]
    if not isinstance(node, dict):
        return node
    fields = {name: _for_readers(field) for name, field in node.get("properties", {}).items()}
    found = {
        key: for_readers(value) if key == "description" else _for_readers(value)
        for key, value in node.items()
        if key not in ("default", "properties")
        and not (key == "additionalProperties" and value is False)
        and not (key == "title" and "properties" not in node)
    }
    return found | ({"properties": fields} if "properties" in node else {})
