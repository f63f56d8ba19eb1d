"""The list of guides."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide with what it tells."""

    link: Link
    lead: str


@dataclass(frozen=True, slots=True)
class GuideList:
    """All guides in reading order."""

    guides: tuple[Guide, ...]


def build(site: SiteContext) -> Page:
    """The page that leads to every guide."""
    ctx = PageContext(site, routes.LEARN)
    words = site.kb.words
    pages = sorted(site.kb.pages.values(), key=lambda page: (page.meta.order, page.meta.title.casefold()))
    guides = [
        Guide(ctx.link("page", page.id), site.plain(page.meta.lead))
        for page in pages
        if page.meta.section == "learn"
    ]
    guides.append(
        Guide(
            ctx.link("page", "evidence-map"),
            f"Techniques by {words.site.many}, in one scale at a time, with every gap.",
        )
    )
    guides.append(
        Guide(ctx.link("page", "concordance"), "Every rating by every body, side by side in its own scale.")
    )
    guides.append(Guide(ctx.link("page", "study"), site.kb.study.lead))
    guides.append(
        Guide(ctx.link("page", "glossary"), f"Terms and abbreviations as this {words.work} uses them.")
    )
    guides.append(Guide(ctx.link("page", "coverage"), "Where no source that was read says something."))
    return Page(
        address=ctx.address,
        kind="learn",
        title=site.kb.page_names["learn"],
        description=f"Guides: short, cited, linked to techniques and {words.site.many}.",
        lead=ctx.pieces("Guides of one to three minutes, cited and linked to the techniques.", terms=False),
        sections=(Section("guides", "Guides", "learn/guides", GuideList(tuple(guides))),),
        root=ctx.root,
    )
