"""What a release writes beside the sources: what changed, the records as they are, every address."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from pydantic_core import to_json

from generator import manifest
from generator.config import Project
from generator.exports.changes import compare, release_data
from generator.exports.published import published_records
from generator.knowledge import KnowledgeBase
from generator.load.published import LAST, order
from generator.model.published import Release
from generator.release.addresses import LIST, read_list, write_list
from generator.release.snapshot import snapshot_path, sum_path
from generator.views.anchors import record_name
from generator.views.context import SiteContext
from generator.views.status import content_date
from generator.write import write_if_changed

_VERSION = re.compile(r"[0-9]+(\.[0-9]+){0,3}")


class ReleaseRefused(Exception):
    """The release would break a promise; the message says which."""


def take_back_unfinished(project: Project) -> None:
    """Undo a release whose process was killed; the files are again as they were before it."""
    undo = _undo(project)
    if undo.exists():
        for name, content in json.loads(undo.read_text("utf-8")).items():
            _restore(project.root / name, None if content is None else content.encode())
        undo.unlink()


def _undo(project: Project) -> Path:
    """What the files of a release held before it, until it is done; beside the snapshots."""
    return project.snapshots / ".undo.json"


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        write_if_changed(path, content)


class Ledger:
    """The files of one release, which can be taken back until it is done."""

    def __init__(self, project: Project, kb: KnowledgeBase, version: str) -> None:
        """Raises `ReleaseRefused` when there is such a version, or a later one."""
        self._project = project
        self._kb = kb
        self._version = version
        self._check()
        written = (
            self._file(version),
            project.releases / LAST,
            project.releases / LIST,
            snapshot_path(project, version),
            sum_path(project, version),
        )
        self._before = {path: path.read_bytes() if path.exists() else None for path in written}

    def _check(self) -> None:
        version, releases = self._version, self._kb.published.releases
        if not _VERSION.fullmatch(version):
            raise ReleaseRefused(f"'{version}' is no version; expected numbers and stops, for example 1.2")
        if any(release.version == version for release in releases):
            raise ReleaseRefused(f"version {version} is released already, and a version never changes")
        if snapshot_path(self._project, version).exists():
            path = self._project.shown(snapshot_path(self._project, version))
            raise ReleaseRefused(f"{path} is there already, and a snapshot is never replaced")
        if releases and order(version) <= order(releases[0].version):
            raise ReleaseRefused(f"{version} does not come after {releases[0].version}, the last version")

    def write_records(self) -> Release:
        """Write what changed since the last version, and the records for the comparison with the next.

        Before that, what the files hold now, for `take_back_unfinished`.
        """
        held = {
            path.relative_to(self._project.root).as_posix(): None if content is None else content.decode()
            for path, content in self._before.items()
        }
        write_if_changed(_undo(self._project), json.dumps(held).encode())
        site = SiteContext(self._kb)
        published = self._kb.published
        records = published_records(site)
        last = published.last
        release = Release(
            self._version,
            content_date(self._kb),
            last.version if last else "",
            compare(published.records, records) if last else (),
        )
        gone = {name: dict(anchors) for name, anchors in published.withdrawn.items()}
        for address, technique in site.technique_at.items():
            if address in site.withdrawn:
                gone[record_name(technique)] = dict(site.withdrawn[address])
        self._put(self._file(self._version), release_data(release))
        self._put(self._project.releases / LAST, _dump(self._version, records, gone))
        return release

    def write_addresses(self, site: Path) -> None:
        """Add the pages and anchors of the built site to those that were ever published."""
        self._put(self._project.releases / LIST, write_list(read_list(self._project), site))

    def write_digest(self, release: Release, snapshot: str) -> None:
        """Note by which hash the snapshot is known, here and beside it. With that the release is done."""
        self._put(self._file(self._version), release_data(replace(release, snapshot=snapshot)))
        path = snapshot_path(self._project, self._version)
        self._put(sum_path(self._project, self._version), manifest.written({path.name: snapshot}).encode())
        _undo(self._project).unlink(missing_ok=True)

    def take_back(self) -> None:
        """Leave everything as it was."""
        for path, content in self._before.items():
            _restore(path, content)
        _undo(self._project).unlink(missing_ok=True)

    def _file(self, version: str) -> Path:
        return self._project.releases / f"{version}.json"

    def _put(self, path: Path, content: bytes) -> None:
        write_if_changed(path, content)


def _dump(version: str, records: dict[str, dict[str, object]], withdrawn: dict[str, dict[str, str]]) -> bytes:
    """One line for each record, so that git keeps only the lines that differ."""
    lines = ",\n".join(f"{json.dumps(name)}: {to_json(data).decode()}" for name, data in records.items())
    gone = json.dumps(withdrawn, sort_keys=True)
    return (
        f'{{"version": {json.dumps(version)},\n"withdrawn": {gone},\n"records": {{\n{lines}\n}}}}\n'.encode()
    )
