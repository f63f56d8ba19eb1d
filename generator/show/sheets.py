"""One page of paper for each technique. What has no room is cut by rule and counted, never in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generator import routes
from generator.artifacts import Artifact
from generator.model.technique import Technique
from generator.render import Renderer
from generator.show.apart import Apart
from generator.show.views import Block, Sheet
from generator.views import spine, tables, technique
from generator.views.attribution import attribution
from generator.views.context import PageContext, SiteContext
from generator.views.fits import standing
from generator.views.parts import StatementView
from generator.views.qr import qr_code
from generator.views.status import status_of_review

STYLE = "assets/sheet.css"
# So many statements of each part, and no more than so many letters of them: what fits on A4 and on Letter.
_MOST = 5
_LETTERS = 300
_MOST_LEVELS = 4
_MOST_WINDOWS = 2


def builders(site: SiteContext, renderer: Renderer) -> Iterator[Callable[[], list[Artifact]]]:
    """One builder for each sheet."""
    for record in site.kb.current_techniques():
        yield partial(_sheet, site, renderer, record)


def _sheet(site: SiteContext, renderer: Renderer, record: Technique) -> list[Artifact]:
    ctx = PageContext(site, routes.sheet(record.id))
    status = status_of_review(ctx, record.review)
    credit = attribution(site.kb, status, record.name, routes.technique(record.id))
    view = Sheet(
        title=record.name,
        abbreviations=record.abbreviations,
        lead=ctx.pieces(record.summary.text, record.summary.citations),
        summary=technique.summary_of(ctx, record),
        fits=_fits(ctx, record),
        levels=tuple(
            (level.structure, spine.level_text(level)) for level in record.anatomy.levels[:_MOST_LEVELS]
        ),
        more_levels=max(len(record.anatomy.levels) - _MOST_LEVELS, 0),
        windows=_MOST_WINDOWS,
        blocks=tuple(part for part in _blocks(ctx, record) if part.items),
        qr=qr_code(credit.address),
    )
    apart = Apart(site, renderer)
    content, sources = apart.part("show/sheet-body.html.j2", ctx.root, data=view)
    page = apart.file(
        f"{ctx.address}/index.html",
        "show/sheet.html.j2",
        page=view,
        content=content,
        sources=sources,
        attribution=credit,
        stylesheet=ctx.root + STYLE,
        live=ctx.to(routes.technique(record.id)),
    )
    return [page]


def _fits(ctx: PageContext, record: Technique) -> Block:
    described = [item for item in record.indications if standing(item) == "described"]
    return block("Fits", ctx.statements(described))


def _blocks(ctx: PageContext, record: Technique) -> Iterator[Block]:
    approach = record.approach
    guidance = tables.guidance(ctx, approach.guidance)
    yield block("How it is done", (*guidance, *ctx.statements((*approach.route, *approach.agents))))
    yield block("Watch for", tables.harms(ctx, record))
    yield block("Contraindications and cautions", tables.against(ctx, record))
    yield block("Limits", ctx.statements(record.limitations))


def block(title: str, found: Iterable[StatementView]) -> Block:
    """As many statements as the rule allows, from the first on."""
    items = tuple(found)
    kept: list[StatementView] = []
    letters = 0
    for item in items[:_MOST]:
        letters += sum(len(piece.text) for piece in item.pieces if piece.kind != "cite")
        if kept and letters > _LETTERS:
            break
        kept.append(item)
    return Block(title, tuple(kept), len(items) - len(kept))
