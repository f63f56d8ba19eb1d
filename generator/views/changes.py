"""What changed in the content: the list of versions, a page for each, and the feed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator import routes
from generator.model.published import RecordChange, Release
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section
from generator.views.status import content_date, long_date

NEXT = "next"
MOST_FIELDS = 250
"""More changed fields do not stand on one page; they are in the data file."""

# Whatever is named by the site itself is not here.
_KINDS = {
    "techniques": "Technique",
    "glossary": "Glossary term",
    "referral-criteria": "Referral criterion",
    "references": "Reference",
    "pages": "Page",
}


@dataclass(frozen=True, slots=True)
class FieldView:
    """One changed field."""

    field: str
    what: str
    href: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """One changed record."""

    id: str
    kind: str
    name: str
    href: str
    """Empty for what is gone."""
    what: str
    fields: tuple[FieldView, ...]
    more: int = 0
    """Fields that stand in the data file only."""


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A version and what changed in it."""

    version: str
    title: str
    date: str
    previous: str
    own: Link
    """Its page of changes."""
    data: str
    pages: Link | None
    """The pages as they were, where they are kept."""
    count: str
    records: tuple[RecordView, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All versions, newest first."""

    releases: tuple[ReleaseView, ...]
    feed: str
    version: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A version in the feed."""

    id: str
    updated: str
    release: ReleaseView


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed. Addresses are full where the site knows its own, and relative to the feed elsewhere."""

    id: str
    title: str
    subtitle: str
    author: str
    rights: str
    updated: str
    own: str
    page: str
    entries: tuple[FeedEntry, ...]


def pages(site: SiteContext, unreleased: Release | None, version: str) -> Iterator[Page]:
    """The list at /changes/, then a page for each version and one for what no version has yet."""
    releases = (*((unreleased,) if unreleased else ()), *site.kb.published.releases)
    ctx = PageContext(site, routes.CHANGES)
    views = tuple(_release(site, ctx.root, release, 0) for release in releases)
    yield Page(
        address=ctx.address,
        kind="changes",
        title="What changed",
        description="Versions of the content, and what changed in each, record by record.",
        lead=ctx.pieces("Every version of the content, and what changed in it.", terms=False),
        sections=(
            Section(
                "versions", "Versions", "changes/versions", Changes(views, ctx.root + routes.FEED, version)
            ),
        ),
        root=ctx.root,
    )
    for release in releases:
        own = PageContext(site, routes.changes(release.version))
        view = _release(site, own.root, release, MOST_FIELDS)
        yield Page(
            address=own.address,
            kind="changes",
            title=f"What changed: {view.title}",
            description=f"What changed in the content, record by record: {view.title}.",
            lead=own.pieces(view.count, terms=False),
            breadcrumbs=(Link(own.to(routes.CHANGES), "What changed"),),
            sections=(Section("records", "Records", "changes/records", view),),
            root=own.root,
        )


def feed(site: SiteContext) -> Feed:
    """The feed of all versions."""
    kb = site.kb
    name = kb.publication.name
    root = kb.publication.address or routes.relative_file(routes.CHANGES, "")
    releases = kb.published.releases
    return Feed(
        id=_urn(name),
        title=f"{name}: what changed",
        subtitle=kb.publication.description,
        author=kb.publication.authors,
        rights=kb.publication.licence.name,
        updated=_moment(releases[0].date if releases else content_date(kb)),
        own=root + routes.FEED,
        page=root + routes.from_root(routes.CHANGES),
        entries=tuple(
            FeedEntry(
                _urn(f"{name} {release.version}"),
                _moment(release.date),
                _release(site, root, release, MOST_FIELDS),
            )
            for release in releases
        ),
    )


def changes_of(site: SiteContext, root: str, release: Release, names: str) -> ReleaseView:
    """A version with the changes of the records whose name starts so; with `$` at its end, of one."""
    changes = tuple(change for change in release.changes if f"{change.record}$".startswith(names))
    return _release(site, root, replace(release, changes=changes), MOST_FIELDS)


def _release(site: SiteContext, root: str, release: Release, most: int) -> ReleaseView:
    """A version with at most so many changed fields; with none, names of records alone."""
    records = []
    left = most
    for change in release.changes:
        shown = change.fields[: max(left, 0)]
        left -= len(shown)
        records.append(_record(site, root, release, change, len(shown), named_only=not most))
    day = long_date(release.date)
    kept = release.version in site.kb.published.snapshots
    return ReleaseView(
        version=release.version,
        title="Not yet in a version" if release.version == NEXT else f"Version {release.version}, {day}",
        date=release.date,
        previous=release.previous,
        own=Link(root + routes.from_root(routes.changes(release.version)), "Field by field"),
        data=f"{root}{routes.API}/changes/{release.version}.json",
        pages=Link(root + routes.from_root(routes.version(release.version)), "Its pages as they were")
        if kept
        else None,
        count=_count(release),
        records=tuple(records),
    )


def _record(
    site: SiteContext, root: str, release: Release, change: RecordChange, shown: int, *, named_only: bool
) -> RecordView:
    identifier = change.record.replace("/", "-")
    href = "" if change.what == "removed" else _present(site, root, change)
    if named_only:
        href = root + routes.from_root(routes.changes(release.version), identifier)
    return RecordView(
        id=identifier,
        kind=_KINDS.get(change.record.partition("/")[0], site.kb.words.site.head),
        name=change.name,
        href=href,
        what=change.what,
        fields=tuple(
            FieldView(
                field.field,
                field.what,
                f"{href.partition('#')[0]}#{field.anchor}" if href and field.anchor else "",
                field.before,
                field.after,
            )
            for field in change.fields[:shown]
        ),
        more=0 if named_only else len(change.fields) - shown,
    )


def _present(site: SiteContext, root: str, change: RecordChange) -> str:
    """Where a record is now; empty when it is gone, or has become another."""
    kind, _, identifier = change.record.partition("/")
    kb = site.kb
    here = {
        "techniques": identifier in kb.techniques and kb.techniques[identifier].replaced_by is None,
        "pain-sites": identifier in kb.sites,
        "glossary": identifier in kb.terms,
        "referral-criteria": kb.criteria is not None
        and any(item.id == identifier for item in kb.criteria.criteria),
        "references": identifier in kb.references,
        "pages": identifier in kb.pages,
    }[kind]
    if not here:
        return ""
    if kind == "references":
        return root + routes.from_root(*site.addresses.reference(identifier))
    names = {"techniques": "technique", "pain-sites": "site", "glossary": "term", "pages": "page"}
    return root + routes.from_root(*site.addresses.resolve(names.get(kind, "criterion"), identifier))


def _count(release: Release) -> str:
    """'3 records changed, 1 added.'"""
    if not release.previous:
        return "The first version."
    counts = {
        what: sum(change.what == what for change in release.changes)
        for what in ("changed", "added", "removed")
    }
    words = [f"{number} {what}" for what, number in counts.items() if number]
    return f"Records: {', '.join(words)}." if words else "No record changed."


def _urn(name: str) -> str:
    """An identity that stays when the site moves: a UUID of version 8, which is made of a hash."""
    digits = hashlib.sha256(f"atlas feed {name}".encode()).hexdigest()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def _moment(date: str) -> str:
    """A day as the feed writes it."""
    return f"{date}T00:00:00Z"
