"""Addresses that were published once and lead elsewhere now: pages that redirect, and places on a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator import routes
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section


class Moved(NamedTuple):
    """A page that is now another page, or a place on one."""

    former: str
    """Its former address."""
    address: str
    anchor: str
    name: str
    """Name of what stands there now."""


@dataclass(frozen=True, slots=True)
class FormerPlace:
    """A former anchor of a page, or a former page that was joined with it."""

    anchor: str
    """Empty for a former page."""
    was: str
    now: Link | None
    """Where it leads; None when what stood there is gone."""
    until: str = ""
    """For what is gone: the last version that had it."""
    version: Link | None = None
    """That version, where it is kept."""


@dataclass(frozen=True, slots=True)
class Former:
    """All former places of a page."""

    places: tuple[FormerPlace, ...]


def moved_pages(site: SiteContext) -> Iterator[Moved]:
    """Every former address of a page, with the present one."""
    kb = site.kb

    def led(former: str, kind: str, identifier: str) -> Moved:
        return Moved(former, *site.addresses.resolve(kind, identifier), kb.name(kind, identifier))

    for technique in kb.techniques.values():
        if technique.replaced_by:
            yield led(routes.technique(technique.id), "technique", technique.replaced_by)
    for place in kb.sites.values():
        for former in place.merged:
            yield led(routes.site(former), "site", place.id)
    for group in kb.groups.values():
        for former in group.merged:
            yield led(routes.group(former), "group", group.id)
    for page in kb.pages.values():
        for former in page.meta.merged:
            yield led(former, "page", page.id)
    if site.addresses.references_apart:
        for key, reference in kb.references.items():
            for former in reference.former_keys:
                yield Moved(routes.reference(former), *site.addresses.reference(key), reference.title)


def with_former(site: SiteContext, moved: Collection[Moved], page: Page) -> Page:
    """The page with a last section for its former places, where it has some."""
    ctx = PageContext(site, page.address)
    places = (*_former_pages(site, moved, page), *_former_anchors(ctx), *_withdrawn(ctx))
    if not places:
        return page
    section = Section("former-addresses", "Former addresses", "former", Former(places))
    return replace(page, sections=(*page.sections, section))


def _former_pages(site: SiteContext, moved: Iterable[Moved], page: Page) -> Iterator[FormerPlace]:
    for item in moved:
        if item.address == page.address:
            known = site.kb.techniques.get(item.former.rpartition("/")[2])
            was = known.name if known else f"/{item.former}/"
            yield FormerPlace("", was, Link(f"#{item.anchor}" if item.anchor else "./", item.name))


def _former_anchors(ctx: PageContext) -> Iterator[FormerPlace]:
    kb = ctx.kb
    if ctx.address == routes.GLOSSARY:
        for term in kb.terms.values():
            for former in term.merged:
                yield FormerPlace(former, former, Link(f"#{term.id}", term.term))
    elif ctx.address == routes.REFERENCES:
        for key, reference in kb.references.items():
            for former in reference.former_keys:
                href = ctx.to(*ctx.site.addresses.reference(key))
                yield FormerPlace(routes.reference_anchor(former), former, Link(href, reference.title))
    elif (technique := ctx.site.technique_at.get(ctx.address)) is not None:
        for variant in technique.variants:
            for former in variant.merged:
                yield FormerPlace(former, former, Link(f"#{variant.id}", variant.name))


def _withdrawn(ctx: PageContext) -> Iterator[FormerPlace]:
    """Statements of the last versions that stand here no more."""
    for anchor, version in ctx.site.withdrawn.get(ctx.address, {}).items():
        kept = None
        if version in ctx.kb.published.snapshots:
            kept = Link(ctx.to(f"{routes.version(version)}/{ctx.address}", anchor), f"version {version}")
        yield FormerPlace(anchor, anchor, None, version, kept)
