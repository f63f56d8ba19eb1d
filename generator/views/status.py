"""The status line under every title: who reviewed, when it was checked, when it is due."""

from __future__ import annotations

from collections.abc import Collection

from generator.knowledge import KnowledgeBase
from generator.model.base import Review
from generator.model.technique import Technique
from generator.views.context import PageContext
from generator.views.parts import StatusView

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def status_of_review(ctx: PageContext, review: Review) -> StatusView:
    """The status line of a record or page."""
    latest = max(review.clinical_review, key=lambda item: item.date, default=None)
    if latest is None:
        reviewed = "none yet"
    else:
        role = f", {latest.role}" if latest.role else ""
        reviewed = f"{latest.name}{role}, {long_date(latest.date.isoformat())}"
    return StatusView(
        reviewed=reviewed,
        is_reviewed=latest is not None,
        checked=long_date(review.checked.isoformat()),
        checked_iso=review.checked.isoformat(),
        next_due=long_date(review.next_due.isoformat()),
        next_due_iso=review.next_due.isoformat(),
        drafted_from=ctx.pieces("", review.drafted_from),
        reviewed_iso=latest.date.isoformat() if latest else "",
        reviewer=latest.name if latest else "",
    )


def status_of_records(techniques: Collection[Technique]) -> StatusView | None:
    """The status of a page made from several records: the oldest check, the next date due."""
    if not techniques:
        return None
    reviewed = sum(bool(technique.review.clinical_review) for technique in techniques)
    count = len(techniques)
    checked = min(technique.review.checked for technique in techniques).isoformat()
    next_due = min(technique.review.next_due for technique in techniques).isoformat()
    return StatusView(
        reviewed=f"{reviewed} of {count} records" if reviewed else "none yet",
        is_reviewed=reviewed == count,
        checked=long_date(checked),
        checked_iso=checked,
        next_due=long_date(next_due),
        next_due_iso=next_due,
        drafted_from=(),
        records=f"{count} technique record{'' if count == 1 else 's'}",
    )


def content_date(kb: KnowledgeBase) -> str:
    """The last day on which a record or page was checked against its sources."""
    reviews = [
        *(technique.review for technique in kb.current_techniques()),
        *(page.meta.review for page in kb.pages.values()),
        *([kb.criteria.review] if kb.criteria else []),
    ]
    return max(review.checked for review in reviews).isoformat()


def long_date(iso: str) -> str:
    """'2026-11-22' as '22 November 2026'."""
    year, month, day = iso.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
