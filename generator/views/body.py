"""The schematic body: pain regions as links, front and back."""

from __future__ import annotations

from generator import routes
from generator.views.context import PageContext, SiteContext
from generator.views.parts import BodyMap, BodyMarks, BodyRegion


def body_marks(site: SiteContext, selected: frozenset[str]) -> BodyMarks | None:
    """The small figure with the regions of the selected pain sites filled; None without one."""
    return (
        site.made_once("body-marks", (selected,), lambda: _body_marks(site, selected)) if selected else None
    )


def _body_marks(site: SiteContext, selected: frozenset[str]) -> BodyMarks:
    regions = [region for region in site.kb.body.regions if region.site in selected]
    return BodyMarks(
        site.kb.body.silhouette,
        tuple(region.front.shape for region in regions if region.front),
        tuple(region.back.shape for region in regions if region.back),
    )


def body_map(ctx: PageContext) -> BodyMap:
    """The figure with a link for each region."""
    geometry = ctx.kb.body
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
        title="Where is the pain? The body, front and back",
        description="Each region is a link to its page: "
        + ", ".join(region.label for region in regions)
        + ".",
    )
