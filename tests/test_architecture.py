"""Rules of the house that no linter knows: who parses, who reads and writes files, what is described."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from generator.model import (
    body_map,
    clinical,
    page,
    page_texts,
    publication,
    technique,
    vocabulary,
    vocabulary_files,
)
from generator.model.base import Record

GENERATOR = Path(__file__).parent.parent / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
MAX_LINES = 300
FILE_ACCESS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "rmtree"}
MAY_ACCESS_FILES = {
    "card_image.py",
    "cli.py",
    "engine.py",
    "handbook/book.py",
    "hosting/host_files.py",
    "hosting/page_policy.py",
    "new_record.py",
    "new_site.py",
    "kept.py",
    "raster.py",
    "render.py",
    "search_index.py",
    "preview/refresh.py",
    "preview/server.py",
    "site_check.py",
    "site_files.py",
    "twins.py",
    "write.py",
    "lock.py",
    "manifest.py",
    "search_order.py",
    "swap.py",
    "template_code.py",
    "verify.py",
    "load/assets.py",
    "load/published.py",
    "load/ref_status.py",
    "check_refs/store.py",
    "load/source_files.py",
    "load/version.py",
    "offline/edition.py",
    "offline/package.py",
    "release/addresses.py",
    "release/ledger.py",
    "release/mount.py",
    "release/snapshot.py",
}


def name_of(path: Path) -> str:
    return path.relative_to(GENERATOR).as_posix()


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


@pytest.mark.parametrize(
    ("package", "owner"),
    [("yaml", "load/yaml_file.py"), ("pybtex", "load/bibtex_file.py"), ("jinja2", "template_code.py")],
)
def test_one_module_knows_a_format(package: str, owner: str) -> None:
    """YAML, BibTeX and templates are each read by one module."""
    assert [name_of(path) for path in MODULES if package in imports(path)] == [owner]


def test_files_are_touched_in_few_places() -> None:
    """From records to artifacts nothing reads or writes a file."""
    assert {name_of(path) for path in MODULES if FILE_ACCESS & set(calls(path))} <= MAY_ACCESS_FILES


@pytest.mark.parametrize("package", ["datetime", "time", "random", "secrets", "socket", "uuid"])
def test_the_way_from_records_to_artifacts_is_pure(package: str) -> None:
    """No clock, no chance, no network in what makes pages and data: same records, same bytes."""
    pure = [path for path in MODULES if path.parent.name in ("views", "exports", "show")]
    pure += [GENERATOR / name for name in ("render.py", "pages.py", "link.py", "checks.py", "inline.py")]
    assert [name_of(path) for path in pure if package in imports(path)] == []


def test_a_module_fits_the_eye() -> None:
    """A module has at most 300 lines."""
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def record_types() -> list[type[BaseModel]]:
    modules = (
        clinical,
        technique,
        vocabulary,
        vocabulary_files,
        page,
        page_texts,
        publication,
        body_map,
    )
    found = {
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Record) and item is not Record
    }
    return sorted(found, key=lambda model: model.__name__)


@pytest.mark.parametrize("model", record_types(), ids=lambda model: model.__name__)
def test_every_field_is_described(model: type[BaseModel]) -> None:
    """The line under a field is its help in the editor, so each field has one."""
    assert [name for name, field in model.model_fields.items() if not field.description] == []
