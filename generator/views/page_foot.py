"""What stands behind the text of every page: how it is cited, and what it is for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.views import cite, structured_data
from generator.views.cite import PageCitation
from generator.views.context import SiteContext
from generator.views.parts import Page


@dataclass(frozen=True, slots=True)
class PageFoot:
    """The foot of a page."""

    citation: PageCitation
    data: structured_data.Data


def of_page(site: SiteContext, page: Page, cited: Sequence[str]) -> PageFoot:
    """The foot of a page that cites these references, in this order."""
    return PageFoot(cite.citation(site, page, cited), structured_data.of_page(site, page, cited))
