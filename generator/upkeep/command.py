"""`atlas status`: what needs attention, and limits for CI."""

from __future__ import annotations

import datetime
import json

import click

from generator.config import Project
from generator.diagnostics import BuildFailed, Diagnostics
from generator.reporter import Reporter


class Limits(click.ParamType[dict[str, int]]):
    """`stale=0,unreviewed=80`: the name of a list and the most that it may hold, parted by commas."""

    name = "LIST=COUNT,…"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, int]:
        """The limits by name."""
        from generator.upkeep.report import HEADINGS

        limits = {}
        for part in str(value).split(","):
            name, equals, count = part.strip().partition("=")
            if name not in HEADINGS:
                self.fail(f"there is no list {name!r}; there are {', '.join(HEADINGS)}", param, ctx)
            if not equals or not count.isdecimal():
                self.fail(f"{part.strip()!r} is no limit; write for example {name}=0", param, ctx)
            limits[name] = int(count)
        return limits


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the lists as JSON.")
@click.option("--all", "everything", is_flag=True, help="Print every line; otherwise ten of each list.")
@click.option("--fail-on", type=Limits(), default=None, help="Exit 1 when a list is longer than allowed.")
@click.pass_obj
def status(project: Project, as_json: bool, everything: bool, fail_on: dict[str, int] | None) -> None:
    """List what is overdue, unreviewed, unsourced, conflicting, and what cites a retracted source."""
    from generator.load.ref_status import load_ref_status
    from generator.pipeline import load_knowledge
    from generator.upkeep.report import as_data, as_text, exceeded, make_report
    from generator.views.context import SiteContext

    try:
        kb, _ = load_knowledge(project)
    except BuildFailed as failure:
        Reporter("text", quiet=False).findings(failure.diagnostics)
        raise SystemExit(1) from None
    found = load_ref_status(project, Diagnostics())
    report = make_report(SiteContext(kb), found[0] if found else None, project.today or datetime.date.today())
    if as_json:
        click.echo(json.dumps(as_data(report), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(report, 0 if everything else 10))
    faults = exceeded(report, fail_on or {})
    for fault in faults:
        click.echo(f"More than allowed: {fault}", err=True)
    if faults:
        raise SystemExit(1)
