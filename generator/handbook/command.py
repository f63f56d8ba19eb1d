"""The verb of the command line that makes the handbook."""

from __future__ import annotations

import click

from generator.config import Project
from generator.diagnostics import BuildFailed
from generator.reporter import Reporter


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="Print findings only.")
@click.pass_obj
def handbook(project: Project, quiet: bool) -> None:
    """Set the whole site as one PDF to print, in build/handbook."""
    from generator.handbook.book import make
    from generator.handbook.press import PressFailed
    from generator.pipeline import load_knowledge
    from generator.views.context import SiteContext
    from generator.write import write_if_changed

    reporter = Reporter("text", quiet)
    try:
        kb, diagnostics = load_knowledge(project)
        reporter.findings(tuple(diagnostics))
        made = make(SiteContext(kb), project.templates, reporter.step)
    except BuildFailed as failure:
        reporter.findings(failure.diagnostics)
        raise SystemExit(1) from None
    except PressFailed as failure:
        click.echo(f"The handbook was not made: {failure}", err=True)
        raise SystemExit(1) from None
    path = project.handbook / made.name
    write_if_changed(path, made.content)
    reporter.result(f"{made.pages} pages, {len(made.content) / 1e6:.1f} MB, version {made.version}: {path}")
