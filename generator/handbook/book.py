"""Puts the document together: text first, then the lists that need its page numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
from markupsafe import Markup

from generator.handbook import lists, plan
from generator.handbook.bind import Leaf, anchor_of, bind
from generator.handbook.press import Press, PressFailed, page_of_each_id
from generator.inline import parse_citation
from generator.page_marks import ROOT
from generator.prose_markdown import EXTENSIONS
from generator.render import Renderer
from generator.views import home
from generator.views.context import SiteContext
from generator.views.parts import ReferenceItem
from generator.views.status import content_date, long_date, status_of_records

_VERSION_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Handbook:
    """The finished document."""

    name: str
    """Of its file."""
    content: bytes
    pages: int
    version: str


@dataclass(frozen=True, slots=True)
class _Text:
    """The text with all its marks settled."""

    html: str
    references: tuple[ReferenceItem, ...]


def make(site: SiteContext, templates: Path, step: Callable[[str], None]) -> Handbook:
    """The document of all records; raises `PressFailed`. `step` is told what was done."""
    site.prepare()
    folder = templates / "handbook"
    press = Press("\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css"))))
    renderer = Renderer(templates, site.kb)
    parts = plan.parts(site, renderer)
    text = _text(site, renderer, parts, _drawings(folder))
    date = content_date(site.kb)
    version = hashlib.sha256(text.html.encode()).hexdigest()[:_VERSION_LENGTH]
    frame = _Frame(site, renderer, date, version)
    back = _back_titles(parts)

    def front(pages: lists.Pages) -> Any:
        return press.lay_out(frame.front(parts, lists.contents(parts, back, pages)), 1)

    first = front({})
    step(
        f"wrote {len(text.references)} references through {sum(len(part.entries) for part in parts)} entries"
    )
    body = press.lay_out(frame.document(text.html), len(first.pages) + 1)
    step(f"set the text on {len(body.pages)} pages")
    pages = page_of_each_id((first, body))
    listed = frame.back(back, lists.references(text.references, pages), pages)
    end = press.lay_out(listed, len(first.pages) + len(body.pages) + 1)
    final = front(page_of_each_id((first, body, end)))
    if len(final.pages) != len(first.pages):
        raise PressFailed("The contents take more pages with their page numbers than without.")
    pieces = (final, body, end)
    content = press.bind(pieces, version)
    return Handbook(_file_name(site.kb.publication.name), content, sum(len(p.pages) for p in pieces), version)


def _text(
    site: SiteContext, renderer: Renderer, parts: tuple[plan.Part, ...], drawings: dict[str, str]
) -> _Text:
    """Openers and entries in reading order, as one HTML text."""
    entries = [entry for part in parts for entry in part.entries]
    settled, references = renderer.settle_parts([_leaf(renderer, entry) for entry in entries], site.cards)
    leaves = [
        Leaf(entry.page.address, _prose(html), entry.level - 1)
        for entry, html in zip(entries, settled, strict=True)
    ]
    bound = iter(bind(leaves, site.kb.publication.address, drawings))
    html = []
    for number, part in enumerate(parts, 1):
        html.append(renderer.part("handbook/part", part=part, number=number))
        for entry in part.entries:
            identifier = anchor_of(entry.page.address)
            html.append(renderer.part("handbook/entry", entry=entry, id=identifier, body=Markup(next(bound))))
    return _Text("\n".join(html), references)


# Where Markdown stands in the HTML of an entry: it is read when the citations in it are settled. No author
# can write its end, which begins with a sign that is escaped in all they write.
_MARKDOWN = re.compile(r"<!--prose\n(.*?)\n</prose-->", re.DOTALL)


def _leaf(renderer: Renderer, entry: plan.Entry) -> str:
    """The head and sections of a page, with its Markdown as it is written."""
    page = entry.page
    sections = [
        renderer.part(
            "handbook/section",
            section=section,
            body=Markup(renderer.part(section.template, page=page, section=section, data=section.data)),
        )
        for section in page.sections
    ]
    prose = [f"<!--prose\n{page.markdown.strip()}\n</prose-->"] if page.markdown else []
    order = [*sections, *prose] if page.sections_first else [*prose, *sections]
    return "\n".join([renderer.part("handbook/head", page=page, form=entry.form), *order])


def _prose(html: str) -> str:
    def read(match: re.Match[str]) -> str:
        return f'<div class="prose">{markdown.markdown(match[1], extensions=list(EXTENSIONS))}</div>'

    return _MARKDOWN.sub(read, html)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the text."""

    site: SiteContext
    renderer: Renderer
    date: str
    version: str

    def document(self, body: str) -> str:
        """A whole HTML document."""
        return self.renderer.part(
            "handbook/document",
            publication=self.site.kb.publication,
            date=self.date,
            version=self.version,
            body=Markup(body.replace(ROOT, "")),
        )

    def front(self, parts: tuple[plan.Part, ...], contents: tuple[lists.ContentsLine, ...]) -> str:
        """Title page, how to read it, contents."""
        kb = self.site.kb
        records = list(kb.current_techniques())
        return self.document(
            self.renderer.part(
                "handbook/front",
                publication=kb.publication,
                date=long_date(self.date),
                version=self.version,
                status=status_of_records(records),
                counts=(len(records), len(kb.sites), len(kb.references)),
                names=[part.title for part in parts],
                home=home.build(self.site).sections[0].data,
                credit=[self.site.cards[parse_citation(cited).key] for cited in kb.publication.credit],
                contents=contents,
            )
        )

    def back(
        self,
        titles: tuple[tuple[str, str], ...],
        references: tuple[lists.ListedReference, ...],
        pages: lists.Pages,
    ) -> str:
        """References and indexes."""
        kb = self.site.kb
        return self.document(
            self.renderer.part(
                "handbook/back",
                titles=titles,
                references=references,
                indexes=(lists.index_of_places(kb, pages), lists.index_of_techniques(kb, pages)),
            )
        )


def _back_titles(parts: tuple[plan.Part, ...]) -> tuple[tuple[str, str], ...]:
    """Ids and titles of the lists after the text."""
    named = {part.id: part.title for part in parts}
    return (
        ("back.references", "References"),
        ("back.places", f"Index: {named.get('places', 'places')}"),
        ("back.techniques", f"Index: {named.get('techniques', 'techniques')} and abbreviations"),
    )


def _drawings(folder: Path) -> dict[str, str]:
    """By the class of a drawing, what it needs inside: the typesetter sets each drawing by itself."""
    return {path.stem: path.read_text("utf-8") for path in sorted((folder / "drawings").glob("*.svg"))}


def _file_name(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.casefold())
    return f"{'-'.join(words)}.pdf"
