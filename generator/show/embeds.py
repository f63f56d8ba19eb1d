"""Views for a frame on another site: a technique, its badges, the table, maps, windows, the checklist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator import routes
from generator.artifacts import Artifact
from generator.exports.records_json import dump
from generator.knowledge import KnowledgeBase
from generator.model.technique import Technique
from generator.render import Renderer
from generator.show.apart import Apart
from generator.show.views import Badges, Embed
from generator.views import body, checklist, evidence, evidence_map, technique, techniques, timing
from generator.views.attribution import attribution, full_address
from generator.views.context import PageContext, SiteContext
from generator.views.parts import StatusView
from generator.views.status import status_of_records, status_of_review
from generator.views.teaching import BADGES_SIZE, FRAME_SIZES, SUMMARY_SIZE

STYLE = "assets/embed.css"
_MOST_BADGES = 4
# In the order of `routes.FRAMED`.
KINDS = dict(zip(routes.FRAMED, ("table", "map", "body", "checklist", "windows"), strict=True))


@dataclass(frozen=True, slots=True)
class Part:
    """What can stand in a frame elsewhere: its address, its live page, its usual size."""

    address: str
    live: str
    title: str
    description: str
    kind: str
    width: int
    height: int


def parts(kb: KnowledgeBase) -> Iterator[Part]:
    """The parts that are not of one technique, each beside the page of which it is a part."""
    for page, kind in KINDS.items():
        if not _there(kb, page):
            continue
        width, height = FRAME_SIZES[page]
        name = kb.name("page", page)
        yield Part(routes.embed(page), page, name, f"{name}: {kb.publication.name}", kind, width, height)


def _there(kb: KnowledgeBase, page: str) -> bool:
    """Whether a site has what the view shows: windows, a drawn body, a checklist."""
    if page == routes.TIMING_WINDOWS:
        return page in kb.pages
    if page == routes.PAIN_SITES:
        return kb.body is not None
    return page != routes.REFERRAL_CHECKLIST or kb.criteria is not None


def technique_part(record: Technique) -> Part:
    """The summary of a technique."""
    return Part(
        routes.embed(record.id),
        routes.technique(record.id),
        record.name,
        f"{record.name}: its summary",
        "technique",
        *SUMMARY_SIZE,
    )


def badge_part(record: Technique) -> Part:
    """The badges of a technique."""
    return Part(
        routes.embed(record.id, "badge"),
        routes.technique(record.id),
        record.name,
        f"{record.name}: how bodies rate it",
        "badge",
        *BADGES_SIZE,
    )


def builders(site: SiteContext, renderer: Renderer) -> Iterator[Callable[[], list[Artifact]]]:
    """One builder for each view; each makes the page and, where an address is known, its oEmbed file."""
    for part in parts(site.kb):
        yield partial(_page_part, site, renderer, part)
    for record in site.kb.current_techniques():
        yield partial(_technique, site, renderer, record)


def _technique(site: SiteContext, renderer: Renderer, record: Technique) -> list[Artifact]:
    made = []
    for part in (technique_part(record), badge_part(record)):
        ctx = PageContext(site, part.address)
        data: object
        data = _badges(ctx, record) if part.kind == "badge" else technique.summary_of(ctx, record)
        lead = "" if part.kind == "badge" else site.plain(record.summary.text)
        status = status_of_review(ctx, record.review)
        made += _files(site, renderer, part, data, status, lead)
    return made


def _badges(ctx: PageContext, record: Technique) -> Badges:
    found = evidence.one_badge_per_body(ctx, record)
    href = ctx.link("technique", record.id, anchor="evidence").href
    return Badges(found[:_MOST_BADGES], max(len(found) - _MOST_BADGES, 0), href)


def _page_part(site: SiteContext, renderer: Renderer, part: Part) -> list[Artifact]:
    ctx = PageContext(site, part.address)
    kb = site.kb
    records = list(kb.current_techniques())
    status = status_of_records(records)
    data: object
    match part.kind:
        case "table":
            data = techniques.table_of(ctx, records)
        case "map":
            data = evidence_map.frame(ctx)
        case "body":
            data = body.body_map(ctx)
        case "checklist":
            status = status_of_review(ctx, kb.checklist[0].review)
            data = checklist.criteria_of(ctx)
        case _:
            data = timing.chart(ctx)
    return _files(site, renderer, part, data, status, "")


def _files(
    site: SiteContext, renderer: Renderer, part: Part, data: object, status: StatusView | None, lead: str
) -> list[Artifact]:
    ctx = PageContext(site, part.address)
    kb = site.kb
    live = ctx.to(part.live)
    apart = Apart(site, renderer, live)
    content, sources = apart.part(f"show/embed/{part.kind}.html.j2", ctx.root, data=data)
    view = Embed(
        title=part.title,
        description=part.description,
        kind=part.kind,
        lead=lead,
        stylesheet=ctx.root + STYLE,
        live=live,
        canonical=full_address(kb, part.live) or live,
        oembed=full_address(kb, "", f"{part.address}/{routes.OEMBED}"),
        mark=ctx.root + "assets/images/mark.svg",
    )
    credit = attribution(kb, status, part.title, part.live)
    page = apart.file(
        f"{part.address}/index.html",
        "show/embed.html.j2",
        page=view,
        content=content,
        sources=sources,
        attribution=credit,
    )
    return [page, *_oembed(kb, renderer, part)]


def _oembed(kb: KnowledgeBase, renderer: Renderer, part: Part) -> Iterator[Artifact]:
    """The answer of oEmbed 1.0, as a file. Its frame needs a full address, so without one there is none."""
    source = full_address(kb, part.address)
    if not source:
        return
    frame = renderer.fragment("show/iframe.html.j2", part=part, source=source)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": f"{part.title} - {kb.publication.name}",
        "author_name": kb.publication.authors,
        "author_url": full_address(kb, part.live),
        "provider_name": kb.publication.name,
        "provider_url": kb.publication.address,
        "cache_age": 86400,
        "html": frame,
        "width": part.width,
        "height": part.height,
    }
    yield Artifact(f"{part.address}/{routes.OEMBED}", dump(answer))
