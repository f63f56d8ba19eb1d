"""Hands the engine finished sections: it reads a page's headings only, the HTML between them is put in later.

A pure speed-up: the site is the same, byte for byte, without it.
"""

from __future__ import annotations

import re
from typing import Any

from mkdocs.plugins import BasePlugin

from generator.template_code import CompiledTemplates

# As the renderer writes a heading: a line between blank lines. Text of a record holds no line break.
_HEADING = re.compile(r"(?:^|(?<=\n\n))(#{1,6} [^\n]+ \{ #[^\s{}]+ \})(?=\n\n|\n*\Z)")
_COMPILED = CompiledTemplates()
_PLACE = re.compile(r'<div data-section="(\d+)"></div>')


class FinishedSections(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Takes the sections of generated pages out before Markdown reads them. Prose pages are left alone."""

    def __init__(self) -> None:
        self._sections: dict[str, list[str]] = {}

    def on_env(self, env: Any, /, **_: Any) -> Any:
        """A second build in one process finds its templates compiled."""
        env.bytecode_cache = _COMPILED
        return env

    def on_page_markdown(self, markdown: str, /, *, page: Any, **_: Any) -> str:
        """The headings of a generated page, with a place for each section."""
        if page.meta.get("kind") in (None, "prose"):
            return markdown
        text, self._sections[page.file.src_uri] = take_out(markdown)
        return text

    def on_page_content(self, html: str, /, *, page: Any, **_: Any) -> str:
        """The page with its sections back in place."""
        sections = self._sections.pop(page.file.src_uri, None)
        return html if sections is None else put_in(html, sections)


def take_out(markdown: str) -> tuple[str, list[str]]:
    """Headings with numbered places between them, and what belongs there."""
    blocks: list[str] = []
    sections: list[str] = []
    for index, part in enumerate(_HEADING.split(markdown)):
        if index % 2:
            blocks.append(part)
        elif section := part.strip("\n"):
            blocks.append(f'<div data-section="{len(sections)}"></div>')
            sections.append(section)
    return "\n\n".join(blocks), sections


def put_in(html: str, sections: list[str]) -> str:
    """The sections in their places."""
    return _PLACE.sub(lambda place: sections[int(place[1])], html)
