"""From kept answers to the status file, and to findings at the entries in the .bib files."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generator.bibliography import notice_in_words
from generator.check_refs import compare, crossref, pubmed
from generator.check_refs.store import Store
from generator.diagnostics import Diagnostic, Severity
from generator.model.ref_status import GRAVITY, DeadLink, Difference, Notice, ReferenceStatus
from generator.model.reference import Reference


@dataclass(frozen=True, slots=True)
class Conclusions:
    """Makes the entry of one reference after the other."""

    store: Store
    unanswered: Collection[tuple[str, str]]
    before: Mapping[str, ReferenceStatus]
    """The entries of the last status file, for what was accepted and since when a link is dead."""

    def entry(self, reference: Reference) -> ReferenceStatus | None:
        """What is known of a reference; None where no answer was ever got."""
        days: list[str] = []
        notices: list[Notice] = []
        differences: list[Difference] = []
        unknown: list[Literal["crossref", "pubmed"]] = []
        by_doi, by_pmid = self._kept("crossref", reference.doi.lower()), self._kept("pubmed", reference.pmid)
        if by_doi:
            days.append(by_doi["asked"])
            if by_doi["status"] == 200:
                printed = crossref.printed(by_doi["answer"])
                notices += printed.notices
                differences += compare.differences(reference, printed, "crossref")
            elif by_doi.get("agency", "") in ("", "crossref"):
                unknown.append("crossref")
        if by_pmid:
            days.append(by_pmid["asked"])
            if by_pmid["status"] == 200:
                printed = pubmed.printed(by_pmid["answer"])
                notices += printed.notices
                differences += compare.differences(reference, printed, "pubmed")
            else:
                unknown.append("pubmed")
        link = self._kept("links", reference.url)
        if link:
            days.append(link["asked"])
        if not days:
            return None
        return ReferenceStatus(
            key=reference.key,
            checked=datetime.date.fromisoformat(min(days)),
            doi=reference.doi or None,
            pmid=reference.pmid or None,
            unknown_to=tuple(unknown),
            unanswered=tuple(self._unanswered(reference)),
            notices=merged(notices),
            differences=tuple(self._accepted(reference.key, item) for item in differences),
            links=tuple(self._dead(reference, link)) if link else (),
        )

    def _kept(self, service: str, identifier: str) -> dict[str, Any] | None:
        return self.store.read(service, identifier) if identifier else None

    def _unanswered(self, reference: Reference) -> Iterator[Literal["crossref", "pubmed", "link"]]:
        if ("crossref", reference.doi.lower()) in self.unanswered:
            yield "crossref"
        if ("pubmed", reference.pmid) in self.unanswered:
            yield "pubmed"
        if ("links", reference.url) in self.unanswered:
            yield "link"

    def _accepted(self, key: str, found: Difference) -> Difference:
        known = self.before[key].differences if key in self.before else ()
        for item in known:
            if (item.field, item.theirs, item.said_by) == (found.field, found.theirs, found.said_by):
                return found.model_copy(update={"accepted": item.accepted})
        return found

    def _dead(self, reference: Reference, link: Mapping[str, Any]) -> Iterator[DeadLink]:
        if link["state"] == "works":
            return
        known = self.before[reference.key].links if reference.key in self.before else ()
        since = [item.since for item in known if (item.url, item.state) == (reference.url, link["state"])]
        yield DeadLink(
            url=reference.url,
            state=link["state"],
            answer=link["answer"],
            leads_to=link["leads_to"] or None,
            since=min([*since, datetime.date.fromisoformat(link["asked"])]),
        )


def merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Notices that several services tell of, once, with all who say so; the gravest first."""
    kept: list[Notice] = []
    for notice in notices:
        same = next((index for index, other in enumerate(kept) if _same(notice, other)), None)
        if same is None:
            kept.append(notice)
            continue
        other = kept[same]
        kept[same] = other.model_copy(
            update={
                "date": other.date or notice.date,
                "doi": other.doi or notice.doi,
                "pmid": other.pmid or notice.pmid,
                "said_by": tuple(dict.fromkeys((*other.said_by, *notice.said_by))),
            }
        )
    return tuple(
        sorted(
            kept, key=lambda item: (GRAVITY.index(item.kind), item.date or datetime.date.max, item.doi or "")
        )
    )


def _same(one: Notice, other: Notice) -> bool:
    """Two tellings of one notice: of one kind, and nothing says that they are two."""
    if one.kind != other.kind:
        return False
    if one.doi and other.doi:
        return one.doi == other.doi
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    return one.kind == "retraction" or one.date == other.date


def findings(
    references: Iterable[Reference],
    entries: Mapping[str, ReferenceStatus],
    faults: Mapping[tuple[str, str], str],
) -> Iterator[Diagnostic]:
    """What an author has to do something about, at the entry."""

    def found(reference: Reference, code: str, message: str, severity: Severity) -> Diagnostic:
        return Diagnostic(reference.location, code, f"{reference.key}: {message}", severity)

    for reference in references:
        entry = entries.get(reference.key)
        for service, identifier in (
            ("crossref", reference.doi.lower()),
            ("pubmed", reference.pmid),
            ("links", reference.url),
        ):
            if why := faults.get((service, identifier)):
                text = f"no answer for {identifier}: {why}; run again later"
                yield found(reference, "ref-unanswered", text, Severity.ERROR)
        if entry is None:
            continue
        for name in entry.unknown_to:
            identifier = reference.doi if name == "crossref" else reference.pmid
            yield found(reference, "ref-unknown", f"{name} does not have {identifier}", Severity.ERROR)
        for item in entry.differences:
            if item.accepted is None:
                yield found(reference, f"ref-{item.field}", item.in_words, Severity.ERROR)
        for notice in entry.notices:
            text = f"{notice_in_words(notice)} ({', '.join(notice.said_by)})"
            yield found(reference, f"ref-{notice.kind}", text, Severity.WARNING)
        for link in entry.links:
            where = f" to {link.leads_to}" if link.leads_to else ""
            severity = Severity.ERROR if link.state == "gone" else Severity.WARNING
            text = f"{link.url} {link.state}{where} ({link.answer})"
            yield found(reference, f"ref-link-{link.state}", text, severity)
