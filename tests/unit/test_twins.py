"""The Markdown twin of a page: the same words, numbers and links, and no markup of the page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.twins import twin
from tests.golden import read_expected

PAGES = {path: content.decode() for path, content in read_expected().items() if path.endswith("index.md")}
PARSER = MarkdownIt("commonmark").enable("table")
TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>")


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for token in PARSER.parse(text):
        found += [token, *(token.children or ())]
    return found


def words(text: str) -> list[str]:
    """The words of a text that a reader of either sees."""
    return re.findall(r"\w{3,}", text)


@pytest.mark.parametrize("path", PAGES)
def test_a_twin_is_markdown_alone(path: str) -> None:
    """No tag but a line break, no drawing, no anchor, one title, the headings of the page in order."""
    made = twin(PAGES[path])
    shown = [token for token in tokens(made) if token.type in ("html_inline", "html_block")]
    assert {token.content.strip() for token in shown} <= {"<br>"}
    assert "data:image" not in made
    assert "{ #" not in made
    assert not re.search(r"[\x00-\x08]", made)
    titles = [token for token in tokens(made) if token.type == "heading_open" and token.tag == "h1"]
    assert len(titles) == 1


@pytest.mark.parametrize("path", [path for path in PAGES if re.match("techniques/.+/", path)])
def test_every_statement_of_a_technique_is_there(path: str) -> None:
    """The text of each paragraph, item and cell, up to its first citation or link."""
    page = PAGES[path]
    made = " ".join(words(twin(page)))
    shown = re.findall(r"<(?:p|li|td|th|dd)(?: class=\"(?!ref__)[^\"]*\")?>([^<>]{12,})", page)
    assert shown
    for text in shown:
        assert " ".join(words(unescape(text.replace("&#8288;", "")))) in made, text


def test_citations_keep_numbers_and_places() -> None:
    """`[1]`, with the place in the source; each number has its entry in the list at the end."""
    made = twin(PAGES["techniques/patch-a-tube/index.md"])
    marks = re.sub(r"\([^)]*\)", "", " ".join(re.findall(r" \[(\d[^\]]*)\](?!\()", made)))
    cited = {int(number) for number in re.findall(r"\d+", marks)}
    assert re.search(r" \[\d+ \(p\. 3\)", made)
    listed = made[made.index("## References") :]
    entries = [int(number) for number in re.findall(r"^(\d+)\. ", listed, re.MULTILINE)]
    assert entries == list(range(1, len(entries) + 1))
    assert cited
    assert cited <= set(entries)


def test_links_lead_where_those_of_the_page_lead() -> None:
    """Relative as on the page; a place on the page leads to the page."""
    page = PAGES["techniques/patch-a-tube/index.md"]
    made = twin(page)
    links = {str(token.attrs["href"]) for token in tokens(made) if token.type == "link_open"}
    on_page = {href.replace("&amp;", "&") for href in re.findall(r'<a\b[^>]*href="([^"]+)"', page)}
    on_page = {f"./{href}" if href.startswith("#") else href for href in on_page}
    assert len(links) > 10
    assert not any(href.startswith("#") for href in links)
    assert links <= on_page


def test_tables_stay_tables() -> None:
    """A cell for each cell."""
    made = twin(
        "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
        '<tbody><tr><td>1</td><td>x<span class="sub">y</span></td></tr></tbody></table>'
    )
    assert made == "| A | B |\n| --- | --- |\n| 1 | x; y |\n"


def test_text_stays_text() -> None:
    """What looks like Markdown or a tag in a record is neither."""
    made = twin("## A \\*b\\* { #a }\n\n<p>&lt;script&gt; [x](y) *z* `c` C:\\ <code>a &lt;- [1]</code></p>")
    assert made == "## A \\*b\\*\n\n\\<script> \\[x](y) \\*z\\* \\`c\\` C:\\\\ `a <- [1]`\n"


def test_prose_stays_as_it_was_written() -> None:
    """Markdown of the author, with links and citations of the page as Markdown."""
    cite = '<a class="cite__mark" id="c" href="#ref-k" data-locator="p. 2">1</a>'
    page = (
        '---\ntitle: "T"\nkind: "prose"\n---\n\n<header class="page-head"><h1>T</h1></header>\n\n'
        '## A *b* { #a }\n\n- One <a href="../x/">three</a>.&#8288;'
        f'<sup class="cite" data-pagefind-ignore>[{cite}]</sup>\n\n```\n<tag> & [[x]]\n```\n'
    )
    assert twin(page) == ("# T\n\n## A *b*\n\n- One [three](../x/). [1 (p. 2)]\n\n```\n<tag> & [[x]]\n```\n")
