"""Any text: the terms that are linked do not depend on the shortcut that passes most text by."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeAlias
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.knowledge import KnowledgeBase
from generator.model.vocabulary import GlossaryTerm
from generator.views.context import PageContext, SiteContext
from generator.views.terms import TermFinder

NAMES = [
    "inner tube",
    "Brown's patch",
    "CO2 pump",
    "self-sealing",
    "Σ-ring",
    "lock (combination)",
    "O’Neil valve",
]
WORDS = st.sampled_from([*NAMES, "inner", "tube", "CO2", "patch", "INNER TUBE", "pump", "Σ-RING", "word"])
AROUND = st.text(".,;:()/–—“”\"?!…<>&%#+=-'’ \n", max_size=2)
TEXT = st.lists(WORDS | AROUND, max_size=8).map("".join) | st.lists(WORDS, max_size=6).map(" ".join)

Given: TypeAlias = Callable[[], KnowledgeBase]


@pytest.fixture(scope="module")
def kb(everything: KnowledgeBase) -> Given:
    """The knowledge base behind a call, so that a failure does not print all of it."""
    return lambda: everything


@given(text=TEXT)
def test_the_shortcut_misses_no_term(text: str, kb: Given) -> None:
    """Whatever stands around a name, between its words, or in place of it."""
    terms = {
        f"t{number}": GlossaryTerm(id=f"t{number}", term=name, definition="x")
        for number, name in enumerate(NAMES)
    }
    site = SiteContext(dataclasses.replace(kb(), terms=terms))
    quick = PageContext(site, "a").pieces(text)
    with patch.object(TermFinder, "_may_hold_name", return_value=True):
        slow = PageContext(site, "a").pieces(text)
    assert quick == slow


@given(text=TEXT)
def test_links_leave_every_word_in_place(text: str, kb: Given) -> None:
    """The pieces of a text add up to the text."""
    pieces = PageContext(SiteContext(kb()), "a").pieces(text)
    assert "".join(piece.text for piece in pieces) == " ".join(text.split())
