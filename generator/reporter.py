"""What the command line says: progress on a terminal, findings in the chosen format, one result."""

from __future__ import annotations

import sys
import time

import click

from generator.diagnostics import Diagnostic, format_github, format_json, format_text, summary


class Reporter:
    """Prints progress on a terminal and findings in the chosen format."""

    def __init__(self, form: str, quiet: bool) -> None:
        self._form = form
        self._quiet = quiet or form != "text"
        self._started = time.perf_counter()

    def step(self, text: str) -> None:
        """Say what was done; silent in a pipe, so that only findings and the result remain."""
        if not self._quiet and sys.stderr.isatty():
            click.echo(f"{time.perf_counter() - self._started:6.2f} s  {text}", err=True)

    def result(self, text: str) -> None:
        """Say the one line a reader waits for."""
        if not self._quiet:
            click.echo(text)

    def findings(self, findings: tuple[Diagnostic, ...]) -> None:
        """Print findings and their count."""
        if self._form == "json":
            click.echo(format_json(findings))
        elif self._form == "github":
            click.echo(format_github(findings))
        elif findings:
            click.echo(format_text(findings, carets=sys.stderr.isatty()), err=True)
            click.echo(summary(findings), err=True)
