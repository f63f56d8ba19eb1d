"""All pages of the site, as views, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render import Renderer
from generator.views import (
    checklist,
    concordance,
    coverage,
    glossary,
    home,
    learn,
    prose,
    references,
    site,
    technique,
    techniques,
)
from generator.views.context import SiteContext
from generator.views.parts import Page


def all_pages(context: SiteContext, renderer: Renderer) -> Iterator[Page]:
    """Every page kind: one line here, one view module, one folder of templates."""
    kb = context.kb
    yield home.build(context)
    yield techniques.build_table(context)
    for group in kb.groups.values():
        yield techniques.build_group(context, group)
    for record in kb.current_techniques():
        yield technique.build(context, record)
    yield site.build_index(context)
    for place in kb.sites.values():
        yield site.build(context, place)
    yield checklist.build(context)
    yield glossary.build(context)
    yield references.build(context)
    yield coverage.build(context)
    yield concordance.build(context)
    yield learn.build(context)
    for page in kb.pages.values():
        yield prose.build(context, page, renderer.piece)
