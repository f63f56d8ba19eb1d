"""All pages of the site, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import chain
from typing import TypeAlias

from generator import routes
from generator.render import Renderer
from generator.views import (
    checklist,
    compare,
    concordance,
    coverage,
    data,
    evidence_map,
    finder,
    glossary,
    home,
    learn,
    offline,
    prose,
    references,
    search,
    site,
    site_index,
    study,
    technique,
    techniques,
    upkeep,
)
from generator.views.context import SiteContext
from generator.views.former import Moved, moved_pages, with_former
from generator.views.parts import Page

PageBuilder: TypeAlias = Callable[[], Page]


def page_builders(context: SiteContext, renderer: Renderer) -> dict[str, PageBuilder]:
    """One builder for each address."""
    return dict(addressed_pages(context, renderer))


def addressed_pages(context: SiteContext, renderer: Renderer) -> Iterator[tuple[str, PageBuilder]]:
    """Addresses with their builders, one by one: who needs a few pages can stop there.

    A page kind is one line here, a view module, a folder of templates.
    """
    moved = tuple(moved_pages(context))
    for address, build in chain(
        _long_pages(context),
        _single_pages(context, renderer),
        _pages_of_records(context, renderer),
        _pages_of_cards(context),
    ):
        yield address, partial(_whole, context, moved, build)


def _long_pages(context: SiteContext) -> Iterator[tuple[str, PageBuilder]]:
    """The long pages first, so that no core waits for one of them at the end."""
    yield routes.TECHNIQUES, partial(techniques.build_table, context)
    parts = references.parts_of(context)
    for part in range(len(parts)):
        yield routes.reference_list(part), partial(references.build, context, parts, part)
    yield routes.EVIDENCE_MAP, partial(evidence_map.build, context)
    yield routes.CONCORDANCE, partial(concordance.build, context)
    yield routes.COVERAGE, partial(coverage.build, context)


def _single_pages(context: SiteContext, renderer: Renderer) -> Iterator[tuple[str, PageBuilder]]:
    yield routes.HOME, partial(home.build, context)
    yield routes.PAIN_SITES, partial(site_index.build, context)
    yield routes.FINDER, partial(finder.build, context)
    yield routes.COMPARE, partial(compare.build, context)
    if context.kb.criteria:
        yield routes.REFERRAL_CHECKLIST, partial(checklist.build, context)
    yield routes.GLOSSARY, partial(glossary.build, context)
    yield routes.LEARN, partial(learn.build, context)
    yield routes.OFFLINE, partial(offline.build, context)
    yield routes.STATUS, partial(upkeep.build, context)
    yield routes.STUDY, partial(study.build, context)
    yield routes.DATA, partial(data.build, context, renderer.source)
    yield routes.SEARCH, partial(search.build, context)


def _pages_of_records(context: SiteContext, renderer: Renderer) -> Iterator[tuple[str, PageBuilder]]:
    kb = context.kb
    for group in kb.groups.values():
        yield routes.group(group.id), partial(techniques.build_group, context, group)
    for place in kb.sites.values():
        yield routes.site(place.id), partial(site.build, context, place)
    for page in kb.pages.values():
        yield page.id, partial(prose.build, context, page, renderer.inline)
    if context.addresses.references_apart:
        for reference in kb.references.values():
            yield routes.reference(reference.key), partial(references.build_one, context, reference)
    for record in kb.current_techniques():
        yield routes.technique(record.id), partial(technique.build, context, record)


def _pages_of_cards(context: SiteContext) -> Iterator[tuple[str, PageBuilder]]:
    """Last: which techniques have cards is known only when all questions were looked for."""
    for record in study.studied(context):
        yield routes.study(record.id), partial(study.build_cards, context, record)


def _whole(context: SiteContext, moved: Collection[Moved], build: PageBuilder) -> Page:
    """A page with its former places."""
    return with_former(context, moved, build())
