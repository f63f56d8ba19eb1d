"""Puts the kept versions into a built site, under /v/, each page with a banner that leads to the live one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import manifest, routes
from generator.config import Project
from generator.diagnostics import Diagnostics, Location
from generator.hosting.page_policy import with_policy
from generator.model.published import Release
from generator.release.pinned_page import BANNER, way_out
from generator.release.snapshot import snapshot_path
from generator.render import Renderer
from generator.views.changes import ReleaseView, changes_of
from generator.views.context import SiteContext
from generator.views.status import long_date

# Pages that show several records, by their address.
_SHOWN_ON = {routes.GLOSSARY: "glossary/", routes.REFERRAL_CHECKLIST: "referral-criteria/"}


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands at the head of a kept page."""

    version: str
    date: str
    live: str
    """The page as it is now; empty when it is gone."""
    changes: str
    since: tuple[ReleaseView, ...]
    """What changed since in the records of the page, newest first."""


def mounted(project: Project, versions: Iterable[str]) -> Iterator[str]:
    """Every file of the kept versions, for links that lead there before they are laid in."""
    for version in versions:
        with zipfile.ZipFile(snapshot_path(project, version)) as archive:
            yield from (f"{routes.version(version)}/{name}" for name in archive.namelist())


def mount(
    project: Project, target: Path, site: SiteContext, unreleased: Release | None, diagnostics: Diagnostics
) -> int:
    """Lay every kept version into the site at `target`; returns how many pages they have.

    Beside them lies the list of their sums, also of those whose file is not here.
    """
    published = site.kb.published
    renderer = Renderer(project.templates, site.kb)
    pages = 0
    newer: list[Release] = [unreleased] if unreleased else []
    for release in published.releases:
        if release.version in published.snapshots:
            path = snapshot_path(project, release.version)
            if manifest.digest(path) != release.snapshot:
                diagnostics.error(
                    Location(project.shown(path)),
                    "site-snapshot",
                    f"is not the snapshot that was released as {release.version}; fetch that one again",
                )
                continue
            pages += _lay(path, target, site, renderer, release, tuple(newer))
        elif release.snapshot:
            path = snapshot_path(project, release.version)
            diagnostics.warning(
                Location(project.shown(path)),
                "site-snapshot-missing",
                f"the pages of version {release.version} are not here, so that its address "
                "is missing in this site; fetch the file from that release",
            )
        newer.append(release)
    _list_sums(published.releases, target)
    return pages


def _list_sums(releases: Iterable[Release], target: Path) -> None:
    sums = {f"{release.version}.zip": release.snapshot for release in releases if release.snapshot}
    if sums:
        path = target / routes.version(manifest.NAME)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(manifest.written(sums), "utf-8", newline="\n")


def _lay(
    path: Path,
    target: Path,
    site: SiteContext,
    renderer: Renderer,
    release: Release,
    newer: tuple[Release, ...],
) -> int:
    folder = target / routes.version(release.version)
    pages = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".html"):
                pages += 1
                address = name.removesuffix("index.html").rstrip("/")
                banner = _banner(target, site, address, release, newer)
                shown = renderer.file("", "release/banner.html.j2", banner).content.decode()
                content = with_policy(content.decode().replace(BANNER, shown, 1)).encode()
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return pages


def _banner(
    target: Path, site: SiteContext, address: str, release: Release, newer: tuple[Release, ...]
) -> Banner:
    root = way_out(address).removesuffix(routes.from_root(address))
    live = target / address / "index.html"
    return Banner(
        version=release.version,
        date=long_date(release.date),
        live=way_out(address) if live.is_file() else "",
        changes=root + routes.from_root(routes.CHANGES),
        since=tuple(
            view for item in newer if (view := changes_of(site, root, item, _records(address))).records
        ),
    )


def _records(address: str) -> str:
    """The names of the records that a page shows, as they start in the list of all records."""
    if address in _SHOWN_ON:
        return _SHOWN_ON[address]
    folder = address.partition("/")[0]
    if folder in (routes.TECHNIQUES, routes.PAIN_SITES, routes.REFERENCES) and "/" in address:
        return f"{address}$"
    return f"pages/{address}$"
