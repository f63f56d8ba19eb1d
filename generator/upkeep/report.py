"""Everything that needs attention, by heading, as text and as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from generator.model.ref_status import ReferenceStatus, StatusFile
from generator.views import attention
from generator.views.attention import Matter
from generator.views.context import SiteContext

HEADINGS: Mapping[str, str] = {
    "stale": "Review overdue",
    "reread": "Pages to read again: they cite a source that was retracted, corrected or doubted",
    "notices": "Sources that were retracted, corrected or doubted",
    "mismatched": "Entries that differ from what Crossref or PubMed print",
    "links": "Addresses that no longer lead there",
    "conflicting": "Sources that differ with each other",
    "unsourced": "Statements without a source, or from a title only",
    "unreviewed": "No expert review yet",
    "unchecked": "References for which nobody has asked",
}
"""Name of each list, and its heading; in the order in which they matter."""


@dataclass(frozen=True, slots=True)
class Report:
    """All lists on one day."""

    today: datetime.date
    asked: str
    """The day of the last check of references; empty where there was none."""
    lists: Mapping[str, tuple[Matter, ...]]

    def counts(self) -> dict[str, int]:
        """How many there are in each list."""
        return {name: len(found) for name, found in self.lists.items()}


def make_report(site: SiteContext, status: StatusFile | None, today: datetime.date) -> Report:
    """Everything that needs attention on a day."""
    entries = status.references if status else ()
    lists = {
        "stale": attention.stale(site, today.isoformat()),
        "reread": attention.to_reread(site),
        "notices": attention.sources_with_notices(site),
        "mismatched": tuple(_mismatched(site, entries)),
        "links": tuple(_links(site, entries)),
        "conflicting": attention.conflicting(site),
        "unsourced": attention.unsourced(site),
        "unreviewed": attention.unreviewed(site),
        "unchecked": attention.unchecked(site),
    }
    return Report(today, site.kb.references_checked, {name: lists[name] for name in HEADINGS})


def _mismatched(site: SiteContext, entries: tuple[ReferenceStatus, ...]) -> Iterator[Matter]:
    for entry in entries:
        for service in entry.unknown_to:
            yield _reference(site, entry.key, f"{service} does not have its identifier")
        for item in entry.differences:
            if item.accepted is None:
                yield _reference(site, entry.key, item.in_words)


def _links(site: SiteContext, entries: tuple[ReferenceStatus, ...]) -> Iterator[Matter]:
    for entry in entries:
        for link in entry.links:
            where = f" to {link.leads_to}" if link.leads_to else ""
            why = f"{link.url} {link.state}{where} ({link.answer}) since {link.since}"
            yield _reference(site, entry.key, why)


def _reference(site: SiteContext, key: str, why: str) -> Matter:
    formatted = site.formatted.get(key)
    return Matter("reference", key, formatted.title if formatted else key, "", why)


def as_data(report: Report) -> dict[str, Any]:
    """As JSON is written: the day, the counts, the lists."""
    return {
        "today": report.today.isoformat(),
        "references_asked": report.asked or None,
        "counts": report.counts(),
        **{name: [asdict(matter) for matter in found] for name, found in report.lists.items()},
    }


def as_text(report: Report, most: int) -> str:
    """A heading with its count and at most so many lines of each list; all with 0."""
    asked = f"references last asked for on {report.asked}" if report.asked else "references never asked for"
    blocks = [f"Status on {report.today}; {asked}."]
    for name, found in report.lists.items():
        lines = [f"{HEADINGS[name]} ({name}): {len(found)}"]
        shown = found[:most] if most else found
        lines += [f"  {matter.kind} {matter.id}: {matter.why}" for matter in shown]
        if len(found) > len(shown):
            lines.append(f"  … and {len(found) - len(shown)} more (--all)")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def exceeded(report: Report, limits: Mapping[str, int]) -> list[str]:
    """The limits that are exceeded, each in words."""
    counts = report.counts()
    return [
        f"{name}: {counts[name]}, at most {most} allowed"
        for name, most in limits.items()
        if counts[name] > most
        for name, most in limits.items()
        if counts[name] > most
    ]
