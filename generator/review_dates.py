"""Reviews that are due, as warnings at the lines that say until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pydantic import BaseModel

from generator.diagnostics import Diagnostics
from generator.load.sources import Records
from generator.load.yaml_file import YamlDocument
from generator.model.base import Review


def warn_of_due(records: Records, today: datetime.date, diagnostics: Diagnostics) -> None:
    """One warning for each record and page whose review was due before today; a retired record has none."""
    for record, document in _dated(records):
        review = getattr(record, "review", None)
        if isinstance(review, Review) and review.next_due < today:
            place = document.locate(("review", "next_due"))
            late = (today - review.next_due).days
            diagnostics.warning(
                place,
                "review-due",
                f"review was due by {review.next_due}, {late} day{'' if late == 1 else 's'} ago",
                document.source_line(place),
            )


def _dated(records: Records) -> Iterator[tuple[BaseModel, YamlDocument]]:
    for technique in records.techniques:
        if technique.record.replaced_by is None:
            yield technique.record, technique.document
    for page in records.pages:
        yield page.meta, page.document
    for loaded in records.vocabulary.values():
        yield loaded.record, loaded.document
