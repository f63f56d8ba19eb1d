"""What the check of references found, given to the references: a notice holds wherever one is cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.diagnostics import Diagnostics, did_you_mean, shown
from generator.load.sources import Records
from generator.model.page_texts import UpkeepTexts
from generator.model.ref_status import GRAVITY, ReferenceStatus
from generator.model.reference import Reference, Standing


def with_standing(records: Records, texts: UpkeepTexts, diagnostics: Diagnostics) -> tuple[Reference, ...]:
    """All references, each with what is known of it.

    What was found for a DOI or PubMed id that the entry no longer has is not about it: it is left out,
    with a warning.
    """
    if records.ref_status is None:
        return records.references
    status, document = records.ref_status
    given = {key: reference for reference in records.references for key in (*reference.former_keys,)}
    given |= {reference.key: reference for reference in records.references}
    found: dict[str, ReferenceStatus] = {}
    for index, entry in enumerate(status.references):
        place = document.locate(("references", index, "key"))
        reference = given.get(entry.key)
        if reference is None:
            diagnostics.warning(
                place,
                "status-unknown-key",
                f"there is no reference {shown(entry.key)}.{did_you_mean(entry.key, given)} "
                "`atlas check-refs` leaves it out",
            )
        elif (entry.doi or "", entry.pmid or "") != (reference.doi, reference.pmid):
            diagnostics.warning(
                place,
                "status-outdated",
                f"{shown(entry.key)} has another DOI or PubMed id since it was checked; nothing of this "
                f"is shown. Run: atlas check-refs --only {reference.key}",
            )
        else:
            found[reference.key] = entry
    return tuple(_with(reference, found.get(reference.key), texts) for reference in records.references)


def _with(reference: Reference, entry: ReferenceStatus | None, texts: UpkeepTexts) -> Reference:
    if entry is None:
        return reference
    kind = entry.gravest
    standing = None
    if kind is not None:
        text = texts.of(kind)
        notices = tuple(sorted(entry.notices, key=lambda notice: GRAVITY.index(notice.kind)))
        standing = Standing(kind, text.word, text.sentence, notices)
    return replace(reference, standing=standing, asked=entry.checked.isoformat())


def noticed(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Those with a notice, the gravest first, then by key."""
    found = [(GRAVITY.index(item.standing.kind), item.key, item) for item in references if item.standing]
    return tuple(item for *_, item in sorted(found, key=lambda entry: entry[:2]))
