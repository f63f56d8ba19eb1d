"""Where a source, or a notice about it, can be read or found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.model.ref_status import Notice
from generator.model.reference import Reference


@dataclass(frozen=True, slots=True)
class ReferenceLink:
    """One place where a source can be read or found."""

    label: str
    href: str


def notice_address(notice: Notice) -> str:
    """Where a notice can be read; empty where no place is known."""
    if notice.doi:
        return _doi_address(notice.doi)
    return _pubmed_address(notice.pmid) if notice.pmid else ""


def links_to(reference: Reference) -> tuple[ReferenceLink, ...]:
    """Where a source can be read, or, where no place is known, a search for its title."""
    links = []
    if reference.doi:
        links.append(ReferenceLink(f"DOI {reference.doi}", _doi_address(reference.doi)))
    if reference.pmid:
        links.append(ReferenceLink(f"PMID {reference.pmid}", _pubmed_address(reference.pmid)))
    if reference.pmcid:
        href = f"https://pmc.ncbi.nlm.nih.gov/articles/{quote(reference.pmcid, safe='')}/"
        links.append(ReferenceLink(reference.pmcid, href))
    if reference.url.startswith(("https://", "http://")):
        known = {link.href.rstrip("/") for link in links}
        href = quote(reference.url, safe="%/:?#[]@!$&'()*+,;=-._~")
        if href.rstrip("/") not in known:
            links.append(ReferenceLink(_host(reference.url), href))
    return tuple(links) or _title_search(reference.title)


def _doi_address(doi: str) -> str:
    return f"https://doi.org/{quote(doi, safe='/:;().,-_~')}"


def _pubmed_address(pmid: str) -> str:
    return f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid, safe='')}/"


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or url


def _title_search(title: str) -> tuple[ReferenceLink, ...]:
    """A search of PubMed by the words of the title: a colon would be read as a range of terms."""
    words = " ".join(re.sub(r"[^\w\s-]", " ", title).lower().split())
    if not words:
        return ()
    term = quote(f"{words}[Title]", safe="")
    return (ReferenceLink("Search PubMed by title", f"https://pubmed.ncbi.nlm.nih.gov/?term={term}"),)
