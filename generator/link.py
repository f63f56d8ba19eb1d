"""Records to a knowledge base: every id and citation resolved, every index built.

After this stage nothing can dangle: a view never has to ask whether the other end exists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from generator.checks import check
from generator.diagnostics import Diagnostics
from generator.inline import CitationGroup, parse_citation, parse_inline
from generator.knowledge import Against, CitingPlace, Fit, KnowledgeBase
from generator.load.prose_file import ProsePage
from generator.load.sources import Records
from generator.load.vocabulary import Vocabulary
from generator.model.base import CitationMark, Prose, Term
from generator.model.marks import marked_values, records_within
from generator.model.reference import Reference
from generator.model.technique import Technique
from generator.standing import with_standing

Item = TypeVar("Item")


def link(records: Records, diagnostics: Diagnostics) -> KnowledgeBase:
    """The linked knowledge base. Raises `BuildFailed` with everything that is wrong anywhere.

    Files that could not be read are already reported; the rest is still checked, so that an
    author sees all errors in one run.
    """
    if records.vocabulary_broken:
        diagnostics.raise_if_errors()
    vocabulary = Vocabulary({name: loaded.record for name, loaded in records.vocabulary.items()})
    check(records, vocabulary, diagnostics)
    diagnostics.raise_if_errors()
    references = with_standing(records, vocabulary.texts.upkeep, diagnostics)
    return _knowledge_base(records, vocabulary, references)


def _knowledge_base(
    records: Records, vocabulary: Vocabulary, references: tuple[Reference, ...]
) -> KnowledgeBase:
    by_name = sorted((loaded.record for loaded in records.techniques), key=lambda item: item.name.casefold())
    techniques = {technique.id: technique for technique in by_name}
    members: dict[str, list[str]] = defaultdict(list)
    fits: dict[str, list[Fit]] = defaultdict(list)
    against: dict[str, list[Against]] = defaultdict(list)
    related_from: dict[str, list[str]] = defaultdict(list)
    for technique in techniques.values():
        if technique.replaced_by:
            continue
        for other in dict.fromkeys(relation.technique for relation in technique.related):
            related_from[other].append(technique.id)
        if technique.parent:
            members[technique.parent].append(technique.id)
        for fit in _fits(technique):
            for site in fit.indication.pain_sites:
                fits[site].append(fit)
        for exclusion in technique.not_indicated:
            for site in exclusion.pain_sites:
                against[site].append(Against(technique.id, exclusion))
    site_children: dict[str, list[str]] = defaultdict(list)
    for place in vocabulary.sites:
        for wider in filter(None, (place.parent, *place.also_in)):
            site_children[wider].append(place.id)
    pages = {page.id: page for page in records.pages}
    return KnowledgeBase(
        techniques=techniques,
        variants={
            variant.id: (technique.id, variant)
            for technique in techniques.values()
            for variant in technique.variants
        },
        sites={site.id: site for site in vocabulary.sites},
        mechanisms=_by_id(vocabulary.mechanisms),
        causes=_by_id(vocabulary.causes),
        groups=_by_id(vocabulary.groups),
        settings=_by_id(vocabulary.settings),
        guidance=_by_id(vocabulary.guidance),
        contraindication_kinds=_by_id(vocabulary.contraindication_kinds),
        grades=_by_id(vocabulary.grades),
        levels=vocabulary.levels,
        scales=_by_id(vocabulary.scales),
        bodies=_by_id(vocabulary.bodies),
        terms={term.id: term for term in sorted(vocabulary.terms, key=lambda term: term.term.casefold())},
        criteria=vocabulary.criteria,
        details=vocabulary.details,
        body=vocabulary.body,
        search_words=vocabulary.search_words,
        publication=vocabulary.publication,
        texts=vocabulary.texts,
        published=records.published,
        references_checked=records.ref_status[0].checked.isoformat() if records.ref_status else "",
        study=vocabulary.study,
        references={item.key: item for item in sorted(references, key=lambda item: item.key)},
        pages=pages,
        members=_frozen(members),
        related_from=_frozen(related_from),
        site_children=_frozen(site_children),
        sites_below={place.id: _below(place.id, site_children) for place in vocabulary.sites},
        fits=_frozen(fits),
        against=_frozen(against),
        cited_by=_frozen(_cited_by(techniques, vocabulary, pages)),
    )


def _below(site: str, children: Mapping[str, list[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = [site]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found[place] = None
            waiting.extend(reversed(children.get(place, [])))
    return tuple(found)


def _fits(technique: Technique) -> Iterator[Fit]:
    for indication in technique.indications:
        yield Fit(technique.id, None, indication)
    for variant in technique.variants:
        for indication in variant.indications:
            yield Fit(technique.id, variant.id, indication)


def _cited_by(
    techniques: Mapping[str, Technique], vocabulary: Vocabulary, pages: Mapping[str, ProsePage]
) -> dict[str, list[CitingPlace]]:
    """Reference key to every place that cites it, in the order of the site."""
    cited: dict[str, dict[CitingPlace, None]] = defaultdict(dict)

    def note(kind: str, identifier: str, record: BaseModel) -> None:
        for path, inner in records_within(record):
            field = str(path[0]) if path else ""
            if field == "review":
                continue
            texts: list[str] = []
            keys: list[str] = []
            for mark, _, value in marked_values(inner, deep=False):
                if isinstance(mark, CitationMark):
                    keys.append(parse_citation(value).key)
                elif isinstance(mark, Prose):
                    texts.append(value)
                    keys.extend(_keys_in(value))
            if keys:
                place = CitingPlace(kind, identifier, field, texts[0] if texts else "")
                for key in keys:
                    cited[key][place] = None

    for technique in techniques.values():
        if technique.replaced_by is None:  # a retired record has no page
            note("technique", technique.id, technique)
    for site in vocabulary.sites:
        note("site", site.id, site)
    for term in vocabulary.terms:
        note("term", term.id, term)
    for group in vocabulary.groups:
        note("group", group.id, group)
    if (criteria := vocabulary.criteria) and (details := vocabulary.details):
        for criterion in criteria.criteria:
            note("criterion", criterion.id, criterion)
        reasons = (topic.why for topic in details.topics)
        for statement in (criteria.rule, criteria.status, criteria.why, *reasons):
            note("page", "referral-checklist", statement)
    if "about" in pages:  # shows the scales and bodies
        for item in (*vocabulary.scales, *vocabulary.bodies):
            note("page", "about", item)
    for page in pages.values():
        for key in (*_keys_in(page.meta.lead), *_keys_in(page.prose)):
            cited[key][CitingPlace("page", page.id, "", page.meta.lead)] = None
    return {key: list(places) for key, places in cited.items()}


def _keys_in(text: str) -> list[str]:
    return [
        citation.key
        for span in parse_inline(text)
        if isinstance(span, CitationGroup)
        for citation in span.citations
    ]


TermType = TypeVar("TermType", bound=Term)


def _by_id(terms: Iterable[TermType]) -> dict[str, TermType]:
    return {term.id: term for term in terms}


def _frozen(index: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(items) for key, items in index.items()}
