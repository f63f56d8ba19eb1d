"""The live preview without a browser: who looks at what, what is told, what is built first."""

from __future__ import annotations

import http.client
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from generator.config import Project
from generator.diagnostics import BuildFailed, Diagnostics
from generator.engine import DEFAULT
from generator.knowledge import KnowledgeBase
from generator.load.sources import KnownFiles
from generator.pipeline import load_knowledge, make_artifacts
from generator.preview import loop
from generator.preview.interruption import Interrupted, Interruption
from generator.preview.refresh import Refresher
from generator.preview.server import PreviewedSite, serving
from generator.preview.viewers import Viewer, Viewers
from generator.write import write_tree
from tests.site.built import copy_fixture

MakeProject = Callable[..., Project]
RECORD = "techniques/patch-a-tube"


def told(viewer: Viewer) -> list[tuple[str, str]]:
    found = []
    while True:
        try:
            found.append(viewer.events.get_nowait())
        except queue.Empty:
            return found


def test_a_page_is_told_only_what_concerns_it() -> None:
    """A reload when it looks different, not when another page does."""
    shown = {"a/": "1", "b/": "1"}
    viewers = Viewers(shown.__getitem__)
    with viewers.watching("a/", "1") as first, viewers.watching("b/", "1") as second:
        assert viewers.addresses() == {"a/", "b/"}
        shown["a/"] = "2"
        viewers.site_changed()
        viewers.site_changed()
        assert told(first) == [("reload", "")]
        assert told(second) == []
    assert viewers.addresses() == set()


def test_what_changed_while_a_page_loaded_is_not_lost() -> None:
    """The page says what it shows; a difference is told at once, and so are errors that stand."""
    viewers = Viewers(lambda address: "new")
    viewers.findings("wrong")
    with viewers.watching("a/", "old") as viewer:
        assert told(viewer) == [("findings", "wrong"), ("reload", "")]
        viewers.findings("wrong")
        viewers.findings("")
        assert told(viewer) == [("findings", "")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "a" / "index.html").write_text("<html><body>A</body></html>", "utf-8")
    (site / "404.html").write_text("<html><body>Lost</body></html>", "utf-8")
    (site / "data.json").write_text("{}", "utf-8")
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    return site


@pytest.fixture
def origin(folder: Path) -> Iterator[http.client.HTTPConnection]:
    site = PreviewedSite(folder)
    with serving(site, Viewers(site.digest), "127.0.0.1", 0) as address:
        connection = http.client.HTTPConnection(address.split("/")[2])
        yield connection
        connection.close()


@pytest.mark.parametrize(
    ("address", "status", "content"),
    [
        ("/a/", 200, b"<body>A<script"),
        ("/a", 301, b""),
        ("/data.json", 200, b"{}"),
        ("/nowhere/", 404, b"Lost<script"),
        ("/../secret.html", 404, b"Lost"),
        ("/%2e%2e/secret.html", 404, b"Lost"),
        ("/_preview/preview.js", 200, b"EventSource"),
    ],
)
def test_what_is_served(
    address: str, status: int, content: bytes, origin: http.client.HTTPConnection
) -> None:
    """Pages with the preview's script in them, files as they are, nothing from outside."""
    origin.request("GET", address)
    answer = origin.getresponse()
    body = answer.read()
    assert (answer.status, content in body, b"secret" in body) == (status, True, False)
    assert answer.headers["Cache-Control"] == "no-store"


def test_before_the_first_build_a_page_waits(tmp_path: Path) -> None:
    """It is shown by itself when it is there."""
    site = PreviewedSite(tmp_path / "none")
    with serving(site, Viewers(site.digest), "127.0.0.1", 0) as address:
        connection = http.client.HTTPConnection(address.split("/")[2])
        connection.request("GET", "/")
        body = connection.getresponse().read()
        connection.close()
    assert b"is being built" in body
    assert b"preview.js" in body


def test_a_page_looks_different_with_its_styles_and_data(folder: Path) -> None:
    """A style sheet concerns every page, the data of tools only theirs."""
    site = PreviewedSite(folder)
    (folder / "assets").mkdir()
    (folder / "api" / "v1").mkdir(parents=True)
    before = site.digest("/a/")
    (folder / "api" / "v1" / "finder.json").write_text("{}", "utf-8")
    assert site.digest("/a/") == before
    (folder / "assets" / "atlas.css").write_text("p{}", "utf-8")
    assert site.digest("/a/") != before
    tool = folder / "a" / "index.html"
    tool.write_text('<body data-data="../api/v1/finder.json"></body>', "utf-8")
    before = site.digest("/a/")
    (folder / "api" / "v1" / "finder.json").write_text('{"more": 1}', "utf-8")
    assert site.digest("/a/") != before


def test_files_are_parsed_once(project_factory: MakeProject) -> None:
    """What did not change is remembered, what changed is read, with the same findings."""
    project = project_factory()
    known = KnownFiles()
    first, _ = load_knowledge(project, known)
    again, _ = load_knowledge(project, known)
    assert again.references == first.references
    record = project.root / f"{RECORD}.yaml"
    good = record.read_text("utf-8")
    record.write_text(good.replace("name: ", "name: Other ", 1), "utf-8")
    changed, _ = load_knowledge(project, known)
    assert changed.techniques["patch-a-tube"].name.startswith("Other ")
    record.write_text("kind: procedur\n", "utf-8")
    for _ in range(2):
        with pytest.raises(BuildFailed) as failure:
            load_knowledge(project, known)
        assert [item.code for item in failure.value.diagnostics].count("missing-field") >= 1


@pytest.mark.engine
def test_what_is_looked_at_comes_first(tmp_path: Path) -> None:
    """The open page is built when it is told of; then the rest, and a new save ends the old round."""
    project = Project(copy_fixture("minimal", tmp_path / "project"))
    saved = [False]
    shown: list[tuple[bool, bool]] = []
    page = project.preview / RECORD / "index.html"
    table = project.preview / "techniques" / "index.html"

    @contextmanager
    def breakable() -> Iterator[None]:
        if saved[0]:
            raise Interrupted
        yield

    def changed() -> None:
        shown.append(("Later name" in page.read_text("utf-8"), "Later name" in table.read_text("utf-8")))

    refresher = Refresher(project, DEFAULT, project.preview, changed, breakable)
    refresher.refresh({RECORD})
    assert shown == [(False, False)]
    record = project.root / f"{RECORD}.yaml"
    name = next(line for line in record.read_text("utf-8").splitlines() if line.startswith("name: "))
    record.write_text(record.read_text("utf-8").replace(name, "name: Later name", 1), "utf-8")
    saved[0] = True
    with pytest.raises(Interrupted):
        refresher.refresh({RECORD})
    assert shown == [(False, False), (True, False)]
    saved[0] = False
    refresher.refresh({RECORD})
    assert shown[-1] == (True, True)


@pytest.mark.engine
def test_a_record_that_is_gone_leaves_no_page(tmp_path: Path) -> None:
    """A deleted record takes its page with it."""
    project = Project(copy_fixture("everything", tmp_path / "project"))
    refresher = Refresher(project, DEFAULT, project.preview, lambda: None, nullcontext)
    other = project.root / "techniques" / "another-check.yaml"
    text = (project.root / "techniques" / "quick-check.yaml").read_text("utf-8")
    other.write_text(text.replace("id: quick-check", "id: another-check", 1), "utf-8")
    refresher.refresh(())
    assert (project.preview / "techniques" / "another-check" / "index.html").exists()
    other.unlink()
    refresher.refresh(())
    assert not (project.preview / "techniques" / "another-check").exists()


def _work_on() -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            sum(range(1000))
        except Exception:  # what is in the way of faults is not in the way of a save
            raise AssertionError from None


def test_a_save_ends_long_work_anywhere_in_it() -> None:
    """Another thread ends the block; outside of it nothing is ended."""
    interruption = Interruption()
    interruption.interrupt()
    entered = threading.Event()

    def save() -> None:
        entered.wait()
        interruption.interrupt()

    saver = threading.Thread(target=save)
    saver.start()
    ended = False
    try:
        with interruption.allowed():
            entered.set()
            _work_on()
    except Interrupted:
        ended = True
    assert ended
    saver.join()
    interruption.interrupt()


@pytest.mark.engine
def test_a_build_that_was_broken_off_is_made_up_for(tmp_path: Path) -> None:
    """Broken off within the engine, also within a build of everything: the next round shows all pages."""
    project = Project(copy_fixture("minimal", tmp_path / "project"))
    record = project.root / f"{RECORD}.yaml"
    table = project.preview / "techniques" / "index.html"
    rounds: list[str] = []

    def breaking_off(frame: Any, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name == "_build_page":
            sys.setprofile(None)
            raise Interrupted

    @contextmanager
    def breakable() -> Iterator[None]:
        if rounds[-1] == "broken off":
            sys.setprofile(breaking_off)
        try:
            yield
        finally:
            sys.setprofile(None)

    refresher = Refresher(project, DEFAULT, project.preview, lambda: None, breakable)
    for name in ("Earlier name", "Later name"):
        text = record.read_text("utf-8")
        line = next(line for line in text.splitlines() if line.startswith("name: "))
        record.write_text(text.replace(line, f"name: {name}", 1), "utf-8")
        rounds.append("broken off")
        with pytest.raises(Interrupted):
            refresher.refresh({RECORD})
        rounds.append("whole")
        refresher.refresh({RECORD})
        assert name in table.read_text("utf-8")


def test_a_record_that_goes_while_it_is_read_is_not_there(
    project_factory: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleted or renamed between the look into the folder and the look into the file."""
    project = project_factory()
    other = project.techniques / "gone.yaml"
    other.write_text("id: gone\n", "utf-8")
    opened = Path.open

    def vanish(path: Path, *how: Any, **more: Any) -> Any:
        if path == other:
            path.unlink(missing_ok=True)
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", vanish)
    kb, diagnostics = load_knowledge(project)
    assert "gone" not in kb.techniques
    assert list(diagnostics) == []


def test_the_preview_goes_on_when_a_file_vanishes(tmp_path: Path) -> None:
    """What it could not read is said; the next save tries again."""

    class Failing(Refresher):
        def refresh(self, addresses: Iterable[str]) -> tuple[KnowledgeBase, Diagnostics]:
            raise FileNotFoundError(2, "No such file or directory", "site_templates/a.css")

    viewers = Viewers(lambda address: "")
    project = Project(tmp_path)
    said: list[str] = []
    refresher = Failing(project, DEFAULT, project.preview, lambda: None, nullcontext)
    with viewers.watching("a/", "") as viewer:
        loop._refresh(refresher, viewers, lambda findings: None, said.append)
        ((name, text),) = told(viewer)
    assert name == "findings"
    assert "site_templates/a.css" in text
    assert "The last good pages stay" in said[0]


@pytest.mark.engine
def test_a_change_shows_although_the_clock_was_set_back(tmp_path: Path) -> None:
    """The built pages seem to come from the future, and another build has written the same pages before."""
    project = Project(copy_fixture("minimal", tmp_path / "project"))
    refresher = Refresher(project, DEFAULT, project.preview, lambda: None, nullcontext)
    refresher.refresh(())
    for path in project.preview.rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    record = project.root / f"{RECORD}.yaml"
    text = record.read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("name: "))
    record.write_text(text.replace(name, "name: Later name", 1), "utf-8")
    kb, _ = load_knowledge(project)
    write_tree(project.docs, make_artifacts(project, kb))
    refresher.refresh(())
    assert "Later name" in (project.preview / RECORD / "index.html").read_text("utf-8")
