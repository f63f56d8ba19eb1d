"""The references of each page as files beside it: BibTeX, RIS and CSL-JSON, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator

from generator import routes
from generator.artifacts import Artifact
from generator.citation_formats import FORMATS, Format
from generator.knowledge import KnowledgeBase
from generator.render import RenderedPage


class PageReferences:
    """Makes the files of one page after the other; the entry of a reference is made once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._references = kb.references
        self._entries: dict[tuple[str, str], str] = {}

    def files(self, page: RenderedPage) -> Iterator[Artifact]:
        """One file in each format for a page that cites something."""
        if not page.cited:
            return
        for form in FORMATS:
            text = form.join([self._entry(form, key) for key in page.cited])
            yield Artifact(routes.references_file(page.address, form.suffix), text.encode())

    def _entry(self, form: Format, key: str) -> str:
        known = self._entries.get((form.name, key))
        if known is None:
            known = self._entries[form.name, key] = form.entry(self._references[key])
        return known
