"""The whole story: files, records, knowledge base, views, artifacts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from generator import routes
from generator.artifacts import Artifact
from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.exports.all import all_exports
from generator.exports.study_files import study_files
from generator.knowledge import KnowledgeBase
from generator.link import link
from generator.load.assets import load_assets
from generator.load.sources import KnownFiles, load_records
from generator.pages import page_builders
from generator.parallel import map_in_order
from generator.render import Renderer
from generator.views import evidence_picture
from generator.views.context import SiteContext


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
    return link(records, diagnostics), diagnostics


def make_artifacts(project: Project, kb: KnowledgeBase) -> Iterator[Artifact]:
    """Every file of the generated tree: same records, same bytes."""
    yield from artifacts_of(project, SiteContext(kb), Renderer(project.templates))


def artifacts_of(project: Project, site: SiteContext, renderer: Renderer) -> Iterator[Artifact]:
    """Every file of the generated tree, of a site whose pages may have been made in part."""
    for file in study_files(site):
        site.file_sizes[file.path] = len(file.content)
        yield file
    yield from make_pages(site, renderer)
    for path, picture in evidence_picture.pictures(site):
        yield renderer.picture(path, "evidence-map", picture)
    for former, address, name in _redirects(site.kb):
        yield renderer.redirect(former, address, name)
    yield from all_exports(site)
    yield from load_assets(project.templates)


def make_pages(site: SiteContext, renderer: Renderer) -> Iterator[Artifact]:
    """Every page, built and rendered; on several cores when there are many."""
    site.prepare()
    builders = list(page_builders(site, renderer).values())
    yield from map_in_order(lambda build: renderer.page(build(), site.cards), builders)


def _redirects(kb: KnowledgeBase) -> Iterator[tuple[str, str, str]]:
    """Former address, present address and name of what was renamed, merged or retired."""
    for technique in kb.techniques.values():
        if technique.replaced_by:
            present = technique.replaced_by
            yield routes.technique(technique.id), routes.technique(present), kb.name("technique", present)
    for site in kb.sites.values():
        for former in site.merged:
            yield routes.site(former), routes.site(site.id), site.name
