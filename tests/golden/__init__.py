"""The exact tree that the generator makes of `tests/fixtures/everything`."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

from generator.config import Project
from generator.pipeline import load_knowledge, make_artifacts

HERE = Path(__file__).parent
EXPECTED = HERE / "everything"
FIXTURE = HERE.parent / "fixtures" / "everything"
TEMPLATES = HERE.parents[1] / "site_templates"


class Fixture(Project):
    """The fixture's sources with the site's templates."""

    @property
    def templates(self) -> Path:
        """The templates of the real site."""
        return TEMPLATES


def make_tree(root: Path = FIXTURE) -> dict[str, bytes]:
    """Path and content of every generated page and data file; style and scripts are left out."""
    project = Fixture(root, "1.1-2-gabcdef0")
    kb, _ = load_knowledge(project)
    return {
        path: content
        for artifact in make_artifacts(project, kb)
        if not artifact.path.startswith("assets/")
        for path, content in _unpacked(artifact.path, artifact.content)
    }


def _unpacked(path: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A package as what lies in it, a database as its rows: no library's way of packing is our own."""
    if not path.endswith((".zip", ".apkg")):
        yield path, content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            if name.endswith(".anki2"):
                connection = sqlite3.connect(":memory:")
                connection.deserialize(inner)
                inner = "\n".join(connection.iterdump()).encode()
                connection.close()
            yield f"{path}.unpacked/{name}", inner


def read_expected() -> dict[str, bytes]:
    """The tree as it was last accepted."""
    return {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes()
        for path in sorted(EXPECTED.rglob("*"))
        if path.is_file()
    }
