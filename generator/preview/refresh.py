"""Brings a previewed site up to date: the pages that somebody looks at first, the rest after them."""

from __future__ import annotations

import logging
import os
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
            renderer = Renderer(project.templates, kb, self._compiled, stamp(project, kb))
            write_tree(project.theme, make_theme(project, kb))
            frame = self._frame_state()
            if frame == self._frame and self._write_first(site, renderer, addresses):
                self._changed()
            artifacts = list(self._unless_interrupted(artifacts_of(project, site, renderer)))
            write_tree(project.docs, artifacts)
            made = {artifact.path: hash(artifact.content) for artifact in artifacts}
            self._build_changed(made, whole=frame != self._frame or not self._built.keys() <= made.keys())
            self._frame, self._built = frame, made
            write_if_changed(project.technique_schema, dump(technique_schema(kb)))
        self._changed()
        return kb, diagnostics

    def _write_first(self, site: SiteContext, renderer: Renderer, addresses: Iterable[str]) -> bool:
        """Make and build the pages at some addresses; whether one of them changed."""
        builders = page_builders(site, renderer)
        pages = [
            renderer.page(builders[address](), site).file
            for address in sorted(addresses)
            if address in builders
        ]
        docs = self._project.docs
        for page in pages:
            write_if_changed(docs / page.path, page.content)
        return self._build_changed({page.path: hash(page.content) for page in pages}, whole=False)

    def _build_changed(self, made: dict[str, int], *, whole: bool) -> bool:
        """Build the made files that differ from what the preview was built of; whether there were any.

        What this preview was built of counts, not what was written: another build may have written the same.
        """
        changed = [name for name, content in made.items() if self._built.get(name) != content]
        if changed or whole:
            self._make_older(changed)
            self._run_engine(whole=whole)
        self._built.update(made)
        return bool(changed)

    def _make_older(self, changed: Iterable[str]) -> None:
        """Let built files be older than their changed sources, even after the clock was set back."""
        for name in changed:
            path = self._site / name
            if path.suffix == ".md":
                folder = path.parent if path.stem == "index" else path.with_suffix("")
                path = folder / "index.html"
            if path.is_file():
                os.utime(path, (0, 0))

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
