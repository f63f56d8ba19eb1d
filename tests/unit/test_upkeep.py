"""What grows old: notices on sources, at every citation and in the data; reviews that are due; the list."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
import re

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.config import Project
from generator.diagnostics import Severity
from generator.exports.all import all_exports
from generator.knowledge import KnowledgeBase
from generator.pages import page_builders
from generator.pipeline import load_knowledge
from generator.render import Renderer
from generator.views import attention
from generator.views.context import SiteContext
from tests.conftest import FIXTURES, MakeProject
from tests.published import exported

RETRACTED, DOUBTED = "lee2020rides", "markup2022"


@pytest.fixture(scope="module")
def pages(everything: KnowledgeBase) -> dict[str, str]:
    """Every page of the project whose references have notices, by address."""
    site = SiteContext(everything)
    renderer = Renderer(Project(FIXTURES / "everything").templates, everything)
    return {
        address: renderer.page(build(), site).file.content.decode()
        for address, build in page_builders(site, renderer).items()
    }


@pytest.fixture(scope="module")
def data(everything: KnowledgeBase) -> dict[str, bytes]:
    return exported(everything)


# --- sources with notices ----------------------------------------------------------------------------


def test_every_citation_of_a_retracted_source_says_so(pages: dict[str, str]) -> None:
    """Each mark that leads to it carries the word, for eyes and for listeners; no range hides one."""
    found = 0
    for page in pages.values():
        for key, word in ((RETRACTED, "called back"), (DOUBTED, "partly called back")):
            marks = re.findall(rf'<a class="cite__mark"[^>]*href="#ref-{key}"[^>]*>.*?</a>', page)
            found += len(marks)
            for mark in marks:
                assert re.search(rf'aria-label="Reference \d+[^"]*, {word}"', mark), mark
                assert f"> {word}</span></a>" in mark
            assert f'data-href="#ref-{key}"' not in page
    assert found > 20


def test_other_citations_are_as_they_were(pages: dict[str, str]) -> None:
    """A source without a notice has none of this."""
    marks = [
        mark
        for page in pages.values()
        for mark in re.findall(r'<a class="cite__mark"[^>]*href="#ref-okafor2021tubes"[^>]*>.*?</a>', page)
    ]
    assert marks
    assert not any("called back" in mark or "cite__notice" in mark for mark in marks)


def test_the_card_and_the_list_tell_what_happened(pages: dict[str, str]) -> None:
    """At the foot of each page that cites it, from which the cards are made, and on the reference page."""
    for page in pages.values():
        for entry in re.findall(rf'<li class="ref" id="ref-{RETRACTED}".*?</li>', page, re.DOTALL):
            assert '<p class="notice notice--retraction"><b>Called back by its makers.' in entry
            assert '<a href="https://doi.org/10.1000/pedal.2023.9">' in entry
            assert "Retraction &lt;b&gt; 2023 Jun 30" in entry
            assert "Correction 2022 Feb 3" in entry
            if "data-card" in entry:
                assert entry.index("data-card") < entry.index("notice--retraction") < entry.index("</div>")


def test_the_data_tell_it(data: dict[str, bytes]) -> None:
    """In references, techniques, every table with citations, and every bibliography."""
    references = {item["key"]: item for item in json.loads(data["references.json"])}
    assert references[RETRACTED]["standing"] == "retraction"
    assert references[RETRACTED]["notices"][0] == {
        "kind": "retraction",
        "label": "Retraction <b>",
        "date": "2023-06-30",
        "doi": "10.1000/pedal.2023.9",
        "pmid": "22222222",
        "said_by": ["crossref", "retraction-watch", "pubmed"],
    }
    untouched = references["okafor2021tubes"]
    assert (untouched["standing"], untouched["notices"], untouched["asked"]) == (None, [], "2026-01-20")
    assert references["brown2019wheels"]["asked"] == "", "nobody has asked for it"
    citing = {
        item["id"]: {notice["citation"]: notice["kind"] for notice in item["cited_notices"]}
        for item in json.loads(data["techniques.json"])
        if RETRACTED in item["citations"]
    }
    assert citing
    assert all(found[RETRACTED] == "retraction" for found in citing.values())
    for name in ("techniques.csv", "indications.csv", "evidence.csv", "evidence-map.csv"):
        rows = list(csv.DictReader(io.StringIO(data[name].decode("utf-8-sig"))))
        for row in rows:
            assert (RETRACTED in row["citations"]) == (f"{RETRACTED}: retraction" in row["cited_notices"]), (
                name
            )
    works = {item["id"]: item for item in json.loads(data["references.csl.json"])}
    assert works[RETRACTED]["status"] == "called back"
    assert works[RETRACTED]["note"].startswith("Called back by its makers.")
    assert "status" not in works["okafor2021tubes"]
    for name in ("references.bib", "references.ris"):
        assert (
            "Called back by its makers. Do not ride on it. Retraction <b> 2023 Jun 30" in data[name].decode()
        )


def test_the_pages_to_read_again_are_listed(everything: KnowledgeBase, pages: dict[str, str]) -> None:
    """On the page of what is due: every page that cites such a source, and no other."""
    site = SiteContext(everything)
    listed = {(item.kind, item.id) for item in attention.reread(everything)}
    citing = {(place.kind, place.id) for key in (RETRACTED, DOUBTED) for place in everything.cited_by[key]}
    assert listed == citing
    shown = pages["status"].partition("to-read-again")[2]
    for matter in attention.to_reread(site):
        assert f'href="../{matter.url}"' in shown
    assert "last asked on 20 January 2026, for 3 of 4 references" in pages["status"]


def test_without_a_status_file_nothing_is_claimed(minimal: KnowledgeBase) -> None:
    """Neither that something is retracted nor that nothing is."""
    site = SiteContext(minimal)
    renderer = Renderer(Project(FIXTURES / "minimal").templates, minimal)
    made = [
        renderer.page(build(), site).file.content.decode() for build in page_builders(site, renderer).values()
    ]
    assert not any('class="notice' in page or "cite__notice" in page for page in made)
    status = next(page for page in made if 'kind: "status"' in page)
    assert "Nobody has asked Crossref, Retraction Watch and PubMed yet" in status
    assert "No retraction, correction or concern is known" not in status
    assert [item["asked"] for item in json.loads(exported(minimal)["references.json"])] == [""]


def test_what_was_found_for_another_doi_is_not_shown(project_factory: MakeProject) -> None:
    """The entry was corrected since: its notices are left out, with a warning at their line."""
    path = FIXTURES / "everything" / "references" / "library.bib"
    project = project_factory(
        "everything",
        {
            "references/library.bib": path.read_text("utf-8").replace("pedal.2021.12", "pedal.2021.13"),
            "references/status.yaml": "checked: 2026-01-20\nreferences:\n"
            "  - key: okafor2021tubes\n    checked: 2026-01-20\n    doi: 10.1000/pedal.2021.12\n"
            '    pmid: "12345678"\n    notices:\n      - kind: retraction\n        label: Retraction\n'
            "        said_by: [pubmed]\n"
            "  - key: okafor2021tube\n    checked: 2026-01-20\n",
        },
    )
    kb, diagnostics = load_knowledge(project)
    assert kb.references["okafor2021tubes"].standing is None
    assert [(item.severity, item.code, item.location.line) for item in diagnostics] == [
        (Severity.WARNING, "status-outdated", 3),
        (Severity.WARNING, "status-unknown-key", 11),
    ]


# --- reviews that are due ----------------------------------------------------------------------------


def due(project: Project, day: str) -> list[str]:
    _, found = load_knowledge(dataclasses.replace(project, today=datetime.date.fromisoformat(day)))
    return [str(item) for item in found]


def test_an_overdue_review_is_a_warning_at_its_line() -> None:
    """On the day itself it is not yet overdue; a retired record never is."""
    project = Project(FIXTURES / "everything")
    assert due(project, "2020-01-01") == []
    kb, _ = load_knowledge(project)
    first = min(item.review.next_due for item in attention.reviewed(kb))
    assert due(project, first.isoformat()) == []
    found = due(project, "2099-01-01")
    assert len(found) == len(list(attention.reviewed(kb)))
    assert all(re.match(r"\S+:\d+:\d+: warning\[review-due\]: review was due by 20", line) for line in found)
    assert not any("glue-a-tyre" in line for line in found)


def test_the_day_changes_no_file(everything: KnowledgeBase) -> None:
    """Two builds on two days are the same site: what is overdue is worked out where it is read."""
    project = Project(FIXTURES / "everything", today=datetime.date(2099, 1, 1))
    late, _ = load_knowledge(project)
    assert list(all_exports(SiteContext(late))) == list(all_exports(SiteContext(everything)))


def test_every_dated_page_prints_its_date_and_can_say_that_it_passed(pages: dict[str, str]) -> None:
    """The date stands there without a script; the words of the banner wait beside it."""
    page = pages["techniques/patch-a-tube"]
    assert re.search(r'Next review due <time datetime="2\d{3}-\d\d-\d\d" data-next-due>', page)
    assert "data-overdue hidden" in page
    assert "<b>Service overdue.</b> Read the handbook before you ride." in page
    rows = pages["status"].partition("Record or page")[2]
    dates = re.findall(r'<time datetime="([^"]+)" data-next-due>', rows)
    assert dates == sorted(dates)
    assert rows.count("data-overdue hidden") == len(dates) == 14


# --- the verb ----------------------------------------------------------------------------------------


def run(*arguments: str, day: str = "2026-06-01", root: str = "everything", **environment: str) -> Result:
    command = ["--root", str(FIXTURES / root), *(["--today", day] if day else []), "status", *arguments]
    return CliRunner().invoke(main, command, env=environment)


def test_the_list_as_text() -> None:
    """Each list with its name and count, ten lines of it or all."""
    result = run(day="2099-01-01")
    assert result.exit_code == 0
    assert result.output.startswith("Status on 2099-01-01; references last asked for on 2026-01-20.\n")
    assert "Review overdue (stale): 14" in result.output
    assert "… and 4 more (--all)" in result.output
    assert "… and" not in run("--all", day="2099-01-01").output
    assert f"reference {RETRACTED}: called back" in result.output
    assert "okafor2021tubes: author is 'Okafor' here and 'Okonjo' in crossref" in result.output
    assert "seals" not in result.output, "accepted by hand"
    assert "https://example.org/rides?a=1&b=3 gone (404) since 2025-11-02" in result.output


def test_the_list_as_json() -> None:
    """The same lists."""
    found = json.loads(run("--json").output)
    assert found["today"] == "2026-06-01"
    assert found["counts"] == {
        "stale": 0,
        "reread": len(found["reread"]),
        "notices": 2,
        "mismatched": 3,
        "links": 3,
        "conflicting": 2,
        "unsourced": 3,
        "unreviewed": 12,
        "unchecked": 0,
    }
    assert {"kind", "id", "name", "url", "why"} == set(found["unreviewed"][0])


def test_limits_for_a_machine() -> None:
    """Exit code 1 beyond a limit, 0 at it, 2 for a limit that makes no sense."""
    assert run("--fail-on", "stale=0,unreviewed=12").exit_code == 0
    over = run("--fail-on", "stale=0, unreviewed=11,notices=1")
    assert over.exit_code == 1
    assert "More than allowed: unreviewed: 12, at most 11 allowed" in over.output
    assert "More than allowed: notices: 2, at most 1 allowed" in over.output
    assert run("--fail-on", "old=1").exit_code == 2
    assert run("--fail-on", "stale").exit_code == 2
    assert run("--fail-on", "stale=0", day="2099-01-01").exit_code == 1


def test_the_day_comes_from_outside() -> None:
    """From --today, else SOURCE_DATE_EPOCH."""
    result = run("--json", day="", SOURCE_DATE_EPOCH="4070908800")
    assert json.loads(result.output)["today"] == "2099-01-01"
    assert run(day="", SOURCE_DATE_EPOCH="9" * 30).exit_code == 2
