"""Every file that shows a part of the site elsewhere: one line here, one module beside."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts import Artifact
from generator.parallel import map_in_order
from generator.render import Renderer
from generator.show import embeds, figures, sheets, site_figures, slides
from generator.views.context import SiteContext


def shown_elsewhere(site: SiteContext, renderer: Renderer) -> Iterator[Artifact]:
    """Frames, sheets, slides and figures; on several cores when there are many."""
    builders = [
        *embeds.builders(site, renderer),
        *sheets.builders(site, renderer),
        *slides.builders(site, renderer),
        *figures.builders(site, renderer),
        *site_figures.builders(site, renderer),
    ]
    for made in map_in_order(lambda build: build(), builders):
        yield from made
