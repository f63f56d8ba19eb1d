"""Author files as bytes: plain names, regular files, inside the project, of a bounded size."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.config import Project
from generator.diagnostics import Diagnostics, Location, printable

# Endings that look right to an author and would be passed over in silence.
_LOOK_ALIKES = {
    ".yaml": {".yaml", ".yml"},
    ".bib": {".bib", ".bibtex"},
    ".md": {".md", ".mdown", ".markdown"},
}


def read_files(
    project: Project, folder: Path, pattern: str, limit: int, diagnostics: Diagnostics
) -> Iterator[tuple[str, bytes]]:
    """Shown path and bytes of each file whose name fits `pattern` (`*.yaml`, `**/*.md`), sorted by path.

    At most `limit` + 1 bytes are read of each, so that a reader sees that a file is longer. What is not
    read is reported: `unknown-file` for an ending that only looks right, `file-unreadable` for the rest.
    """
    ending = Path(pattern).suffix
    inside = _inside(project, folder)
    for path in sorted(folder.glob(pattern.removesuffix(ending))):
        if path.name.startswith(".") or path.suffix.lower() not in _LOOK_ALIKES[ending]:
            continue
        name = printable(project.shown(path))
        if path.suffix != ending:
            message = f"is not read, because its name does not end in '{ending}'; rename it"
            diagnostics.error(Location(name), "unknown-file", message)
            continue
        problem = _problem(path, name == project.shown(path), inside and _inside(project, path))
        if not problem:
            try:
                with path.open("rb") as stream:
                    yield name, stream.read(limit + 1)
            except OSError as error:
                problem = _unreadable(error)
        # What was deleted or renamed since the folder was listed is not there.
        if problem and os.path.lexists(path):
            diagnostics.error(Location(name), "file-unreadable", problem)


def _problem(path: Path, plain_name: bool, inside: bool) -> str:
    if not plain_name:
        return "its name holds characters that cannot be shown; rename it with plain letters"
    if not inside:
        return "it is a link that leads out of the folder of the site; put the file itself here"
    try:
        kind = path.stat().st_mode
    except OSError as error:
        return _unreadable(error)
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # a pipe would never end
        return "cannot be read: it is no file"
    return ""


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def _inside(project: Project, path: Path) -> bool:
    """Whether a path stays in the project; a link could publish any file of the machine that builds."""
    if not path.is_symlink():
        return True
    try:
        return path.resolve().is_relative_to(project.root.resolve())
    except (OSError, RuntimeError):  # a link to itself: said when it is read
        return True
