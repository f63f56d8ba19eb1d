"""Pages that the engine does not read: they are what Markdown makes of the whole."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from markdown.extensions.toc import TocExtension

from generator.engine_plugin import Converter, split

GOLDEN = Path(__file__).parents[1] / "golden" / "everything"
SETTINGS = {"toc": {"permalink": "#"}}


def converted(text: str) -> tuple[str, list[dict[str, object]]]:
    """HTML and contents list, as the engine is set up."""
    engine = markdown.Markdown(extensions=["attr_list", "tables", TocExtension(permalink="#")])
    html = engine.convert(text)
    return html, engine.toc_tokens  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def convert() -> Converter:
    """One for all pages, as in a build."""
    return Converter(["attr_list", "tables", "toc"], SETTINGS)


def test_where_a_page_is_split() -> None:
    """Headings are lines between blank lines; each stretch between them is one section."""
    page = (
        "<p>Lead</p>\n\n## One { #one }\n\n<div>\na\n\nb\n</div>\n\n"
        "### Two { #two }\n\n## Three { #three }\n\n<p>c</p>\n"
    )
    assert split(page) == [
        ("<p>Lead</p>", False),
        ("## One { #one }", True),
        ("<div>\na\n\nb\n</div>", False),
        ("### Two { #two }", True),
        ("## Three { #three }", True),
        ("<p>c</p>", False),
    ]


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("## One { #one }\n", [("## One { #one }", True)]),
        ("# A { #a }\n\n## B { #b }", [("# A { #a }", True), ("## B { #b }", True)]),
        ("<pre>\n## Not one { #x }\n</pre>", [("<pre>\n## Not one { #x }\n</pre>", False)]),
        ("<p>\n\n#no\n\n</p>", [("<p>\n\n#no\n\n</p>", False)]),
        ("", []),
    ],
)
def test_what_is_a_heading_and_what_only_looks_like_one(page: str, parts: list[tuple[str, bool]]) -> None:
    """A line inside a section is content."""
    assert split(page) == parts


GENERATED = [path for path in sorted(GOLDEN.rglob("*.md")) if 'kind: "prose"' not in path.read_text("utf-8")]


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.relative_to(GOLDEN).parent.as_posix())
def test_the_page_is_the_same(path: Path, convert: Converter) -> None:
    """For every generated page of the fixture that uses every field, markup in its texts included."""
    page = path.read_text("utf-8").split("---\n", 2)[2].strip("\n") + "\n"
    assert convert(page) == converted(page)
