"""`atlas check-refs`: the only verb that goes online."""

from __future__ import annotations

import datetime
import sys

import click

from generator.config import Project
from generator.diagnostics import BuildFailed, Diagnostics, Severity, did_you_mean
from generator.reporter import Reporter


@click.command("check-refs")
@click.option("--only", metavar="KEY", multiple=True, help="Ask for this reference only; may be repeated.")
@click.option(
    "--max-age",
    type=click.IntRange(0),
    default=7,
    show_default=True,
    help="Days for which an answer is not asked for again; 0 asks for everything.",
)
@click.option(
    "--mailto",
    envvar="ATLAS_MAILTO",
    required=True,
    help="Your address, told to the services so that they can write to you; or ATLAS_MAILTO.",
)
@click.option("--crossref", envvar="ATLAS_CROSSREF", default=None, hidden=True, help="Another server.")
@click.option("--pubmed", envvar="ATLAS_PUBMED", default=None, hidden=True, help="Another server.")
@click.option("--format", "form", type=click.Choice(("text", "json", "github")), default="text")
@click.option("--quiet", "-q", is_flag=True, help="Print findings only.")
@click.pass_obj
def check_refs(
    project: Project,
    only: tuple[str, ...],
    max_age: int,
    mailto: str,
    crossref: str | None,
    pubmed: str | None,
    form: str,
    quiet: bool,
) -> None:
    """Ask Crossref, PubMed and the addresses what became of the references; write references/status.yaml."""
    from generator.pipeline import load_knowledge

    try:
        from generator.check_refs.ask import CROSSREF, PUBMED, Asker
        from generator.check_refs.fetch import Fetcher
        from generator.check_refs.run import NothingAnswered, conclude
        from generator.check_refs.store import Store
    except ModuleNotFoundError as error:
        raise click.UsageError(f"{error.name} is missing; `make check-refs` brings it") from None

    if "@" not in mailto or any(char.isspace() for char in mailto):
        raise click.UsageError(f"--mailto {mailto!r} is no e-mail address")
    reporter = Reporter(form, quiet)
    try:
        kb, _ = load_knowledge(project)
    except BuildFailed as failure:
        reporter.findings(failure.diagnostics)
        raise SystemExit(1) from None
    for key in only:
        if key not in kb.references:
            raise click.UsageError(f"there is no reference {key!r}.{did_you_mean(key, kb.references)}")
    chosen = [kb.references[key] for key in dict.fromkeys(only)] if only else list(kb.references.values())
    progress = _Progress(quiet or form != "text")
    asker = Asker(
        Fetcher(mailto, say=progress.say),
        Store(project.reference_answers),
        project.today or datetime.date.today(),
        max_age,
        (crossref or CROSSREF).rstrip("/"),
        (pubmed or PUBMED).rstrip("/"),
    )
    try:
        asker.all(chosen, progress.at)
        status, found = conclude(project, kb, asker, chosen)
    except KeyboardInterrupt:
        progress.end()
        click.echo(
            f"Interrupted. {asker.answered} answers are kept, the status file is as it was; "
            "the same command goes on from there.",
            err=True,
        )
        raise SystemExit(1) from None
    except NothingAnswered as fault:
        progress.end()
        click.echo(f"Nothing was answered ({fault}): is there a connection? Nothing was changed.", err=True)
        raise SystemExit(1) from None
    except BuildFailed as failure:
        progress.end()
        reporter.findings(failure.diagnostics)
        raise SystemExit(1) from None
    progress.end()
    collected = Diagnostics()
    for finding in found:
        collected.add(finding)
    reporter.findings(tuple(collected))
    noticed = sum(bool(entry.notices) for entry in status.references)
    reporter.result(
        f"Asked for {asker.asked}, answered {asker.answered}; {len(status.references)} references known, "
        f"{noticed} with notices.\nWrote {project.shown(project.reference_status)}; commit it with "
        f"{project.shown(project.reference_answers)}. Next: atlas status"
    )
    if any(finding.severity is Severity.ERROR for finding in found):
        raise SystemExit(1)


class _Progress:
    """One line on a terminal that says how far it is; nothing in a pipe."""

    def __init__(self, quiet: bool) -> None:
        self._on = not quiet and sys.stderr.isatty()
        self._at = ""

    def at(self, done: int, total: int, what: str) -> None:
        """So many of so many are done."""
        self._at = f"{done} of {total}  {what[:60]}"
        self._show(self._at)

    def say(self, text: str) -> None:
        """Why it takes longer."""
        self._show(f"{self._at}  {text}")

    def end(self) -> None:
        """Clear the line."""
        self._show("")

    def _show(self, text: str) -> None:
        if self._on:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
