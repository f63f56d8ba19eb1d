"""A new record to fill in: every required field, the rest named as comments."""

from __future__ import annotations

import json
import re
from pathlib import Path

from generator.config import Project
from generator.diagnostics import shown
from generator.model.base import ID_PATTERN, MAX_ID_LENGTH
from generator.model.technique import Technique


class WrongId(Exception):
    """The id does not have the form of an id."""


class RecordExists(Exception):
    """There is such a record already; it is left as it is."""


def write_record(project: Project, identifier: str, name: str = "") -> Path:
    """Write `techniques/<identifier>.yaml` and return its path."""
    if not re.fullmatch(ID_PATTERN, identifier) or len(identifier) > MAX_ID_LENGTH:
        raise WrongId(
            f"{shown(identifier)} is not an id: lower-case letters, digits and single hyphens only, "
            f"at most {MAX_ID_LENGTH} characters"
        )
    path = project.techniques / f"{identifier}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(record_text(identifier, name or identifier.replace("-", " ").capitalize()))
    except FileExistsError:
        raise RecordExists(f"{project.shown(path)} exists already and was not changed") from None
    return path


def record_text(identifier: str, name: str) -> str:
    """The text of a new record."""
    optional = [
        f"# {field.alias or key}: {' '.join((field.description or '').split())}"
        for key, field in Technique.model_fields.items()
        if not field.is_required()
    ]
    return "\n".join(
        [
            "# yaml-language-server: $schema=../content/schema/technique.schema.json",
            f"id: {identifier}",
            f"name: {json.dumps(name, ensure_ascii=False)}",
            "kind: procedure",
            "group: ",
            "summary:",
            "  text: ",
            "  citations: []",
            "",
            "# Further fields, in this order; delete what the sources do not say.",
            *optional,
            "",
            "review:",
            "  drafted_from: []",
            "  checked: ",
            "  next_due: ",
            "",
        ]
    )
