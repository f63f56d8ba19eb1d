"""What a reader sees of the specialty is content: no word of it in templates, scripts, or texts of Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.golden import make_tree
from tests.specialty import found_in

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "site_templates"
GENERATOR = ROOT / "generator"
TEXTS = (
    ".j2",
    ".html",
    ".mjs",
    ".js",
    ".css",
    ".svg",
    ".json",
    ".webmanifest",
    ".yaml",
    ".md",
    ".bib",
    ".txt",
)
NOT_SHOWN = re.compile(r"\{[#%].*?[#%]\}", re.DOTALL)

# The code that FHIR gives to whom a questionnaire is about.
CODES = {"exports/fhir.py": {"Patient"}}


def texts_of(path: Path) -> Iterator[str]:
    """The strings of a module; documentation only where it is published, as the help of a record's field."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    published = path.parent.name == "model"
    documentation = {id(node.value) for node in nodes if isinstance(node, ast.Expr) and not published}
    codes = CODES.get(path.relative_to(GENERATOR).as_posix(), ())
    for node in nodes:
        if not isinstance(node, ast.Constant) or id(node) in documentation:
            continue
        if isinstance(node.value, str) and node.value not in codes:
            yield node.value


def test_no_text_of_the_generator_names_the_specialty() -> None:
    found = {
        path.relative_to(GENERATOR).as_posix(): words
        for path in sorted(GENERATOR.rglob("*.py"))
        if (words := [word for text in texts_of(path) for word in found_in(text)])
    }
    assert found == {}


def test_no_template_and_no_script_names_the_specialty() -> None:
    found = {
        path.relative_to(TEMPLATES).as_posix(): words
        for path in sorted(TEMPLATES.rglob("*"))
        if path.suffix in TEXTS and (words := list(found_in(NOT_SHOWN.sub("", path.read_text("utf-8")))))
    }
    assert found == {}


def test_nothing_of_it_is_in_a_guide_to_bicycles() -> None:
    """A site that uses every field, the figure, the levels and the checklist; data and pictures too."""
    known = {"fhir/Questionnaire-referral-checklist.json": ['"Patient"']}
    found = {}
    for path, content in make_tree().items():
        text = content.decode()
        for code in known.get(path.removeprefix("api/v1/"), ()):
            assert code in text
            text = text.replace(code, "")
        if words := list(found_in(text)):
            found[path] = words
    assert found == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Where is the pain?</p>", ["pain"]),
        ('<a href="../pain-sites/">Places</a> {"pain_sites": []}', []),
        ("paint-order: stroke; plain; painted", []),
        ("For health professionals; Neurolysis of a nerve", ["health professionals", "Neurolysis", "nerve"]),
    ],
)
def test_a_word_would_be_found(text: str, words: list[str]) -> None:
    assert [word.split(":")[0] for word in found_in(text)] == words
