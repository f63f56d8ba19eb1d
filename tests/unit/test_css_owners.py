"""All components share one style sheet, so a class is styled on its own by one component only."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
IGNORED = re.compile(r"/\*.*?\*/|\([^()]*\)", re.S)
SELECTORS = re.compile(r"([^{}]+)\{")
ALONE = re.compile(r"\.([a-z][a-z-]*)(?::[\w-]+)*")


def styled_alone(css: str) -> set[str]:
    """Classes that are a whole selector: their rules hold wherever the class stands."""
    selectors = (part.strip() for rule in SELECTORS.findall(IGNORED.sub("", css)) for part in rule.split(","))
    return {match[1] for selector in selectors if (match := ALONE.fullmatch(selector))}


def test_a_class_is_seen_where_it_stands_alone() -> None:
    """The reader of this test finds the rule that matters and leaves descendants alone."""
    css = "/* .a { } */ .b { } @media print { .c:hover, .d .e { } } .f__part { } p .g { }"
    assert styled_alone(css) == {"b", "c"}


def test_no_class_is_styled_by_two_components() -> None:
    """Two components that mean different things by one class spoil each other's pages."""
    owners: dict[str, set[str]] = {}
    for path in ROOT.glob("site_templates/components/*/*.css"):
        for name in styled_alone(path.read_text("utf-8")):
            owners.setdefault(name, set()).add(path.parent.name)
    assert {name: sorted(folders) for name, folders in owners.items() if len(folders) > 1} == {}
