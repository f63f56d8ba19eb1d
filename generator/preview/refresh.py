"""Brings a previewed site up to date: the pages that somebody looks at first, the rest after them."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator.artifacts import Artifact
from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.engine import DEFAULT, EngineFailed, complaints, engine_command, environment
from generator.exports.schema import dump, technique_schema
from generator.knowledge import KnowledgeBase
from generator.load.sources import KnownFiles
from generator.pages import page_builders
from generator.pipeline import artifacts_of, load_knowledge, make_theme, stamp, without_collection
from generator.render import Renderer
from generator.template_code import CompiledTemplates
from generator.views.context import SiteContext
from generator.write import write_if_changed, write_tree

# How engines other than the first are told to build what changed; Zensical does so without being told.
PARTIAL = {"properdocs": "--dirty"}


class Interrupted(Exception):
    """Something was saved while the rest of the pages was made; they are made again."""


class Refresher:
    """Makes pages from sources and the site from pages, remembering what did not change.

    `changed` is called whenever the built site shows more than before; `interrupted` is asked between
    pages that nobody looks at.
    """

    def __init__(
        self,
        project: Project,
        engine: str,
        site: Path,
        changed: Callable[[], None],
        interrupted: Callable[[], bool],
    ) -> None:
        self._project = project
        self._engine = engine
        self._site = site
        self._changed = changed
        self._interrupted = interrupted
        self._known = KnownFiles()
        self._compiled = CompiledTemplates()
        self._frame = b""

    def refresh(self, addresses: Iterable[str]) -> tuple[KnowledgeBase, Diagnostics]:
        """Bring everything up to date, pages at `addresses` first.

        Raises BuildFailed with the author's errors, EngineFailed, or Interrupted; the site then shows
        the last good pages, or those of them that came first.
        """
        project = self._project
        with without_collection():
            kb, diagnostics = load_knowledge(project, self._known)
            site = SiteContext(kb)
            renderer = Renderer(project.templates, kb, self._compiled, stamp(project, kb))
            write_tree(project.theme, make_theme(project, kb))
            frame = self._frame_state()
            if frame == self._frame and self._write_first(site, renderer, addresses):
                self._run_engine(whole=False)
                self._changed()
            artifacts = list(self._unless_interrupted(artifacts_of(project, site, renderer)))
            written = write_tree(project.docs, artifacts)
            whole = frame != self._frame or bool(written.removed)
            if written.changed or whole:
                self._run_engine(whole=whole)
            self._frame = frame
            write_if_changed(project.technique_schema, dump(technique_schema(kb)))
        self._changed()
        return kb, diagnostics

    def _write_first(self, site: SiteContext, renderer: Renderer, addresses: Iterable[str]) -> bool:
        """Write the pages at some addresses; whether one of them changed."""
        builders = page_builders(site, renderer)
        pages = [
            renderer.page(builders[address](), site).file
            for address in sorted(addresses)
            if address in builders
        ]
        changed = [write_if_changed(self._project.docs / page.path, page.content) for page in pages]
        return any(changed)

    def _unless_interrupted(self, artifacts: Iterator[Artifact]) -> Iterator[Artifact]:
        for artifact in artifacts:
            if self._interrupted():
                raise Interrupted
            yield artifact

    def _frame_state(self) -> bytes:
        """What all pages share: a change of it concerns every page."""
        files = [self._project.engine_settings, *sorted(self._project.theme.rglob("*.html"))]
        return b"\0".join(path.read_bytes() for path in files)

    def _run_engine(self, *, whole: bool) -> None:
        """Build the preview's site; not `whole` means only pages whose file is newer than what was built."""
        if self._engine == DEFAULT:
            self._run_here(whole)
        else:
            self._run_apart(whole)

    def _run_here(self, whole: bool) -> None:
        """In this process: the engine's start would take longer than its work."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        logging.getLogger("mkdocs.commands.build").addFilter(_not_of_dirty_builds)
        try:
            config = load_config(str(self._project.engine_settings), site_dir=str(self._site))
            config.plugins.on_startup(command="serve", dirty=not whole)
            try:
                build(config, dirty=not whole)
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


def _not_of_dirty_builds(record: logging.LogRecord) -> bool:
    """Every second run is one; pages that link to others are always made anew here."""
    return "dirty" not in record.getMessage()
