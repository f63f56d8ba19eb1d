"""Asks the services, each answer kept as soon as it is there; what is young enough is not asked for again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from generator.check_refs import crossref, links, pubmed
from generator.check_refs.fetch import Fetcher, NoAnswer
from generator.check_refs.store import Store
from generator.model.reference import Reference

CROSSREF = "https://api.crossref.org"
PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
BATCH = 100
"""PubMed records in one request."""


@dataclass(slots=True)
class Asker:
    """One run of questions."""

    fetcher: Fetcher
    store: Store
    today: datetime.date
    max_age: int
    """Days for which a kept answer is not asked for again."""
    crossref: str = CROSSREF
    pubmed: str = PUBMED
    unanswered: set[tuple[str, str]] = field(default_factory=set)
    """Service and identifier of what gave no answer, with why in `faults`."""
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    answered: int = 0
    asked: int = 0

    def __post_init__(self) -> None:
        # Below what the services allow without a key; Crossref's headers may ask for a slower pace.
        self.fetcher.pace.setdefault(urlsplit(self.crossref).netloc, 0.2)
        self.fetcher.pace.setdefault(urlsplit(self.pubmed).netloc, 0.4)

    def all(self, references: Sequence[Reference], progress: Callable[[int, int, str], None]) -> None:
        """Ask for everything that is due. Raises nothing: what gives no answer is in `unanswered`."""
        dois = [item.doi.lower() for item in references if item.doi]
        pmids = [item.pmid for item in references if item.pmid]
        urls = [item.url for item in references if item.url.startswith(("https://", "http://"))]
        due = [
            *(("crossref", item) for item in dict.fromkeys(dois) if self._is_due("crossref", item)),
            *(("pubmed", item) for item in dict.fromkeys(pmids) if self._is_due("pubmed", item)),
            *(("links", item) for item in dict.fromkeys(urls) if self._is_due("links", item)),
        ]
        done = 0
        for service, identifiers in _in_batches(due):
            progress(done, len(due), identifiers[0])
            self.asked += len(identifiers)
            try:
                if service == "crossref":
                    self._ask_crossref(identifiers[0])
                elif service == "pubmed":
                    self._ask_pubmed(identifiers)
                else:
                    self._ask_link(identifiers[0])
                self.answered += len(identifiers)
            except NoAnswer as fault:
                for identifier in identifiers:
                    self.unanswered.add((service, identifier))
                    self.faults[service, identifier] = str(fault)
            done += len(identifiers)
        progress(done, len(due), "")

    def _is_due(self, service: str, identifier: str) -> bool:
        kept = self.store.read(service, identifier)
        if kept is None:
            return True
        return (self.today - datetime.date.fromisoformat(kept["asked"])).days >= self.max_age

    def _keep(self, service: str, identifier: str, **data: Any) -> None:
        self.store.write(service, identifier, {"asked": self.today.isoformat(), **data})

    def _ask_crossref(self, doi: str) -> None:
        kept = self.store.read("crossref", doi) or {}
        headers = {}
        if kept.get("status") == 200:
            if kept.get("etag"):
                headers["If-None-Match"] = kept["etag"]
            if kept.get("last_modified"):
                headers["If-Modified-Since"] = kept["last_modified"]
        url = f"{self.crossref}/works/{quote(doi, safe='')}"
        params = {"mailto": self.fetcher.contact}
        answer = self.fetcher.get(url, params=params, headers=headers, read=crossref.work)
        if answer.status == 304 and kept:
            self._keep("crossref", doi, **{name: kept[name] for name in kept if name not in ("asked", "of")})
        elif answer.status == 200:
            more = {
                name: answer.headers[header]
                for name, header in (("etag", "etag"), ("last_modified", "last-modified"))
                if answer.headers.get(header)
            }
            self._keep("crossref", doi, status=200, answer=crossref.work(answer.body), **more)
        elif answer.status == 404:
            self._keep("crossref", doi, status=404, agency=self._agency(doi))
        else:
            raise NoAnswer(f"status {answer.status}")

    def _agency(self, doi: str) -> str:
        """Who registered a DOI that Crossref does not have; empty where nobody did."""
        url = f"{self.crossref}/works/{quote(doi, safe='')}/agency"
        answer = self.fetcher.get(url, params={"mailto": self.fetcher.contact}, read=crossref.agency)
        return crossref.agency(answer.body) if answer.status == 200 else ""

    def _ask_pubmed(self, pmids: Sequence[str]) -> None:
        params = {
            "db": "pubmed",
            "retmode": "xml",
            "id": ",".join(pmids),
            "tool": "atlas-check-refs",
            "email": self.fetcher.contact,
        }
        answer = self.fetcher.get(f"{self.pubmed}/efetch.fcgi", params=params, read=pubmed.records)
        if answer.status not in (200, 400, 404):
            raise NoAnswer(f"status {answer.status}")
        if answer.status != 200 and len(pmids) > 1:  # one wrong id spoils the whole request
            for pmid in pmids:
                self._ask_pubmed([pmid])
            return
        found = pubmed.records(answer.body) if answer.status == 200 else {}
        for pmid in pmids:
            if pmid in found:
                self._keep("pubmed", pmid, status=200, answer=found[pmid])
            else:
                self._keep("pubmed", pmid, status=404)

    def _ask_link(self, url: str) -> None:
        state, answer, leads_to = links.follow(self.fetcher, url)
        self._keep("links", url, state=state, answer=answer, leads_to=leads_to)


def _in_batches(due: Collection[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Each question by itself, those for PubMed together."""
    together = [identifier for service, identifier in due if service == "pubmed"]
    for service, identifier in due:
        if service == "crossref":
            yield service, [identifier]
    for start in range(0, len(together), BATCH):
        yield "pubmed", together[start : start + BATCH]
    for service, identifier in due:
        if service == "links":
            yield service, [identifier]
