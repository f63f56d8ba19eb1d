"""Text of a record never becomes markup: whatever it holds, the page keeps the shape of plain words."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pydantic import AfterValidator, BaseModel
from pydantic_core import PydanticCustomError

from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.exports.all import all_exports
from generator.exports.study_files import study_files
from generator.knowledge import KnowledgeBase
from generator.load.bibtex_file import load_bibtex
from generator.model.base import Ref
from generator.model.clinical import Rating
from generator.pages import page_builders
from generator.pipeline import load_knowledge
from generator.render import Renderer
from generator.views import technique
from generator.views.context import SiteContext

TEMPLATES = Path(__file__).parent.parent.parent / "site_templates"
MINIMAL = Project(TEMPLATES.parent / "tests" / "fixtures" / "minimal")
RENDERER = Renderer(TEMPLATES, load_knowledge(MINIMAL)[0])
PLAIN = "word"
# What means something to HTML, Jinja, Markdown, YAML or SVG; not the inline syntax, which is meant.
MARKUP = st.text(st.sampled_from("<>&\"'`{}%#|=/!-_~^:;.,+()@\n ax1é本"), min_size=1).filter(str.strip)
PROBES = [
    "</p></div></section><script>alert(1)</script>",
    "\" onmouseover='alert(1)' x=\"",
    "{{ 7 * 7 }}{% raw %}{# no #}",
    "--><!-- <![CDATA[ ]]> <?php ?>",
    "&lt;b&gt; &amp; &#60;b&#62;",
    "\n\n# Heading\n\n- item\n\n    code\n\n| a | b |\n|---|---|\n",
    "\n---\ntitle: other\n---\n",
    "</text></svg><style>*{display:none}</style>",
    "~~~\n```\n",
]


class Shape(HTMLParser):
    """Tags with the names of their attributes, and the lines that Markdown would take for its own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "tspan":  # a long label is drawn on more lines
            self.tags.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag != "tspan":
            self.tags.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment",))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("declaration",))

    def handle_pi(self, data: str) -> None:
        self.tags.append(("instruction",))

    def unknown_decl(self, data: str) -> None:
        self.tags.append(("declaration",))


def as_written(field: Any, text: str) -> str | None:
    """What a field makes of a text; None for a field that holds no free text: an id, a citation, a choice."""
    marks = [*field.metadata, *_marks(field.annotation)]
    validators = [mark for mark in marks if isinstance(mark, AfterValidator)]
    if not validators or any(isinstance(mark, Ref) for mark in marks):
        return None
    try:
        result: str = validators[0].func(text)  # type: ignore[call-arg]
    except PydanticCustomError:
        return None
    return result


def _marks(annotation: Any) -> list[Any]:
    found = list(getattr(annotation, "__metadata__", ()))
    for argument in getattr(annotation, "__args__", ()):
        found += _marks(argument)
    return found


def with_text(value: Any, text: str) -> Any:
    """A record, a reference or a mapping of them with the same text in each field that is free."""
    if isinstance(value, BaseModel):
        changes = {}
        for name, field in type(value).model_fields.items():
            old = getattr(value, name)
            written = as_written(field, text)
            if written is not None and not (isinstance(value, Rating) and name == "value"):
                changes[name] = tuple(written for _ in old) if isinstance(old, tuple) else old and written
            else:
                changes[name] = with_text(old, text)
        return value.model_copy(update=changes)
    if isinstance(value, tuple):
        return tuple(with_text(item, text) for item in value)
    if isinstance(value, Mapping):
        return {key: with_text(item, text) for key, item in value.items()}
    return value


def changed(kb: KnowledgeBase, text: str) -> KnowledgeBase:
    """A knowledge base in which every record says the same."""
    lists = "techniques sites mechanisms causes groups settings guidance contraindication_kinds grades terms"
    changes = {name: with_text(getattr(kb, name), text) for name in (*lists.split(), "criteria", "details")}
    # A kind of guidance is left out before a text that begins with it, so it begins with another word here.
    changes["guidance"] = with_text(kb.guidance, f"{PLAIN} {text}")
    variants = {
        variant.id: (technique.id, variant)
        for technique in changes["techniques"].values()
        for variant in technique.variants
    }
    changes["terms"] = {
        key: term.model_copy(update={"autolink": False}) for key, term in changes["terms"].items()
    }
    line = " ".join(text.split())  # as the loader leaves it
    references = {
        key: dataclasses.replace(item, title=f"{PLAIN} {line}", container=line, note=line, design=line)
        for key, item in kb.references.items()
    }
    return dataclasses.replace(kb, **changes, variants=variants, references=references)


def shape(content: bytes) -> tuple[list[tuple[str, ...]], list[str]]:
    """Shape of a page without its front matter, and the beginnings of its Markdown lines."""
    _, front_matter, body = content.decode().split("---\n", 2)
    assert front_matter.count("\n") >= 4
    headings = [line.partition(" ")[0] for line in body.splitlines() if line.startswith("#")]
    return Shape(body).tags, headings


def technique_page(kb: KnowledgeBase, text: str) -> bytes:
    site = SiteContext(changed(kb, text))
    return RENDERER.page(technique.build(site, site.kb.techniques["patch-a-tube"]), site).file.content


@pytest.fixture(scope="module")
def kb(everything: KnowledgeBase) -> Callable[[], KnowledgeBase]:
    """The knowledge base behind a call, so that a failure does not print all of it."""
    return lambda: everything


def known_tags(shapes: Mapping[str, tuple[list[tuple[str, ...]], list[str]]]) -> set[tuple[str, ...]]:
    """Every tag with its attributes that some page has."""
    return {tag for tags, _ in shapes.values() for tag in tags}


@given(text=MARKUP)
@settings(max_examples=25)
def test_no_text_changes_the_shape_of_a_technique_page(text: str, kb: Callable[[], KnowledgeBase]) -> None:
    """A record with text in every field, rendered with its real templates."""
    assert shape(technique_page(kb(), text)) == shape(technique_page(kb(), PLAIN))


@pytest.mark.parametrize("probe", PROBES)
def test_no_text_changes_the_shape_of_any_page(probe: str, everything: KnowledgeBase) -> None:
    """All pages of a site in which every record is hostile."""
    pages = {}
    for text in (PLAIN, probe):
        site = SiteContext(changed(everything, text))
        artifacts = [RENDERER.page(build(), site).file for build in page_builders(site, RENDERER).values()]
        pages[text] = {artifact.path: shape(artifact.content) for artifact in artifacts}
    assert len(pages[probe]) > 20
    # Which answers a question offers depends on the words of the records; what they are made of does not.
    study = {
        text: {path: found.pop(path) for path in list(found) if path.startswith("study/")}
        for text, found in pages.items()
    }
    assert study[probe]
    assert known_tags(study[probe]) <= known_tags(study[PLAIN])
    assert pages[probe] == pages[PLAIN]


XML_ENDINGS = (".xml", ".svg")


@pytest.mark.parametrize(
    "probe", ["</script><script>alert(1)</script>", "]]><script>alert(1)</script>", "=1+1", "@SUM(1)"]
)
def test_no_text_changes_the_shape_of_a_file(probe: str, everything: KnowledgeBase) -> None:
    """Data and drawings of a site in which every record is hostile, each read by a parser of its format."""
    site = SiteContext(changed(everything, probe))
    files = {item.path: item.content for item in all_exports(site, study_files(site))}
    assert len(files) > 20
    for path, content in files.items():
        if path.endswith(".json"):
            json.loads(content)
        elif path.endswith(XML_ENDINGS):
            tags = {str(element.tag).rpartition("}")[2] for element in etree.fromstring(content).iter()}
            assert "script" not in tags, path
        elif path.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
                assert not any(cell[:1] in ("=", "@", "\t", "\r") for cell in row), path
        elif path.endswith(".bib"):
            found = Diagnostics()
            load_bibtex(path, content, found)
            assert list(found) == [], path
