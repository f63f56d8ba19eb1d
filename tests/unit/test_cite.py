"""How a page is cited, and the files of its references, read back by other programs where there are any."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pybtex.database import parse_string

from generator.citation_formats import FORMATS
from generator.exports.page_references import PageReferences
from generator.knowledge import KnowledgeBase
from generator.render import Renderer
from generator.views import cite, technique
from generator.views import references as reference_pages
from generator.views.cite import PageCitation
from generator.views.context import SiteContext
from generator.views.parts import Page

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"
ADDRESS = "https://repair.example/guide/techniques/patch-a-tube/"


@pytest.fixture
def site(everything: KnowledgeBase) -> SiteContext:
    return SiteContext(everything)


def page_of(site: SiteContext) -> Page:
    return technique.build(site, site.kb.techniques["patch-a-tube"])


def texts(view: PageCitation) -> dict[str, str]:
    return {item.name: f"{item.before}{view.address}{item.after}" for item in (view.words, *view.formats)}


def test_in_words_it_names_everything_that_a_citation_needs(site: SiteContext) -> None:
    """Authors, title, site, day of the check, review, licence, address."""
    assert texts(cite.citation(site, page_of(site), []))["Text"] == (
        "The Pedal Press. Patch a tube. The Bicycle Repair Guide. Checked 31 January 2026; clinical review: "
        f"Ada Adeyemi, Mechanic, Lagos, 3 February 2026. CC BY 4.0. {ADDRESS}"
    )


def test_reference_managers_read_the_same(site: SiteContext) -> None:
    """BibTeX by pybtex, CSL-JSON by the standard library, RIS line by line."""
    found = texts(cite.citation(site, page_of(site), []))
    (entry,) = parse_string(found["BibTeX"], "bibtex").entries.values()
    assert entry.type == "online"
    assert str(entry.persons["author"][0]) == "{The Pedal Press}"
    fields = dict(entry.fields.items())
    assert (fields["title"], fields["booktitle"]) == ("Patch a tube", "The Bicycle Repair Guide")
    assert (fields["url"], fields["date"]) == (ADDRESS, "2026-01-31")
    assert "CC BY 4.0" in fields["note"]
    (item,) = json.loads(found["CSL-JSON"])
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "The Pedal Press"}]
    assert (item["title"], item["container-title"], item["URL"]) == (
        "Patch a tube",
        "The Bicycle Repair Guide",
        ADDRESS,
    )
    assert item["issued"] == {"date-parts": [[2026, 1, 31]]}
    ris = dict(line.split("  - ", 1) for line in found["RIS"].splitlines() if line)
    assert next(iter(ris)) == "TY"
    assert list(ris)[-1] == "ER"
    assert (ris["AU"], ris["TI"], ris["UR"]) == ("The Pedal Press", "Patch a tube", ADDRESS)


def test_without_an_address_of_the_site_words_stand_there(everything: KnowledgeBase) -> None:
    """Nothing else changes; a script knows by the mark that it has to put its own there."""
    unknown = everything.publication.model_copy(update={"address": None})
    site = SiteContext(replace(everything, publication=unknown))
    view = cite.citation(site, page_of(site), [])
    assert not view.is_known
    assert view.address == "[address of this page]"
    known = SiteContext(everything)
    assert view.formats == cite.citation(known, page_of(known), []).formats


def test_every_file_has_a_name_of_its_own(site: SiteContext) -> None:
    """The key of the entry, which starts with the site's name."""
    view = cite.citation(site, page_of(site), [])
    stem = "repair-guide-techniques-patch-a-tube"
    assert [item.file for item in (view.words, *view.formats)] == [
        f"{stem}.{suffix}" for suffix in ("txt", "bib", "ris", "csl.json")
    ]


def test_the_page_of_a_source_gives_that_source(site: SiteContext) -> None:
    """In each format, as in the whole bibliography."""
    reference = site.kb.references["lee2020rides"]
    view = cite.citation(site, reference_pages.build_one(site, reference), [])
    assert [item.before for item in view.source] == [form.text([reference]) for form in FORMATS]
    assert cite.citation(site, page_of(site), []).source == ()


def test_references_lie_beside_the_page_in_its_order(site: SiteContext) -> None:
    """The three files hold the list at the foot of the page, first citation first."""
    rendered = Renderer(TEMPLATES, site.kb).page(page_of(site), site)
    assert len(rendered.cited) > 2
    assert list(rendered.cited) != sorted(rendered.cited)
    made = PageReferences(site.kb).files(rendered.address, rendered.cited)
    files = {item.path: item.content.decode() for item in made}
    assert sorted(files) == [
        f"techniques/patch-a-tube/references.{suffix}" for suffix in ("bib", "csl.json", "ris")
    ]
    csl = json.loads(files["techniques/patch-a-tube/references.csl.json"])
    assert [item["id"] for item in csl] == list(rendered.cited)
    bib = parse_string(files["techniques/patch-a-tube/references.bib"], "bibtex")
    assert list(bib.entries) == list(rendered.cited)
    ris = files["techniques/patch-a-tube/references.ris"]
    assert [line[6:] for line in ris.splitlines() if line.startswith("ID  - ")] == list(rendered.cited)
    html = rendered.file.content.decode()
    places = [html.index(f'class="ref" id="ref-{key}"') for key in rendered.cited]
    assert places == sorted(places)
    for suffix in ("bib", "csl.json", "ris"):
        assert f'href="references.{suffix}" download' in html


def test_a_page_that_cites_nothing_has_no_files(site: SiteContext) -> None:
    """And offers none."""
    rendered = Renderer(TEMPLATES, site.kb).page(
        reference_pages.build_one(site, site.kb.references["lee2020rides"]), site
    )
    assert rendered.cited == ()
    assert list(PageReferences(site.kb).files(rendered.address, rendered.cited)) == []
    assert 'href="references.bib"' not in rendered.file.content.decode()
