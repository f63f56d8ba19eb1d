"""The evidence map: techniques × sites, in one scale at a time, with every gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import routes
from generator.knowledge import KnowledgeBase
from generator.model.technique import Technique
from generator.views import evidence_cells as cells
from generator.views import teaching
from generator.views.context import PageContext, SiteContext
from generator.views.evidence_cells import RAMP, Cell, ScaleChoice, by_group
from generator.views.evidence_map_list import row_id, statement_list
from generator.views.evidence_map_view import (
    EvidenceMap,
    MapCell,
    MapColumn,
    MapFrame,
    MapGroup,
    MapRow,
    MapValue,
    Matrix,
    ScaleLegend,
)
from generator.views.parts import Link, Page, Section
from generator.views.status import status_of_records


def build(site: SiteContext) -> Page:
    """The page of the map."""
    ctx = PageContext(site, routes.EVIDENCE_MAP)
    kb, words = ctx.kb, ctx.kb.words
    techniques = list(kb.current_techniques())
    by_region = {region.id: cells.cells(kb, region.id) for region in kb.regions()}
    choices = cells.scale_choices(kb)
    data = EvidenceMap(
        scales=legends(ctx),
        overview=overview(ctx),
        regions=tuple(_zooms(ctx, choices, techniques)),
        without_site=cells.statements_without_site(techniques),
        table=Link(ctx.root + f"{routes.API}/evidence-map.csv", "The map as a table (CSV)"),
    )
    return Page(
        address=ctx.address,
        kind="evidence-map",
        title=kb.page_names["evidence-map"],
        description=f"Techniques by {words.site.many}: who describes, rates or speaks against what, "
        "and every gap.",
        lead=ctx.pieces(
            f"Which technique is described for which {words.complaint.one}, and how a body rates it. "
            "One scale at a time: the scales do not convert. Each cell leads to the statements behind it.",
            terms=False,
        ),
        breadcrumbs=(Link(ctx.to(routes.LEARN), "Learn"),),
        status=status_of_records(techniques),
        sections=(
            Section("map", "The map", "evidence-map/map", data),
            Section("statements", "The same as a table", "evidence-map/list", statement_list(ctx, by_region)),
            teaching.of_page(
                ctx,
                routes.EVIDENCE_MAP,
                "The map",
                figures=tuple(
                    teaching.Taken(f"The map, {choice.label}", _map_files(ctx, choice)) for choice in choices
                ),
            ),
        ),
        root=ctx.root,
        oembed=teaching.oembed(ctx, routes.EVIDENCE_MAP),
    )


def frame(ctx: PageContext) -> MapFrame:
    """The map alone; its cells lead to the statements on the page of the map."""
    return MapFrame(legends(ctx), overview(ctx))


def overview(ctx: PageContext) -> Matrix:
    """All techniques by all pain regions."""
    kb = ctx.kb
    by_region = {region.id: cells.cells(kb, region.id) for region in kb.regions()}
    techniques = list(kb.current_techniques())
    return _matrix(ctx, "all", f"All {kb.words.region.many}", by_region, cells.scale_choices(kb), techniques)


def legends(ctx: PageContext) -> tuple[ScaleLegend, ...]:
    """What the map's values mean, scale by scale."""
    return tuple(_legend(ctx, choice) for choice in cells.scale_choices(ctx.kb))


def map_drawings(kb: KnowledgeBase) -> tuple[str, ...]:
    """The files of the map of all techniques, one for each scale."""
    scales = cells.scale_choices(kb) if any(kb.current_techniques()) else ()
    return tuple(picture_file(choice.scale.id) for choice in scales)


def _map_files(ctx: PageContext, choice: ScaleChoice) -> tuple[Link, ...]:
    drawing = picture_file(choice.scale.id)
    table = f"{routes.API}/evidence-map.csv"
    files = (("SVG", drawing), ("PNG", f"{drawing.removesuffix('.svg')}.png"), ("CSV", table))
    return tuple(Link(ctx.root + file, form) for form, file in files)


def picture_file(scale: str, group: str = "") -> str:
    """The file of the map as a picture, in one scale, of all techniques or of one group."""
    return f"{routes.API}/evidence-map/{scale}{f'-{group}' if group else ''}.svg"


def _legend(ctx: PageContext, choice: ScaleChoice) -> ScaleLegend:
    kb = ctx.kb
    scale = choice.scale
    part = next((part for part in scale.parts if part.id == scale.meter), None)
    steps = part.steps if part else ()
    looks = [f"own step-{-(-(place + 1) * RAMP // len(steps))}" for place in range(len(steps))]
    groups = [(group, kb.groups[group].short) for group, _ in by_group(kb, list(kb.current_techniques()))]
    return ScaleLegend(
        number=choice.number,
        id=scale.id,
        label=choice.label,
        name=scale.name,
        href=ctx.to("about", f"scale-{scale.id}") if "about" in kb.pages else "",
        defined=scale.defined,
        steps=tuple((look, step.value) for look, step in zip(looks, steps, strict=True)),
        pictures=(
            ("", Link(ctx.root + picture_file(scale.id), "all techniques")),
            *((group, Link(ctx.root + picture_file(scale.id, group), short)) for group, short in groups),
        ),
    )


def _matrix(
    ctx: PageContext,
    identifier: str,
    title: str,
    by_site: dict[str, dict[str, Cell]],
    choices: Sequence[ScaleChoice],
    techniques: Sequence[Technique],
    region: str = "",
) -> Matrix:
    """One matrix. With `region`, its cells lead to the row of that region."""
    kb = ctx.kb
    heads = [
        MapColumn(cells.column_name(kb, site), kb.sites[site].name, ctx.to(routes.site(site)))
        for site in by_site
    ]
    filled = 0
    groups = []
    for group, members in by_group(kb, techniques):
        rows = []
        for technique in members:
            row = []
            for head, (site, found) in zip(heads, by_site.items(), strict=True):
                cell = found.get(technique.id)
                filled += cell is not None
                href = ctx.to(routes.EVIDENCE_MAP, row_id(technique.id, region or site))
                row.append(_cell(ctx, head.full, href, cell, choices) if cell else MapCell(head.full))
            rows.append(
                MapRow(
                    technique=ctx.link("technique", technique.id),
                    not_for=_not_for(ctx, technique),
                    cells=tuple(row),
                    gaps=", ".join(head.name for head, cell in zip(heads, row, strict=True) if not cell.href),
                )
            )
        groups.append(MapGroup(group, kb.groups[group].name, tuple(rows)))
    return Matrix(
        identifier,
        title,
        tuple(heads),
        tuple(groups),
        filled,
        len(by_site) * len(techniques) - filled,
        len(techniques),
        _counts(len(techniques), len(by_site) - 1),
    )


def _counts(techniques: int, narrower: int) -> str:
    words = f"{techniques} technique{'' if techniques == 1 else 's'}"
    return f"{words}, {narrower} narrower site{'' if narrower == 1 else 's'}" if narrower else words


def _zooms(
    ctx: PageContext, choices: Sequence[ScaleChoice], techniques: Sequence[Technique]
) -> Iterator[Matrix]:
    """A region with its narrower sites, and only the techniques of which a source speaks there."""
    kb = ctx.kb
    for region in kb.regions():
        places = kb.sites_below[region.id]
        by_site = {place: cells.cells(kb, place) for place in places}
        present = [item for item in techniques if any(item.id in found for found in by_site.values())]
        if present:
            yield _matrix(ctx, region.id, region.name, by_site, choices, present, region.id)


def _cell(ctx: PageContext, column: str, href: str, cell: Cell, choices: Sequence[ScaleChoice]) -> MapCell:
    shown: dict[tuple[str, str, str], list[str]] = {}
    for choice in choices:
        value = cells.value(ctx.kb, cell, choice.scale)
        look = f"{value.look} step-{value.level}" if value.look == "own" else value.look
        shown.setdefault((look, value.text, value.small), []).append(choice.number)
    if not choices:
        value = cells.value(ctx.kb, cell, next(iter(ctx.kb.scales.values())))
        shown[(value.look, value.text, value.small)] = []
    return MapCell(
        column=column,
        href=href,
        values=tuple(
            MapValue(" ".join(numbers), look, text, small) for (look, text, small), numbers in shown.items()
        ),
        also_against=bool(cell.against) and cell.standing != "against",
    )


def _not_for(ctx: PageContext, technique: Technique) -> Link | None:
    """A link to what a source speaks against without naming a site."""
    unplaced = [item for item in technique.not_indicated if not item.pain_sites]
    if not unplaced:
        return None
    names = [ctx.kb.mechanisms[name].name.lower() for item in unplaced for name in item.mechanisms]
    words = f"Not for {', '.join(dict.fromkeys(names))}" if names else "A source speaks against some uses"
    return ctx.link("technique", technique.id, words, anchor="not-indicated")
