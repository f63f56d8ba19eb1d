"""The verb of the command line that holds sites and released versions against their sums."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import click

from generator import manifest
from generator.config import Project
from generator.diagnostics import BuildFailed, Diagnostics
from generator.load.published import load_published
from generator.release.snapshot import snapshot_path


class Wrong(Exception):
    """A file is not what it should be; the message says how."""


@click.command()
@click.argument("what", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--same-as",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"The {manifest.NAME} of another build, for example the published one, to hold the site against.",
)
@click.pass_obj
def verify(project: Project, what: tuple[Path, ...], same_as: Path | None) -> None:
    """Hold files against their SHA-256 sums: the built site and every released version, or WHAT.

    WHAT is the folder of a site, a downloaded copy of it (zip), or the zip of a released version.
    """
    checked = [*what] or list(_all(project))
    if not checked:
        raise click.UsageError(f"there is no site in {project.site}; name a folder or a zip")
    failed = False
    for path in checked:
        try:
            click.echo(_check(project, path, same_as))
        except (Wrong, manifest.NoManifest, BuildFailed, OSError, zipfile.BadZipFile) as wrong:
            click.echo(f"{project.shown(path)}: WRONG: {wrong}", err=True)
            failed = True
    if failed:
        raise SystemExit(1)


def _all(project: Project) -> Iterator[Path]:
    if project.site.exists():
        yield project.site
    yield from sorted(project.snapshots.glob("*.zip"))


def _check(project: Project, path: Path, same_as: Path | None) -> str:
    name = project.shown(path)
    if path.is_file() and (known := _released(project, path)):
        if manifest.digest(path) != known:
            raise Wrong(f"this is not the file that was released as {path.stem}")
        return f"{name}: as it was released"
    result = manifest.check_zip(path) if path.is_file() else manifest.check_folder(path)
    _demand(result)
    said = f"{name}: {result.files} files, each as listed in {manifest.NAME}"
    if same_as is not None and path.is_dir():
        other = manifest.read(same_as.read_text("utf-8"))
        _demand(manifest.compare(other, manifest.sums_of(path)))
        said += f", the same as in {same_as}"
    return said


def _demand(result: manifest.Comparison) -> None:
    if not result.same:
        lines = list(result.lines())
        raise Wrong("\n  ".join([f"{len(lines)} of {result.files} files differ", *lines]))


def _released(project: Project, path: Path) -> str:
    """The sum with which a file was released; empty when it is no released version."""
    if path.resolve() != snapshot_path(project, path.stem).resolve():
        return ""
    diagnostics = Diagnostics()
    published = load_published(project, diagnostics)
    diagnostics.raise_if_errors()
    found = {release.version: release.snapshot for release in published.releases}
    if path.stem not in found:
        raise Wrong(f"no version {path.stem} was released here")
    return found[path.stem]
