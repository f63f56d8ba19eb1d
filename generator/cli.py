"""The command line: with `reporter` and `whole_build` the only place that prints and sets exit codes.

0 good, 1 errors in the authors' files or in the built site, 2 wrong usage.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import click

from generator import __version__
from generator.check_refs.command import check_refs
from generator.config import Project
from generator.diagnostics import BuildFailed
from generator.engine import ENGINES
from generator.handbook.command import handbook
from generator.reporter import Reporter
from generator.upkeep.command import status
from generator.verify import verify

FORMATS = ("text", "json", "github")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="atlas")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Folder of the site's sources; the current folder unless given.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="ATLAS_TODAY",
    help="Day on which reviews are due or not; from SOURCE_DATE_EPOCH or the clock unless given.",
)
@click.pass_context
def main(context: click.Context, root: Path, today: datetime.datetime | None) -> None:
    """Build a knowledge site from its records, references and pages."""
    from generator.load.version import read_version

    day = today.date() if today else _today()
    context.obj = Project(root.resolve(), read_version(root.resolve()), day)


def _today() -> datetime.date:
    """The day of `SOURCE_DATE_EPOCH` (seconds since 1970), else that of the clock; both in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        except (OverflowError, ValueError, OSError):
            raise click.UsageError(f"SOURCE_DATE_EPOCH is {epoch}, which is no day") from None
    return datetime.datetime.now(datetime.UTC).date()


main.add_command(handbook)
main.add_command(status)
main.add_command(check_refs)
main.add_command(verify)
_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
_engine_option = click.option(
    "--engine",
    "engine_name",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="The site engine that turns build/docs into HTML.",
)
_quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print findings only.")


@main.command()
@_format_option
@_quiet_option
@click.pass_obj
def validate(project: Project, form: str, quiet: bool) -> None:
    """Check all records, references and pages; build nothing."""
    from generator.pipeline import load_knowledge

    reporter = Reporter(form, quiet)
    try:
        kb, diagnostics = load_knowledge(project)
    except BuildFailed as failure:
        reporter.findings(failure.diagnostics)
        raise SystemExit(1) from None
    reporter.findings(tuple(diagnostics))
    reporter.result(
        f"{len(kb.techniques)} techniques, {len(kb.sites)} {kb.words.site.many}, "
        f"{len(kb.references)} references: no errors"
    )


@main.command()
@_format_option
@_quiet_option
@_engine_option
@click.option("--docs-only", is_flag=True, help="Stop after build/docs; do not run the engine.")
@click.pass_obj
def build(project: Project, form: str, quiet: bool, engine_name: str, docs_only: bool) -> None:
    """Generate the pages, build the site, check every link in it and index it for the search."""
    from generator.whole_build import build_whole

    build_whole(project, Reporter(form, quiet), form, engine_name, docs_only=docs_only)


@main.command()
@click.argument("version")
@_format_option
@_quiet_option
@click.pass_obj
def release(project: Project, version: str, form: str, quiet: bool) -> None:
    """Publish VERSION: keep its pages, list its addresses and what changed. It never changes afterwards."""
    from generator.release.snapshot import snapshot_path
    from generator.whole_build import release_whole

    reporter = Reporter(form, quiet)
    released = release_whole(project, version, reporter, form)
    reporter.result(
        f"Released {version}: {len(released.changes)} records changed.\n"
        f"Commit {project.shown(project.releases)}, then: git tag v{version}\n"
        f"Keep {project.shown(snapshot_path(project, version))}: atlas build shows it under /v/{version}/"
    )


@main.command()
@click.option("--address", "-a", default="127.0.0.1:8000", show_default=True, help="Host and port.")
@_engine_option
@click.pass_obj
def serve(project: Project, address: str, engine_name: str) -> None:
    """Preview the site; a saved record, reference, template or page shows by itself."""
    from generator.preview.loop import run

    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise click.UsageError(f"{address!r} is no host and port; write for example 127.0.0.1:8000")
    reporter = Reporter("text", quiet=False)
    try:
        run(project, engine_name, (host, int(port)), reporter.findings, click.echo)
    except OSError as error:
        click.echo(f"Cannot serve at {address}: {error.strerror or error}", err=True)
        raise SystemExit(1) from None


@main.command()
@click.argument("identifier")
@click.option("--name", default="", help="Name of the technique; made from the id unless given.")
@click.pass_obj
def new(project: Project, identifier: str, name: str) -> None:
    """Write an empty record techniques/IDENTIFIER.yaml to fill in."""
    from generator.new_record import RecordExists, WrongId, write_record

    try:
        path = write_record(project, identifier, name)
    except WrongId as error:
        raise click.UsageError(str(error)) from None
    except RecordExists as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    click.echo(f"Wrote {project.shown(path)}. Fill it in, then run: atlas validate")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Start another knowledge site in FOLDER, with its own vocabulary and two example records."""
    from generator.new_site import NotEmpty, write_site

    try:
        project = write_site(folder)
    except NotEmpty as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    click.echo(f"Wrote a site of two examples into {project.root}. Next: cd {folder} && atlas build")


@main.command()
@click.option("--check", is_flag=True, help="Only say whether the file is up to date.")
@click.pass_obj
def schema(project: Project, check: bool) -> None:
    """Write the JSON Schema that editors use for completion."""
    from generator.exports.schema import dump, technique_schema
    from generator.pipeline import load_knowledge
    from generator.write import write_if_changed

    try:
        kb, _ = load_knowledge(project)
    except BuildFailed as failure:
        Reporter("text", quiet=False).findings(failure.diagnostics)
        raise SystemExit(1) from None
    content = dump(technique_schema(kb))
    shown = project.shown(project.technique_schema)
    if check:
        current = project.technique_schema.read_bytes() if project.technique_schema.exists() else b""
        if current != content:
            click.echo(f"{shown} is out of date; run: atlas schema", err=True)
            raise SystemExit(1)
        return
    write_if_changed(project.technique_schema, content)
    click.echo(f"Wrote {shown}")


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(project: Project, folder: Path) -> None:
    """Write the data files (JSON, CSV, bibliography) into FOLDER."""
    from generator.exports.all import all_exports
    from generator.pipeline import load_knowledge
    from generator.views.context import SiteContext
    from generator.write import write_if_changed

    try:
        kb, _ = load_knowledge(project)
    except BuildFailed as failure:
        Reporter("text", quiet=False).findings(failure.diagnostics)
        raise SystemExit(1) from None
    files = 0
    for artifact in all_exports(SiteContext(kb)):
        write_if_changed(folder / artifact.path, artifact.content)
        files += 1
    click.echo(f"Wrote {files} files into {folder}")
