"""Views to files: Jinja templates make the HTML, this module only puts the pieces in order."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from generator import routes
from generator.artifacts import Artifact
from generator.assemble import Assembler
from generator.diagnostics import BuildFailed, Diagnostic, Location
from generator.knowledge import KnowledgeBase
from generator.page_marks import ROOT, term_mark
from generator.template_code import (
    TEMPLATE_FAULTS,
    DirectEnvironment,
    TemplateFault,
    direct,
)
from generator.views import cards, facets, page_foot
from generator.views.cards import Share
from generator.views.context import SiteContext
from generator.views.former import Moved
from generator.views.parts import Page, Piece, ReferenceCard, ReferenceItem, Section

_HIDE_CONTENTS = frozenset(
    {
        "home",
        "techniques",
        "concordance",
        "references",
        "glossary",
        "coverage",
        "evidence-map",
        "search",
        "finder",
        "compare",
    }
)
_NOT_SEARCHED = frozenset({"home", "reference", "search", "study-cards"})
_MARKDOWN_SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "\\`*_{}[]#|!"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as a file, and the keys of the references at its foot in their order."""

    file: Artifact
    address: str
    cited: tuple[str, ...]


class Renderer:
    """Holds the compiled templates of one project; the words of its specialty are there for each."""

    def __init__(
        self,
        templates: Path,
        kb: KnowledgeBase,
        stamp: Mapping[str, str] | None = None,
    ) -> None:
        """`stamp` is what every page says of the whole: version and date, in its front matter."""
        self._folder = templates
        self._stamp = stamp or {}
        self._words = kb.words
        self._environment = DirectEnvironment(templates)
        self._made: dict[tuple[int, int], tuple[object, object, Markup]] = {}
        shared = self._environment.globals
        shared["term_mark"] = _term_mark
        shared["inline"] = self.inline
        shared["once"] = self._once
        shared["words"], shared["texts"], shared["publication"] = kb.words, kb.texts, kb.publication
        statement: Any = self._environment.get_template("components/statement/statement.html.j2").module
        self._pieces = statement.pieces
        self._assembler = Assembler(direct(statement.cite))

    def page(self, page: Page, site: SiteContext) -> RenderedPage:
        """A page as a file for the engine: front matter, Markdown headings, blocks of HTML.

        The references that it cites stand at its foot, and how it is cited itself.
        """
        parts = [self._front_matter(page, cards.share(site, page))]
        if page.show_head:
            parts.append(self._render("pages/head.html.j2", page=page))
        body = [page.markdown.strip()] if page.markdown else []
        sections = []
        for section in page.sections:
            if page.show_head:
                sections.append(_heading(section.level, section.title, section.id))
            sections.append(self.section(page, section))
        parts.extend([*sections, *body] if page.sections_first else [*body, *sections])
        text, references = self._assembler.settle("\n\n".join(parts), page.root, site.cards)
        if references:
            heading = _heading(2, "References", "references")
            listed = self._render("pages/references.html.j2", references=references)
            text = f"{text}\n\n{heading}\n\n{listed.replace(ROOT, page.root)}"
        cited = tuple(item.card.key for item in references)
        foot = self._render("pages/foot.html.j2", foot=page_foot.of_page(site, page, cited))
        path = f"{page.address}/index.md" if page.address else "index.md"
        return RenderedPage(Artifact(path, f"{text}\n\n{foot}\n".encode()), page.address, cited)

    def prepare(self) -> None:
        """Compile every template, before the work is shared among processes."""
        self._environment.compile_all()

    def source(self, name: str) -> str:
        """The text of a file among the templates, as it stands."""
        return (self._folder / name).read_text("utf-8")

    def picture(self, path: str, template: str, data: object) -> Artifact:
        """A drawing as a file of its own."""
        return self.file(path, f"pictures/{template}.svg.j2", data)

    def file(self, path: str, template: str, data: object) -> Artifact:
        """A file made of one template alone."""
        return Artifact(path, (self._render(template, data=data) + "\n").encode())

    def fragment(self, template: str, /, **values: object) -> str:
        """The HTML of a template, its marks not settled."""
        return self._render(template, **values)

    def redirect(self, moved: Moved) -> Artifact:
        """A page at a former address that leads to the present one, without a script."""
        href = routes.relative(moved.former, moved.address, moved.anchor)
        html = self._render("pages/redirect.html.j2", href=href, name=moved.name)
        return Artifact(f"{moved.former}/index.html", (html + "\n").encode())

    def search_record(self, **values: object) -> str:
        """A part of a page that is found by itself, as the search index reads it."""
        return self._render("pages/search/record.html.j2", **values)

    def part(self, template: str, **values: object) -> str:
        """The HTML of one template alone, its marks not yet settled."""
        return self._render(f"{template}.html.j2", **values)

    def settle_parts(
        self, parts: Sequence[str], cards: Mapping[str, ReferenceCard]
    ) -> tuple[list[str], tuple[ReferenceItem, ...]]:
        """Parts of one document that share their list of references; see `Assembler.settle_parts`."""
        return self._assembler.settle_parts(parts, cards)

    def section(self, page: Page, section: Section) -> str:
        """The body of one section."""
        return self._render(
            f"pages/{section.template}.html.j2", page=page, section=section, data=section.data
        )

    def inline(self, runs: tuple[Piece, ...]) -> Markup:
        """The HTML of inline content, which is the same on every page until its marks are settled."""
        return self._once(self._pieces, runs)

    def _once(self, macro: Any, view: object) -> Markup:
        """The text of a macro of one view that is the same on every page (by identity)."""
        key = id(macro), id(view)
        known = self._made.get(key)
        if known is None:
            # Both are kept with the text, so that no id is used twice.
            known = self._made[key] = (macro, view, Markup(direct(macro)(view).strip()))
        return known[2]

    def _render(self, template_name: str, /, **values: Any) -> str:
        try:
            return self._environment.get_template(template_name).render(**values).strip()
        except TEMPLATE_FAULTS as error:
            raise BuildFailed([self._finding(template_name, error)]) from error

    def _finding(self, template_name: str, error: TemplateFault) -> Diagnostic:
        """A template's fault at its place, like an author's error in a record."""
        name, line = getattr(error, "name", None) or template_name, getattr(error, "lineno", 0) or 0
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.endswith(".j2"):
                name, line = str(Path(frame.filename).relative_to(self._folder)), frame.lineno or 0
        location = Location(f"{self._folder.name}/{name}", line)
        return Diagnostic(location, "template", f"{type(error).__name__}: {error}")

    def _front_matter(self, page: Page, share: Share | None) -> str:
        meta: dict[str, Any] = {
            "title": page.title,
            "description": page.description,
            "kind": page.kind,
            "hide": ["navigation", "toc"] if page.kind in _HIDE_CONTENTS else ["navigation"],
            **self._stamp,
        }
        if page.kind not in _NOT_SEARCHED:
            meta["facets"] = {
                name: values for name, values in facets.of_page(self._words, page.kind, page.facets) if values
            }
        if page.oembed:
            meta["oembed"] = page.oembed
        if page.synonyms or page.abbreviations:
            meta["synonyms"] = [*page.abbreviations, *page.synonyms]
        if share:
            meta["share"] = asdict(share)
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
        return "\n".join(["---", *lines, "---"])


def _term_mark(identifier: str, link: Markup, text: str) -> Markup:
    return Markup(term_mark(identifier, link, escape(text)))


def _heading(level: int, title: str, identifier: str) -> str:
    """A Markdown heading whose text is taken literally."""
    return f"{'#' * level} {title.translate(_MARKDOWN_SPECIAL)} {{ #{identifier} }}"
