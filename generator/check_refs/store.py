"""Answers and status as plain files: one answer a file, written at once, so that a run may be broken off."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel

from generator.model.ref_status import StatusFile
from generator.write import write_if_changed

_LONGEST = 100
_HEAD = (
    "# What became of the references, as `atlas check-refs` found it. Only `accepted` is written by hand.\n"
)


@dataclass(frozen=True, slots=True)
class Store:
    """Answers by service and identifier."""

    folder: Path

    def read(self, service: str, identifier: str) -> dict[str, Any] | None:
        """A kept answer; None where there is none, or none that can be read."""
        try:
            data = json.loads(self._path(service, identifier).read_bytes())
            datetime.date.fromisoformat(data["asked"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return data if data.get("of") == identifier else None

    def write(self, service: str, identifier: str, data: dict[str, Any]) -> None:
        """Keep an answer; `asked` is the day on which it was got."""
        text = json.dumps({"of": identifier, **data}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_if_changed(self._path(service, identifier), text.encode("utf-8", "replace"))

    def _path(self, service: str, identifier: str) -> Path:
        name = quote(identifier, safe="")
        if len(name) > _LONGEST or name != name.lower():
            name = f"{name[:_LONGEST].lower()}-{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"
        return self.folder / service / f"{name}.json"


def write_status(path: Path, status: StatusFile) -> None:
    """The status file as readable YAML; the loader reads the same back."""
    write_if_changed(path, status_text(status).encode())


def status_text(status: StatusFile) -> str:
    """The status file."""
    return _HEAD + "\n".join(_lines(status, "")) + "\n"


def _lines(record: BaseModel, indent: str) -> Iterator[str]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value is None or value == ():
            continue
        if isinstance(value, tuple) and isinstance(value[0], BaseModel):
            yield f"{indent}{name}:"
            for item in value:
                first, *rest = _lines(item, f"{indent}    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        elif isinstance(value, tuple):
            yield f"{indent}{name}: [{', '.join(value)}]"
        else:
            yield f"{indent}{name}: {_scalar(value)}"


def _scalar(value: Any) -> str:
    # JSON's strings are YAML's double-quoted ones.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
