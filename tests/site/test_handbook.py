"""The handbook of the repository's records: made once, read as a reader would."""

from __future__ import annotations

import re

import pytest

from generator.config import Project
from generator.handbook import book
from generator.knowledge import KnowledgeBase
from generator.pipeline import load_knowledge
from generator.views.context import SiteContext
from tests.handbook_pdf import Pdf, squeeze
from tests.site.built import REPOSITORY
from tests.unit.test_handbook import statements

pytestmark = pytest.mark.long


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return load_knowledge(Project(REPOSITORY))[0]


@pytest.fixture(scope="session")
def pdf(kb: KnowledgeBase) -> Pdf:
    return Pdf(book.make(SiteContext(kb), Project(REPOSITORY).templates, lambda _: None).content)


def test_a_book_of_a_sane_size(pdf: Pdf, kb: KnowledgeBase) -> None:
    """Some pages for each technique and pain site, and a file that can be sent."""
    entries = len(kb.techniques) + len(kb.sites)
    assert 2 * entries < len(pdf.pages) < 8 * entries
    assert len(pdf.content) < 25_000_000
    assert all(embedded for _, embedded in pdf.fonts())


def test_each_technique_starts_a_page_under_its_name(pdf: Pdf, kb: KnowledgeBase) -> None:
    """The page that the contents name holds the title, and the index gives the same page."""
    lines = {place: (title, page) for title, page, place in pdf.contents()}
    index = "".join(pdf.squeezed[pdf.places["back.techniques"] - 1 :])
    for record in kb.current_techniques():
        place = f"page.techniques.{record.id}"
        title, page = lines[place]
        assert page == pdf.places[place]
        assert squeeze(title) in pdf.squeezed[page - 1]
        assert f"{squeeze(record.name)},{page}" in index


def test_no_heading_stands_alone_at_the_foot(pdf: Pdf) -> None:
    """After the last bookmarked heading of a page comes text."""
    last = {page: title for depth, title, page in pdf.outline() if depth == 4}
    alone = [
        (page, title)
        for page, title in last.items()
        if len(pdf.squeezed[page - 1].rpartition(squeeze(title))[2]) < 20
    ]
    assert alone == []


def test_references_run_through_the_book(pdf: Pdf) -> None:
    """1, 2, 3 in reading order, and every entry of the list is cited."""
    last = 0
    for page, numbers in pdf.cited():
        new = {number for number in numbers if number > last}
        assert new == set(range(last + 1, last + 1 + len(new))), (page, sorted(new))
        last += len(new)
    assert last == sum(name.startswith("ref-") for name in pdf.places)


def test_every_link_leads_somewhere(pdf: Pdf) -> None:
    """Inside to a place that is there, outside to a web address."""
    for number in range(1, len(pdf.pages) + 1):
        for target in pdf.links(number):
            assert target in pdf.places or re.match(r"https?://", target), (number, target)


def test_everything_that_a_record_states_is_in_it(pdf: Pdf, kb: KnowledgeBase) -> None:
    """Every statement of every technique, word for word."""
    site, text = SiteContext(kb), "".join(pdf.squeezed)
    missing = [
        (record.id, statement.text)
        for record in kb.current_techniques()
        for statement in statements(record)
        if squeeze(site.plain(statement.text)) not in text
    ]
    assert missing == []
