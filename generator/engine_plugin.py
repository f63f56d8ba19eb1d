"""Hands the engine finished pages: Markdown reads each heading once, the HTML between them stays as it is.

A pure speed-up: the site is the same, byte for byte, without it. The engine would make a Markdown parser
for every page and send it over HTML that is finished.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.plugins import BasePlugin
from mkdocs.structure.toc import get_toc

from generator.config import KEPT_TEMPLATES
from generator.template_code import COMPILED

Token: TypeAlias = Any
"""An entry of the contents list, as the extension of Markdown makes it: a dictionary."""

# As the renderer writes a heading: a line between blank lines. Text of a record holds no line break.
_HEADING = re.compile(r"#{1,6} [^\n]+ \{ #[^\s{}]+ \}(?=\n\n|\n*\Z)")


class FinishedSections(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Converts generated pages. Prose pages are left to the engine."""

    def __init__(self) -> None:
        self._convert: Callable[[str], tuple[str, list[Token]]] | None = None

    def on_env(self, env: Any, /, *, config: Any, **_: Any) -> Any:
        """A second build finds its templates compiled, in this process or another."""
        COMPILED.keep_in(Path(config["docs_dir"]).parent / KEPT_TEMPLATES)
        env.bytecode_cache = COMPILED
        return env

    def on_page_markdown(self, markdown: str, /, *, page: Any, config: Any, **_: Any) -> str:
        """Take the conversion of a generated page over from the engine."""
        if page.meta.get("kind") not in (None, "prose"):
            if self._convert is None:
                self._convert = Converter(config["markdown_extensions"], config["mdx_configs"])
            page.render = partial(_render, self._convert, page)
        return markdown


def _render(convert: Callable[[str], tuple[str, list[Token]]], page: Any, *_: Any) -> None:
    """What the engine's `Page.render` leaves on a page: content, contents list, anchors."""
    page.content, tokens = convert(page.markdown)
    page.toc = get_toc(tokens)
    page.present_anchor_ids = set(_ids(tokens))


def _ids(tokens: list[Token]) -> list[str]:
    return [identifier for token in tokens for identifier in (token["id"], *_ids(token["children"]))]


class Converter:
    """Turns the Markdown of a generated page into HTML. Headings go through Markdown, each once."""

    def __init__(self, extensions: list[Any], settings: dict[str, Any] | None) -> None:
        self._markdown = Markdown(extensions=extensions, extension_configs=settings or {})
        self._headings: dict[str, tuple[str, Token]] = {}

    def __call__(self, text: str) -> tuple[str, list[Token]]:
        """The page as HTML, and its headings nested by their levels."""
        blocks: list[str] = []
        tokens: list[Token] = []
        for part, is_heading in split(text):
            if is_heading:
                html, token = self._heading(part)
                tokens.append(dict(token))
            else:
                html = part + "\n"  # as Markdown leaves a block of HTML
            blocks.append(html)
        return "\n".join(blocks).strip(), nest_toc_tokens(tokens)

    def _heading(self, line: str) -> tuple[str, Token]:
        known = self._headings.get(line)
        if known is None:
            html = self._markdown.reset().convert(line)
            (token,) = self._markdown.toc_tokens
            known = self._headings[line] = html, token
        return known


def split(text: str) -> list[tuple[str, bool]]:
    """Headings (true) and the finished HTML between them (false), in their order."""
    parts: list[tuple[str, bool]] = []
    start = at = 0

    def add(section: str) -> None:
        if section := section.strip("\n"):
            parts.append((section, False))

    while (at := 0 if at == 0 and text.startswith("#") else text.find("\n\n#", at)) >= 0:
        place = at + 2 if text.startswith("\n", at) else at
        found = _HEADING.match(text, place)
        if found:
            add(text[start:place])
            parts.append((found[0], True))
            start = found.end()
        at = max(place, 1)
    add(text[start:])
    return parts
