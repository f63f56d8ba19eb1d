"""All author files of a project to typed records: the load stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel

from generator.config import Project
from generator.diagnostics import Diagnostics, Location, did_you_mean, shown
from generator.load.bibtex_file import check_library, load_bibtex
from generator.load.bibtex_source import MAX_BYTES as BIBTEX_BYTES
from generator.load.decode import decode
from generator.load.prose_file import ProsePage, parse_prose
from generator.load.published import load_published
from generator.load.ref_status import load_ref_status
from generator.load.source_files import read_files
from generator.load.text_file import MAX_BYTES as TEXT_BYTES
from generator.load.vocabulary import FILES, TOGETHER, WITHOUT
from generator.load.yaml_file import YamlDocument, parse_yaml
from generator.model.published import Published
from generator.model.ref_status import StatusFile
from generator.model.reference import Reference
from generator.model.technique import Technique
from generator.parallel import map_in_order

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
    published: Published = field(default_factory=Published)
    ref_status: tuple[StatusFile, YamlDocument] | None = None
    """What the check of references found; None where there was none."""
    vocabulary_broken: bool = False
    """true when a vocabulary file is missing or could not be read; what refers to it is not checked."""
    bibliography_broken: bool = False
    """true when an entry could not be read; unknown keys may then be its fault."""


Parsed: TypeAlias = tuple[tuple[Reference, ...] | YamlDocument | None, Diagnostics]


class KnownFiles:
    """Files that were parsed before, by path and bytes, for a process that reads the same sources again."""

    def __init__(self) -> None:
        self._parsed: dict[tuple[str, bytes], Parsed] = {}

    def parse(self, files: Sequence[tuple[str, bytes]]) -> Iterator[Parsed]:
        """Each file, parsed or remembered; what is no longer there is forgotten."""
        self._parsed = {file: self._parsed.get(file) or _parse(file) for file in files}
        return iter(self._parsed.values())


def load_records(project: Project, diagnostics: Diagnostics, known: KnownFiles | None = None) -> Records:
    """Read and decode all files; what cannot be read is reported and left out."""
    libraries = _files(project, project.references, "*.bib", diagnostics)
    vocabularies = _files(project, project.vocabulary, "*.yaml", diagnostics)
    records = _files(project, project.techniques, "*.yaml", diagnostics)
    # The libraries come first: each is one long piece of work, beside which the many short ones fit.
    files = [*libraries, *vocabularies, *records]
    parsed = known.parse(files) if known else map_in_order(_parse, files)
    references, bibliography_broken = _references(parsed, len(libraries), diagnostics)
    vocabulary = _vocabulary(project, parsed, vocabularies, diagnostics)
    techniques = []
    unread = set()
    for path, _ in records:
        loaded = _decode(_next_document(parsed, diagnostics), Technique, diagnostics)
        if loaded is None:
            unread.add(Path(path).stem)
        else:
            _check_stem(path, loaded, diagnostics)
            techniques.append(loaded)
    if not techniques and not diagnostics.errors:
        diagnostics.error(Location(project.shown(project.techniques)), "no-records", "no *.yaml record here")
    pages = []
    for path, data in _files(project, project.pages, "**/*.md", diagnostics):
        page = parse_prose(path, _page_id(project, path), data, diagnostics)
        if page is not None:
            pages.append(page)
    return Records(
        tuple(techniques),
        vocabulary,
        references,
        tuple(pages),
        frozenset(unread),
        load_published(project, diagnostics),
        load_ref_status(project, diagnostics),
        vocabulary_broken=not _needed(vocabularies) <= vocabulary.keys(),
        bibliography_broken=bibliography_broken,
    )


def _parse(file: tuple[str, bytes]) -> Parsed:
    """One file as references or plain data, and what is wrong with it. Files do not depend on each other."""
    path, data = file
    found = Diagnostics()
    if path.endswith(".bib"):
        return tuple(load_bibtex(path, data, found)), found
    return parse_yaml(path, data, found), found


def _references(
    parsed: Iterator[Parsed], count: int, diagnostics: Diagnostics
) -> tuple[tuple[Reference, ...], bool]:
    """All references, and whether some could not be read."""
    references: list[Reference] = []
    own = Diagnostics()
    for result, found in islice(parsed, count):
        assert isinstance(result, tuple)
        references.extend(result)
        own.extend(found)
    check_library(references, own)
    diagnostics.extend(own)
    return tuple(references), bool(own.errors)


def _vocabulary(
    project: Project,
    parsed: Iterator[Parsed],
    files: Sequence[tuple[str, bytes]],
    diagnostics: Diagnostics,
) -> dict[str, Loaded[BaseModel]]:
    vocabulary: dict[str, Loaded[BaseModel]] = {}
    for path, _ in files:
        stem = Path(path).stem
        model = FILES.get(stem)
        if model is None:
            next(parsed)
            diagnostics.error(
                Location(path),
                "unknown-file",
                f"no vocabulary is called {shown(stem)}.{did_you_mean(stem, FILES)}",
            )
        elif (entry := _decode(_next_document(parsed, diagnostics), model, diagnostics)) is not None:
            vocabulary[stem] = entry
    missing = _needed(files) - {Path(path).stem for path, _ in files}
    for stem in sorted(missing):
        file = project.shown(project.vocabulary / f"{stem}.yaml")
        diagnostics.error(Location(file), "missing-file", "this vocabulary file is missing")
    return vocabulary


def _needed(files: Sequence[tuple[str, bytes]]) -> set[str]:
    """The vocabulary files that must be read: all but those a site does without."""
    needed = FILES.keys() & {Path(path).stem for path, _ in files}
    if not needed.isdisjoint(TOGETHER):
        needed.update(TOGETHER)
    return needed | (FILES.keys() - WITHOUT.keys())


def _next_document(parsed: Iterator[Parsed], diagnostics: Diagnostics) -> YamlDocument | None:
    document, found = next(parsed)
    assert not isinstance(document, tuple)
    diagnostics.extend(found)
    return document


def _files(project: Project, folder: Path, pattern: str, diagnostics: Diagnostics) -> list[tuple[str, bytes]]:
    """Shown path and bytes of each matching file, sorted by path."""
    limit = BIBTEX_BYTES if pattern.endswith(".bib") else TEXT_BYTES
    return list(read_files(project, folder, pattern, limit, diagnostics))


def _decode(document: YamlDocument | None, model: type[R], diagnostics: Diagnostics) -> Loaded[R] | None:
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
