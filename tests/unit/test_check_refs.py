"""`atlas check-refs` against a server on loopback that behaves like the real ones, faults included."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.check_refs import compare, printed
from generator.check_refs.ask import Asker
from generator.check_refs.fetch import Fetcher, Patience
from generator.check_refs.run import NothingAnswered, conclude
from generator.check_refs.store import Store
from generator.cli import main
from generator.config import Project
from generator.diagnostics import Diagnostic, Diagnostics
from generator.load.ref_status import load_ref_status
from generator.model.ref_status import ReferenceStatus, StatusFile
from generator.pipeline import load_knowledge
from tests.conftest import MakeProject
from tests.services import (
    Services,
    broken_off,
    comment,
    endless,
    found,
    record,
    reset,
    running,
    slow,
    status,
    update,
)

DAY = datetime.date(2026, 3, 1)
DOI = "10.1000/tyre.1"

XXE = b"""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>77</PMID>
<Article><ArticleTitle>&e;Tyres and their repair</ArticleTitle></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def entry(key: str, **fields: str) -> str:
    given = {
        "author": "Núñez, Ana and Other, B.",
        "title": "Tyres and their repair",
        "journal": "Wheels",
        "year": "2020",
        **fields,
    }
    return (
        f"@article{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in given.items()) + "}\n"
    )


@pytest.fixture
def services() -> Iterator[Services]:
    with running() as made:
        yield made


class Bench:
    """A project with references, and runs over it."""

    def __init__(self, make: MakeProject, services: Services, bib: str) -> None:
        self.project = make("minimal", {"references/tyres.bib": bib})
        self.services = services
        self.waits: list[float] = []
        self.fetcher: Fetcher | None = None

    def run(
        self, *, day: datetime.date = DAY, max_age: int = 7, only: Sequence[str] = (), read: float = 20
    ) -> tuple[StatusFile, list[Diagnostic]]:
        kb, _ = load_knowledge(self.project)
        self.fetcher = Fetcher("keeper@example.org", Patience(read=read, attempts=3), sleep=self.waits.append)
        asker = Asker(
            self.fetcher,
            Store(self.project.reference_answers),
            day,
            max_age,
            self.services.base,
            self.services.base,
        )
        chosen = [kb.references[key] for key in only] if only else list(kb.references.values())
        asker.all(chosen, lambda *_: None)
        made, findings = conclude(self.project, kb, asker, chosen)
        again = load_ref_status(self.project, problems := Diagnostics())
        assert not list(problems)
        assert again is not None
        assert again[0] == made, "the file says what was found"
        return made, list(findings)

    def one(self, key: str = "nunez2020tyres", **how: object) -> ReferenceStatus:
        made, _ = self.run(**how)  # type: ignore[arg-type]
        return next(item for item in made.references if item.key == key)


@pytest.fixture
def bench(project_factory: MakeProject, services: Services) -> Bench:
    """One reference with a DOI that is as Crossref has it."""
    services.work(DOI)
    return Bench(project_factory, services, entry("nunez2020tyres", doi=DOI))


def codes(findings: Sequence[Diagnostic]) -> list[str]:
    return [finding.code for finding in findings]


# --- what is asked, and how politely -----------------------------------------------------------------


def test_a_reference_that_is_right_has_nothing_to_report(bench: Bench) -> None:
    """Title, year and first author are ours; the answer is kept as a readable file."""
    made, findings = bench.run()
    assert findings == []
    assert made == StatusFile(
        checked=DAY, references=(ReferenceStatus(key="nunez2020tyres", checked=DAY, doi=DOI),)
    )
    assert bench.project.reference_status.read_text("utf-8").splitlines()[1:] == [
        "checked: 2026-03-01",
        "references:",
        '  - key: "nunez2020tyres"',
        "    checked: 2026-03-01",
        f'    doi: "{DOI}"',
    ]
    kept = [path.name for path in bench.project.reference_answers.rglob("*.json")]
    assert kept == ["10.1000%2ftyre.1-" + kept[0][-13:]]
    text = next(bench.project.reference_answers.rglob("*.json")).read_text("utf-8")
    assert '"family": "Núñez"' in text
    assert "not kept" not in text


def test_the_services_learn_whom_to_write_to(bench: Bench) -> None:
    """In the name of the program and in the query."""
    bench.run()
    assert "mailto:keeper@example.org" in bench.services.asked[0][2]["user-agent"]
    assert bench.services.queries[0]["mailto"] == ["keeper@example.org"]


def test_a_young_answer_is_not_asked_for_again(bench: Bench) -> None:
    """Six days are young, seven are not; the date of the entry is that of the answer."""
    bench.run()
    assert bench.one(day=DAY + datetime.timedelta(6)).checked == DAY
    assert bench.services.count(f"/works/{DOI}") == 1
    later = DAY + datetime.timedelta(7)
    assert bench.one(day=later).checked == later
    assert bench.services.count(f"/works/{DOI}") == 2


def test_an_unchanged_answer_is_only_dated_anew(bench: Bench) -> None:
    """The server is told what is known and says 304."""
    known = {"ETag": '"abc"', "Last-Modified": "Mon, 02 Feb 2026 00:00:00 GMT"}
    bench.services.reply(f"/works/{DOI}", found(DOI, headers=known), status(304, body=b""))
    bench.run()
    later = DAY + datetime.timedelta(30)
    assert bench.one(day=later).checked == later
    headers = bench.services.asked[1][2]
    assert (headers["if-none-match"], headers["if-modified-since"]) == (known["ETag"], known["Last-Modified"])
    later += datetime.timedelta(30)
    assert bench.one(day=later).checked == later, "the validators are kept with the answer"


def test_the_pace_is_what_the_server_asks_for(project_factory: MakeProject, services: Services) -> None:
    """Two requests in ten seconds; without headers five in one."""
    bib = ""
    for number in range(3):
        services.reply(
            f"/works/10.1000/{number}",
            found(f"10.1000/{number}", headers={"X-Rate-Limit-Limit": "2", "X-Rate-Limit-Interval": "10s"}),
        )
        bib += entry(f"a{number}", doi=f"10.1000/{number}")
    bench = Bench(project_factory, services, bib)
    bench.run()
    assert bench.fetcher is not None
    assert list(bench.fetcher.pace.values()) == [5.0]
    assert len(bench.waits) == 2
    assert all(3 < wait <= 5 for wait in bench.waits)


def test_only_what_was_named_is_asked_for(project_factory: MakeProject, services: Services) -> None:
    """The entries of other references stay as they were."""
    services.work("10.1000/1")
    services.work("10.1000/2")
    bench = Bench(project_factory, services, entry("a1", doi="10.1000/1") + entry("b2", doi="10.1000/2"))
    bench.run()
    later = DAY + datetime.timedelta(20)
    made, _ = bench.run(day=later, only=["b2"])
    assert {item.key: item.checked for item in made.references} == {"a1": DAY, "b2": later}
    assert made.checked == DAY, "not everything was asked for"
    assert services.count("/works/10.1000/1") == 1


# --- faults -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        status(429, {"Retry-After": "3"}),
        status(500),
        status(503, {"Retry-After": "not a number"}),
        status(200, {}, b'{"status": "ok", "mess'),
        status(200, {}, b"<html>Please wait</html>"),
        status(200, {}, b'{"status": "ok", "message": []}'),
        reset,
        broken_off,
    ],
    ids=["429", "500", "503", "cut JSON", "HTML", "other JSON", "reset", "broken off"],
)
def test_a_fault_that_passes_is_waited_for(bench: Bench, fault: object) -> None:
    """Twice a fault, then the answer."""
    bench.services.reply(f"/works/{DOI}", fault, fault, found(DOI))  # type: ignore[arg-type]
    made, findings = bench.run()
    assert (findings, made.references[0].unanswered) == ([], ())
    assert bench.services.count(f"/works/{DOI}") == 3


def test_retry_after_is_obeyed(bench: Bench) -> None:
    """As seconds and as a date; without it the waits grow."""
    bench.services.reply(f"/works/{DOI}", status(429, {"Retry-After": "17"}), found(DOI))
    bench.run()
    assert 17 in bench.waits
    bench.waits.clear()
    bench.services.reply(f"/works/{DOI}", status(500), status(500), found(DOI))
    bench.run(max_age=0)
    first, second = (wait for wait in bench.waits if wait >= 1)
    assert 1 <= first <= 2 <= second <= 4


def test_a_server_that_asks_for_an_hour_is_left(project_factory: MakeProject, services: Services) -> None:
    """No run hangs because a header says so."""
    services.work("10.1000/2")
    bench = Bench(project_factory, services, entry("a1", doi=DOI) + entry("b2", doi="10.1000/2"))
    services.reply(f"/works/{DOI}", status(429, {"Retry-After": "3600"}))
    _, findings = bench.run(max_age=0)
    assert codes(findings) == ["ref-unanswered"]
    assert "asks to wait 3600 s" in findings[0].message
    assert max(bench.waits, default=0) < 3600


@pytest.mark.parametrize(
    "fault",
    [status(500), status(418), reset, slow(1.5), endless],
    ids=["500", "418", "reset", "slow", "endless"],
)
def test_what_was_known_stays_when_nobody_answers(
    project_factory: MakeProject, services: Services, fault: object
) -> None:
    """The older answer keeps its date, and the entry says what did not answer."""
    services.work("10.1000/1", **{"updated-by": [update("retraction", "10.1000/n")]})
    services.work("10.1000/2")
    bench = Bench(project_factory, services, entry("a1", doi="10.1000/1") + entry("b2", doi="10.1000/2"))
    bench.run()
    services.reply("/works/10.1000/1", fault)  # type: ignore[arg-type]
    later = DAY + datetime.timedelta(20)
    made, findings = bench.run(day=later, read=0.4)
    first = made.references[0]
    assert (first.checked, first.unanswered, first.gravest) == (DAY, ("crossref",), "retraction")
    assert made.references[1].checked == later
    assert codes(findings) == ["ref-unanswered", "ref-retraction"]


def test_without_a_connection_nothing_is_written(bench: Bench) -> None:
    """A run that learned nothing leaves everything as it was: no link is called dead."""
    bench.services.base = "http://127.0.0.1:9"  # nobody listens
    with pytest.raises(NothingAnswered):
        bench.run()
    assert not bench.project.reference_status.exists()
    assert not bench.project.reference_answers.exists()


# --- what services say --------------------------------------------------------------------------------


def test_a_retraction_that_three_tell_of_is_one_notice(
    project_factory: MakeProject, services: Services
) -> None:
    """Publisher, Retraction Watch and PubMed; the correction before it is another one."""
    services.work(
        DOI,
        title=["RETRACTED: Tyres and <i>their</i> repair"],
        **{
            "updated-by": [
                update("correction", "10.1000/c", date=(2020, 9, 1)),
                update("retraction", "10.1000/N", "publisher"),
                update("retraction", "10.1000/n", "retraction-watch"),
                update("expression_of_concern", "10.1000/e", "retraction-watch", (2020, 12, 1)),
                update("new_version", "10.1000/v"),
            ]
        },
    )
    services.records["77"] = record(
        "77",
        types="<PublicationType>Retracted Publication</PublicationType>",
        more=comment("RetractionIn", "Wheels. 2021 Feb 3;3(2):4. doi: 10.1000/n.", "78")
        + comment("CommentIn", "Wheels. 2020;1:1", "79"),
    )
    bench = Bench(project_factory, services, entry("nunez2020tyres", doi=DOI, pmid="77"))
    made, findings = bench.run()
    notices = made.references[0].notices
    assert [(item.kind, item.doi) for item in notices] == [
        ("retraction", "10.1000/n"),
        ("concern", "10.1000/e"),
        ("correction", "10.1000/c"),
        ("update", "10.1000/v"),
    ]
    assert notices[0].said_by == ("crossref", "retraction-watch", "pubmed")
    assert (notices[0].pmid, notices[0].date) == ("78", datetime.date(2021, 2, 3))
    assert made.references[0].differences == (), "the mark and the tags are no part of the title"
    assert codes(findings) == ["ref-retraction", "ref-concern", "ref-correction", "ref-update"]
    kb, _ = load_knowledge(bench.project)
    standing = kb.references["nunez2020tyres"].standing
    assert standing is not None
    assert (standing.kind, standing.word) == ("retraction", "retracted")


@pytest.mark.parametrize(
    ("crossref", "pubmed"),
    [
        ({"title": ["WITHDRAWN: Tyres and their repair"]}, {}),
        ({}, {"types": "<PublicationType>Retracted Publication</PublicationType>"}),
        ({"updated-by": [update("withdrawal", "10.1000/w")]}, {}),
        ({"updated-by": [update("removal", "10.1000/w", "retraction-watch")]}, {}),
    ],
    ids=["mark in the title", "publication type", "withdrawal", "removal"],
)
def test_every_sign_of_a_retraction_counts(
    project_factory: MakeProject, services: Services, crossref: dict[str, object], pubmed: dict[str, str]
) -> None:
    """Each alone."""
    services.work(DOI, **crossref)
    services.records["77"] = record("77", **pubmed)
    bench = Bench(project_factory, services, entry("nunez2020tyres", doi=DOI, pmid="77"))
    assert bench.one().gravest == "retraction"


def test_another_title_year_or_author_is_an_error_at_the_entry(
    project_factory: MakeProject, services: Services
) -> None:
    """From both services; what was accepted by hand is no error, until the service says something new."""
    services.work(DOI, title=["Brakes"], author=[{"family": "Smith", "sequence": "first"}])
    services.records["77"] = record("77", year="2017", title="Brakes.")
    bench = Bench(project_factory, services, entry("nunez2020tyres", doi=DOI, pmid="77"))
    _, findings = bench.run()
    assert codes(findings) == ["ref-title", "ref-author", "ref-title", "ref-year"]
    assert str(findings[0]).startswith("references/tyres.bib:1:")
    assert "title is 'Tyres and their repair' here and 'Brakes' in crossref" in findings[0].message
    path = bench.project.reference_status
    text = path.read_text("utf-8").replace(
        'theirs: "2017"\n        said_by: "pubmed"',
        'theirs: "2017"\n        said_by: "pubmed"\n        accepted: "Printed so."',
    )
    path.write_text(text, "utf-8")
    _, findings = bench.run(max_age=0)
    assert codes(findings) == ["ref-title", "ref-author", "ref-title"]
    services.records["77"] = record("77", year="2016", title="Brakes.")
    _, findings = bench.run(max_age=0)
    assert "ref-year" in codes(findings)


def test_what_an_entry_lacks_is_told_as_it_is_written(
    project_factory: MakeProject, services: Services
) -> None:
    """Authors and year of an entry that was written from an abstract without them."""
    bodies = [
        {"name": "Tyre Group", "sequence": "additional"},
        {"family": "Núñez", "given": "Ana", "sequence": "first"},
    ]
    services.work(DOI, author=bodies)
    services.records["77"] = record("77")
    fields = "title = {Tyres and their repair}, journal = {Wheels}, note = {No more was printed.}"
    bib = f"@article{{a1, {fields}, doi = {{{DOI}}}}}\n"
    bib += bib.replace("a1", "b2").replace(f"doi = {{{DOI}}}", "pmid = {77}")
    made, findings = Bench(project_factory, services, bib).run()
    assert [item.ours for entry in made.references for item in entry.differences] == [None] * 4
    assert [finding.message for finding in findings] == [
        "a1: year is missing here, and is '2020' in crossref",
        "a1: author is missing here, and is 'Núñez, Ana and {Tyre Group}' in crossref",
        "b2: year is missing here, and is '2020' in pubmed",
        "b2: author is missing here, and is '{Nunez}' in pubmed",
    ]


def test_of_very_many_authors_some_are_written_out() -> None:
    """The last author of a bibliography's list may be `others`."""
    assert compare.as_bibtex([("A", "B")] * 31) == " and ".join([*["A, B"] * 30, "others"])


def test_an_identifier_that_nobody_has_is_an_error(project_factory: MakeProject, services: Services) -> None:
    """A DOI of another agency is none: Crossref says whose it is."""
    agency = b'{"status":"ok","message":{"DOI":"10.5072/x","agency":{"id":"datacite","label":"DataCite"}}}'
    services.reply("/works/10.5072/x/agency", status(200, {}, agency))
    services.records["78"] = record("78")
    bib = entry("a1", doi="10.1000/none", pmid="77") + entry("b2", doi="10.5072/x", pmid="78")
    made, findings = Bench(project_factory, services, bib).run()
    assert [item.unknown_to for item in made.references] == [("crossref", "pubmed"), ()]
    assert codes(findings) == ["ref-unknown", "ref-unknown"]


def test_one_wrong_pubmed_id_does_not_spoil_the_others(
    project_factory: MakeProject, services: Services
) -> None:
    """efetch refuses the whole request; then each is asked for by itself."""
    services.records["78"] = record("78")

    def picky(handler: object) -> None:
        path = handler.path  # type: ignore[attr-defined]
        del services.replies["/efetch.fcgi"]
        assert "77%2C78" in path
        handler.send_response(400)  # type: ignore[attr-defined]
        handler.send_header("Content-Length", "0")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]

    services.reply("/efetch.fcgi", picky)  # type: ignore[arg-type]
    made, _ = Bench(project_factory, services, entry("a1", pmid="77") + entry("b2", pmid="78")).run()
    assert [item.unknown_to for item in made.references] == [("pubmed",), ()]


def test_an_answer_cannot_bring_anything_along(project_factory: MakeProject, services: Services) -> None:
    """Markup, control and bidi characters, entities of XML: out, and the file can be read again."""
    evil = update("retraction", "10.1000/n\u0000\n  - key: x")
    evil["label"] = "Retr\u202eaction\u0007 <script>alert(1)</script>\n&lt;b&gt;"
    services.work(DOI, **{"updated-by": [evil, "no object", {"type": 5}, None]})
    services.reply(
        "/efetch.fcgi",
        status(200, {}, XXE),
    )
    bench = Bench(project_factory, services, entry("nunez2020tyres", doi=DOI, pmid="77"))
    made = bench.one()
    assert [notice.label for notice in made.notices] == ["Retraction alert(1)"]
    assert "root:" not in bench.project.reference_status.read_text("utf-8")


# --- addresses ----------------------------------------------------------------------------------------


def test_addresses(project_factory: MakeProject, services: Services) -> None:
    """HEAD, then GET where HEAD is refused; what is gone, moved for good, moved for now, failing, silent."""
    services.reply("/good", status(200))
    services.reply("HEAD /head-refused", status(405))
    services.reply("/head-refused", status(200))
    services.reply("HEAD /head-reset", reset)
    services.reply("/head-reset", status(200))
    services.reply("/old", status(301, {"Location": "/newer"}))
    services.reply("/newer", status(308, {"Location": "/good"}))
    services.reply("/for-now", status(302, {"Location": "/good"}))
    services.reply("/for-good-then-now", status(301, {"Location": "/for-now"}))
    services.reply("/round", status(301, {"Location": "/round"}))
    services.reply("/gone", status(410))
    services.reply("/forbidden", status(403))
    services.reply("/broken", status(500))
    services.reply("/elsewhere", status(301, {"Location": "file:///etc/passwd"}))
    services.reply("/big", endless)
    names = (
        "good head-refused head-reset old for-now for-good-then-now round gone missing forbidden broken "
        "elsewhere big"
    ).split()
    bib = "".join(entry(name.replace("-", ""), url=f"{services.base}/{name}") for name in names)
    bib += entry("nohost", url="http://no-such-host.invalid/")
    made, findings = Bench(project_factory, services, bib).run()
    dead = {
        item.key: (link.state, link.answer, (link.leads_to or "").removeprefix(services.base))
        for item in made.references
        for link in item.links
    }
    assert dead == {
        "old": ("moved", "301", "/good"),
        "forgoodthennow": ("moved", "301", "/for-now"),
        "round": ("failing", "too many redirects", ""),
        "gone": ("gone", "410", ""),
        "missing": ("gone", "404", ""),
        "forbidden": ("failing", "403", ""),
        "broken": ("failing", "status 500", ""),
        "elsewhere": ("failing", "301 to another kind of address", ""),
        "nohost": ("gone", "no such host", ""),
    }
    assert len(made.references) == len(names) + 1, "those that work are dated as well"
    assert codes(findings).count("ref-link-gone") == 3
    assert {method for method, path, _ in services.asked if path == "/good"} == {"HEAD"}


def test_since_when_an_address_is_dead_is_kept(project_factory: MakeProject, services: Services) -> None:
    """The day of the first run that saw it so."""
    bench = Bench(project_factory, services, entry("a1", url=f"{services.base}/missing"))
    bench.run()
    made, _ = bench.run(day=DAY + datetime.timedelta(90))
    assert made.references[0].links[0].since == DAY


# --- comparing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tyres & tubes: A review", "Tyres and Tubes"),
        ("Fixing the long tyre", "Fixing the Long Tyre: a randomised ride"),
        ("Effet de l’été sur les pneus", "EFFET DE L'ETE SUR LES PNEUS."),
        ("Follow-up of tyres", "Followup of tyres"),
        ("β-blockers in riders", "Β-Blockers in Riders"),
        ("Tyres and their repair", "[RETRACTED] Tyres and their repair"),
        ("Tyres and their repair", "RETRACTED ARTICLE: Tyres and their repair"),
    ],
)
def test_titles_that_are_the_same(ours: str, theirs: str) -> None:
    assert compare.same_title(ours, printed.clean(theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tyres and their repair", "Tyres and their despair"),
        ("Review: tyres", "Review: brakes"),
        ("Tyres: a review", "Tyres"),
        ("Retraction of the landing gear", "Of the landing gear"),
    ],
)
def test_titles_that_differ(ours: str, theirs: str) -> None:
    assert not compare.same_title(ours, theirs)


def test_first_authors() -> None:
    """A particle or a second family name that one side lacks is the same person; another name is not."""
    assert compare.same_author("van den Beuken-van Everdingen", "Beuken-van Everdingen")
    assert compare.same_author("García", "Garcia Lopez")
    assert compare.same_author("O’Brien", "O'Brien")
    assert not compare.same_author("Smith", "Smithson")
    assert not compare.same_author("Smith", "Jones")


# --- the verb -----------------------------------------------------------------------------------------


def test_the_verb_asks_for_an_address(bench: Bench) -> None:
    """Without one it does not go online; a key that does not exist is a usage error as well."""
    runner = CliRunner()
    root = ["--root", str(bench.project.root), "check-refs"]
    assert "--mailto" in runner.invoke(main, root, env={"ATLAS_MAILTO": None}).output
    assert runner.invoke(main, [*root, "--mailto", "nobody"]).exit_code == 2
    wrong = runner.invoke(main, [*root, "--mailto", "a@example.org", "--only", "nunez2020tyre"])
    assert (wrong.exit_code, "Did you mean 'nunez2020tyres'?" in wrong.output) == (2, True)
    assert bench.services.asked == []


def test_the_verb_writes_the_file(bench: Bench) -> None:
    """And its exit code says whether something is wrong."""
    base = bench.services.base
    args = [
        "--root",
        str(bench.project.root),
        "--today",
        "2026-03-01",
        "check-refs",
        "--mailto",
        "a@example.org",
    ]
    args += ["--crossref", base, "--pubmed", base, "--max-age", "0"]
    good = CliRunner().invoke(main, args)
    assert (good.exit_code, bench.project.reference_status.exists()) == (0, True), good.output
    assert "Asked for 1, answered 1; 1 references known, 0 with notices." in good.output
    bench.services.work(DOI, title=["Brakes"])
    bad = CliRunner().invoke(main, args)
    assert bad.exit_code == 1
    assert "error[ref-title]" in bad.output


def test_an_interrupted_run_goes_on_where_it_was(project_factory: MakeProject, services: Services) -> None:
    """SIGINT in the middle, then SIGKILL, then to the end: only what was under way is asked for twice."""
    many = 9
    bib = "".join(entry(f"a{number:02}", doi=f"10.1000/{number:02}") for number in range(many))
    for number in range(many):
        services.work(f"10.1000/{number:02}")
    project = project_factory("minimal", {"references/tyres.bib": bib})
    command = [sys.executable, "-m", "generator", "--root", str(project.root), "check-refs"]
    command += ["--mailto", "a@example.org", "--crossref", services.base, "--pubmed", services.base]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

    def stopped_after(requests: int, how: signal.Signals) -> tuple[int, str]:
        # Who runs the tests in the background of a shell runs them deaf to SIGINT, and so this would be.
        heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        with (
            services.silent_from(requests),
            subprocess.Popen(
                command, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=heard
            ) as process,
        ):
            deadline = time.monotonic() + 60
            while len(services.asked) < requests and time.monotonic() < deadline:
                time.sleep(0.01)
            process.send_signal(how)
            try:
                said = process.communicate(timeout=60)[1]
            finally:
                process.kill()
        return process.returncode, said

    code, said = stopped_after(3, signal.SIGINT)
    assert code == 1
    assert "the same command goes on from there" in said
    assert not project.reference_status.exists()
    code, _ = stopped_after(len(services.asked) + 3, signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert not project.reference_status.exists()
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert len(services.asked) <= many + 2
    assert {path for _, path, _ in services.asked} == {
        f"/works/10.1000/{number:02}" for number in range(many)
    }
    status_file = load_ref_status(Project(project.root), Diagnostics())
    assert status_file is not None
    assert len(status_file[0].references) == many
    assert list(project.root.rglob("*.part")) == []
