"""What a page is, for search engines and other programs: JSON-LD in the words of schema.org.

Which types pages, techniques and readers have is said in `publication.yaml`. A day of review stands there
only when somebody has reviewed the page; the day on which it was checked against its sources is its last
change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from generator.model.reference import Reference, ReferenceType
from generator.views.cite import address_of, checked_on
from generator.views.context import SiteContext
from generator.views.parts import Page

Data: TypeAlias = dict[str, Any]

LANGUAGE = "en"
_WORKS: Mapping[ReferenceType, str] = {
    "article": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "web": "WebPage",
    "report": "Report",
    "other": "CreativeWork",
}


def of_page(site: SiteContext, page: Page, cited: Iterable[str]) -> Data:
    """The page, what it is about and what it cites. Values that are not known are left out."""
    publication = site.kb.publication
    address = address_of(site, page)
    kind = publication.structured_data.page
    guide = _is_guide(site, page)
    status = page.status
    known = {
        "@context": "https://schema.org",
        "@type": [kind, "LearningResource"] if guide else kind,
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.description,
        "inLanguage": LANGUAGE,
        "learningResourceType": "guide" if guide else "",
        "isPartOf": _some({"@type": "WebSite", "name": publication.name, "url": publication.address or ""}),
        "author": {"@type": "Organization", "name": publication.authors},
        "audience": {"@type": publication.structured_data.audience, "audienceType": publication.audience},
        "license": publication.licence.url,
        "dateModified": checked_on(site, page),
        "lastReviewed": status.reviewed_iso if status else "",
        "reviewedBy": {"@type": "Person", "name": status.reviewer} if status and status.reviewer else {},
        "mainEntity": _main(site, page),
        # The sources of a table of many records stand with those records.
        "citation": [_work(site.kb.references[key]) for key in cited if page.record],
    }
    return _some(known)


def _is_guide(site: SiteContext, page: Page) -> bool:
    kind, identifier = page.record or ("", "")
    return kind == "page" and site.kb.pages[identifier].meta.section == "learn"


def _main(site: SiteContext, page: Page) -> Data:
    """The technique or the source that a page is about."""
    kind, identifier = page.record or ("", "")
    if kind == "reference":
        return _work(site.kb.references[identifier])
    if kind != "technique":
        return {}
    technique = site.kb.techniques[identifier]
    return _some(
        {
            "@type": site.kb.publication.structured_data.technique,
            "name": technique.name,
            "alternateName": [*technique.abbreviations, *technique.synonyms],
            "description": page.description,
        }
    )


def _work(reference: Reference) -> Data:
    return _some(
        {
            "@type": _WORKS[reference.type],
            "name": reference.title,
            "datePublished": reference.year if reference.year.isdecimal() else "",
            "sameAs": _elsewhere(reference),
        }
    )


def _elsewhere(reference: Reference) -> str:
    """Where a source is to be found by its identifier, or at its own address."""
    if reference.doi:
        return f"https://doi.org/{reference.doi}"
    if reference.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
    return reference.url


def _some(data: Data) -> Data:
    return {name: value for name, value in data.items() if value}
