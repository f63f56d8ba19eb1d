"""All pages of the site, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
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
    """One builder for each address. A page kind is one line here, a view module, a folder of templates."""
    kb = context.kb
    parts = references.parts_of(context)
    moved = tuple(moved_pages(context))
    builders: dict[str, PageBuilder] = {
        # The long pages first, so that no core waits for one of them at the end.
        routes.TECHNIQUES: partial(techniques.build_table, context),
        **{
            routes.reference_list(part): partial(references.build, context, parts, part)
            for part in range(len(parts))
        },
        routes.EVIDENCE_MAP: partial(evidence_map.build, context),
        routes.CONCORDANCE: partial(concordance.build, context),
        routes.COVERAGE: partial(coverage.build, context),
        **{
            routes.group(group.id): partial(techniques.build_group, context, group)
            for group in kb.groups.values()
        },
        **{routes.site(place.id): partial(site.build, context, place) for place in kb.sites.values()},
        **{page.id: partial(prose.build, context, page, renderer.inline) for page in kb.pages.values()},
        routes.HOME: partial(home.build, context),
        routes.PAIN_SITES: partial(site.build_index, context),
        routes.FINDER: partial(finder.build, context),
        routes.COMPARE: partial(compare.build, context),
        **({routes.REFERRAL_CHECKLIST: partial(checklist.build, context)} if kb.criteria else {}),
        routes.GLOSSARY: partial(glossary.build, context),
        routes.LEARN: partial(learn.build, context),
        routes.OFFLINE: partial(offline.build, context),
        routes.STATUS: partial(upkeep.build, context),
        routes.STUDY: partial(study.build, context),
        **{
            routes.study(record.id): partial(study.build_cards, context, record)
            for record in study.studied(context)
        },
        routes.DATA: partial(data.build, context, renderer.source),
        routes.SEARCH: partial(search.build, context),
        **{
            routes.reference(reference.key): partial(references.build_one, context, reference)
            for reference in kb.references.values()
            if context.addresses.references_apart
        },
        **{
            routes.technique(record.id): partial(technique.build, context, record)
            for record in kb.current_techniques()
        },
    }
    return {address: partial(_whole, context, moved, build) for address, build in builders.items()}


def _whole(context: SiteContext, moved: Collection[Moved], build: PageBuilder) -> Page:
    """A page with its former places."""
    return with_former(context, moved, build())
