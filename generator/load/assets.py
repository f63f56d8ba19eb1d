"""Style sheets and scripts as files of the generated tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator import routes
from generator.artifacts import Artifact

LAZY = ".lazy.css"
_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)
_INDENTED = re.compile(rb"\s*\n\s*")
# What is shown elsewhere has a style sheet of its own: the tokens, the base, the components that stand in it.
_APART = {
    "embed": (
        "badge",
        "bodymap",
        "evidencemap",
        "icon",
        "linklist",
        "statement",
        "summary",
        "table",
        "window",
    ),
    "sheet": ("badge", "bodymap", "icon", "qr", "spine", "window"),
}


def load_assets(templates: Path) -> Iterator[Artifact]:
    """One style sheet made of all parts, every script, and what lies at the root of the site.

    Order of the style sheet: assets/css/*.css by name, components, then print rules last. A component's
    `*.lazy.css` stays a file of its own, for a script to ask for.
    """
    base = sorted((templates / "assets" / "css").glob("*.css"))
    last = [path for path in base if "print" in path.name]
    first = [path for path in base if path not in last]
    components = sorted((templates / "components").glob("*/*.css"))
    lazy = [path for path in components if path.name.endswith(LAZY)]
    sheets = [*first, *(path for path in components if path not in lazy), *last]
    if sheets:
        yield Artifact("assets/atlas.css", _joined(sheets))
    for name, parts in _APART.items():
        own = templates / "show" / f"{name}.css"
        common = [path for path in first if path.name.startswith(("00-", "05-", "10-"))]
        used = [templates / "components" / part / f"{part}.css" for part in parts]
        yield Artifact(f"assets/{name}.css", _joined([*common, *used, own]))
    for path in lazy:
        yield Artifact(f"assets/{path.name.removesuffix(LAZY)}.css", path.read_bytes())
    scripts = [*(templates / "assets" / "js").glob("*.*js"), *(templates / "components").glob("*/*.mjs")]
    for path in sorted(scripts, key=lambda path: path.name):
        yield Artifact(f"assets/js/{path.name}", path.read_bytes())
    for path in sorted((templates / "assets" / "root").glob("*")):
        yield Artifact(path.name, path.read_bytes())
    for path in sorted((templates / "assets" / "images").glob("*")):
        yield Artifact(f"assets/images/{path.name}", path.read_bytes())


def load_theme(templates: Path) -> Iterator[Artifact]:
    """The templates of the frame around every page."""
    folder = templates / "theme"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield Artifact(path.relative_to(folder).as_posix(), path.read_bytes())


def load_manifest(templates: Path) -> dict[str, Any]:
    """How the installed app is drawn: what its manifest says on every site."""
    drawn: dict[str, Any] = json.loads((templates / "app" / "site.webmanifest").read_text("utf-8"))
    return drawn


def load_examples(templates: Path) -> Iterator[Artifact]:
    """The worked examples of the data page, as files to download."""
    for path in sorted((templates / "pages" / "data" / "examples").glob("*")):
        yield Artifact(f"{routes.EXAMPLES}/{path.name}", path.read_bytes())


def _joined(paths: Iterable[Path]) -> bytes:
    """The sheets in their order. Comments and indentation, which are for who writes them, are not sent."""
    return b"\n".join(_INDENTED.sub(b"\n", _COMMENT.sub(b"", path.read_bytes())) for path in paths)
