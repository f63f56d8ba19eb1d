"""The whole story: files, records, knowledge base, views, artifacts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from generator import card_image, routes
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
from generator.pages import PageBuilder, page_builders
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
    renderer = Renderer(project.templates, kb, stamp=stamp(project, kb))
    yield from artifacts_of(project, SiteContext(kb), renderer)


def stamp(project: Project, kb: KnowledgeBase) -> dict[str, str]:
    """What every page says of the whole: its version and date."""
    return {"version": project.version, "dated": long_date(content_date(kb))}


def artifacts_of(project: Project, site: SiteContext, renderer: Renderer) -> Iterator[Artifact]:
    """Every file of the generated tree, of a site whose pages may have been made in part."""
    made = tuple(study_files(site))
    for file in made:
        site.file_sizes[file.path] = len(file.content)
    yield from make_pages(site, renderer)
    yield from shown_elsewhere(site, renderer)
    for moved in moved_pages(site):
        yield renderer.redirect(moved)
    yield from redirect_lists(site)
    drawn = evidence_picture.pictures(site)
    pictures = (renderer.picture(path, "evidence-map", picture) for path, picture in drawn)
    changed = _changes(site, renderer, project.version)
    yield from all_exports(site, chain(made, pictures, changed, load_examples(project.templates)))
    yield llms_txt(site)
    yield from load_assets(project.templates)
    yield wording.script_words(site.kb)
    yield wording.manifest(site.kb, load_manifest(project.templates))


def make_theme(project: Project, kb: KnowledgeBase) -> Iterator[Artifact]:
    """The theme as the engine reads it: its templates, and the words of the specialty."""
    yield from load_theme(project.templates)
    yield wording.frame_words(kb)


def _changes(site: SiteContext, renderer: Renderer, version: str) -> Iterator[Artifact]:
    """What changed since each version: pages, data, feed."""
    unreleased = since_last(site)
    for page in changes.pages(site, unreleased, version):
        yield renderer.page(page, site).file
    yield from changes_data(site, unreleased)
    yield renderer.file(routes.FEED, "feeds/changes.xml.j2", changes.feed(site))


def make_pages(site: SiteContext, renderer: Renderer) -> Iterator[Artifact]:
    """Every page with its references as files, built and rendered; on several cores when there are many."""
    site.prepare()
    builders = list(page_builders(site, renderer).values())
    if len(builders) >= WORTHWHILE:
        renderer.prepare()
    references = PageReferences(site.kb)

    def make(build: PageBuilder) -> tuple[RenderedPage, list[Artifact]]:
        page = build()
        return renderer.page(page, site), list(card_image.cards(site, page))

    for page, cards in map_in_order(make, builders):
        yield page.file
        yield from references.files(page)
        yield from cards
