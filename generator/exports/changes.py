"""What changed between the records of two versions: record by record, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from generator import routes
from generator.artifacts import Artifact
from generator.exports.published import name_of, published_records
from generator.exports.records_json import dump
from generator.model.published import FieldChange, RecordChange, RecordData, Release
from generator.views.context import SiteContext
from generator.views.status import content_date

NEXT = "next"
_RELEASE: TypeAdapter[Release] = TypeAdapter(Release)
# Not a field of the content.
_ADDRESS = "url"


@dataclass(frozen=True, slots=True)
class _Unit:
    """The smallest thing that changes: a statement, a value, a list of values."""

    field: str
    anchor: str
    parts: Mapping[str, str]
    """The words of each of its fields; a plain value has one, without a name."""


def since_last(site: SiteContext) -> Release | None:
    """What no release has yet; None before the first release, and when nothing changed."""
    last = site.kb.published.last
    if last is None:
        return None
    changes = compare(site.kb.published.records, published_records(site))
    return Release(NEXT, content_date(site.kb), last.version, changes) if changes else None


def compare(before: Mapping[str, RecordData], after: Mapping[str, RecordData]) -> tuple[RecordChange, ...]:
    """Every record that differs, in the order of the list; what is gone stands last."""
    found = []
    for name, data in after.items():
        title, url = name_of(dict(data)), data[_ADDRESS]
        if name not in before:
            found.append(RecordChange(name, title, url, "added"))
        elif fields := tuple(_field_changes(before[name], data)):
            found.append(RecordChange(name, title, url, "changed", fields))
    for name, data in before.items():
        if name not in after:
            found.append(RecordChange(name, name_of(dict(data)), data[_ADDRESS], "removed"))
    return tuple(found)


def changes_data(site: SiteContext, unreleased: Release | None) -> Iterator[Artifact]:
    """All versions, and for each the changes in full."""
    releases = [*([unreleased] if unreleased else []), *site.kb.published.releases]
    listed = [
        {
            "version": release.version,
            "date": release.date,
            "previous": release.previous or None,
            "records": len(release.changes),
            "url": f"/{routes.changes(release.version)}/",
            "data": f"/{routes.API}/changes/{release.version}.json",
            "pages": f"/{routes.version(release.version)}/"
            if release.version in site.kb.published.snapshots
            else None,
        }
        for release in releases
    ]
    yield Artifact(f"{routes.API}/changes.json", dump(listed))
    for release in releases:
        yield Artifact(f"{routes.API}/changes/{release.version}.json", release_data(release))


def release_data(release: Release) -> bytes:
    """A release as it is kept and published."""
    return _RELEASE.dump_json(release, indent=1) + b"\n"


def _field_changes(before: RecordData, after: RecordData) -> Iterator[FieldChange]:
    old, new = _units(before), _units(after)
    for key, unit in new.items():
        known = old.get(key)
        if known is None:
            yield FieldChange(unit.field, "added", unit.anchor, "", _words(unit.parts))
        elif known.parts != unit.parts:
            names = [
                name for name in (*unit.parts, *known.parts) if known.parts.get(name) != unit.parts.get(name)
            ]
            yield FieldChange(
                unit.field,
                "changed",
                unit.anchor,
                _words({name: known.parts.get(name, "") for name in names}),
                _words({name: unit.parts.get(name, "") for name in names}),
            )
    for key, unit in old.items():
        if key not in new:
            yield FieldChange(unit.field, "removed", unit.anchor, _words(unit.parts), "")


def _words(parts: Mapping[str, str]) -> str:
    """A text as it is, anything else after its name."""
    return " · ".join(f"{name}: {words}" if name else words for name, words in parts.items() if words)


def _units(data: RecordData) -> dict[str, _Unit]:
    found: dict[str, _Unit] = {}
    for name, value in data.items():
        if name != _ADDRESS:
            _collect(value, (name,), (name,), found)
    return found


def _collect(value: Any, path: tuple[str, ...], names: tuple[str, ...], found: dict[str, _Unit]) -> None:
    if value in (None, "", [], {}):
        return
    field = ": ".join(name.replace("_", " ") for name in names)
    if isinstance(value, Mapping) and "anchor" in value:
        parts = {"": value["text"]} | {
            name.replace("_", " "): _value(item)
            for name, item in value.items()
            if name not in ("anchor", "text") and item not in (None, False, "", [], {})
        }
        found[value["anchor"]] = _Unit(field, value["anchor"], parts)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            _collect(item, (*path, name), (*names, name), found)
    elif isinstance(value, list) and isinstance(value[0], Mapping):
        for item in value:
            if "anchor" in item:
                _collect(item, path, names, found)
            elif item.get("id"):
                called = str(item.get("name") or item["id"])
                _collect(
                    {k: v for k, v in item.items() if k != _ADDRESS},
                    (*path, item["id"]),
                    (*names, called),
                    found,
                )
            else:
                found["/".join((*path, _value(item)))] = _Unit(field, "", {"": _value(item)})
    else:
        found["/".join(path)] = _Unit(field, "", {"": _value(value)})


def _value(value: Any) -> str:
    """Any value in words that can be read."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_value(item)}" for name, item in value.items() if item)
    if isinstance(value, list):
        return "; ".join(_value(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value)
