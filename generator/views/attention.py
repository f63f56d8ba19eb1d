"""What the keepers of the records have to look at: due, unreviewed, unsourced, conflicting, retracted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from generator import routes
from generator.inline import CitationGroup, parse_inline
from generator.knowledge import CitingPlace, KnowledgeBase
from generator.model.base import Review, Statement
from generator.model.marks import records_within
from generator.model.reference import Reference
from generator.model.technique import Technique
from generator.standing import noticed
from generator.views import evidence, timing
from generator.views.context import SiteContext

DETAIL = 90
"""Letters of a statement that are shown."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to look at."""

    kind: str
    """Kind of the record: technique, page, term, reference and so on."""
    id: str
    name: str
    url: str
    """Its place from the root of the site; empty where it has none."""
    why: str
    """In a few words."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record or page that carries dates of review."""

    kind: str
    id: str
    review: Review


@dataclass(frozen=True, slots=True)
class Reread:
    """A page that cites a source with a notice, and the statements that do."""

    kind: str
    id: str
    keys: tuple[str, ...]
    """The sources, the gravest notice first."""
    places: tuple[CitingPlace, ...]


def reviewed(kb: KnowledgeBase) -> Iterator[Reviewed]:
    """Everything that is reviewed: techniques, prose pages, both parts of the checklist."""
    for technique in kb.current_techniques():
        yield Reviewed("technique", technique.id, technique.review)
    for page in kb.pages.values():
        yield Reviewed("page", page.id, page.meta.review)
    if kb.criteria and kb.details:
        yield Reviewed("page", routes.REFERRAL_CHECKLIST, kb.criteria.review)
        yield Reviewed("page", routes.REFERRAL_CHECKLIST, kb.details.review)


def stale(site: SiteContext, today: str) -> tuple[Matter, ...]:
    """Whose review was due before today (2026-11-22), the longest overdue first."""
    due = sorted(
        (item for item in reviewed(site.kb) if item.review.next_due.isoformat() < today),
        key=lambda item: (item.review.next_due, item.kind, item.id),
    )
    return tuple(_matter(site, item.kind, item.id, f"was due by {item.review.next_due}") for item in due)


def unreviewed(site: SiteContext) -> tuple[Matter, ...]:
    """What no expert has reviewed."""
    return tuple(
        _matter(site, item.kind, item.id, "no expert review")
        for item in reviewed(site.kb)
        if not item.review.clinical_review
    )


def unsourced(site: SiteContext) -> tuple[Matter, ...]:
    """What readers see and no source carries, or only the title of a paper that was not read."""
    kb = site.kb
    found: list[Matter] = []
    for technique in kb.current_techniques():
        for path, record in records_within(technique):
            if isinstance(record, Statement) and record.basis == "title":
                why = f"{path[0]}: from a title only: {_cut(site.plain(record.text))}"
                found.append(_matter(site, "technique", technique.id, why))
    vocabulary: Mapping[str, Mapping[str, BaseModel]] = {
        "site": kb.sites,
        "group": kb.groups,
        "mechanism": kb.mechanisms,
        "cause": kb.causes,
        "setting": kb.settings,
        "guidance": kb.guidance,
        "contraindication-kind": kb.contraindication_kinds,
        "grade": kb.grades,
        "scale": kb.scales,
        "body": kb.bodies,
        "term": kb.terms,
    }
    for kind, records in vocabulary.items():
        for identifier, record in records.items():
            text = getattr(record, "text", None) or getattr(record, "definition", None)
            if text and not getattr(record, "citations", ()) and not _cites(text):
                found.append(_matter(site, kind, identifier, f"no source: {_cut(site.plain(text))}"))
    found.extend(
        _matter(site, "page", page.id, "cites nothing")
        for page in kb.pages.values()
        if not _cites(page.meta.lead) and not _cites(page.prose)
    )
    return tuple(found)


def conflicting(site: SiteContext) -> tuple[Matter, ...]:
    """Where sources differ with each other: ratings, tiers, windows."""
    kb = site.kb
    found = []
    for technique in kb.current_techniques():
        if evidence.bodies_differ(kb, technique):
            found.append(_matter(site, "technique", technique.id, "bodies rate it differently", "evidence"))
        if len({item.tier for item in technique.bleeding_risk}) > 1:
            why = "tiers of bleeding risk differ"
            found.append(_matter(site, "technique", technique.id, why, "contraindications"))
        if _windows_differ(technique):
            why = "sources print different limits of prognosis"
            found.append(_matter(site, "technique", technique.id, why, "setting"))
    return tuple(found)


def reread(kb: KnowledgeBase) -> tuple[Reread, ...]:
    """The pages that cite a source with a notice; those with the gravest first."""
    found: dict[tuple[str, str], tuple[dict[str, None], dict[CitingPlace, None]]] = {}
    for reference in noticed(kb.references.values()):
        for place in kb.cited_by.get(reference.key, ()):
            keys, places = found.setdefault((place.kind, place.id), ({}, {}))
            keys[reference.key] = None
            places[place] = None
    return tuple(
        Reread(kind, identifier, tuple(keys), tuple(places))
        for (kind, identifier), (keys, places) in found.items()
    )


def to_reread(site: SiteContext) -> tuple[Matter, ...]:
    """The same pages, each with what became of its sources."""
    return tuple(
        _matter(site, page.kind, page.id, "; ".join(_named(site.kb.references[key]) for key in page.keys))
        for page in reread(site.kb)
    )


def sources_with_notices(site: SiteContext) -> tuple[Matter, ...]:
    """Sources that were retracted, corrected or doubted after publication."""
    return tuple(
        _of_source(site, item, item.standing.word if item.standing else "")
        for item in noticed(site.kb.references.values())
    )


def unchecked(site: SiteContext) -> tuple[Matter, ...]:
    """Sources with a DOI, a PubMed id or an address for which nobody has asked."""
    return tuple(
        _of_source(site, item, "never asked for")
        for item in site.kb.references.values()
        if (item.doi or item.pmid or item.url) and not item.asked
    )


def _of_source(site: SiteContext, reference: Reference, why: str) -> Matter:
    address = routes.from_root(*site.addresses.reference(reference.key))
    return Matter("reference", reference.key, site.formatted[reference.key].title, address, why)


def _named(reference: Reference) -> str:
    return f"{reference.key} {reference.standing.word}" if reference.standing else reference.key


def _matter(site: SiteContext, kind: str, identifier: str, why: str, anchor: str = "") -> Matter:
    name, url = name_and_url(site, kind, identifier)
    return Matter(kind, identifier, name, f"{url}#{anchor}" if anchor else url, why)


def name_and_url(site: SiteContext, kind: str, identifier: str) -> tuple[str, str]:
    """What a record is called, and its place from the root of the site."""
    kb = site.kb
    if kind in ("technique", "site", "term", "group", "page"):
        return kb.name(kind, identifier), routes.from_root(*site.addresses.resolve(kind, identifier))
    if kind == "criterion":
        return identifier, routes.from_root(*site.addresses.resolve(kind, identifier))
    return identifier, ""


def _windows_differ(technique: Technique) -> bool:
    limits = {window.limit for window in technique.prognosis}
    return any(
        timing.differ([window for window in technique.prognosis if window.limit == limit])
        for limit in limits & {"floor", "ceiling"}
    )


def _cites(text: str) -> bool:
    return any(isinstance(span, CitationGroup) for span in parse_inline(text))


def _cut(text: str) -> str:
    return text if len(text) <= DETAIL else f"{text[: DETAIL - 1].rstrip()}…"
