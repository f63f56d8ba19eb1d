"""The exact tree that the generator makes of `tests/fixtures/everything`."""

from __future__ import annotations

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
    """Path and content of every generated page and data file; style and scripts are left out,
    and slides, which hold both."""
    project = Fixture(root, "1.1-2-gabcdef0")
    kb, _ = load_knowledge(project)
    return {
        artifact.path: artifact.content
        for artifact in make_artifacts(project, kb)
        if not artifact.path.startswith(("assets/", "slides/"))
    }


def read_expected() -> dict[str, bytes]:
    """The tree as it was last accepted."""
    return {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes()
        for path in sorted(EXPECTED.rglob("*"))
        if path.is_file()
    }
