"""What version 1 of the data interface has promised: fields and types of each file, columns of each table.

`v1.json` is a sample of version 1, taken from the project under `fixtures/everything`: for each file the path
of every field with the types seen there; for each table its columns in order. `[]` is an item of a list, `*`
any key of a look-up. `python -m tests.compat` (part of `make golden`) adds what is new, takes nothing away.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from generator.knowledge import KnowledgeBase
from generator.published.catalogue import CSV, published_file
from tests.published import exported

SAMPLE = Path(__file__).parent / "v1.json"
Promise: TypeAlias = Mapping[str, Any]
_TYPES = {str: "text", bool: "true or false", int: "number", float: "number", type(None): "null"}


def made_now(kb: KnowledgeBase) -> dict[str, Any]:
    """File to its fields with their types, or to its columns."""
    found: dict[str, Any] = {}
    files = exported(kb)
    for path, content in sorted(files.items()):
        entry = published_file(path)
        if path.startswith("schema/") or "*" in entry.path:
            continue
        if entry.media_type == CSV:
            found[path] = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        elif path.endswith(".json"):
            schema = json.loads(files[entry.schema_path]) if entry.schema_path else {}
            seen: dict[str, set[str]] = {}
            for field, kind in _walk(json.loads(content), schema, schema.get("$defs", {}), ""):
                seen.setdefault(field, set()).add(kind)
            found[path] = {field: " or ".join(sorted(kinds)) for field, kinds in sorted(seen.items())}
        else:
            found[path] = entry.media_type
    return found


def _walk(value: Any, schema: Any, shapes: Any, path: str) -> Iterator[tuple[str, str]]:
    schema = _settled(schema, shapes, value)
    if isinstance(value, dict):
        yield path, "object"
        fields = schema.get("properties", {})
        is_look_up = not fields and isinstance(schema.get("additionalProperties"), dict)
        for name, item in value.items():
            inner = schema["additionalProperties"] if is_look_up else fields.get(name, {})
            key = "*" if is_look_up else name
            yield from _walk(item, inner, shapes, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        yield path, "list"
        for item in value:
            yield from _walk(item, schema.get("items", {}), shapes, f"{path}[]")
    else:
        yield path, _TYPES[type(value)]


def _settled(schema: Any, shapes: Any, value: Any) -> Any:
    """The part of a schema that describes a value: references followed, the fitting form chosen."""
    while "$ref" in schema:
        schema = shapes[schema["$ref"].rpartition("/")[2]]
    wanted = {dict: "object", list: "array"}.get(type(value))
    for form in schema.get("anyOf", ()):
        inner = _settled(form, shapes, value)
        if inner.get("type") == wanted:
            return inner
    return schema


def broken(promised: Promise, now: Promise) -> list[str]:
    """Every promise that is not kept, in words."""
    found: list[str] = []
    for path, before in promised.items():
        if path not in now:
            found.append(f"{path}: the file is gone")
        elif isinstance(before, str):
            found += [] if now[path] == before else [f"{path}: was {before}, is {now[path]}"]
        elif isinstance(before, list):
            if now[path][: len(before)] != before:
                found.append(f"{path}: the columns {before} do not stand first, in this order")
        else:
            for field, kinds in before.items():
                kinds_now = now[path].get(field)
                if kinds_now is None:
                    found.append(f"{path}: {field or 'the whole'} is gone")
                elif set(kinds_now.split(" or ")) - set(kinds.split(" or ")):
                    found.append(f"{path}: {field or 'the whole'} was {kinds}, is {kinds_now}")
    return found


def added(promised: Promise, now: Promise) -> list[str]:
    """What is made and was not promised yet."""
    found = [path for path in now if path not in promised]
    for path, before in promised.items():
        if isinstance(before, dict):
            found += [f"{path}: {field}" for field in now.get(path, {}) if field not in before]
        elif isinstance(before, list):
            found += [f"{path}: {column}" for column in now.get(path, ()) if column not in before]
    return found


def read_sample() -> dict[str, Any]:
    """The promise as it stands."""
    found: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    return found
