"""The whole story: files, records, knowledge base, views, artifacts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import chain

from generator import routes
from generator.artifacts import Artifact
from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.exports import wording
from generator.exports.all import all_exports
from generator.exports.changes import changes_data, since_last
from generator.exports.llms_txt import llms_txt
from generator.exports.page_references import PageReferences
from generator.exports.redirects import redirect_lists
from generator.exports.study_files import study_files
from generator.knowledge import KnowledgeBase
from generator.link import link
from generator.load.assets import load_assets, load_examples, load_manifest, load_theme
from generator.load.sources import KnownFiles, load_records
from generator.model.published import Release
from generator.pages import page_builders
from generator.parallel import WORTHWHILE, map_in_order
from generator.render import RenderedPage, Renderer
from generator.review_dates import warn_of_due
from generator.show.all import shown_elsewhere
from generator.views import changes, evidence_picture
from generator.views.context import SiteContext
from generator.views.former import moved_pages
from generator.views.status import content_date, long_date


@contextmanager
def without_collection() -> Iterator[None]:
    """No search for reference cycles while a site is made: none arise, and a million objects are alive."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_knowledge(project: Project, known: KnownFiles | None = None) -> tuple[KnowledgeBase, Diagnostics]:
    """Read, decode and link everything. Raises `BuildFailed` with all errors at once.

    With `known`, files that did not change since the last call are not parsed again.
    """
    diagnostics = Diagnostics()
    records = load_records(project, diagnostics, known)
    kb = link(records, diagnostics)
    if project.today is not None:
        warn_of_due(records, project.today, diagnostics)
    return kb, diagnostics


def make_artifacts(project: Project, kb: KnowledgeBase) -> Iterator[Artifact]:
    """Every file of the generated tree: same records, same bytes."""
    yield from tree_of(project, kb).all()


def tree_of(project: Project, kb: KnowledgeBase) -> Tree:
    """What will be the generated tree."""
    renderer = Renderer(project.templates, kb, stamp=stamp(project, kb))
    return Tree(project, SiteContext(kb), renderer)


def stamp(project: Project, kb: KnowledgeBase) -> dict[str, str]:
    """What every page says of the whole: its version and date."""
    return {"version": project.version, "dated": long_date(content_date(kb))}


class Tree:
    """Every file of the generated tree, of a site whose pages may have been made in part.

    Pages need an engine; all other files are finished, and no engine has to see them.
    """

    def __init__(self, project: Project, site: SiteContext, renderer: Renderer) -> None:
        self._project = project
        self.site = site
        self.renderer = renderer
        self._cited: list[tuple[str, tuple[str, ...]]] = []

    def all(self) -> Iterator[Artifact]:
        """Every file."""
        yield from self.for_engine()
        yield from self.finished()

    def for_engine(self) -> Iterator[Artifact]:
        """Pages, and what the frame around them asks for."""
        for file in self._study:
            self.site.file_sizes[file.path] = len(file.content)
        yield from self.pages()
        yield from self.frame()

    def pages(self) -> Iterator[Artifact]:
        """Every page of records and prose."""
        for page in make_pages(self.site, self.renderer):
            self._cited.append((page.address, page.cited))
            yield page.file

    def frame(self) -> Iterator[Artifact]:
        """Pages of changes, assets, and the words of the specialty for scripts and devices."""
        for view in changes.pages(self.site, self._unreleased, self._project.version):
            yield self.renderer.page(view, self.site).file
        yield from load_assets(self._project.templates)
        yield wording.script_words(self.site.kb)
        yield wording.manifest(self.site.kb, load_manifest(self._project.templates))

    def finished(self) -> Iterator[Artifact]:
        """All other files; after the pages, which find what is cited."""
        site, renderer = self.site, self.renderer
        references = PageReferences(site.kb)
        for address, cited in self._cited:
            yield from references.files(address, cited)
        yield from shown_elsewhere(site, renderer)
        for moved in moved_pages(site):
            yield renderer.redirect(moved)
        yield from redirect_lists(site)
        drawn = evidence_picture.pictures(site)
        pictures = (renderer.picture(path, "evidence-map", picture) for path, picture in drawn)
        yield renderer.file(routes.FEED, "feeds/changes.xml.j2", changes.feed(site))
        changed, examples = changes_data(site, self._unreleased), load_examples(self._project.templates)
        yield from all_exports(site, chain(self._study, pictures, changed, examples))
        yield llms_txt(site)

    @cached_property
    def _study(self) -> tuple[Artifact, ...]:
        return tuple(study_files(self.site))

    @cached_property
    def _unreleased(self) -> Release | None:
        return since_last(self.site)


def make_theme(project: Project, kb: KnowledgeBase) -> Iterator[Artifact]:
    """The theme as the engine reads it: its templates, and the words of the specialty."""
    yield from load_theme(project.templates)
    yield wording.frame_words(kb)


def make_pages(site: SiteContext, renderer: Renderer) -> Iterator[RenderedPage]:
    """Every page, built and rendered; on several cores when there are many."""
    site.prepare()
    builders = list(page_builders(site, renderer).values())
    if len(builders) >= WORTHWHILE:
        renderer.prepare()
    yield from map_in_order(lambda build: renderer.page(build(), site), builders)
