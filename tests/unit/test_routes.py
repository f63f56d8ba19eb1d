"""Addresses: where a page lies, and the relative link that leads from one page to another."""

from __future__ import annotations

import pytest

from generator import routes
from generator.knowledge import GENERATED_PAGE_NAMES, KnowledgeBase
from generator.model.technique import Technique


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (routes.technique("cordotomy"), "techniques/cordotomy"),
        (routes.site("rim"), "pain-sites/rim"),
        (routes.group("tools"), "groups/tools"),
        (routes.generated_page("home"), ""),
        (routes.generated_page("glossary"), "glossary"),
        (routes.reference_anchor("brown2019wheels"), "ref-brown2019wheels"),
        (f"{routes.API}/index.json", "api/v1/index.json"),
    ],
)
def test_addresses_never_change(address: str, expected: str) -> None:
    """Other people link to these."""
    assert address == expected


@pytest.mark.parametrize(
    ("source", "target", "anchor", "href"),
    [
        ("", "techniques/a", "", "techniques/a/"),
        ("", "", "", "./"),
        ("", "", "top", "#top"),
        ("glossary", "", "", "../"),
        ("glossary", "", "x", "../#x"),
        ("glossary", "glossary", "x", "#x"),
        ("techniques/a", "techniques/b", "", "../../techniques/b/"),
        ("techniques/a", "pain-sites/b", "c", "../../pain-sites/b/#c"),
        ("techniques/a", "techniques", "", "../../techniques/"),
        ("techniques", "techniques/a", "", "../techniques/a/"),
    ],
)
def test_links_are_relative(source: str, target: str, anchor: str, href: str) -> None:
    """A site works under any prefix, and without a server."""
    assert routes.relative(source, target, anchor) == href


@pytest.mark.parametrize(
    ("source", "href"), [("", "api/v1/a.json"), ("a", "../api/v1/a.json"), ("a/b", "../../api/v1/a.json")]
)
def test_files_are_linked_from_any_depth(source: str, href: str) -> None:
    """Data files have no folder of their own."""
    assert routes.relative_file(source, "api/v1/a.json") == href


@pytest.mark.parametrize(
    ("kind", "identifier", "place"),
    [
        ("technique", "patch", ("techniques/patch", "")),
        ("technique", "dry-patch", ("techniques/patch", "dry-patch")),
        ("site", "rim", ("pain-sites/rim", "")),
        ("term", "tube", ("glossary", "tube")),
        ("criterion", "ref-rim", ("referral-checklist", "ref-rim")),
        ("group", "tools", ("groups/tools", "")),
        ("page", "about", ("about", "")),
        ("page", "home", ("", "")),
        ("page", "glossary", ("glossary", "")),
    ],
)
def test_a_record_is_found_by_kind_and_id(kind: str, identifier: str, place: tuple[str, str]) -> None:
    """A variant is a place on the page of its technique."""
    addresses = routes.Addresses({"dry-patch": "patch"}, {"about"}, 3)
    assert addresses.resolve(kind, identifier) == place


def test_every_field_of_a_technique_that_states_something_has_a_section() -> None:
    """A statement in the data and on the reference page leads to its place on the page."""
    silent = {
        "id",
        "name",
        "kind",
        "group",
        "parent",
        "inherits_from",
        "named_only",
        "abbreviations",
        "synonyms",
    }
    silent |= {"replaced_by", "review"}
    assert set(routes.SECTION_OF_FIELD) == set(Technique.model_fields) - silent


def test_every_linkable_record_has_a_name(everything: KnowledgeBase) -> None:
    """A link without text shows a name."""
    pairs = [("technique", item) for item in (*everything.techniques, *everything.variants)]
    pairs += [("site", item) for item in everything.sites] + [("term", item) for item in everything.terms]
    pairs += [("page", item) for item in (*everything.pages, *GENERATED_PAGE_NAMES)]
    assert all(everything.name(kind, identifier) for kind, identifier in pairs)
