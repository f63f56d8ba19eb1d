"""Pages that stand apart from the site: citations without anchors, and the sources in short."""

from __future__ import annotations

from markupsafe import Markup

from generator.artifacts import Artifact
from generator.bibliography import short_form
from generator.page_marks import ROOT, settle
from generator.render import Renderer
from generator.show.views import Source
from generator.views.citations import PageCitations
from generator.views.context import SiteContext

_MARKS = "show/marks.html.j2"


class Apart:
    """One file under construction. Numbers run through it, from the first use on."""

    def __init__(self, site: SiteContext, renderer: Renderer, live: str = "") -> None:
        """`live` leads to the page whose list of references a mark leads to; without it marks are plain."""
        self._site = site
        self._renderer = renderer
        self._live = live
        self._citations = PageCitations(site.cards)
        self._used: dict[str, None] = {}

    def part(self, template: str, root: str, **values: object) -> tuple[Markup, tuple[Source, ...]]:
        """The HTML of a part, and the sources that it cites, by their numbers."""
        self._used = {}
        text = settle(self._renderer.fragment(template, **values), self._cite, _plain_term)
        return Markup(text.replace(ROOT, root)), self._sources()

    def file(self, path: str, template: str, **values: object) -> Artifact:
        """The whole file."""
        return Artifact(path, (self._renderer.fragment(template, **values) + "\n").encode())

    def all_sources(self) -> tuple[Source, ...]:
        """Every source that was cited so far."""
        return tuple(self._source(item.number, item.card.key) for item in self._citations.references())

    def _cite(self, places: list[tuple[str, str]]) -> str:
        marks = self._citations.marks(places)
        self._used.update((key, None) for key, _ in places)
        return self._renderer.fragment(_MARKS, marks=marks, live=self._live)

    def _sources(self) -> tuple[Source, ...]:
        listed = self._citations.references()
        return tuple(
            self._source(item.number, item.card.key) for item in listed if item.card.key in self._used
        )

    def _source(self, number: int, key: str) -> Source:
        card = self._site.cards[key]
        return Source(
            number=number,
            anchor=card.id,
            short=short_form(self._site.kb.references[key]),
            full=" ".join(
                filter(
                    None,
                    (card.authors, card.title, card.source, card.notice.sentence if card.notice else ""),
                )
            ),
            href=card.links[0].href if card.links else "",
        )


def _plain_term(_identifier: str, _link: str, plain: str) -> str:
    return plain
