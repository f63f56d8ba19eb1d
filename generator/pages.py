"""All pages of the site, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from generator.render import Renderer
from generator.views import (
    checklist,
    compare,
    concordance,
    coverage,
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
    technique,
    techniques,
)
from generator.views.context import SiteContext
from generator.views.parts import Page

PageBuilder: TypeAlias = Callable[[], Page]


def page_builders(context: SiteContext, renderer: Renderer) -> list[PageBuilder]:
    """One builder for each page. A page kind is one line here, a view module, a folder of templates."""
    kb = context.kb
    parts = references.parts_of(context)
    return [
        # The long pages first, so that no core waits for one of them at the end.
        partial(techniques.build_table, context),
        *(partial(references.build, context, parts, part) for part in range(len(parts))),
        partial(evidence_map.build, context),
        partial(concordance.build, context),
        partial(coverage.build, context),
        *(partial(techniques.build_group, context, group) for group in kb.groups.values()),
        *(partial(site.build, context, place) for place in kb.sites.values()),
        *(partial(prose.build, context, page, renderer.inline) for page in kb.pages.values()),
        partial(home.build, context),
        partial(site.build_index, context),
        partial(finder.build, context),
        partial(compare.build, context),
        partial(checklist.build, context),
        partial(glossary.build, context),
        partial(learn.build, context),
        partial(offline.build, context),
        partial(search.build, context),
        *(
            partial(references.build_one, context, reference)
            for reference in kb.references.values()
            if context.addresses.references_apart
        ),
        *(partial(technique.build, context, record) for record in kb.current_techniques()),
    ]
