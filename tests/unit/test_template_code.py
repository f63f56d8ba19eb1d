"""Templates compiled directly give the same text as Jinja's own way, and the same errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template, UndefinedError
from jinja2.compiler import CodeGenerator

from generator import template_code
from generator.knowledge import KnowledgeBase
from generator.pages import page_builders
from generator.render import Renderer
from generator.template_code import CompiledTemplates, DirectCode, DirectEnvironment
from generator.views.context import SiteContext

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"


def everything_rendered(kb: KnowledgeBase) -> list[bytes]:
    site, renderer = SiteContext(kb), Renderer(TEMPLATES, kb)
    return [renderer.page(build(), site).file.content for build in page_builders(site, renderer).values()]


def test_the_same_bytes_as_without_the_shortcut(
    everything: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page of a site that uses everything."""
    direct = everything_rendered(everything)
    monkeypatch.setattr(DirectEnvironment, "code_generator_class", CodeGenerator)
    monkeypatch.setattr(DirectEnvironment, "template_class", Template)
    # What was compiled directly is still remembered.
    monkeypatch.setattr(template_code, "COMPILED", CompiledTemplates())
    assert everything_rendered(everything) == direct


def test_compiled_templates_are_kept_for_the_next_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until a source or what compiles it changes."""
    generated: list[str] = []

    class Counted(DirectCode):
        def visit_Template(self, node: Any, frame: Any = None) -> None:  # noqa: N802
            generated.append(self.filename or "")
            super().visit_Template(node, frame)

    def fresh(source: str) -> str:
        compiled = CompiledTemplates()
        compiled.keep_in(tmp_path / "kept")
        monkeypatch.setattr(template_code, "COMPILED", compiled)
        generated.clear()
        return rendered(source, tmp_path, name="x")

    monkeypatch.setattr(DirectEnvironment, "code_generator_class", Counted)
    assert (fresh("1 {{ name }}"), len(generated)) == ("1 x", 1)
    assert (fresh("1 {{ name }}"), len(generated)) == ("1 x", 0)
    assert (fresh("2 {{ name }}"), len(generated)) == ("2 x", 1)
    monkeypatch.setattr(template_code, "version", lambda _: "99")
    assert (fresh("2 {{ name }}"), len(generated)) == ("2 x", 1)


def rendered(source: str, folder: Path, **values: object) -> str:
    (folder / "macros.j2").write_text("{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}", "utf-8")
    (folder / "page.j2").write_text(source, "utf-8")
    return DirectEnvironment(folder).get_template("page.j2").render(**values)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ name }} {{ number }} {{ half }}", "&lt;b&gt; &amp; &#39;x&#39; 3 0.5"),
        ("{% from 'macros.j2' import twice %}{{ twice(name) }}", "&lt;b&gt; &amp; &#39;x&#39;" * 2),
        ("{% from 'macros.j2' import twice %}{{ twice(twice(name)) }}", "&lt;b&gt; &amp; &#39;x&#39;" * 4),
        ("{% from 'macros.j2' import twice %}{{ twice(x=number) }}", "33"),
        ("{% macro f(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ f(1) }} {{ f(1, 5) }}", "1-2 1-5"),
        ("{% for x in [1, 2] %}{{ loop.index }}{% if not loop.last %}, {% endif %}{% endfor %}", "1, 2"),
        ("{% macro box() %}[{{ caller() }}]{% endmacro %}{% call box() %}{{ name }}{% endcall %}",
         "[&lt;b&gt; &amp; &#39;x&#39;]"),
    ],
)  # fmt: skip
def test_what_a_template_can_say(source: str, text: str, tmp_path: Path) -> None:
    """Escapes once, calls with and without defaults, keywords and callers."""
    assert rendered(source, tmp_path, name="<b> & 'x'", number=3, half=0.5) == text


def test_what_is_missing_is_an_error(tmp_path: Path) -> None:
    """A name that nobody gave, and an attribute that a view does not have."""
    with pytest.raises(UndefinedError):
        rendered("{{ nobody.name }}", tmp_path)
    with pytest.raises(AttributeError):
        rendered("{{ number.name }}", tmp_path, number=3)
