"""The pages of a version as they were, in one zip: written once by a release, never again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from generator import manifest, routes
from generator.artifacts import Artifact
from generator.config import Project
from generator.exports.redirects import NETLIFY, NGINX
from generator.hosting.host_files import HOST_FILES
from generator.offline.edition import EDITION, LIST
from generator.release.pinned_page import LIVE, pinned
from generator.site_files import any_of, file_names

# The same bytes for the same files: no clock.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_NEVER = (
    "*.map",
    "sitemap.xml*",
    "404.html",
    "*.html.md",
    "service-worker.js",
    "*.webmanifest",
    NETLIFY,
    NGINX,
    LIST,
    EDITION,
    manifest.NAME,
    *HOST_FILES,
    f"{routes.API}/changes.json",
)
_LEFT_OUT = any_of(_NEVER)
_NEVER_BELOW = (*(f"{folder}/" for folder in LIVE), "v/", f"{routes.API}/changes/")
_REDIRECT = 'http-equiv="refresh"'


def snapshot_path(project: Project, version: str) -> Path:
    """Where the pages of a version are kept."""
    return project.snapshots / f"{version}.zip"


def sum_path(project: Project, version: str) -> Path:
    """The sum of that file, in the form that `sha256sum --check` reads."""
    return snapshot_path(project, version).with_suffix(".zip.sha256")


def write_snapshot(site: Path, target: Path) -> str:
    """Keep a built site; returns the hash of the file. Raises `FileExistsError` rather than replace one.

    The file gets its name when it is whole.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w") as archive:
            for file in _files(site):
                entry = zipfile.ZipInfo(file.path, _MOMENT)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, file.content, zipfile.ZIP_DEFLATED, 9)
        if target.exists():
            raise FileExistsError(f"{target} is there already")
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest.digest(target)


def _files(site: Path) -> Iterator[Artifact]:
    for address in file_names(site):
        if address.startswith(_NEVER_BELOW) or _LEFT_OUT.fullmatch(address):
            continue
        content = (site / address).read_bytes()
        if address.endswith(".html"):
            html = content.decode()
            if _REDIRECT in html:
                continue
            content = pinned(html, address.removesuffix("index.html").rstrip("/")).encode()
        yield Artifact(address, content)
