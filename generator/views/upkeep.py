"""How current everything is: dates of review, sources with notices, pages to read again."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.standing import noticed
from generator.views.attention import name_and_url, reread, reviewed
from generator.views.context import PageContext, SiteContext
from generator.views.notices import notice_view
from generator.views.parts import Link, NoticeView, Page, Section
from generator.views.status import long_date


@dataclass(frozen=True, slots=True)
class Due:
    """A record with the day of its next review."""

    record: Link
    checked: str
    due: str
    due_iso: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class Dates:
    """All records, the next one due first."""

    rows: tuple[Due, ...]
    reviewed: int


@dataclass(frozen=True, slots=True)
class NoticedSource:
    """A source of which something was published later, and the pages that cite it."""

    source: Link
    authors: str
    notice: NoticeView
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the check of references found."""

    checked: str
    """The day of the last check; empty where there was none."""
    asked: int
    """How many references were asked for."""
    references: int
    noticed: tuple[NoticedSource, ...]
    reread: tuple[tuple[Link, tuple[str, ...]], ...]
    """Pages to read again, each with what became of its sources."""


def build(site: SiteContext) -> Page:
    """The page that says how current everything is."""
    ctx = PageContext(site, routes.STATUS)
    kb = site.kb
    return Page(
        address=ctx.address,
        kind="status",
        title=kb.page_names["status"],
        description=kb.texts.upkeep.lead,
        lead=ctx.pieces(kb.texts.upkeep.lead, terms=False),
        sections=(
            Section("sources", "Sources that changed", "status/sources", _sources(ctx)),
            Section("reviews", "Reviews by date", "status/dates", _dates(ctx)),
        ),
        root=ctx.root,
    )


def _link(ctx: PageContext, kind: str, identifier: str) -> Link:
    name, url = name_and_url(ctx.site, kind, identifier)
    return Link(ctx.root + url, name)


def _dates(ctx: PageContext) -> Dates:
    found = sorted(reviewed(ctx.kb), key=lambda item: (item.review.next_due, item.kind, item.id))
    rows = tuple(
        Due(
            _link(ctx, item.kind, item.id),
            long_date(item.review.checked.isoformat()),
            long_date(item.review.next_due.isoformat()),
            item.review.next_due.isoformat(),
            ", ".join(person.name for person in item.review.clinical_review) or "none yet",
        )
        for item in found
    )
    return Dates(rows, sum(bool(item.review.clinical_review) for item in found))


def _sources(ctx: PageContext) -> Sources:
    kb = ctx.kb
    found = []
    for reference in noticed(kb.references.values()):
        notice = notice_view(reference)
        assert notice is not None
        places = dict.fromkeys((place.kind, place.id) for place in kb.cited_by.get(reference.key, ()))
        formatted = ctx.site.formatted[reference.key]
        found.append(
            NoticedSource(
                Link(ctx.to(*ctx.site.addresses.reference(reference.key)), formatted.title),
                formatted.authors,
                notice,
                tuple(_link(ctx, kind, identifier) for kind, identifier in places),
            )
        )
    words = {
        reference.key: f"{reference.key}: {reference.standing.word}"
        for reference in kb.references.values()
        if reference.standing
    }
    return Sources(
        checked=long_date(kb.references_checked) if kb.references_checked else "",
        asked=sum(bool(reference.asked) for reference in kb.references.values()),
        references=len(kb.references),
        noticed=tuple(found),
        reread=tuple(
            (_link(ctx, page.kind, page.id), tuple(words[key] for key in page.keys)) for page in reread(kb)
        ),
    )
