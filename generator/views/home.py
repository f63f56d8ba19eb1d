"""The home page: where is the pain?"""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.knowledge import GENERATED_PAGE_NAMES
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

    body: BodyMap
    regions: tuple[RegionEntry, ...]
    elsewhere: tuple[RegionEntry, ...]
    """Regions that are not one place on the body."""
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
    on_body = {region.site for region in kb.body.regions}
    entries = {
        region.id: RegionEntry(ctx.link("site", region.id), site.technique_counts[region.id])
        for region in kb.regions()
    }
    techniques = list(kb.current_techniques())

    def page_links(*ids: str) -> tuple[Link, ...]:
        known = kb.pages.keys() | GENERATED_PAGE_NAMES.keys()
        return tuple(ctx.link("page", identifier) for identifier in ids if identifier in known)

    data = Home(
        body=body.body_map(ctx),
        regions=tuple(entries[region.site] for region in kb.body.regions if region.site in entries),
        elsewhere=tuple(entry for identifier, entry in entries.items() if identifier not in on_body),
        techniques=len(techniques),
        sites=len(kb.sites),
        references=len(kb.references),
        reviewed=sum(bool(technique.review.clinical_review) for technique in techniques),
        doors=(
            (
                "Refer",
                "Is it time to ask a pain team? The review’s nine criteria, with its own rule, on one page.",
                page_links("referral-checklist", "when-to-refer", "timing-windows"),
            ),
            (
                "Study",
                "A page for each technique: target, route, results, harms. Each statement has its source.",
                page_links("finder", "techniques", "compare", "evidence-map", "selection"),
            ),
            (
                "Teach",
                "A glossary, drawings and tables to link or print, and the data behind every page.",
                (*page_links("case-rosa", "glossary"), Link(ctx.root + "api/v1/index.json", "Data (JSON)")),
            ),
        ),
        badges=_examples(),
        about=ctx.link("page", "about") if "about" in kb.pages else None,
    )
    return Page(
        address=ctx.address,
        kind="home",
        title="Where is the pain?",
        description="Interventional techniques for cancer pain: which fits which pain, how sure, and when.",
        sections=(Section("where", "Where is the pain?", "home/home", data),),
        root=ctx.root,
        show_head=False,
    )


def _examples() -> tuple[BadgeExample, ...]:
    def bars(*states: str) -> tuple[Bar, ...]:
        return tuple(Bar(state) for state in states)  # type: ignore[arg-type]

    return (
        BadgeExample(
            BadgeView("own", "Moderate", "Review 2025", bars("on", "on", "on", "off"), "Example of a badge"),
            "Solid bars: the body rated this technique. Bars count the steps of that body’s own scale.",
        ),
        BadgeExample(
            BadgeView(
                "class", "Moderate", "Review 2025, class", bars("on", "on", "on", "off"), "Example of a badge"
            ),
            "Outlined bars: the rating was given to the class, not to this member.",
        ),
        BadgeExample(
            BadgeView("own", "I–III / A–B", "ASPN 2021", bars("on", "on", "range"), "Example of a badge"),
            "Dashed bar: the source prints a range. It stays a range.",
        ),
        BadgeExample(NOT_RATED, "No bars: described, but rated by no body in these sources."),
    )
