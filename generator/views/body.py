"""The schematic body: pain regions as links, front and back."""

from __future__ import annotations

from collections.abc import Collection

from generator import routes
from generator.views.context import PageContext
from generator.views.parts import BodyMap, BodyRegion


def body_map(ctx: PageContext, selected: Collection[str] = ()) -> BodyMap:
    """The figure with a link for each region; `selected` pain sites are drawn filled."""
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
                selected=region.site in selected,
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
