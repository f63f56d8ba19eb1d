"""The home page: the question that leads to a site, and doors for each kind of reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import routes
from generator.model.page_texts import Door, HomeTexts
from generator.views import body
from generator.views.context import PageContext, SiteContext
from generator.views.evidence import NOT_RATED
from generator.views.parts import BadgeView, Bar, BodyMap, Link, Page, Section


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A region of the list beside the body."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class BadgeExample:
    """A badge and what its form means."""

    badge: BadgeView
    text: str


@dataclass(frozen=True, slots=True)
class Home:
    """Everything on the home page."""

    body: BodyMap | None
    regions: tuple[RegionEntry, ...]
    elsewhere: tuple[RegionEntry, ...]
    """Regions that are not one place on the body."""
    lead: str
    techniques: int
    sites: int
    references: int
    reviewed: int
    doors: tuple[tuple[str, str, tuple[Link, ...]], ...]
    badges: tuple[BadgeExample, ...]
    about: Link | None


def build(site: SiteContext) -> Page:
    """The home page."""
    ctx = PageContext(site, routes.HOME)
    kb = ctx.kb
    texts = kb.texts.home
    drawn = [item.site for item in kb.body.regions] if kb.body else [item.id for item in kb.regions()]
    entries = {
        region.id: RegionEntry(ctx.link("site", region.id), site.technique_counts[region.id])
        for region in kb.regions()
    }
    techniques = list(kb.current_techniques())

    def page_links(*ids: str) -> tuple[Link, ...]:
        known = kb.pages.keys() | kb.page_names.keys()
        return tuple(ctx.link("page", identifier) for identifier in ids if identifier in known)

    data = Home(
        body=body.body_map(ctx),
        regions=tuple(entries[region] for region in drawn if region in entries),
        elsewhere=tuple(entry for identifier, entry in entries.items() if identifier not in drawn),
        lead=texts.lead,
        techniques=len(techniques),
        sites=len(kb.sites),
        references=len(kb.references),
        reviewed=sum(bool(technique.review.clinical_review) for technique in techniques),
        doors=tuple(
            (door.title, door.text, (*page_links(*door.pages), *_data(ctx, door))) for door in texts.doors
        ),
        badges=tuple(_examples(texts)),
        about=ctx.link("page", "about") if "about" in kb.pages else None,
    )
    return Page(
        address=ctx.address,
        kind="home",
        title=kb.page_names["home"],
        description=texts.description,
        sections=(Section("where", kb.page_names["home"], "home/home", data),),
        root=ctx.root,
        show_head=False,
    )


def _data(ctx: PageContext, door: Door) -> tuple[Link, ...]:
    return (ctx.link("page", "data"),) if door.data else ()


def _examples(texts: HomeTexts) -> Iterator[BadgeExample]:
    for example in texts.badges:
        bars = tuple(Bar(state) for state in example.bars)
        badge = BadgeView(example.form, example.value, example.source, bars, "Example of a badge")
        yield BadgeExample(badge, example.text)
    yield BadgeExample(NOT_RATED, "No bars: described, but rated by no body in these sources.")
