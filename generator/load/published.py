"""Reads what `atlas release` has written: `content/releases/`, and which snapshots are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from generator.config import Project
from generator.diagnostics import Diagnostics, Location
from generator.model.published import Published, Release

LAST = "last.json"
_RELEASE: TypeAdapter[Release] = TypeAdapter(Release)


def load_published(project: Project, diagnostics: Diagnostics) -> Published:
    """All releases, and the data of the last one; what cannot be read is reported."""
    folder = project.releases
    found: list[Release] = []
    for path in sorted(folder.glob("*.json")):
        if path.name == LAST:
            continue
        data = _read(project, path, diagnostics)
        if data is not None:
            try:
                found.append(_RELEASE.validate_python(data))
            except ValidationError as error:
                _report(project, path, str(error.errors()[0]["msg"]), diagnostics)
    last: dict[str, Any] = {}
    if found:
        last = _read(project, folder / LAST, diagnostics) or {}
    snapshots = frozenset(path.stem for path in project.snapshots.glob("*.zip"))
    return Published(
        tuple(sorted(found, key=lambda release: order(release.version), reverse=True)),
        last.get("records", {}),
        last.get("withdrawn", {}),
        snapshots & {release.version for release in found},
    )


def order(version: str) -> tuple[int, ...]:
    """By what versions are sorted: 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split("."))


def _read(project: Project, path: Path, diagnostics: Diagnostics) -> dict[str, Any] | None:
    try:
        data = json.loads(path.read_bytes())
        if not isinstance(data, dict):
            raise ValueError("not an object")
    except (OSError, ValueError, RecursionError) as error:
        _report(project, path, str(error), diagnostics)
        return None
    return data


def _report(project: Project, path: Path, why: str, diagnostics: Diagnostics) -> None:
    diagnostics.error(
        Location(project.shown(path)),
        "release-unreadable",
        f"is not as `atlas release` wrote it ({why}); take it back from git",
    )
