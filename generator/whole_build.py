"""The whole site from its sources, step by step, each said on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.config import Project
from generator.diagnostics import BuildFailed, Diagnostics
from generator.reporter import Reporter

if TYPE_CHECKING:
    from generator.knowledge import KnowledgeBase
    from generator.model.published import Release
    from generator.pipeline import Tree


def build_whole(
    project: Project, reporter: Reporter, form: str, engine_name: str, *, docs_only: bool = False
) -> None:
    """The whole site, or exit code 1 after saying why not; then the last good site stays."""
    from generator.release.ledger import take_back_unfinished

    with _undisturbed(project):
        take_back_unfinished(project)
        _build_alone(project, reporter, form, engine_name, docs_only=docs_only)


def release_whole(project: Project, version: str, reporter: Reporter, form: str) -> Release:
    """A version of the whole site, or exit code 1 after saying why not; then nothing was released."""
    from generator.engine import DEFAULT
    from generator.pipeline import load_knowledge
    from generator.release.ledger import Ledger, ReleaseRefused, take_back_unfinished
    from generator.release.snapshot import snapshot_path, write_snapshot

    with _undisturbed(project):
        take_back_unfinished(project)
        try:
            kb, _ = load_knowledge(project)
            ledger = Ledger(project, kb, version)
        except BuildFailed as failure:
            reporter.findings(failure.diagnostics)
            raise SystemExit(1) from None
        except ReleaseRefused as refusal:
            click.echo(f"Not released: {refusal}.", err=True)
            raise SystemExit(1) from None
        done = False
        try:
            released = ledger.write_records()
            _build_alone(replace(project, version=version), reporter, form, DEFAULT, docs_only=False)
            ledger.write_addresses(project.site)
            ledger.write_digest(released, write_snapshot(project.site, snapshot_path(project, version)))
            done = True
        finally:
            if not done:
                ledger.take_back()
    return released


@contextmanager
def _undisturbed(project: Project) -> Iterator[None]:
    """No other build meanwhile, and nothing half done before or after; exit code 1 if refused."""
    from generator import engine
    from generator.lock import Busy, alone
    from generator.swap import remove

    try:
        with alone(project.build, lambda text: click.echo(text, err=True)):
            engine.tidy(project)
            try:
                yield
            finally:
                remove(engine.next_site(project))
    except Busy as busy:
        click.echo(str(busy), err=True)
        raise SystemExit(1) from None
    except OSError as error:
        what = f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
        click.echo(f"Stopped: {what}\nThe last good site is untouched: {project.site}", err=True)
        raise SystemExit(1) from None


def _build_alone(
    project: Project, reporter: Reporter, form: str, engine_name: str, *, docs_only: bool
) -> None:
    from generator import engine, search_index
    from generator.exports.changes import since_last
    from generator.hosting.host_files import write_host_files
    from generator.hosting.page_policy import write_policies
    from generator.manifest import write_manifest
    from generator.offline.edition import LATER, write_edition
    from generator.offline.package import write_zip
    from generator.release.addresses import check_addresses
    from generator.release.mount import mount, mounted
    from generator.render import Renderer
    from generator.site_check import check_site
    from generator.views.status import content_date

    site = engine.next_site(project)
    try:
        kb = load(project, reporter)
        tree = generate(project, kb, reporter, whole=docs_only)
        if docs_only:
            reporter.result(f"Generated: {project.docs}")
            return
        made, drawn = engine.build_beside(
            project, engine_name, content_date(kb), partial(make_beside, project, kb, tree)
        )
        policies = write_policies(site)
        reporter.step(f"built the site, made {made:,} files beside it, drew {drawn:,} pictures anew")
        diagnostics = Diagnostics()
        later = LATER.union(mounted(project, kb.published.snapshots))
        followed = check_site(site, diagnostics, later)
        check_addresses(project, site, diagnostics)
        diagnostics.raise_if_errors()
        reporter.step(f"followed {followed:,} links")
        found = search_index.build_index(site, tree.site, Renderer(project.templates, kb))
        reporter.step(f"indexed {found:,} pages, terms and references")
        edition = write_edition(site, kb)
        size = write_zip(site, project.templates, kb, edition)
        reporter.step(f"packed version {edition.version} to download, {size / 1e6:.1f} MB")
        kept = mount(project, site, tree.site, since_last(tree.site), diagnostics)
        diagnostics.raise_if_errors()
        reporter.findings(tuple(diagnostics))
        reporter.step(f"laid in {kept:,} pages of former versions")
        described = write_host_files(site, Renderer(project.templates, kb), kb.publication.address, policies)
        reporter.step(f"wrote the headers for hosts, for {described:,} pages and drawings")
    except BuildFailed as failure:
        reporter.findings(failure.diagnostics)
        if form == "text":
            click.echo(f"The last good site is untouched: {project.site}", err=True)
        raise SystemExit(1) from None
    except engine.EngineFailed as failure:
        click.echo(
            f"The site engine stopped:\n{failure}\nThe last good site is untouched: {project.site}", err=True
        )
        raise SystemExit(1) from None
    except search_index.IndexFailed as failure:
        click.echo(f"The search index was not made: {failure}", err=True)
        raise SystemExit(1) from None
    # The last step: what is changed after it would not be what the list says.
    listed = write_manifest(site)
    reporter.step(f"listed the sums of {listed:,} files")
    engine.publish(project)
    reporter.result(f"The site is in {project.site}\nOpen {project.site / 'index.html'}")


def load(project: Project, reporter: Reporter) -> KnowledgeBase:
    """Load and link all sources. Raises `BuildFailed` with all errors at once."""
    from generator.pipeline import load_knowledge, without_collection

    with without_collection():
        kb, diagnostics = load_knowledge(project)
    reporter.findings(tuple(diagnostics))
    reporter.step(f"read {len(kb.techniques)} techniques and {len(kb.references)} references")
    return kb


def generate(project: Project, kb: KnowledgeBase, reporter: Reporter, *, whole: bool) -> Tree:
    """Render and write `build/docs`, and refresh the editors' schema.

    Not `whole` leaves out what an engine need not see: `make_beside` makes it.
    """
    from generator.exports.schema import dump, technique_schema
    from generator.pipeline import make_theme, tree_of, without_collection
    from generator.template_code import COMPILED
    from generator.write import drop_parts, write_if_changed, write_tree

    COMPILED.keep_in(project.kept_templates)
    with without_collection():
        tree = tree_of(project, kb)
        written = write_tree(project.docs, tree.all() if whole else tree.for_engine())
        write_tree(project.theme, make_theme(project, kb))
    reporter.step(f"generated {written.files} files, {written.changed} changed")
    drop_parts(project.technique_schema)
    write_if_changed(project.technique_schema, dump(technique_schema(kb)))
    return tree


def make_beside(project: Project, kb: KnowledgeBase, tree: Tree, folder: Path) -> tuple[int, int]:
    """Write into a folder what an engine need not see; returns how many files, and how many new pictures."""
    from generator.card_image import cards
    from generator.pipeline import without_collection
    from generator.raster import draw
    from generator.twins import make_twins
    from generator.views.evidence_map import map_drawings
    from generator.write import write_files

    with without_collection():
        made = write_files(folder, tree.finished())
        made += write_files(folder, make_twins(project.docs, kb.publication, project.kept_twins))
        pictures, drawn = draw(folder, project.kept_drawings, map_drawings(kb))
        made += write_files(folder, [*pictures, *cards(tree.site, project.kept_cards)])
    return made, drawn
