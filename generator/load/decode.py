"""Plain data to typed records, every problem reported at its place in the author's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostics, did_you_mean, shown
from generator.load.yaml_file import Path, YamlDocument
from generator.model.base import CITATION_PATTERN, ID_PATTERN

R = TypeVar("R", bound=BaseModel)

_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list, each item on a line that starts with '- '",
    "list_type": "a list, each item on a line that starts with '- '",
    "model_type": "a group of fields, indented under this one",
    "model_attributes_type": "a group of fields, indented under this one",
    "dict_type": "a group of fields, indented under this one",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "int_parsing_size": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_from_datetime_parsing": "a date as YYYY-MM-DD",
    "date_parsing": "a date as YYYY-MM-DD",
    "date_type": "a date as YYYY-MM-DD",
}


def decode(document: YamlDocument, model: type[R], diagnostics: Diagnostics) -> R | None:
    """The record in a document, or None after reporting everything that is wrong with it."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        for path, items in _by_place(document.data, error.errors(include_url=False)).items():
            _report(document, model, path, items, diagnostics)
        return None


def _by_place(data: Any, items: Iterable[ErrorDetails]) -> dict[Path, list[ErrorDetails]]:
    """What is wrong, by its place. Several at one place are the branches of a union: text, or a group.

    A branch that failed further in has the right form, so what its siblings say is left out.
    """
    found: dict[Path, list[ErrorDetails]] = {}
    in_union: set[Path] = set()
    for item in items:
        if item["type"] == "too_short" and item["input"]:
            continue  # not too short as written: what is wrong is said at its items
        path = _existing(data, item["loc"], item["type"])
        found.setdefault(path, []).append(item)
        if len(path) < len(item["loc"]):
            in_union.add(path)
    outer = {path[:length] for path in found for length in range(len(path))}
    return {path: items for path, items in found.items() if path not in in_union or path not in outer}


def _report(
    document: YamlDocument,
    model: type[BaseModel],
    path: Path,
    items: list[ErrorDetails],
    diagnostics: Diagnostics,
) -> None:
    item = next((item for item in items if item["type"] not in _EXPECTED), items[0])
    name = str(path[-1]) if path else ""
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    expected = " or ".join(dict.fromkeys(_EXPECTED.get(item["type"], "") for item in items))
    code, message, on_key = _message(kind, name, value, context, item["msg"], expected)
    if kind == "extra_forbidden":
        allowed = _fields_at(model, path[:-1])
        message += did_you_mean(name, allowed) or (f" Allowed: {', '.join(allowed)}." if allowed else "")
    location = document.locate(path[:-1] if kind == "missing" else path, key=on_key)
    diagnostics.error(location, code, message, document.source_line(location))


def _message(
    kind: str, name: str, value: Any, context: Mapping[str, Any], text: str, expected: str
) -> tuple[str, str, bool]:
    """Code, sentence, and whether the key rather than the value is at fault."""
    item = re.fullmatch("[0-9]{1,9}", name)
    where = f"item {int(name) + 1}" if item else f"field {shown(name)}" if name else "the record"
    if kind == "missing":
        return "missing-field", f"{where} is missing", False
    if kind == "extra_forbidden":
        return "unknown-field", f"unknown field {shown(name)}.", True
    if kind == "literal_error":
        allowed = [part.strip().strip("'") for part in context["expected"].replace(" or ", ", ").split(",")]
        return (
            "unknown-value",
            f"{where} has the value {shown(value)}; allowed: {', '.join(allowed)}."
            + did_you_mean(str(value), allowed),
            False,
        )
    if kind in _EXPECTED or kind == "wrong_type":
        expected = expected or text.removeprefix("expected ")
        got = (
            "a list"
            if isinstance(value, list)
            else "a group of fields"
            if isinstance(value, dict)
            else shown(value)
        )
        return "wrong-type", f"{where} is {got}; expected {expected}", False
    if kind == "string_pattern_mismatch":
        if context.get("pattern") == CITATION_PATTERN:
            return (
                "malformed-citation",
                f"{shown(value)} is not a citation key, or a key, a comma and a place",
                False,
            )
        if context.get("pattern") != ID_PATTERN:
            return "wrong-type", f"{where} is {shown(value)}; expected an SVG path", False
        return (
            "malformed-id",
            f"{shown(value)} is not an id: lower-case letters, digits and single hyphens only",
            False,
        )
    if kind == "string_too_long":
        return "malformed-id", f"{shown(value)} is longer than {context['max_length']} characters", False
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        return "out-of-range", f"{where} is {shown(value)}; expected {bound}", False
    if kind == "date_order":
        return "date-order", text, False
    if kind == "empty_value":
        return "empty-value", f"{where} is empty; fill it in or delete the line", False
    if kind == "too_short":
        return "missing-field", f"{where} needs at least {context['min_length']} item", False
    if kind == "too_long":
        return (
            "wrong-type",
            f"{where} has {context['actual_length']} items; at most {context['max_length']}",
            False,
        )
    return kind.replace("_", "-"), f"{where}: {text[:1].lower()}{text[1:]}", False


def _existing(whole: Any, loc: tuple[int | str, ...], kind: str) -> Path:
    """The part of a validation path that names places in the file; union branches drop out."""
    data = whole
    path: list[int | str] = []
    for index, step in enumerate(loc):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            if not (kind == "missing" and index == len(loc) - 1):
                continue
        path.append(step)
    return tuple(path)


def _fields_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The field names of the record type that a path leads to."""
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str) and current is not None:
            current = _models(current).get(step)
    if current is None:
        return ()
    return tuple(field.alias or name for name, field in current.model_fields.items())


@cache
def _models(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Field name to the record type it holds, for fields that hold records."""
    found = {}
    for name, field in model.model_fields.items():
        inner = _record_type(field.annotation)
        if inner is not None:
            found[field.alias or name] = inner
    return found


def _record_type(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _record_type(argument)) is not None:
            return found
    return None
