"""Text that could break a page is shown as it stands: the fixture whose records are full of markup, built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import engine
from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.offline.edition import LATER
from generator.site_check import check_site
from tests.site.built import BuiltSite, Run, atlas, copy_fixture
from tests.site.html import parse

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The fixture that uses every field, built up to the check of the finished site."""
    root = copy_fixture("everything", tmp_path_factory.mktemp("everything") / "project")
    run = atlas(root, "build", "--docs-only")
    assert run.code == 0, run.err
    engine.build_site(Project(root))
    engine.publish(Project(root))
    return BuiltSite(root, Run(0, "", ""))


def test_only_the_planted_markup_looks_left_over(built: BuiltSite) -> None:
    """Every link and anchor holds; what looks like template syntax is the authors' own text."""
    diagnostics = Diagnostics()
    assert check_site(built.folder, diagnostics, LATER) > 1_000
    # Markdown twins and PNGs are made after the engine, where this fixture stops.
    found = [item for item in diagnostics if not any(end in str(item) for end in (".html.md'", ".png'"))]
    assert [str(item) for item in found if item.code != "site-leftover"] == []
    assert all(any(mark in str(item) for mark in ("{{", "{%")) for item in found)


def test_markup_in_a_name_is_words(built: BuiltSite) -> None:
    """In the heading, the title of the tab, the tables and the contents list."""
    name = 'Markup <script>alert("name")</script> &amp; | {{ 7 * 7 }}'
    page = built.page("techniques/markup-in-text")
    assert page.one("h1").text.startswith(f"{name} ")
    assert page.all("title")[0].text.startswith(name)
    rows = built.page("techniques").one("article").all("th", scope="row")
    assert name in [link.text for row in rows for link in row.all("a")]


def test_no_markup_of_an_author_becomes_an_element(built: BuiltSite) -> None:
    """No script but the theme's and ours, no handler, no picture that an author could have planted."""
    for path in sorted(Path(built.folder).rglob("*.html")):
        page = parse(path.read_text("utf-8"))
        for script in page.all("script"):
            content = "".join(str(child) for child in script.children)
            if script.get("type") == "application/ld+json":
                assert "<" not in content, path
                json.loads(content)
            else:
                assert "alert(" not in content, path
        handlers = [name for element in page for name in element.attributes if name.startswith("on")]
        assert handlers == [], path
        articles = page.all("article")
        for tag in ("script", "img", "iframe", "object", "style"):
            found = [item for article in articles for item in article.all(tag)]
            assert [item for item in found if item.get("type") != "application/ld+json"] == [], (
                f"{path}: {tag}"
            )
