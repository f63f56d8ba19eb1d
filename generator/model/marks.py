"""Walks a record for the values that point elsewhere: ids of other records, citations, prose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from generator.model.base import CitationMark, Prose, Ref

Mark: TypeAlias = Ref | Prose | CitationMark
Path: TypeAlias = tuple[str | int, ...]


def marked_values(
    record: BaseModel, path: Path = (), *, deep: bool = True
) -> Iterator[tuple[Mark, Path, str]]:
    """Every marked value of a record with its path in the file, in the order of the fields.

    Without `deep`, only the record's own fields, not those of the records inside it.
    """
    found: list[tuple[Mark, Path, str]] = []
    _collect_values(record, path, deep, found)
    return iter(found)


def _collect_values(record: BaseModel, path: Path, deep: bool, found: list[tuple[Mark, Path, str]]) -> None:
    values = record.__dict__
    for name, alias, mark, _ in _plan(type(record)):
        value = values[name]
        if value is None or value == ():
            continue
        if mark is not None:
            if isinstance(value, str):
                found.append((mark, (*path, alias), value))
            else:
                found += [(mark, (*path, alias, index), item) for index, item in enumerate(value)]
        elif not deep:
            continue
        elif isinstance(value, BaseModel):
            _collect_values(value, (*path, alias), deep, found)
        else:
            for index, item in enumerate(value):
                _collect_values(item, (*path, alias, index), deep, found)


def records_within(record: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """The record itself and every record inside it, with their paths."""
    found: list[tuple[Path, BaseModel]] = []
    _collect_records(record, path, found)
    return iter(found)


def _collect_records(record: BaseModel, path: Path, found: list[tuple[Path, BaseModel]]) -> None:
    found.append((path, record))
    values = record.__dict__
    for name, alias, _, holds_records in _plan(type(record)):
        if not holds_records:
            continue
        value = values[name]
        if isinstance(value, BaseModel):
            _collect_records(value, (*path, alias), found)
        elif value:
            for index, item in enumerate(value):
                _collect_records(item, (*path, alias, index), found)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str, Mark | None, bool], ...]:
    """For each field that matters: name, name in the file, its mark, whether it holds records."""
    plan = []
    for name, field in model.model_fields.items():
        mark = next((item for item in field.metadata if isinstance(item, Mark)), None)
        mark = mark or _mark_in(field.annotation)
        holds_records = mark is None and _holds_records(field.annotation)
        if mark is not None or holds_records:
            plan.append((name, field.alias or name, mark, holds_records))
    return tuple(plan)


def _mark_in(annotation: Any) -> Mark | None:
    if get_origin(annotation) is Annotated:
        for item in annotation.__metadata__:
            if isinstance(item, Mark):
                return item
    for argument in get_args(annotation):
        if (found := _mark_in(argument)) is not None:
            return found
    return None


def _holds_records(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, BaseModel)
    return any(_holds_records(argument) for argument in get_args(annotation))
