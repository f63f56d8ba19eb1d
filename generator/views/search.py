"""The search page. Without scripts it leads to the lists from which everything is reached."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Lists that lead to every page."""

    lists: tuple[Link, ...]


def build(site: SiteContext) -> Page:
    """The page at /search/."""
    ctx = PageContext(site, routes.SEARCH)
    lists = tuple(ctx.link("page", identifier) for identifier, _ in site.kb.listed_pages())
    return Page(
        address=ctx.address,
        kind="search",
        title=site.kb.page_names["search"],
        description=f"Search techniques, {site.kb.words.site.many}, guides, glossary and references.",
        sections=(Section("find", "Find", "search/search", SearchPage(lists)),),
        root=ctx.root,
    )
