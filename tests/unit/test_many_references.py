"""With more references than one page can hold, each has a page and the list names them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import routes
from generator.exports.all import all_exports
from generator.knowledge import KnowledgeBase
from generator.pages import page_builders
from generator.render import Renderer
from generator.views.context import SiteContext

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"


@pytest.fixture
def site(everything: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> SiteContext:
    monkeypatch.setattr(routes, "MOST_REFERENCES_ON_A_PAGE", len(everything.references) - 1)
    return SiteContext(everything)


def pages(site: SiteContext) -> dict[str, str]:
    renderer = Renderer(TEMPLATES, site.kb)
    built = [renderer.page(build(), site).file for build in page_builders(site, renderer).values()]
    return {page.path: page.content.decode() for page in built}


def test_up_to_the_limit_one_page_holds_all(everything: KnowledgeBase) -> None:
    """The address of a reference is a place on the list."""
    addresses = SiteContext(everything).addresses
    assert addresses.reference("lee2020rides") == ("references", "ref-lee2020rides")


def test_beyond_it_each_reference_has_a_page(site: SiteContext) -> None:
    """With the statements that cite it; the list keeps the anchors that others may have linked to."""
    built = pages(site)
    listed = built["references/index.md"]
    for key in site.kb.references:
        page = built[f"references/{key}/index.md"]
        assert site.formatted[key].authors.split(",")[0] in page
        assert ('class="ref__cited"' in page) == (key in site.kb.cited_by)
        assert f'id="ref-{key}"' in listed
        assert f'href="../references/{key}/"' in listed
    assert 'class="ref__cited"' not in listed


def test_every_way_to_a_reference_leads_to_its_page(site: SiteContext) -> None:
    """From the foot of a page, from the coverage page, in the data."""
    built = pages(site)
    page = built["techniques/patch-a-tube/index.md"]
    assert 'href="../../references/brown2019wheels/"' in page
    assert "references/#ref-" not in "".join(built.values())
    data = {artifact.path: artifact.content for artifact in all_exports(site)}
    entries = json.loads(data["api/v1/references.json"])
    found = entries["references"] if isinstance(entries, dict) else entries
    assert {item["url"] for item in found} == {f"/references/{key}/" for key in site.kb.references}


def test_a_list_that_is_too_long_goes_on(site: SiteContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reference on exactly one part; each part leads to the others."""
    monkeypatch.setattr(routes, "MOST_NAMES_ON_A_PAGE", 2)
    built = pages(site)
    parts = [text for path, text in built.items() if path.startswith(("references/index", "reference-list/"))]
    assert len(parts) == -(-len(site.kb.references) // 2) > 1
    for key in site.kb.references:
        assert sum(f'id="ref-{key}"' in part for part in parts) == 1
    assert 'href="../reference-list/2/"' in built["references/index.md"]
    assert 'href="../../references/"' in built["reference-list/2/index.md"]
