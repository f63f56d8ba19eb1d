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
FAULTS_IN_A_ROW = 4
"""After so many the service is left alone for this run."""


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
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    """Service and identifier of what gave no answer, and why."""
    answered: int = 0
    asked: int = 0
    _silent: dict[str, links.Outcome] = field(default_factory=dict)
    _in_a_row: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Below what the services allow without a key; Crossref's headers may ask for a slower pace.
        self.fetcher.pace.setdefault(urlsplit(self.crossref).netloc, 0.2)
        self.fetcher.pace.setdefault(urlsplit(self.pubmed).netloc, 0.4)

    def all(self, references: Sequence[Reference], progress: Callable[[int, int, str], None]) -> None:
        """Ask for everything that is due. Raises nothing: what gives no answer is in `faults`."""
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
                self._ask(service, identifiers)
                self.answered += len(identifiers)
                self._in_a_row[service] = 0
            except NoAnswer as fault:
                self._in_a_row[service] = self._in_a_row.get(service, 0) + 1
                self.faults.update({(service, identifier): str(fault) for identifier in identifiers})
            done += len(identifiers)
        progress(done, len(due), "")
        if self.answered:  # so the connection is good, and it is these servers that are silent
            for url, found in self._silent.items():
                self._keep_link(url, found)
                del self.faults["links", url]

    def _ask(self, service: str, identifiers: Sequence[str]) -> None:
        if service == "links":
            self._ask_link(identifiers[0])
        elif self._in_a_row.get(service, 0) >= FAULTS_IN_A_ROW:
            raise NoAnswer("not asked any more, since it did not answer before")
        elif service == "crossref":
            self._ask_crossref(identifiers[0])
        else:
            self._ask_pubmed(identifiers)

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
        found = links.follow(self.fetcher, url)
        if not found.heard:
            self._silent[url] = found
            raise NoAnswer(found.answer)
        self._keep_link(url, found)

    def _keep_link(self, url: str, found: links.Outcome) -> None:
        self._keep("links", url, state=found.state, answer=found.answer, leads_to=found.leads_to)


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
