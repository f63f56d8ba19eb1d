"""All author files of a project to typed records: the load stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from generator.config import Project
from generator.diagnostics import Diagnostics, Location, did_you_mean, shown
from generator.load.bibtex_file import check_library, load_bibtex
from generator.load.decode import decode
from generator.load.prose_file import ProsePage, parse_prose
from generator.load.vocabulary import FILES
from generator.load.yaml_file import YamlDocument, parse_yaml
from generator.model.reference import Reference
from generator.model.technique import Technique

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[R]):
    """A record and the file it came from, for the places of later findings."""

    record: R
    document: YamlDocument


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the authors wrote, decoded but not yet linked."""

    techniques: tuple[Loaded[Technique], ...]
    vocabulary: Mapping[str, Loaded[BaseModel]]
    references: tuple[Reference, ...]
    pages: tuple[ProsePage, ...]
    unread_techniques: frozenset[str] = frozenset()
    """Ids of records that could not be read; links to them are not reported as well."""
    bibliography_broken: bool = False
    """true when an entry could not be read; unknown keys may then be its fault."""


def load_records(project: Project, diagnostics: Diagnostics) -> Records:
    """Read and decode all files; what cannot be read is reported and left out."""
    techniques = []
    unread = set()
    for path, data in _files(project, project.techniques, "*.yaml", diagnostics):
        loaded = _load(path, data, Technique, diagnostics)
        if loaded is None:
            unread.add(Path(path).stem)
        else:
            _check_stem(path, loaded, diagnostics)
            techniques.append(loaded)
    if not techniques and not diagnostics.errors:
        diagnostics.error(Location(project.shown(project.techniques)), "no-records", "no *.yaml record here")
    vocabulary: dict[str, Loaded[BaseModel]] = {}
    for path, data in _files(project, project.vocabulary, "*.yaml", diagnostics):
        stem = Path(path).stem
        model = FILES.get(stem)
        if model is None:
            diagnostics.error(
                Location(path),
                "unknown-file",
                f"no vocabulary is called {shown(stem)}.{did_you_mean(stem, FILES)}",
            )
        elif (entry := _load(path, data, model, diagnostics)) is not None:
            vocabulary[stem] = entry
    for stem in FILES:
        file = project.vocabulary / f"{stem}.yaml"
        if not file.is_file():
            diagnostics.error(
                Location(project.shown(file)), "missing-file", "this vocabulary file is missing"
            )
    references: list[Reference] = []
    before = len(diagnostics.errors)
    for path, data in _files(project, project.references, "*.bib", diagnostics):
        references.extend(load_bibtex(path, data, diagnostics))
    check_library(references, diagnostics)
    bibliography_broken = len(diagnostics.errors) > before
    pages = []
    for path, data in _files(project, project.pages, "**/*.md", diagnostics):
        page = parse_prose(path, _page_id(project, path), data, diagnostics)
        if page is not None:
            pages.append(page)
    return Records(
        tuple(techniques),
        vocabulary,
        tuple(references),
        tuple(pages),
        frozenset(unread),
        bibliography_broken,
    )


def _files(project: Project, folder: Path, pattern: str, diagnostics: Diagnostics) -> list[tuple[str, bytes]]:
    """Shown path and bytes of each matching file, sorted by path."""
    found = []
    for path in sorted(folder.glob(pattern)):
        if path.name.startswith("."):
            continue
        try:
            found.append((project.shown(path), path.read_bytes()))
        except OSError as error:
            diagnostics.error(
                Location(project.shown(path)), "file-unreadable", f"cannot be read: {error.strerror or error}"
            )
    return found


def _load(path: str, data: bytes, model: type[R], diagnostics: Diagnostics) -> Loaded[R] | None:
    document = parse_yaml(path, data, diagnostics)
    if document is None:
        return None
    record = decode(document, model, diagnostics)
    return None if record is None else Loaded(record, replace(document, data=""))


def _check_stem(path: str, loaded: Loaded[Technique], diagnostics: Diagnostics) -> None:
    stem = Path(path).stem
    if loaded.record.id != stem:
        location = loaded.document.locate(("id",))
        diagnostics.error(
            location,
            "id-mismatch",
            f"id {shown(loaded.record.id)} does not match the file name; expected {shown(stem)}",
            loaded.document.source_line(location),
        )


def _page_id(project: Project, path: str) -> str:
    return Path(path).relative_to(project.shown(project.pages)).with_suffix("").as_posix()
