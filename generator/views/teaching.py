"""What can be taken from a page into a lecture, a course or a handout, with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator import routes
from generator.model.technique import Technique
from generator.views.attribution import full_address
from generator.views.context import PageContext, SiteContext
from generator.views.fits import standing
from generator.views.parts import Link, Section

FIGURES = {
    "levels": "Levels",
    "body": "On the body",
    "evidence": "Ratings",
    "windows": "Window of prognosis",
}

# Usual size of a view in a frame, by its page.
FRAME_SIZES = {
    routes.TECHNIQUES: (960, 640),
    routes.EVIDENCE_MAP: (1180, 720),
    routes.PAIN_SITES: (640, 700),
    routes.REFERRAL_CHECKLIST: (720, 640),
    routes.TIMING_WINDOWS: (720, 560),
}
SUMMARY_SIZE = 720, 940
BADGES_SIZE = 480, 320


@dataclass(frozen=True, slots=True)
class Frame:
    """A view for a frame elsewhere, as a page offers it."""

    title: str
    href: str
    address: str
    """Its full address; empty where the site's own is not known: a script then completes it."""
    label: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure or table with its files."""

    title: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Teaching:
    """Everything to take from a page."""

    papers: tuple[Link, ...]
    frames: tuple[Frame, ...]
    figures: tuple[Taken, ...]
    licence: Link
    name: str


def figure_kinds(site: SiteContext, record: Technique) -> tuple[str, ...]:
    """The figures that the record of a technique gives."""
    parent = site.kb.class_of(record)
    described = (item for item in record.indications if standing(item) == "described")
    there = {
        "levels": bool(record.anatomy.levels),
        "body": any(site.drawn_regions_of[place] for item in described for place in item.pain_sites),
        "evidence": bool(record.evidence or (parent and parent.evidence)),
        "windows": bool(record.prognosis or (parent and parent.prognosis)),
    }
    return tuple(kind for kind in FIGURES if there[kind])


def of_technique(ctx: PageContext, record: Technique) -> Section:
    """The section of a technique page."""
    figures = tuple(
        figure(ctx, FIGURES[kind], f"{record.id}/{kind}") for kind in figure_kinds(ctx.site, record)
    )
    return section(
        ctx,
        papers=(
            Link(ctx.to(routes.sheet(record.id)), "One page to print, A4 or Letter"),
            Link(ctx.root + routes.slides(record.id), "Slides, one HTML file"),
        ),
        frames=(
            frame(ctx, "Summary", routes.embed(record.id), f"{record.name}: its summary", *SUMMARY_SIZE),
            frame(
                ctx,
                "Ratings",
                routes.embed(record.id, "badge"),
                f"{record.name}: how bodies rate it",
                *BADGES_SIZE,
            ),
        ),
        figures=figures,
    )


def of_page(ctx: PageContext, page: str, title: str, *, figures: Sequence[Taken] | None = None) -> Section:
    """The section of a page of the whole site, which has a view, and a figure unless others are given."""
    width, height = FRAME_SIZES[page]
    label = f"{ctx.kb.name('page', page)}: {ctx.kb.publication.name}"
    return section(
        ctx,
        frames=(frame(ctx, title, routes.embed(page), label, width, height),),
        figures=(figure(ctx, title, page),) if figures is None else figures,
    )


def section(
    ctx: PageContext,
    *,
    papers: Sequence[Link] = (),
    frames: Sequence[Frame] = (),
    figures: Sequence[Taken] = (),
) -> Section:
    """The section of any page."""
    publication = ctx.kb.publication
    data = Teaching(
        tuple(papers),
        tuple(frames),
        tuple(figures),
        Link(publication.licence.url, publication.licence.name),
        publication.name,
    )
    return Section("teaching", "Use in teaching", "teaching", data)


def oembed(ctx: PageContext, identifier: str) -> str:
    """Full address of the oEmbed file of a view; empty where the site's own is not known."""
    return full_address(ctx.kb, "", f"{routes.embed(identifier)}/{routes.OEMBED}")


def frame(ctx: PageContext, title: str, address: str, label: str, width: int, height: int) -> Frame:
    """One view with its code."""
    return Frame(title, ctx.to(address), full_address(ctx.kb, address), label, width, height)


def figure(ctx: PageContext, title: str, name: str) -> Taken:
    """One figure with its three files."""
    return Taken(
        title,
        tuple(Link(ctx.root + routes.figure(name, form), form.upper()) for form in ("svg", "png", "csv")),
    )
