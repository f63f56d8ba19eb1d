"""A Markdown twin of each page, for programs that read text: `<address>/index.html.md`, as llmstxt.org asks.

Made from the finished sections in `build/docs`, so the twin says what the page says, in the same order and
with the same numbers, whichever engine builds the site. Written into the built site: in the generated tree an
engine would take it for a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from html_to_markdown import ConversionOptions, convert

from generator import routes
from generator.artifacts import Artifact
from generator.kept import made_or_kept
from generator.model.publication import Publication
from generator.prose_markdown import literal
from generator.site_files import file_names

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) (.*?) \{ #[^}\n]+ \}$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]#|!])")
_PROSE = '\nkind: "prose"\n'
_BLOCK_START = re.compile(
    r"^<(header|div|section|script|article|nav|form|figure|details|table|ul|ol|dl|p|noscript|h[1-6]|[a-z]+-[a-z-]+)\b",
    re.MULTILINE,
)
_INNERMOST_DRAWING = re.compile(r"<svg\b[^>]*+>(?:[^<]++|<(?!/?svg\b))*+</svg>")
_CITATION = re.compile(r'<sup class="cite"[^>]*>(.*?)</sup>', re.DOTALL)
_CITED = re.compile(r'<a class="cite__mark"[^>]*?(?: data-locator="([^"]*)")?>([^<]*)</a>')
_TAG = re.compile(r"<[^>]+>")
_BACK_LINKS = re.compile(r'<span class="ref__places">.*?</span>', re.DOTALL)
_SUB_LINE = re.compile(r'<span class="sub">(?<!<td><span class="sub">)')
_NAMED = re.compile(r"<dt\b[^>]*>(.*?)</dt>", re.DOTALL)
_TERM_TITLE = re.compile(r'(<a class="term" href="[^"]*") title="[^"]*"')
_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
# Brackets of citations and backslashes, until the text is settled: control characters, which no source holds.
_OPEN, _CLOSE, _ESCAPE = "\x02", "\x03", "\x04"
_CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]*`)", re.DOTALL)
_SPECIAL = re.compile(r"[*`\[]|&lt;")
_CODE_OR_SPECIAL = re.compile(r"<(pre|code)\b.*?</\1>|[*`\[]|&lt;", re.DOTALL)
_EMPTY_LINES = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
# What only a browser can use, and what leads back to places that a twin does not have.
_NOT_READ = ("nav", "button", "input", "select", "template", "script", ".js-only")
_NO_PLACES = (".ref__back", ".ref__number", ".criterion__number")


@cache
def _options() -> ConversionOptions:
    return ConversionOptions(
        bullets="-",
        list_indent_width=3,
        extract_metadata=False,
        exclude_selectors=[*_NOT_READ, *_NO_PLACES],
        skip_images=True,
        compact_tables=True,
        br_in_tables=True,
    )


def make_twins(docs: Path, publication: Publication, kept: Path) -> list[Artifact]:
    """The twin of every page of the generated tree, as a file of the built site.

    `kept` is the folder with those of former builds.
    """
    folders = [name.removesuffix("index.md").rstrip("/") for name in file_names(docs, "index.md")]
    sources = [_source((docs / folder / "index.md").read_text("utf-8")).encode() for folder in folders]
    maker = f"{version('html-to-markdown')} {Path(__file__).read_text('utf-8')}"
    twins, _ = made_or_kept(kept, maker, sources, lambda source: _twin(source.decode()).encode())
    return [
        Artifact(routes.twin(folder), twin + _foot(publication, routes.from_root(folder)).encode())
        for folder, twin in zip(folders, twins, strict=True)
    ]


def twin(page: str) -> str:
    """The Markdown of a generated page: its Markdown as it is, its blocks of HTML converted."""
    return _twin(_source(page))


def _source(page: str) -> str:
    """What a twin is made of: whether the page is prose, and all below its front matter."""
    head = _FRONT_MATTER.match(page)
    return f"{int(bool(head and _PROSE in head[0]))}{page[head.end() :] if head else page}"


def _twin(source: str) -> str:
    is_prose, text = source[0] == "1", source[1:]
    while "<svg" in text and (lighter := _INNERMOST_DRAWING.sub("", text)) != text:
        text = lighter
    text = text.replace("&#8288;", "").replace('href="#', 'href="./#')
    text = _CITATION.sub(_citation, _TERM_TITLE.sub(r"\1", _BACK_LINKS.sub("", text)))
    text = _NAMED.sub(r"<dt><b>\1</b></dt>", _SUB_LINE.sub("; <span>", text))
    if is_prose:
        parts = [_html(part) if is_html else _markdown(part) for is_html, part in _blocks(text)]
    else:
        parts = [_html(_HEADING.sub(_as_html, text))]
    joined = "\n\n".join(part.strip("\n") for part in parts if part.strip())
    joined = joined.replace(_OPEN, "[").replace(_CLOSE, "]").replace(_ESCAPE, "\\")
    return _EMPTY_LINES.sub("\n\n", _TRAILING.sub("", joined)) + "\n"


def _foot(publication: Publication, address: str) -> str:
    page = f"{publication.address}{address}" if publication.address else "./"
    licence = publication.licence
    return (
        f"\n---\n\n{literal(publication.name)}: [this page]({page}). "
        f"[{literal(licence.name)}]({licence.url}). {literal(publication.caution)}\n"
    )


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of Markdown and blocks of HTML, in order; true for HTML."""
    done = 0
    while start := _BLOCK_START.search(text, done):
        end = _end_of_block(text, start.start(), start[1])
        yield False, text[done : start.start()]
        yield True, text[start.start() : end]
        done = end
    yield False, text[done:]


def _end_of_block(text: str, start: int, tag: str) -> int:
    depth = 0
    for found in re.finditer(rf"<(/?){tag}\b[^>]*>", text[start:]):
        depth += -1 if found[1] else 1
        if depth == 0:
            return start + found.end()
    return len(text)


def _citation(mark: re.Match[str]) -> str:
    """`[1]`, `[2–5]`, `[7, Table 2]`."""
    inner = _CITED.sub(lambda one: f"{one[2]} ({one[1]})" if one[1] else one[2], mark[1])
    return f" {_OPEN}{_TAG.sub('', inner).strip()[1:-1]}{_CLOSE}"


def _html(text: str) -> str:
    """HTML as Markdown; what is text there is text here, whatever it looks like."""
    if _SPECIAL.search(text):
        text = _CODE_OR_SPECIAL.sub(_escaped, text)
    return convert(text, _options()).content or ""


def _escaped(found: re.Match[str]) -> str:
    before, place = found.string, found.start()
    in_tag = before.rfind("<", 0, place) > before.rfind(">", 0, place)
    return found[0] if found[1] or in_tag else _ESCAPE + found[0]


def _as_html(heading: re.Match[str]) -> str:
    """A heading whose text was taken literally, among blocks of HTML."""
    level = len(heading[1])
    return f"<h{level}>{_ESCAPED.sub(chr(92) + '1', heading[2])}</h{level}>"


def _markdown(text: str) -> str:
    """Markdown without the anchors of its headings and without inline HTML; code stays as it is."""
    parts = _CODE.split(text)
    for index in range(0, len(parts), 2):
        plain = _TAG.sub("", _LINK.sub(r"[\2](\1)", _HEADING.sub(r"\1 \2", parts[index])))
        parts[index] = plain.replace("&#39;", "'").replace("&#34;", '"')
    return "".join(parts)
