"""The figure: its regions as links, front and back."""

from __future__ import annotations

from generator import routes
from generator.model.body_map import BodyGeometry
from generator.views.context import PageContext, SiteContext
from generator.views.parts import BodyMap, BodyMarks, BodyRegion


def body_marks(site: SiteContext, selected: frozenset[str]) -> BodyMarks | None:
    """The small figure with the regions of the selected sites filled; None without one."""
    geometry = site.kb.body
    if geometry is None or not selected:
        return None
    return site.made_once("body-marks", (selected,), lambda: _body_marks(geometry, selected))


def _body_marks(geometry: BodyGeometry, selected: frozenset[str]) -> BodyMarks:
    regions = [region for region in geometry.regions if region.site in selected]
    return BodyMarks(
        geometry.silhouette,
        tuple(region.front.shape for region in regions if region.front),
        tuple(region.back.shape for region in regions if region.back),
    )


def body_map(ctx: PageContext) -> BodyMap | None:
    """The figure with a link for each region; None for a site that has none."""
    geometry = ctx.kb.body
    if geometry is None:
        return None
    regions = []
    for row, region in enumerate(geometry.regions):
        count = ctx.site.technique_counts[region.site]
        regions.append(
            BodyRegion(
                id=region.site,
                label=region.label,
                href=ctx.to(routes.site(region.site)),
                count=count,
                count_text=f"{count} technique{'' if count == 1 else 's'}",
                front=region.front.shape if region.front else "",
                back=region.back.shape if region.back else "",
                front_dot=region.front.dot if region.front else None,
                back_dot=region.back.dot if region.back else None,
                row=row,
            )
        )
    return BodyMap(
        silhouette=geometry.silhouette,
        front_detail=geometry.detail.front,
        back_detail=geometry.detail.back,
        regions=tuple(regions),
        title=ctx.kb.texts.figure,
        description="Each region is a link to its page: "
        + ", ".join(region.label for region in regions)
        + ".",
    )
