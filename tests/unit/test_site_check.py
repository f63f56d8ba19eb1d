"""The built site is read as a browser reads it: every link, anchor and id."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.site_check import check_site


def check(root: Path, pages: dict[str, str]) -> list[str]:
    """Findings for a site of these files, one line each."""
    for name, html in pages.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf-8")
    diagnostics = Diagnostics()
    check_site(root, diagnostics)
    return [str(item) for item in diagnostics]


SITE = {
    "index.html": '<h1 id="top">Home</h1>',
    "a/index.html": '<h2 id="one">A</h2>',
    "a/data.json": "{}",
    "assets/x.css": "",
}


@pytest.mark.parametrize(
    "href",
    [
        "b/", "./", "#here", "a/", "a/#one", "a/index.html#one", "../", "..", "../a/", "../a",
        "../a/data.json", "/", "/a/", "/a/#one", "../assets/x.css", "../?q=1#top", "#", "#top", "", "%61/",
        "../a/#%6Fne",
        "https://example.org/x", "mailto:somebody@example.org", "../a/#:~:text=A",
    ],
)  # fmt: skip
def test_links_that_lead_somewhere_pass(href: str, tmp_path: Path) -> None:
    """Relative and absolute, to folders and files, with and without anchors."""
    page = f'<p id="here"><a href="{href}">x</a></p>'
    assert (
        check(tmp_path, SITE | {"p/index.html": page, "p/a/index.html": "<p id=one>", "p/b/index.html": ""})
        == []
    )


@pytest.mark.parametrize(
    ("href", "finding"),
    [
        ("../b/", "link '../b/' leads to no file of the site"),
        ("../a/data.csv", "link '../a/data.csv' leads to no file of the site"),
        ("../../", "link '../../' leads to no file of the site"),
        ("../a/#ones", "link '../a/#ones': there is no '#ones' there. Did you mean 'one'?"),
        ("#nowhere", "link '#nowhere': there is no '#nowhere' there."),
    ],
)
def test_a_dead_link_is_found_at_its_line(href: str, finding: str, tmp_path: Path) -> None:
    """With the page, the line and what would be near."""
    page = f'<h1>P</h1>\n<a href="{href}">x</a>'
    assert check(tmp_path, SITE | {"p/index.html": page}) == [
        f"p/index.html:2:1: error[site-dead-link]: {finding}"
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="x.png">', '<script src="x.js"></script>', '<link rel="stylesheet" href="x.css">',
        '<svg><use href="#x"></use></svg>', '<svg><use xlink:href="#x"></use></svg>',
        '<iframe src="x/"></iframe>', '<map><area href="x/"></map>',
    ],
)  # fmt: skip
def test_whatever_loads_a_file_is_followed(html: str, tmp_path: Path) -> None:
    """Pictures, scripts, style sheets, symbols, frames and areas, too."""
    (found,) = check(tmp_path, {"index.html": html})
    assert "error[site-dead-link]" in found


@pytest.mark.parametrize(
    ("html", "finding"),
    [
        ('<script src="https://example.org/x.js"></script>', "<script> loads or leads to 'https://example.org/x.js'"),
        ('<img src="http://example.org/x.png">', "<img> loads or leads to 'http://example.org/x.png'"),
        ('<a href="javascript:alert(1)">x</a>', "<a> loads or leads to 'javascript:alert(1)'"),
        ('<a href="//example.org/">x</a>', "<a> loads or leads to '//example.org/'"),
        ('<a href="http://[">x</a>', "<a> loads or leads to 'http://['"),
    ],
)  # fmt: skip
def test_nothing_is_loaded_from_elsewhere(html: str, finding: str, tmp_path: Path) -> None:
    """A page makes no request to another host and runs no script from a link."""
    assert check(tmp_path, {"index.html": html}) == [
        f"index.html:1:1: error[site-foreign]: {finding}, which is not allowed"
    ]


@pytest.mark.parametrize(
    ("html", "finding"),
    [
        ('<td style="text-align: right">1</td>', "<td> has 'style=\"text-align: right\"'"),
        ('<p onclick="x()">1</p>', "<p> has 'onclick=\"x()\"'"),
    ],
)
def test_what_the_policy_would_refuse_is_found(html: str, finding: str, tmp_path: Path) -> None:
    """A style or handler in an attribute; the same as text is text."""
    page = f"<table>{html}</table>" if html.startswith("<td") else html
    assert check(tmp_path, {"index.html": f'<code>&lt;p style="x"&gt;</code>{page}'}) == [
        f"index.html:1:1: error[site-inline]: {finding}, which the policy of the page refuses; use a class"
    ]


def test_a_picture_that_stands_in_the_page_is_not_loaded(tmp_path: Path) -> None:
    """Nor followed; the policy of the page decides about it."""
    assert check(tmp_path, {"index.html": '<img src="data:image/png;base64,AAAA">'}) == []


@pytest.mark.parametrize("relation", ["canonical", "alternate"])
def test_an_address_that_is_only_named_is_not_loaded(relation: str, tmp_path: Path) -> None:
    """A browser does not follow these."""
    page = f'<link rel="{relation}" href="https://example.org/">'
    assert check(tmp_path, {"index.html": page}) == []


def test_an_id_stands_once_on_a_page(tmp_path: Path) -> None:
    """The second place could not be linked."""
    page = '<p id="a"></p>\n<p id="b"></p>\n<p id="a"></p>'
    assert check(tmp_path, {"index.html": page}) == [
        "index.html:3:1: error[site-duplicate-id]: id 'a' appears twice"
    ]


@pytest.mark.parametrize(
    "text", ["[@brown2019]", "[[site:rim]]", "{{ page }}", "{% if x %}", "Title { #title }"]
)
def test_syntax_that_was_not_resolved_is_found(text: str, tmp_path: Path) -> None:
    """A reader never sees a citation key in brackets or the tag of a template."""
    (found,) = check(tmp_path, {"index.html": f"<p>{text}</p>"})
    assert "error[site-leftover]" in found


def test_syntax_that_is_shown_as_code_is_no_leftover(tmp_path: Path) -> None:
    """A page may explain how to cite."""
    page = "<code>[@key]</code><pre>{{ x }}</pre><script>[@a]</script><style>{{ }}</style>"
    assert check(tmp_path, {"index.html": page}) == []


def test_the_page_for_unknown_addresses_may_link_from_the_root(tmp_path: Path) -> None:
    """It is served at any depth, so its links are not followed; the rest of it is checked."""
    page = '<a href="/prefix/x/">x</a><p id="a"></p><p id="a"></p>'
    assert check(tmp_path, {"404.html": page}) == [
        "404.html:1:1: error[site-duplicate-id]: id 'a' appears twice"
    ]


def test_followed_links_are_counted(tmp_path: Path) -> None:
    """The count says that something was checked at all."""
    (tmp_path / "index.html").write_text('<a href="#a" id="a">x</a><a href="./">y</a>', "utf-8")
    assert check_site(tmp_path, Diagnostics()) == 2
