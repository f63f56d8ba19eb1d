"""No address that was ever published vanishes: pages, sections, statements, terms, references."""

from __future__ import annotations

import pytest

from generator.config import Project
from generator.diagnostics import Diagnostics, format_text
from generator.release.addresses import check_addresses, read_list
from tests.site.built import REPOSITORY, BuiltSite
from tests.site.html import Element

pytestmark = pytest.mark.engine


def test_no_published_address_is_gone(site: BuiltSite) -> None:
    """`content/releases/addresses.txt` against the site of the records as they are."""
    project = Project(REPOSITORY)
    assert len(read_list(project)) > 500
    diagnostics = Diagnostics()
    check_addresses(project, site.folder, diagnostics)
    assert format_text(tuple(diagnostics), carets=False) == ""


def test_the_list_holds_what_people_link_to() -> None:
    """Not an empty promise: sections, terms, references; statements once a version was released."""
    published = read_list(Project(REPOSITORY))
    anchors = published["techniques/celiac-plexus-neurolysis/"]
    assert {"indications", "evidence", "celiac-plexus-neurolysis-eus"} <= anchors
    released = (REPOSITORY / "content" / "releases" / "last.json").exists()
    assert (sum("." in anchor for anchor in anchors) > 100) == released
    assert "crp" in published["glossary/"]


def test_every_page_names_the_date_of_its_content(pages: dict[str, Element]) -> None:
    """And its version, where one is known; the sources of this test are a copy without git."""
    without = [
        address for address, page in pages.items() if address != "404.html" and "Content of " not in page.text
    ]
    assert without == []
