"""Another knowledge site to fill: a small one of two examples, valid from its first day."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.config import INSTALLED_TEMPLATES, Project
from generator.exports.schema import dump, technique_schema
from generator.pipeline import load_knowledge
from generator.write import write_if_changed

SKELETON = INSTALLED_TEMPLATES / "skeleton"
_HIDDEN = {"gitignore": ".gitignore"}
"""Files whose names begin with a dot in the new site; packages leave such files out."""


class NotEmpty(Exception):
    """The folder holds something already; it is left as it is."""


def write_site(folder: Path) -> Project:
    """Fill a new or empty folder with a site of two examples, and the schema for editors."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(f"{folder} is not an empty folder; nothing was written")
    for path in sorted(path for path in SKELETON.rglob("*") if path.is_file()):
        name = path.relative_to(SKELETON)
        target = folder / name.with_name(_HIDDEN.get(name.name, name.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    project = Project(folder.resolve())
    kb, _ = load_knowledge(project)
    write_if_changed(project.technique_schema, dump(technique_schema(kb)))
    return project
