"""Views to files: Jinja templates make the HTML, this module only puts the pieces in order."""

from __future__ import annotations

import json
import traceback
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError

from generator import routes
from generator.artifacts import Artifact
from generator.diagnostics import BuildFailed, Diagnostic, Location
from generator.views.parts import Page, Piece, Section

_HIDE_CONTENTS = frozenset({"home", "techniques", "concordance", "references", "glossary", "coverage"})
_MARKDOWN_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>#|!&"})


class Renderer:
    """Holds the compiled templates of one project."""

    def __init__(self, templates: Path) -> None:
        self._folder = templates
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def page(self, page: Page) -> Artifact:
        """A page as a file for the engine: front matter, Markdown headings, blocks of HTML."""
        parts = [self._front_matter(page)]
        if page.show_head:
            parts.append(self._render("pages/head.html.j2", page=page))
        if page.markdown:
            parts.append(page.markdown.strip())
        for section in page.sections:
            if page.show_head:
                parts.append(_heading(section.level, section.title, section.id))
            parts.append(self.section(page, section))
        if page.references:
            parts.append(_heading(2, "References", "references"))
            parts.append(self._render("pages/references.html.j2", page=page))
        path = f"{page.address}/index.md" if page.address else "index.md"
        return Artifact(path, ("\n\n".join(parts) + "\n").encode())

    def redirect(self, former: str, address: str, name: str) -> Artifact:
        """A page at a former address that leads to the present one, without a script."""
        html = self._render("pages/redirect.html.j2", href=routes.relative(former, address), name=name)
        return Artifact(f"{former}/index.html", (html + "\n").encode())

    def section(self, page: Page, section: Section) -> str:
        """The body of one section."""
        return self._render(
            f"pages/{section.template}.html.j2", page=page, section=section, data=section.data
        )

    def piece(self, piece: Piece) -> str:
        """The HTML of one inline piece, for prose pages."""
        return str(self._piece_macro(piece)).strip()

    @cached_property
    def _piece_macro(self) -> Any:
        module: Any = self._environment.get_template("components/statement/statement.html.j2").module
        return module.piece

    def _render(self, template_name: str, /, **values: Any) -> str:
        try:
            template: Template = self._environment.get_template(template_name)
            return template.render(**values).strip()
        except TemplateError as error:
            raise BuildFailed([self._finding(template_name, error)]) from error

    def _finding(self, template_name: str, error: TemplateError) -> Diagnostic:
        """A template's fault at its place, like an author's error in a record."""
        name, line = getattr(error, "name", None) or template_name, getattr(error, "lineno", 0) or 0
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.endswith(".j2"):
                name, line = str(Path(frame.filename).relative_to(self._folder)), frame.lineno or 0
        location = Location(f"{self._folder.name}/{name}", line)
        return Diagnostic(location, "template", f"{type(error).__name__}: {error.message}")

    def _front_matter(self, page: Page) -> str:
        meta: dict[str, Any] = {
            "title": page.title,
            "description": page.description,
            "kind": page.kind,
            "hide": ["navigation", "toc"] if page.kind in _HIDE_CONTENTS else ["navigation"],
        }
        if page.synonyms or page.abbreviations:
            meta["synonyms"] = [*page.abbreviations, *page.synonyms]
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
        return "\n".join(["---", *lines, "---"])


def _heading(level: int, title: str, identifier: str) -> str:
    """A Markdown heading whose text is taken literally."""
    return f"{'#' * level} {title.translate(_MARKDOWN_SPECIAL)} {{ #{identifier} }}"
