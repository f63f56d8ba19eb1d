"""The library of this site: every entry loads without a finding and can be shown."""

from __future__ import annotations

from pathlib import Path

from generator.bibliography import format_reference
from generator.citation_formats import to_bibtex
from generator.diagnostics import Diagnostics, format_text
from generator.load.bibtex_file import check_library, load_bibtex
from generator.model.reference import Reference

ROOT = Path(__file__).resolve().parents[2]


def library(diagnostics: Diagnostics) -> list[Reference]:
    found: list[Reference] = []
    for path in sorted((ROOT / "references").glob("*.bib")):
        found.extend(load_bibtex(path.relative_to(ROOT).as_posix(), path.read_bytes(), diagnostics))
    check_library(found, diagnostics)
    return found


def test_every_entry_loads_without_a_finding() -> None:
    diagnostics = Diagnostics()
    library(diagnostics)
    assert format_text(diagnostics, carets=True) == ""


def test_every_entry_can_be_shown_and_found() -> None:
    for reference in library(Diagnostics()):
        formatted = format_reference(reference)
        assert formatted.title, reference.key
        assert formatted.links, reference.key
        assert all(link.href.startswith(("https://", "http://")) for link in formatted.links), reference.key


def test_the_exported_library_loads_without_a_finding() -> None:
    references = library(Diagnostics())
    diagnostics = Diagnostics()
    back = load_bibtex("references.bib", to_bibtex(references).encode(), diagnostics)
    assert format_text(diagnostics, carets=True) == ""
    assert [reference.title for reference in back] == [
        reference.title for reference in sorted(references, key=lambda item: (item.key.lower(), item.key))
    ]
