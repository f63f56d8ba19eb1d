"""What is fuzzed: each target takes any bytes and must come back with findings, never with an exception."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from generator.config import Project
from generator.diagnostics import Diagnostics, format_github, format_json, format_text
from generator.inline import parse_citation, parse_citations, parse_inline, plain_text, suspects
from generator.knowledge import KnowledgeBase
from generator.load.bibtex_file import check_library, load_bibtex
from generator.load.decode import decode
from generator.load.latex_text import decode_latex
from generator.load.prose_file import parse_prose
from generator.load.vocabulary import FILES
from generator.load.yaml_file import parse_yaml
from generator.model.technique import Technique
from generator.pipeline import load_knowledge
from generator.views.context import PageContext, SiteContext

FIXTURES = Path(__file__).parent.parent / "fixtures"
Target: TypeAlias = Callable[[bytes], None]


def yaml_record(data: bytes) -> None:
    """A technique record."""
    _decoded(data, Technique)


def yaml_vocabulary(data: bytes) -> None:
    """A vocabulary file; the first byte says which."""
    models = list(FILES.values())
    _decoded(data[1:], models[data[0] % len(models)] if data else Technique)


def bibtex(data: bytes) -> None:
    """A file of references."""
    found = Diagnostics()
    references = load_bibtex("a.bib", data, found)
    check_library(references, found)
    _printed(found, data)
    assert all(reference.key and "\n" not in reference.title for reference in references)


def latex(data: bytes) -> None:
    """A value of a reference."""
    text = decode_latex(data.decode("utf-8", "replace")).text
    assert text == " ".join(text.split())


def inline(data: bytes) -> None:
    """A text of a record: citations, links, emphasis, and the pieces that a page shows."""
    text = data.decode("utf-8", "replace")
    parse_inline(text)
    parse_citation(text)
    parse_citations(text)
    suspects(text)
    plain_text(text)


def pieces(data: bytes) -> None:
    """A text of a record that passed the checks, as a page shows it: every word, and no link that dangles."""
    text = data.decode("utf-8", "replace").translate({ord(sign): " " for sign in "[\\*"})
    shown = PageContext(SiteContext(_everything()), "a").pieces(text)
    assert "".join(piece.text for piece in shown) == " ".join(text.split())


def page(data: bytes) -> None:
    """A prose page."""
    found = Diagnostics()
    parsed = parse_prose("a.md", "a", data, found)
    assert (parsed is None) is bool(found.errors)
    if parsed is not None:
        parse_inline(parsed.prose)
        suspects(parsed.prose)
    _printed(found, data)


TARGETS: Mapping[str, Target] = {
    target.__name__: target for target in (yaml_record, yaml_vocabulary, bibtex, latex, inline, pieces, page)
}


def seeds(target: str) -> list[bytes]:
    """Whole files of the fixtures and broken ones, from which mutation starts."""
    kinds = {"bibtex": "*.bib", "latex": "*.bib", "page": "*.md", "pieces": "*.md", "inline": "*.md"}
    found = [
        path.read_bytes() for path in sorted(FIXTURES.rglob(kinds.get(target, "*.yaml"))) if path.is_file()
    ]
    return [data for data in found if len(data) < 6_000]


@cache
def _everything() -> KnowledgeBase:
    return load_knowledge(Project(FIXTURES / "everything"))[0]


def _decoded(data: bytes, model: type) -> None:
    found = Diagnostics()
    document = parse_yaml("a.yaml", data, found)
    assert (document is None) is bool(len(found))
    if document is not None:
        record = decode(document, model, found)
        assert (record is None) is bool(len(found))
    _printed(found, data)


def _printed(found: Diagnostics, data: bytes) -> None:
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for item in found:
        assert 0 <= item.location.line <= lines + 1, item
        assert str(item).isprintable(), item
        assert len(item.message) < 5_000, item
    for form in (format_text(found, carets=True), format_json(found), format_github(found)):
        form.encode()
