"""How a page is shown where somebody links to it: a picture of a technique with its badges."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from generator import routes
from generator.model.technique import Technique
from generator.views import body, cite, evidence
from generator.views.context import PageContext, SiteContext
from generator.views.fits import standing
from generator.views.parts import BadgeView, BodyMarks, Page

WIDTH, HEIGHT = 1200, 630
MOST_BADGES = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One picture."""

    path: str
    """Its file in the site."""
    site: str
    over: str
    """A line above the title."""
    title: str
    text: str
    badges: tuple[BadgeView, ...]
    foot: str
    host: str
    """Where the site is published; empty when nobody says."""
    body: BodyMarks | None


@dataclass(frozen=True, slots=True)
class Share:
    """Full addresses of a page and its picture, and what the picture says."""

    url: str
    image: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def share(site: SiteContext, page: Page) -> Share | None:
    """How a link to a page is shown elsewhere; None when nobody says where the site is published."""
    root = site.kb.publication.address
    if root is None:
        return None
    kind, identifier = page.record or ("", "")
    card = of_technique(site, site.kb.techniques[identifier]) if kind == "technique" else of_site(site)
    badges = "; ".join(badge.label for badge in card.badges)
    alt = f"{card.title}. {badges or card.text}".strip()
    return Share(cite.address_of(site, page), root + card.path, alt)


def of_technique(site: SiteContext, technique: Technique) -> Card:
    """The picture of a technique: its name, its group, how it is rated, where the pain is."""
    kb = site.kb
    ctx = PageContext(site, routes.technique(technique.id))
    places = (
        place for item in technique.indications if standing(item) == "described" for place in item.pain_sites
    )
    regions = frozenset(region for place in places for region in site.drawn_regions_of[place])
    badges = evidence.one_badge_per_body(ctx, technique)
    return Card(
        path=routes.card(technique.id),
        site=kb.publication.name,
        over=" · ".join([kb.groups[technique.group].short, *technique.abbreviations[:2]]),
        title=technique.name,
        text="",
        badges=badges[:MOST_BADGES],
        foot=_foot(site, f"{len(badges) - MOST_BADGES} more rate it" if badges[MOST_BADGES:] else ""),
        host=_host(site),
        body=body.body_marks(site, regions) or (BodyMarks(kb.body.silhouette, (), ()) if kb.body else None),
    )


def of_site(site: SiteContext) -> Card:
    """The picture of every other page."""
    kb = site.kb
    regions = frozenset(region.site for region in kb.body.regions) if kb.body else frozenset()
    return Card(
        path=routes.card(),
        site="",
        over="",
        title=kb.publication.name,
        text=kb.publication.description,
        badges=(),
        foot=_foot(site),
        host=_host(site),
        body=body.body_marks(site, regions),
    )


def _foot(site: SiteContext, *more: str) -> str:
    publication = site.kb.publication
    return " · ".join([f"For {publication.audience}", publication.licence.name, *filter(None, more)])


def _host(site: SiteContext) -> str:
    return urlsplit(site.kb.publication.address or "").netloc
