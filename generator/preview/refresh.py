"""Brings a previewed site up to date: the pages that somebody looks at first, the rest after them."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from generator.artifacts import Artifact
from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.engine import DEFAULT, EngineFailed, complaints, engine_command, environment
from generator.exports.schema import dump, technique_schema
from generator.knowledge import KnowledgeBase
from generator.load.sources import KnownFiles
from generator.pages import PageBuilder, addressed_pages
from generator.pipeline import Tree, load_knowledge, make_theme, stamp, without_collection
from generator.render import Renderer
from generator.views.context import SiteContext
from generator.write import write_if_changed, write_tree

# How engines other than the first are told to build what changed; Zensical does so without being told.
PARTIAL = {"properdocs": "--dirty"}
# Seconds in which an open page is left alone to load what is new.
BREATH = 0.2

Breakable = Callable[[], AbstractContextManager[None]]
"""A block that a save may end by raising `Interrupted` anywhere in it."""


class Refresher:
    """Makes pages from sources and the site from pages, remembering what did not change.

    `changed` is called whenever the built site shows more than before; the pages that nobody looks at
    are made in a block of `breakable`.
    """

    def __init__(
        self, project: Project, engine: str, site: Path, changed: Callable[[], None], breakable: Breakable
    ) -> None:
        self._project = project
        self._engine = engine
        self._site = site
        self._changed = changed
        self._breakable = breakable
        self._known = KnownFiles()
        self._frame = b""
        # Path to a hash of what the site was built of.
        self._built: dict[str, int] = {}

    @property
    def folder(self) -> Path:
        """What is written into; a build of the same project writes there too."""
        return self._project.build

    def refresh(self, addresses: Iterable[str]) -> tuple[KnowledgeBase, Diagnostics]:
        """Bring everything up to date, pages at `addresses` first.

        Raises BuildFailed with the author's errors, EngineFailed, or Interrupted; the site then shows
        the last good pages, or those of them that came first.
        """
        project = self._project
        with without_collection():
            kb, diagnostics = load_knowledge(project, self._known)
            site = SiteContext(kb)
            renderer = Renderer(project.templates, kb, stamp(project, kb))
            write_tree(project.theme, make_theme(project, kb))
            frame = self._frame_state()
            first = self._write_first(site, renderer, addresses if frame == self._frame else ())
            if first:
                self._build_first(first)
                self._changed()
            with self._breakable():
                if first:
                    time.sleep(BREATH)
                self._make_rest(site, renderer, frame)
            write_if_changed(project.technique_schema, dump(technique_schema(kb)))
        self._changed()
        return kb, diagnostics

    def _make_rest(self, site: SiteContext, renderer: Renderer, frame: bytes) -> None:
        """Make every page. What is broken off in here is made up for by the next round."""
        made: dict[str, int] = {}

        def noted() -> Iterator[Artifact]:
            for artifact in Tree(self._project, site, renderer).all():
                made[artifact.path] = hash(artifact.content)
                yield artifact

        write_tree(self._project.docs, noted())
        changed = [name for name, content in made.items() if self._built.get(name) != content]
        whole = frame != self._frame or not self._built.keys() <= made.keys()
        if whole:
            self._frame = b""
        if changed or whole:
            self._make_older(changed)
            self._run_engine(whole=whole)
        self._frame, self._built = frame, made

    def _write_first(self, site: SiteContext, renderer: Renderer, addresses: Iterable[str]) -> dict[str, int]:
        """Write the pages at some addresses; those of which the site was not built, with a hash of each.

        What the site was built of counts, not what was written: another build may have written the same.
        """
        changed = {}
        for build in _builders(site, renderer, set(addresses)):
            page = renderer.page(build(), site).file
            write_if_changed(self._project.docs / page.path, page.content)
            if self._built.get(page.path) != (content := hash(page.content)):
                changed[page.path] = content
        return changed

    def _build_first(self, pages: dict[str, int]) -> None:
        """Build some pages that changed. The first engine gets them alone: to look at all takes longer."""
        self._make_older(pages)
        if self._engine == DEFAULT:
            folder = self._project.first_pages
            shutil.rmtree(folder, ignore_errors=True)
            for page in pages:
                (folder / page).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self._project.docs / page, folder / page)
            self._run_here(docs_dir=str(folder), dirty=True)
        else:
            self._run_engine(whole=False)
        self._built.update(pages)

    def _make_older(self, changed: Iterable[str]) -> None:
        """Let built files be older than their changed sources, even after the clock was set back."""
        for name in changed:
            path = self._site / name
            if path.suffix == ".md":
                folder = path.parent if path.stem == "index" else path.with_suffix("")
                path = folder / "index.html"
            if path.is_file():
                os.utime(path, (0, 0))

    def _frame_state(self) -> bytes:
        """What all pages share: a change of it concerns every page."""
        files = [self._project.engine_settings, *sorted(self._project.theme.rglob("*.html"))]
        return b"\0".join(path.read_bytes() for path in files)

    def _run_engine(self, *, whole: bool) -> None:
        """Build the preview's site; not `whole` means only pages whose file is newer than what was built."""
        if self._engine == DEFAULT:
            self._run_here(dirty=not whole)
        else:
            self._run_apart(whole)

    def _run_here(self, *, dirty: bool, **settings: str) -> None:
        """In this process: the engine's start would take longer than its work."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        logging.getLogger("mkdocs.commands.build").addFilter(_not_of_dirty_builds)
        try:
            config = load_config(str(self._project.engine_settings), site_dir=str(self._site), **settings)
            if settings:
                _leave_out_all_but_pages(config)
            config.plugins.on_startup(command="serve", dirty=dirty)
            try:
                build(config, dirty=dirty)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as failure:
            raise EngineFailed(str(failure)) from failure

    def _run_apart(self, whole: bool) -> None:
        how = "--clean" if whole else PARTIAL.get(self._engine)
        finished = subprocess.run(
            engine_command(self._engine, "build", *filter(None, [how])),
            cwd=self._project.root,
            env=environment(self._site.relative_to(self._project.root)),
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise EngineFailed(complaints(finished.stderr + finished.stdout))


def _builders(site: SiteContext, renderer: Renderer, wanted: set[str]) -> Iterator[PageBuilder]:
    """What builds the pages at some addresses; others are not looked at when all are found."""
    for address, build in addressed_pages(site, renderer) if wanted else ():
        if address in wanted:
            yield build
            wanted.discard(address)
            if not wanted:
                return


def _leave_out_all_but_pages(config: Any) -> None:
    """Files of the theme and pages from templates are there, from a build of everything."""
    get_env = config.theme.get_env

    def without_files() -> Any:
        env = get_env()
        env.list_templates = lambda *_, **__: []
        return env

    config.theme.get_env = without_files
    config.theme.static_templates = set()
    # Of the other pages the menus need no more than their places.
    for place in _places(config.nav):
        page = Path(config.docs_dir, place)
        if not page.exists():
            page.parent.mkdir(parents=True, exist_ok=True)
            page.touch()
            os.utime(page, (0, 0))


def _places(nav: Any) -> Iterator[str]:
    """Files that the menus lead to."""
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _places(item)


def _not_of_dirty_builds(record: logging.LogRecord) -> bool:
    """Every second run is one; pages that link to others are always made anew here."""
    return "dirty" not in record.getMessage()
