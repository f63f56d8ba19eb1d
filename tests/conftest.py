"""Projects to test with: small ones under tests/fixtures, changed copies of them, and the real one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import settings

from generator.config import Project
from generator.diagnostics import BuildFailed, Diagnostic
from generator.knowledge import KnowledgeBase
from generator.pipeline import load_knowledge

FIXTURES = Path(__file__).parent / "fixtures"
ROOT = Path(__file__).parent.parent

# A busy machine is slow without being wrong.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")

MakeProject: TypeAlias = Callable[..., Project]
Load: TypeAlias = Callable[[Project], KnowledgeBase]
Findings: TypeAlias = Callable[[Project], tuple[Diagnostic, ...]]


@pytest.fixture
def project_factory(tmp_path: Path) -> MakeProject:
    """Makes a copy of a fixture project with files added, replaced or deleted."""

    def make(
        fixture: str = "minimal",
        files: Mapping[str, str | bytes] | None = None,
        delete: Iterable[str] = (),
    ) -> Project:
        root = tmp_path / "project"
        shutil.copytree(FIXTURES / fixture, root)
        for name in delete:
            (root / name).unlink()
        for name, content in (files or {}).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Project(root)

    return make


@pytest.fixture(scope="session")
def load() -> Load:
    """Loads a project that must be without findings."""

    def load(project: Project) -> KnowledgeBase:
        kb, diagnostics = load_knowledge(project)
        assert list(diagnostics) == []
        return kb

    return load


@pytest.fixture(scope="session")
def findings() -> Findings:
    """Everything that is wrong with a project, sorted; nothing when it is good."""

    def findings(project: Project) -> tuple[Diagnostic, ...]:
        try:
            _, diagnostics = load_knowledge(project)
        except BuildFailed as failure:
            return failure.diagnostics
        return tuple(diagnostics)

    return findings


@pytest.fixture(scope="session")
def minimal(load: Load) -> KnowledgeBase:
    """The smallest valid project."""
    return load(Project(FIXTURES / "minimal"))


@pytest.fixture(scope="session")
def everything(load: Load) -> KnowledgeBase:
    """The project whose records use every field."""
    return load(Project(FIXTURES / "everything"))


@pytest.fixture(scope="session")
def real_project() -> Project:
    """The project of this repository."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def real(load: Load, real_project: Project) -> KnowledgeBase:
    """The records of this repository."""
    return load(real_project)
