"""The references of each page as files beside it: BibTeX, RIS and CSL-JSON, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import routes
from generator.artifacts import Artifact
from generator.citation_formats import FORMATS, Format
from generator.knowledge import KnowledgeBase


class PageReferences:
    """Makes the files of one page after the other; the entry of a reference is made once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._references = kb.references
        self._entries: dict[tuple[str, str], str] = {}

    def files(self, address: str, cited: Sequence[str]) -> Iterator[Artifact]:
        """One file in each format for a page that cites something: the keys as they stand at its foot."""
        if not cited:
            return
        for form in FORMATS:
            text = form.join([self._entry(form, key) for key in cited])
            yield Artifact(routes.references_file(address, form.suffix), text.encode())

    def _entry(self, form: Format, key: str) -> str:
        known = self._entries.get((form.name, key))
        if known is None:
            known = self._entries[form.name, key] = form.entry(self._references[key])
        return known
