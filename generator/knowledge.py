"""The knowledge base: linked records and the indices that views and exports read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.load.prose_file import ProsePage
from generator.model.base import Term
from generator.model.body_map import BodyGeometry
from generator.model.clinical import Exclusion, Indication
from generator.model.page_texts import PageTexts, Words
from generator.model.publication import Publication
from generator.model.published import Published
from generator.model.reference import Reference
from generator.model.referral import ReferralCriteria, ReferralDetails
from generator.model.study import Study
from generator.model.technique import Technique, Variant
from generator.model.vocabulary import (
    Body,
    Cause,
    ContraindicationKind,
    GlossaryTerm,
    Group,
    Level,
    PainSite,
    Scale,
)
from generator.model.vocabulary_files import SearchWords

CLASS_FIELDS = (
    "advantages",
    "limitations",
    "complications",
    "contraindications",
    "cautions",
    "bleeding_risk",
    "setting",
    "prognosis",
    "cost",
    "procedural_risk",
    "evidence",
)
"""Fields that a class hands on to the techniques that inherit from it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A technique, or a variant of it, that a source describes for a site."""

    technique: str
    variant: str | None
    indication: Indication


@dataclass(frozen=True, slots=True)
class Against:
    """A technique against which a source speaks for a site."""

    technique: str
    exclusion: Exclusion


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """A place that cites a reference: kind and id of the record, its field, the statement's text."""

    kind: str
    id: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything, resolved. Mappings keep the order in which readers see their items."""

    techniques: Mapping[str, Technique]
    variants: Mapping[str, tuple[str, Variant]]
    """Variant id to the id of its technique and the variant."""
    sites: Mapping[str, PainSite]
    mechanisms: Mapping[str, Term]
    causes: Mapping[str, Cause]
    groups: Mapping[str, Group]
    settings: Mapping[str, Term]
    guidance: Mapping[str, Term]
    contraindication_kinds: Mapping[str, ContraindicationKind]
    grades: Mapping[str, Term]
    levels: tuple[Level, ...]
    scales: Mapping[str, Scale]
    bodies: Mapping[str, Body]
    terms: Mapping[str, GlossaryTerm]
    criteria: ReferralCriteria | None
    """With `details`, or neither: a site without them has no checklist."""
    details: ReferralDetails | None
    body: BodyGeometry | None
    search_words: SearchWords
    publication: Publication
    texts: PageTexts
    published: Published
    study: Study
    references: Mapping[str, Reference]
    references_checked: str
    """The day of the last check of references; empty where there was none."""
    pages: Mapping[str, ProsePage]
    members: Mapping[str, tuple[str, ...]]
    """Class id to the ids of the techniques whose parent it is."""
    related_from: Mapping[str, tuple[str, ...]]
    """Technique id to the ids of the techniques whose records name it as related."""
    site_children: Mapping[str, tuple[str, ...]]
    sites_below: Mapping[str, tuple[str, ...]]
    """A site and all that lie in it, in reading order, each once."""
    fits: Mapping[str, tuple[Fit, ...]]
    """Site id to what is described for exactly that site."""
    against: Mapping[str, tuple[Against, ...]]
    cited_by: Mapping[str, tuple[CitingPlace, ...]]

    def current_techniques(self) -> Iterator[Technique]:
        """Techniques in alphabetical order, without retired ones."""
        return (technique for technique in self.techniques.values() if technique.replaced_by is None)

    def regions(self) -> Iterator[PainSite]:
        """Sites at the top of the tree, in the order of the vocabulary."""
        return (site for site in self.sites.values() if site.parent is None)

    def anywhere(self) -> Iterator[PainSite]:
        """Regions that are no place: pain of a kind or in a situation, wherever it is."""
        return (region for region in self.regions() if region.kind != "place")

    def class_of(self, technique: Technique) -> Technique | None:
        """The class whose `CLASS_FIELDS` hold for the technique."""
        return self.techniques[technique.inherits_from] if technique.inherits_from else None

    def from_class(self, technique: Technique, field: str) -> tuple[Any, ...]:
        """What its class says in one of `CLASS_FIELDS`, but for what the technique says in the same words."""
        parent = self.class_of(technique)
        own = {item.text for item in getattr(technique, field)}
        return tuple(item for item in getattr(parent, field) if item.text not in own) if parent else ()

    @property
    def words(self) -> Words:
        """The nouns of the specialty."""
        return self.texts.words

    @property
    def checklist(self) -> tuple[ReferralCriteria, ReferralDetails]:
        """Both parts of the checklist; asked for only where a site has one."""
        assert self.criteria is not None
        assert self.details is not None
        return self.criteria, self.details

    @property
    def page_names(self) -> Mapping[str, str]:
        """Id and name of each page that the generator makes for this site."""
        names = {**GENERATED_PAGE_NAMES, **self.texts.page_names}
        return {key: name for key, name in names.items() if self.criteria or key != "referral-checklist"}

    def listed_pages(self) -> Iterator[tuple[str, str]]:
        """Id and name of each page that the generator makes, but for home and search."""
        return ((key, name) for key, name in self.page_names.items() if key not in ("home", "search"))

    def name(self, kind: str, identifier: str) -> str:
        """The name a link shows when it brings no text of its own."""
        if kind == "technique":
            if identifier in self.techniques:
                return self.techniques[identifier].name
            return self.variants[identifier][1].name
        if kind == "site":
            return self.sites[identifier].name
        if kind == "term":
            return self.terms[identifier].term
        if kind == "group":
            return self.groups[identifier].name
        if identifier in self.pages:
            return self.pages[identifier].meta.title
        return self.page_names[identifier]


GENERATED_PAGE_NAMES = {
    "home": "Start",
    "techniques": "Techniques",
    "pain-sites": "Sites",
    "references": "References",
    "glossary": "Glossary",
    "referral-checklist": "Checklist",
    "coverage": "What the sources leave open",
    "learn": "Learn",
    "finder": "Finder",
    "compare": "Comparison",
    "concordance": "What the bodies say",
    "evidence-map": "Evidence map",
    "offline": "Use it offline",
    "status": "How current it is",
    "study": "Study",
    "data": "Data",
    "search": "Search",
    "changes": "What changed",
}
"""The generator's own names; `page-texts.yaml` may give others."""
