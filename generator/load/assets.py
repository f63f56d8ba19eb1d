"""Style sheets and scripts as files of the generated tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.artifacts import Artifact


def load_assets(templates: Path) -> Iterator[Artifact]:
    """One style sheet made of all parts, and every script.

    Order of the style sheet: assets/css/*.css by name, components, then print rules last.
    """
    base = sorted((templates / "assets" / "css").glob("*.css"))
    last = [path for path in base if "print" in path.name]
    first = [path for path in base if path not in last]
    components = sorted((templates / "components").glob("*/*.css"))
    sheets = [*first, *components, *last]
    if sheets:
        parts = [path.read_text("utf-8").strip() for path in sheets]
        yield Artifact("assets/atlas.css", ("\n\n".join(parts) + "\n").encode())
    scripts = [*(templates / "assets" / "js").glob("*.mjs"), *(templates / "components").glob("*/*.mjs")]
    for path in sorted(scripts, key=lambda path: path.name):
        yield Artifact(f"assets/js/{path.name}", path.read_bytes())
    for path in sorted((templates / "assets" / "images").glob("*")):
        yield Artifact(f"assets/images/{path.name}", path.read_bytes())
