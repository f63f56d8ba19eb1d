"""The page on using the site without a connection: saved on the device, or as one zip."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import manifest, routes
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Page, Section


@dataclass(frozen=True, slots=True)
class Offline:
    """What the page offers."""

    zip: str
    file: str
    """The name under which a browser keeps the zip."""
    sums: str
    """The list of the sums of all files."""
    techniques: int


def build(site: SiteContext) -> Page:
    """The page at /offline/."""
    ctx = PageContext(site, routes.OFFLINE)
    techniques = sum(1 for _ in site.kb.current_techniques())
    zip_file = Offline(
        ctx.root + routes.ZIP, _file_name(site.kb.publication.name), ctx.root + manifest.NAME, techniques
    )
    return Page(
        address=ctx.address,
        kind="offline",
        title=site.kb.page_names["offline"],
        description=f"Keep the whole {site.kb.words.work} on a device, or download it as a zip that opens "
        "without a server.",
        lead=ctx.pieces(
            "All pages and tools without a connection, always with their version and date.", terms=False
        ),
        sections=(
            Section("device", "On this device", "offline/device", zip_file),
            Section("zip", "As one file", "offline/zip", zip_file),
            Section("kept", "What is stored, and what is not", "offline/kept", zip_file),
        ),
        root=ctx.root,
    )


def _file_name(name: str) -> str:
    """The name of the site as a file is called."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) + ".zip"
