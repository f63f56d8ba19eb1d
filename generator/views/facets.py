"""By what search results are told apart and narrowed: kind, group, site, mechanism, rating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from generator.knowledge import KnowledgeBase
from generator.model.clinical import Indication
from generator.model.page_texts import Words
from generator.model.technique import Technique
from generator.views.evidence import ratings_of, source_name, value_in_words
from generator.views.fits import standing

Facets: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

TECHNIQUE = "Technique"
GUIDE = "Guide"
TERM = "Glossary"
REFERENCE = "Reference"
TOOL = "Tool or list"

KIND_OF_PAGE = {"technique": TECHNIQUE, "group": TECHNIQUE, "prose": GUIDE}


def of_page(words: Words, kind: str, more: Facets = ()) -> Facets:
    """The facets of a page of some kind."""
    return (("kind", (words.site.head if kind == "site" else KIND_OF_PAGE.get(kind, TOOL),)), *more)


def of_technique(kb: KnowledgeBase, technique: Technique) -> Facets:
    """Group, sites and the wider ones around them, mechanisms, each body's rating in its own words."""
    described = list(_described(technique))
    sites = _with_wider(kb, (place for item in described for place in item.pain_sites))
    mechanisms = dict.fromkeys(kb.mechanisms[name].name for item in described for name in item.mechanisms)
    ratings = dict.fromkeys(
        f"{source_name(kb.bodies[rating.body])}: {value_in_words(rating.value)}"
        f"{' (rated for the class)' if rated_class else ''}"
        for rating, rated_class in ratings_of(kb, technique)
    )
    return (
        ("group", (kb.groups[technique.group].short,)),
        ("site", tuple(kb.sites[place].name for place in sites)),
        ("mechanism", tuple(mechanisms)),
        ("evidence", tuple(ratings) or ("Not rated",)),
    )


def of_site(kb: KnowledgeBase, identifier: str) -> Facets:
    """A site and the wider ones it lies in."""
    return (("site", tuple(kb.sites[place].name for place in _with_wider(kb, (identifier,)))),)


def _described(technique: Technique) -> Iterator[Indication]:
    of_variants = (item for variant in technique.variants for item in variant.indications)
    yield from (item for item in (*technique.indications, *of_variants) if standing(item) == "described")


def _with_wider(kb: KnowledgeBase, places: Iterable[str]) -> list[str]:
    """In the order of the vocabulary."""
    own = set(places)
    return [site for site in kb.sites if not own.isdisjoint(kb.sites_below[site])]
