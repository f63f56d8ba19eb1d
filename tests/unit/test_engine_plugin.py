"""Sections that the engine does not read: put back, the page is what Markdown makes of the whole."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from markdown.extensions.toc import TocExtension

from generator.engine_plugin import put_in, take_out

GOLDEN = Path(__file__).parents[1] / "golden" / "everything"


def converted(text: str) -> tuple[str, list[dict[str, object]]]:
    """HTML and contents list, as the engine is set up."""
    engine = markdown.Markdown(extensions=["attr_list", "tables", TocExtension(permalink="#")])
    html = engine.convert(text)
    return html, engine.toc_tokens  # type: ignore[attr-defined]


def test_what_is_taken_out() -> None:
    """Headings stay where they were; each stretch between them is one section, blank lines and all."""
    page = (
        "<p>Lead</p>\n\n## One { #one }\n\n<div>\na\n\nb\n</div>\n\n"
        "### Two { #two }\n\n## Three { #three }\n\n<p>c</p>\n"
    )
    text, sections = take_out(page)
    assert text.splitlines()[::2] == [
        '<div data-section="0"></div>',
        "## One { #one }",
        '<div data-section="1"></div>',
        "### Two { #two }",
        "## Three { #three }",
        '<div data-section="2"></div>',
    ]
    assert sections == ["<p>Lead</p>", "<div>\na\n\nb\n</div>", "<p>c</p>"]


def test_what_only_looks_like_a_heading_or_a_place_stays() -> None:
    """A line inside a section, and the words of a place in a section, are content."""
    section = '<p>&lt;div data-section="0"&gt;</p><div data-section="0"></div>'
    page = f"<pre>\n## Not one {{ #x }}\n</pre>\n\n## One {{ #one }}\n\n{section}\n"
    text, sections = take_out(page)
    assert text.count("##") == 1
    assert put_in(text, sections) == page.rstrip("\n")


GENERATED = [path for path in sorted(GOLDEN.rglob("*.md")) if 'kind: "prose"' not in path.read_text("utf-8")]


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.relative_to(GOLDEN).parent.as_posix())
def test_the_page_is_the_same(path: Path) -> None:
    """For every generated page of the fixture that uses every field, markup in its texts included."""
    page = path.read_text("utf-8").split("---\n", 2)[2].strip("\n") + "\n"
    text, sections = take_out(page)
    html, contents = converted(text)
    assert (put_in(html, sections), contents) == converted(page)
