"""A release: what it writes, what it refuses, what is kept, what no later site may lose."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.model.published import Release
from generator.pipeline import load_knowledge
from generator.release.addresses import addresses_in, check_addresses, read_list, write_list
from generator.release.ledger import Ledger, ReleaseRefused, take_back_unfinished
from generator.release.mount import mount, mounted
from generator.release.pinned_page import BANNER, pinned
from generator.release.snapshot import write_snapshot
from generator.views.context import SiteContext
from tests.conftest import MakeProject
from tests.golden import Fixture

PAGE = (
    "<!doctype html>\n<html><head>\n<title>T</title>\n"
    '<link rel="canonical" href="https://x.example/techniques/a/">\n'
    '<link rel="manifest" href="../../site.webmanifest">\n</head><body>'
    '<a href="../../search/" data-open-search>Search</a> <a href="../b/#c">B</a> '
    '<a href="https://y.example/">Y</a>'
    '<article id="content" data-pagefind-body><h2 id="approach">How</h2><li id="approach.1f2e3">T.</li>'
    '<svg><path id="drawn"/></svg><input id="field"><section id="v"><h3 id="v-name">V</h3></section>'
    '<ol><li id="ref-a2020b">R</li></ol></article></body></html>\n'
)
STUB = '<html><head><meta http-equiv="refresh" content="0; url=../a/"></head><body>Moved.</body></html>\n'


def site(root: Path, **pages: str) -> Path:
    for name, html in pages.items():
        path = root / "techniques" / name / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(html)
    return root


def release(project: Project, version: str) -> Ledger:
    kb, _ = load_knowledge(project)
    ledger = Ledger(project, kb, version)
    ledger.write_records()
    return ledger


def test_what_a_page_promises(tmp_path: Path) -> None:
    """Sections, statements and named places; no controls, no drawings, no numbers of a list."""
    found = addresses_in(site(tmp_path, a=PAGE, b=STUB))
    assert found == {"techniques/a/": {"approach", "approach.1f2e3", "v"}, "techniques/b/": frozenset()}


def test_the_list_only_grows(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.releases.mkdir(parents=True)
    built = site(tmp_path / "site", a=PAGE)
    before = {"": frozenset({"top"}), "techniques/a/": frozenset({"old"})}
    (project.releases / "addresses.txt").write_bytes(write_list(before, built))
    assert read_list(project) == {
        "": frozenset({"top"}),
        "techniques/a/": frozenset({"old", "approach", "approach.1f2e3", "v"}),
    }


def test_nothing_that_was_published_vanishes(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.releases.mkdir(parents=True)
    listed = "# a comment\n/techniques/a/\tapproach gone.12345\n/techniques/b/\tapproach\n/techniques/c/\n"
    (project.releases / "addresses.txt").write_text(listed)
    diagnostics = Diagnostics()
    check_addresses(project, site(tmp_path / "site", a=PAGE, b=STUB), diagnostics)
    how = "name its former id in `merged` (`ids` in a .bib file), or keep the record with `replaced_by`"
    assert [finding.message for finding in diagnostics] == [
        f"/techniques/a/#gone.12345 was published and is gone; {how}",
        f"the page /techniques/c/ was published and is gone; {how}",
    ]


def test_without_a_list_nothing_is_promised(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    check_addresses(Project(tmp_path), site(tmp_path / "site", a=PAGE), diagnostics)
    assert list(diagnostics) == []


def test_a_kept_page_leads_out_to_what_is_live_only() -> None:
    html = pinned(PAGE, "techniques/a")
    assert (
        '<a href="../../../../search/">Search</a> <a href="../b/#c">B</a> <a href="https://y.example/">Y</a>'
        in html
    )
    assert '<link rel="canonical" href="../../../../techniques/a/">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert f'<article id="content">{BANNER}<h2' in html
    assert "manifest" not in html


def test_the_snapshot_is_the_same_for_the_same_site_and_never_replaced(tmp_path: Path) -> None:
    built = site(tmp_path / "site", a=PAGE, b=STUB)
    for name in ("service-worker.js", "_redirects", "search/index.html", "v/1.0/index.html", "assets/a.css"):
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text("x")
    first, second = tmp_path / "r" / "1.zip", tmp_path / "r" / "2.zip"
    assert write_snapshot(built, first) == write_snapshot(built, second)
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == ["assets/a.css", "techniques/a/index.html"]
    with pytest.raises(FileExistsError):
        write_snapshot(built, first)


def test_a_release_is_read_again(project_factory: MakeProject) -> None:
    project = project_factory("minimal")
    release(project, "1.0")
    release(project, "1.10")
    kb, diagnostics = load_knowledge(project)
    assert list(diagnostics) == []
    assert [(item.version, item.previous, item.changes) for item in kb.published.releases] == [
        ("1.10", "1.0", ()),
        ("1.0", "", ()),
    ]
    assert set(kb.published.records) >= {f"techniques/{name}" for name in kb.techniques}


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("1.0", "version 1.0 is released already, and a version never changes"),
        ("0.9", "0.9 does not come after 1.0, the last version"),
        ("v2", "'v2' is no version; expected numbers and stops, for example 1.2"),
        ("../2", "'../2' is no version; expected numbers and stops, for example 1.2"),
        ("2.0", "releases/2.0.zip is there already, and a snapshot is never replaced"),
    ],
)
def test_a_release_that_breaks_a_promise_is_refused(
    project_factory: MakeProject, version: str, why: str
) -> None:
    project = project_factory("minimal", {"releases/2.0.zip": b"x"})
    release(project, "1.0")
    with pytest.raises(ReleaseRefused) as refused:
        release(project, version)
    assert str(refused.value) == why


def test_a_release_that_fails_leaves_everything_as_it_was(project_factory: MakeProject) -> None:
    project = project_factory("minimal")
    release(project, "1.0")
    before = {path: path.read_bytes() for path in project.releases.iterdir()}
    release(project, "1.1").take_back()
    assert {path: path.read_bytes() for path in project.releases.iterdir()} == before


def test_a_killed_release_is_taken_back(project_factory: MakeProject) -> None:
    """The process ended after some files; the next command leaves them as they were before."""
    project = Fixture(project_factory("minimal").root)
    release(project, "1.0").write_digest(release_of(project, "1.0"), "0" * 64)
    before = {path: path.read_bytes() for path in project.releases.iterdir()}
    beside = {path.name for path in project.snapshots.iterdir()}
    ledger = release(project, "1.1")
    ledger.write_addresses(site(project.root / "build" / "site", a=PAGE))
    (project.snapshots / "1.1.zip").write_bytes(b"half")
    assert {path: path.read_bytes() for path in project.releases.iterdir()} != before
    take_back_unfinished(project)
    assert {path: path.read_bytes() for path in project.releases.iterdir()} == before
    assert {path.name for path in project.snapshots.iterdir()} == beside
    take_back_unfinished(project)
    assert {path: path.read_bytes() for path in project.releases.iterdir()} == before


def release_of(project: Project, version: str) -> Release:
    kb, _ = load_knowledge(project)
    return next(item for item in kb.published.releases if item.version == version)


def kept_project(project: Project, tmp_path: Path) -> Project:
    """The fixture after release 1.0, with its snapshot and a change since."""
    own = Fixture(project.root)
    kb, _ = load_knowledge(own)
    ledger = Ledger(own, kb, "1.0")
    released = ledger.write_records()
    old = tmp_path / "old"
    page = old / "techniques" / "patch-a-tube" / "index.html"
    gone = old / "techniques" / "gone" / "index.html"
    for path in (page, gone):
        path.parent.mkdir(parents=True)
        path.write_text(PAGE)
    ledger.write_digest(released, write_snapshot(old, own.snapshots / "1.0.zip"))
    record = own.techniques / "patch-a-tube.yaml"
    record.write_text(record.read_text().replace("Closes a hole", "Closes the hole", 1))
    return own


def test_kept_versions_are_laid_into_the_site(project_factory: MakeProject, tmp_path: Path) -> None:
    project = kept_project(project_factory("minimal"), tmp_path)
    kb, _ = load_knowledge(project)
    site_now = SiteContext(kb)
    target = site(tmp_path / "new", **{"patch-a-tube": PAGE})
    diagnostics = Diagnostics()
    assert mount(project, target, site_now, None, diagnostics) == 2
    assert list(diagnostics) == []
    kept = target / "v" / "1.0" / "techniques"
    html = (kept / "patch-a-tube" / "index.html").read_text()
    assert "<b>Version 1.0</b>" in html
    assert '<a href="../../../../techniques/patch-a-tube/">Read this page as it is now</a>' in html
    assert BANNER not in html
    assert "no longer part of the site" in (kept / "gone" / "index.html").read_text()
    assert sorted(mounted(project, ["1.0"])) == [
        "v/1.0/techniques/gone/index.html",
        "v/1.0/techniques/patch-a-tube/index.html",
    ]


def test_a_kept_page_says_what_changed_since(project_factory: MakeProject, tmp_path: Path) -> None:
    from generator.exports.changes import since_last

    project = kept_project(project_factory("minimal"), tmp_path)
    record = project.techniques / "patch-a-tube.yaml"
    name = next(line for line in record.read_text().splitlines() if line.startswith("name: "))
    record.write_text(record.read_text().replace(name, "name: Patch the tube", 1))
    kb, _ = load_knowledge(project)
    context = SiteContext(kb)
    target = site(tmp_path / "new", **{"patch-a-tube": PAGE})
    mount(project, target, context, since_last(context), Diagnostics())
    html = (target / "v/1.0/techniques/patch-a-tube/index.html").read_text()
    assert "What changed since on this page" in html
    assert "<ins>Patch the tube</ins>" in html
    assert "What changed since on this page" not in (target / "v/1.0/techniques/gone/index.html").read_text()


def test_a_snapshot_that_is_not_there_is_missed(project_factory: MakeProject, tmp_path: Path) -> None:
    project = kept_project(project_factory("minimal"), tmp_path)
    (project.snapshots / "1.0.zip").unlink()
    kb, _ = load_knowledge(project)
    diagnostics = Diagnostics()
    assert mount(project, tmp_path / "new", SiteContext(kb), None, diagnostics) == 0
    assert [finding.code for finding in diagnostics] == ["site-snapshot-missing"]


def test_another_file_is_not_taken_for_a_snapshot(project_factory: MakeProject, tmp_path: Path) -> None:
    project = kept_project(project_factory("minimal"), tmp_path)
    path = project.snapshots / "1.0.zip"
    path.write_bytes(path.read_bytes() + b"x")
    kb, _ = load_knowledge(project)
    diagnostics = Diagnostics()
    mount(project, tmp_path / "new", SiteContext(kb), None, diagnostics)
    assert [finding.code for finding in diagnostics] == ["site-snapshot"]
    assert not (tmp_path / "new" / "v" / "1.0").exists()
