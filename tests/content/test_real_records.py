"""The records of the atlas itself: one case for each file, and the promises that hold across them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import Project
from generator.diagnostics import Diagnostics, format_text
from generator.inline import CitationGroup, parse_citation, parse_inline
from generator.knowledge import KnowledgeBase
from generator.load.bibtex_file import load_bibtex
from generator.load.decode import decode
from generator.load.prose_file import parse_prose
from generator.load.vocabulary import FILES
from generator.load.yaml_file import parse_yaml
from generator.model.base import CitationMark, Statement
from generator.model.marks import marked_values, records_within
from generator.model.technique import Technique
from generator.pipeline import load_knowledge

HERE = Path(__file__).parent
PROJECT = Project(HERE.parent.parent)
RECORDS = sorted(PROJECT.techniques.glob("*.yaml"))
MODELINE = "# yaml-language-server: $schema=../content/schema/technique.schema.json"
MAX_WIDTH = 120
IDS = [
    line.split() for line in (HERE / "ids.txt").read_text("utf-8").splitlines() if not line.startswith("#")
]


def by_stem(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", RECORDS, ids=by_stem)
def test_a_record_reads_without_findings(path: Path) -> None:
    """On its own, before any link is followed."""
    diagnostics = Diagnostics()
    document = parse_yaml(path.name, path.read_bytes(), diagnostics)
    record = document and decode(document, Technique, diagnostics)
    assert format_text(diagnostics, carets=False) == ""
    assert record is not None
    assert record.id == path.stem


@pytest.mark.parametrize("path", RECORDS, ids=by_stem)
def test_a_record_is_kind_to_its_author(path: Path) -> None:
    """The first line leads the editor to its help; no line needs scrolling; the file ends with a line end."""
    text = path.read_text("utf-8")
    lines = text.split("\n")
    assert lines[0] == MODELINE
    assert [line for line in lines if len(line) > MAX_WIDTH] == []
    assert [line for line in lines if line != line.rstrip()] == []
    assert (lines[-1], lines[-2] != "") == ("", True)


@pytest.mark.parametrize("name", FILES)
def test_a_vocabulary_file_reads_without_findings(name: str) -> None:
    """Each of the lists."""
    diagnostics = Diagnostics()
    document = parse_yaml(name, (PROJECT.vocabulary / f"{name}.yaml").read_bytes(), diagnostics)
    assert document is not None
    decode(document, FILES[name], diagnostics)
    assert format_text(diagnostics, carets=False) == ""


@pytest.mark.parametrize("path", sorted(PROJECT.pages.rglob("*.md")), ids=by_stem)
def test_a_page_reads_without_findings(path: Path) -> None:
    """Front matter and body."""
    diagnostics = Diagnostics()
    parse_prose(path.name, path.stem, path.read_bytes(), diagnostics)
    assert format_text(diagnostics, carets=False) == ""


@pytest.mark.parametrize("path", sorted(PROJECT.references.glob("*.bib")), ids=by_stem)
def test_a_bibliography_reads_without_findings(path: Path) -> None:
    """Each file on its own."""
    diagnostics = Diagnostics()
    assert load_bibtex(path.name, path.read_bytes(), diagnostics)
    assert format_text(diagnostics, carets=False) == ""


@pytest.mark.parametrize(("kind", "identifier"), IDS, ids=" ".join)
def test_an_id_that_was_given_out_still_leads_somewhere(
    kind: str, identifier: str, real: KnowledgeBase
) -> None:
    """As a record, a variant, or the former id of a pain site."""
    known = {
        "technique": {*real.techniques, *real.variants},
        "site": {*real.sites, *(former for site in real.sites.values() for former in site.merged)},
    }
    assert identifier in known[kind]


def test_the_list_of_ids_is_complete() -> None:
    """72 techniques and 51 pain sites were given out at the start."""
    kinds = [kind for kind, _ in IDS]
    assert (kinds.count("technique"), kinds.count("site")) == (72, 51)
    assert len({tuple(item) for item in IDS}) == 123


def test_every_statement_has_a_citation(real: KnowledgeBase) -> None:
    """Nothing stands on its own word."""
    statements = [
        (technique.id, path, record)
        for technique in real.techniques.values()
        for path, record in records_within(technique)
        if isinstance(record, Statement)
    ]
    uncited = [
        (identifier, path)
        for identifier, path, statement in statements
        if not statement.citations
        and not any(isinstance(span, CitationGroup) for span in parse_inline(statement.text))
    ]
    assert uncited == []
    assert len(statements) > 1000


def test_no_citation_leads_nowhere(real: KnowledgeBase) -> None:
    """Every key of every record is in the bibliography."""
    cited = {
        parse_citation(value).key
        for technique in real.techniques.values()
        for mark, _, value in marked_values(technique)
        if isinstance(mark, CitationMark)
    }
    assert cited - set(real.references) == set()
    assert set(real.cited_by) - set(real.references) == set()


def test_no_clinical_review_is_claimed_without_a_name(real: KnowledgeBase) -> None:
    """A review has a reviewer and a day before the next one is due."""
    for technique in real.techniques.values():
        for review in technique.review.clinical_review:
            assert review.name.strip()
            assert review.date <= technique.review.next_due


def test_a_rating_that_is_handed_on_comes_from_a_class(real: KnowledgeBase) -> None:
    """Only a class hands on its rating, and never one that it was itself handed."""
    for technique in real.techniques.values():
        parent = real.class_of(technique)
        if parent is not None:
            assert parent.kind == "class"
            assert parent.inherits_from is None


def test_the_engine_and_the_publication_give_the_site_one_name() -> None:
    """The engine reads mkdocs.yml, the generator `publication.yaml`."""
    kb, _ = load_knowledge(PROJECT)
    lines = (PROJECT.root / "mkdocs.yml").read_text("utf-8").splitlines()
    assert f"site_name: {kb.publication.name}" in lines
    assert f"site_description: {kb.publication.description}" in lines
