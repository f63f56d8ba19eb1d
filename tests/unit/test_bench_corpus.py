"""The synthetic records of the benchmark are as good as real ones."""

from __future__ import annotations

from pathlib import Path

from generator.config import Project
from generator.pipeline import load_knowledge
from tests.bench.__main__ import measure
from tests.bench.corpus import make_project

ROOT = Path(__file__).resolve().parents[2]


def test_synthetic_records_are_without_a_finding(tmp_path: Path) -> None:
    """They load, link and cite; the same seed gives the same records."""
    make_project(tmp_path / "one", ROOT, 20)
    kb, diagnostics = load_knowledge(Project(tmp_path / "one"))
    assert [str(item) for item in diagnostics] == []
    assert len(kb.techniques) == len(kb.references) == 20
    make_project(tmp_path / "two", ROOT, 20)
    for path in (tmp_path / "one").rglob("*.yaml"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_each_stage_is_measured(tmp_path: Path) -> None:
    """From the records to all files that no engine has to see."""
    make_project(tmp_path, ROOT, 3)
    figures = measure(tmp_path)
    assert figures["records"] == 3
    assert all(figures[stage] > 0 for stage in ("load", "link", "render", "write", "files", "memory"))
    assert (tmp_path / "build" / "docs" / "techniques" / "synthetic-00000" / "index.md").is_file()
    assert (tmp_path / "build" / "finished" / "api" / "v1" / "techniques.json").is_file()
