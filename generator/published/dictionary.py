"""The data dictionary: a schema walked field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.published.catalogue import FILES, PublishedFile, Schema
from generator.published.tables import Table

_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
    "null": "null",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a file."""

    path: str
    """`[]` is an item of a list, `*` any key of a look-up."""
    type: str
    always: bool
    description: str
    values: tuple[str, ...]
    definition: str = ""
    """Name of the shape that it holds, or that its items have."""


def fields_of(entry: PublishedFile) -> Iterator[Field]:
    """Every field of a file, shapes inside shapes too; a shape inside itself is named once."""
    if entry.table is not None:
        yield from columns(entry.table)
    elif entry.one is not None or entry.each is not None:
        schema = entry.schema()
        yield from _walk(schema, schema.get("$defs", {}), "", ())


def own_fields(node: Schema, shapes: Schema) -> Iterator[Field]:
    """The fields of one shape, without those of the shapes inside it."""
    for name, field in node.get("properties", {}).items():
        found = _field(name, field, name in node.get("required", ()))
        # A field whose words are those of its shape leaves them to the shape.
        words = found.description or shapes.get(found.definition, {}).get("description", "")
        yield replace(found, description=words)


def columns(table: Table) -> Iterator[Field]:
    """The columns of a table."""
    for column in table.columns:
        yield Field(column.name, _TYPES[column.kind], column.always, column.description, ())


def dictionary() -> Iterator[tuple[str, Field]]:
    """Path of the file and field, for every file that has a shape."""
    for entry in FILES:
        if "*" in entry.path:
            continue  # one of many, the same as an item of the file of all
        for field in fields_of(entry):
            yield entry.path, field


def _walk(node: Schema, shapes: Schema, path: str, within: tuple[str, ...]) -> Iterator[Field]:
    if name := _definition(node):
        if name in within:
            return
        node, within = shapes[name], (*within, name)
    if "properties" in node:
        for field in own_fields(node, shapes):
            inner = f"{path}.{field.path}" if path else field.path
            yield Field(inner, field.type, field.always, field.description, field.values, field.definition)
            yield from _walk(node["properties"][field.path], shapes, inner, within)
        return
    for form in node.get("anyOf", (node,)):
        if "items" in form:
            yield from _walk(form["items"], shapes, f"{path}[]", within)
        elif isinstance(form.get("additionalProperties"), dict):
            yield from _walk(form["additionalProperties"], shapes, f"{path}.*", within)
        elif form is not node and _definition(form):
            yield from _walk(form, shapes, path, within)


def _field(name: str, node: Schema, always: bool) -> Field:
    types = dict.fromkeys(_TYPES[kind] for kind in _kinds(node))
    values = node.get("enum") or [form["const"] for form in node.get("anyOf", (node,)) if "const" in form]
    return Field(
        name,
        ", ".join(types),
        always,
        node.get("description", ""),
        tuple(str(value) for value in values),
        _held(node),
    )


def _kinds(node: Schema) -> Iterator[str]:
    if "anyOf" in node:
        for form in node["anyOf"]:
            yield from _kinds(form)
    elif node.get("format") == "date":
        yield "date"
    else:
        yield str(node.get("type", "object"))


def _definition(node: Schema) -> str:
    reference: Any = node.get("$ref", "")
    return str(reference).rpartition("/")[2]


def _held(node: Schema) -> str:
    for form in node.get("anyOf", (node,)):
        for inner in (form, form.get("items"), form.get("additionalProperties")):
            if isinstance(inner, dict) and _definition(inner):
                return _definition(inner)
    return ""
