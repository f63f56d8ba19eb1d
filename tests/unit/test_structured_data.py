"""JSON-LD, read by rdflib and held against the vocabulary of schema.org as `pydantic2-schemaorg` has it."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SDO

from generator.knowledge import KnowledgeBase
from generator.pages import page_builders
from generator.render import Renderer
from generator.views import structured_data, technique
from generator.views.context import SiteContext
from generator.views.parts import Page

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# What the address of the context stands for; the parser would ask the network for it.
CONTEXT = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "sameAs": {"@type": "@id"}}


def graph_of(data: dict[str, Any]) -> Graph:
    assert data["@context"] == "https://schema.org"
    return Graph().parse(data=json.dumps({**data, "@context": CONTEXT}), format="json-ld")


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from nodes(value)
    elif isinstance(data, list):
        for value in data:
            yield from nodes(value)


def properties_of(kind: str) -> set[str]:
    module = importlib.import_module(f"pydantic2_schemaorg.{kind}")
    return {field.alias for field in getattr(module, kind).__fields__.values()}


def all_data(kb: KnowledgeBase) -> dict[str, dict[str, Any]]:
    site = SiteContext(kb)
    renderer = Renderer(TEMPLATES, kb)
    found = {}
    for build in page_builders(site, renderer).values():
        page = renderer.page(build(), site)
        (script,) = SCRIPT.findall(page.file.content.decode())
        assert "<" not in script
        found[page.address] = json.loads(script)
    return found


@pytest.fixture(scope="module")
def data(everything: KnowledgeBase) -> dict[str, dict[str, Any]]:
    return all_data(everything)


@pytest.fixture
def site(everything: KnowledgeBase) -> SiteContext:
    return SiteContext(everything)


def page_of(site: SiteContext, identifier: str) -> Page:
    return technique.build(site, site.kb.techniques[identifier])


def test_every_word_is_one_of_schema_org(data: dict[str, dict[str, Any]], real: KnowledgeBase) -> None:
    """Types, and the properties that they may have, on every page of the fixture and for the real records."""
    real_site = SiteContext(real)
    for identifier in ("celiac-plexus-neurolysis", "percutaneous-cordotomy"):
        data = {
            **data,
            identifier: structured_data.of_page(
                real_site, page_of(real_site, identifier), ["corriero2025missing"]
            ),
        }
    checked = 0
    for page in data.values():
        for node in nodes(page):
            kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
            allowed = set().union(*(properties_of(kind) for kind in kinds))
            assert all(kind in SDO for kind in kinds)
            assert set(node) - {"@context", "@type", "@id"} <= allowed, kinds
            checked += 1
    assert checked > 100


# The parser uses a class that its own library has renamed.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_a_parser_reads_what_a_page_says(data: dict[str, dict[str, Any]]) -> None:
    """The technique, its other names, the licence, the readers, the sources."""
    graph = graph_of(data["techniques/patch-a-tube"])
    page = URIRef("https://repair.example/guide/techniques/patch-a-tube/")
    assert (page, RDF.type, SDO.WebPage) in graph
    assert graph.value(page, SDO.name) == Literal("Patch a tube")
    assert graph.value(page, SDO.license) == Literal("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(page, SDO.dateModified) == Literal("2026-01-31")
    assert graph.value(page, SDO.lastReviewed) == Literal("2026-02-03")
    assert graph.value(graph.value(page, SDO.reviewedBy), SDO.name) == Literal("Ada Adeyemi")
    audience = graph.value(page, SDO.audience)
    assert graph.value(audience, SDO.audienceType) == Literal("mechanics")
    thing = graph.value(page, SDO.mainEntity)
    assert graph.value(thing, SDO.name) == Literal("Patch a tube")
    assert len(list(graph.objects(page, SDO.citation))) == 3


def test_a_review_is_claimed_only_where_there_is_one(everything: KnowledgeBase) -> None:
    """Without a clinical review neither a day nor a person; the check is a change, not a review."""
    record = everything.techniques["patch-a-tube"]
    bare = record.model_copy(update={"review": record.review.model_copy(update={"clinical_review": ()})})
    site = SiteContext(replace(everything, techniques={**everything.techniques, record.id: bare}))
    found = structured_data.of_page(site, technique.build(site, bare), [])
    assert "lastReviewed" not in found
    assert "reviewedBy" not in found
    assert found["dateModified"] == record.review.checked.isoformat()


def test_types_come_from_the_content(everything: KnowledgeBase, real: KnowledgeBase) -> None:
    """Bicycle repair claims nothing medical; the atlas of a medical field says what it is."""
    assert "Medical" not in json.dumps(all_data(everything))
    site = SiteContext(real)
    found = structured_data.of_page(site, page_of(site, "percutaneous-cordotomy"), [])
    assert found["@type"] == "MedicalWebPage"
    assert found["mainEntity"]["@type"] == "MedicalProcedure"
    assert found["audience"] == {"@type": "MedicalAudience", "audienceType": "health professionals"}


def test_a_guide_is_something_to_learn_from(
    data: dict[str, dict[str, Any]], everything: KnowledgeBase
) -> None:
    """Pages of the section `learn` only."""
    guides = {page.id for page in everything.pages.values() if page.meta.section == "learn"}
    assert guides
    found = {address for address, page in data.items() if "LearningResource" in page["@type"]}
    assert found == guides
    assert all(data[guide]["learningResourceType"] == "guide" for guide in guides)


def test_without_an_address_no_page_claims_one(everything: KnowledgeBase) -> None:
    """What needs a full address is left out."""
    unknown = everything.publication.model_copy(update={"address": None})
    found = all_data(replace(everything, publication=unknown))
    for page in found.values():
        assert not {"@id", "url"} & set(page)
        assert set(page["isPartOf"]) == {"@type", "name"}


def test_markup_of_an_author_ends_no_script(data: dict[str, dict[str, Any]]) -> None:
    """It is read back as it was written."""
    name = 'Markup <script>alert("name")</script> &amp; | {{ 7 * 7 }}'
    assert data["techniques/markup-in-text"]["name"] == name
