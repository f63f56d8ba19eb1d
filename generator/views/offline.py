"""The page on using the site without a connection: saved on the device, or as one zip."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Page, Section


@dataclass(frozen=True, slots=True)
class Offline:
    """What the page offers."""

    zip: str
    techniques: int


def build(site: SiteContext) -> Page:
    """The page at /offline/."""
    ctx = PageContext(site, routes.OFFLINE)
    techniques = sum(1 for _ in site.kb.current_techniques())
    return Page(
        address=ctx.address,
        kind="offline",
        title="Use it offline",
        description="Keep the whole atlas on a device, or download it as a zip that opens without a server.",
        lead=ctx.pieces(
            "All pages and tools without a connection, always with their version and date.", terms=False
        ),
        sections=(
            Section("device", "On this device", "offline/device", Offline(ctx.root + routes.ZIP, techniques)),
            Section("zip", "As one file", "offline/zip", Offline(ctx.root + routes.ZIP, techniques)),
            Section("kept", "What is stored, and what is not", "offline/kept", Offline("", techniques)),
        ),
        root=ctx.root,
    )
