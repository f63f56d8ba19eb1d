"""Ids of the repository's records, read straight from the files, so that tests do not ask the generator."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_ENTRY = re.compile(r"^@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)


def read_yaml(path: Path) -> Any:
    """A YAML file in which every value stays text."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def techniques(root: Path) -> dict[str, dict[str, Any]]:
    """Technique records by id."""
    return {path.stem: read_yaml(path) for path in sorted((root / "techniques").glob("*.yaml"))}


def vocabulary(root: Path, name: str, key: str) -> list[dict[str, Any]]:
    """The list under a key of a vocabulary file."""
    found: list[dict[str, Any]] = read_yaml(root / "content" / "vocabulary" / f"{name}.yaml")[key]
    return found


def prose_pages(root: Path) -> list[str]:
    """Addresses of the prose pages."""
    pages = root / "content" / "pages"
    return sorted(path.relative_to(pages).with_suffix("").as_posix() for path in pages.rglob("*.md"))


def reference_keys(root: Path) -> list[str]:
    """Keys of all entries of the bibliography."""
    keys: list[str] = []
    for path in sorted((root / "references").glob("*.bib")):
        keys += _ENTRY.findall(path.read_text("utf-8"))
    return [key for key in keys if "=" not in key]
