"""What became of a source, as every page shows it with the reference."""

from __future__ import annotations

from generator.bibliography import notice_in_words
from generator.model.reference import Reference
from generator.reference_links import notice_address
from generator.views.parts import Link, NoticeView


def notice_view(reference: Reference) -> NoticeView | None:
    """The notices of a reference; None where none is known."""
    standing = reference.standing
    if standing is None:
        return None
    return NoticeView(
        standing.kind,
        standing.word,
        standing.sentence,
        tuple(Link(notice_address(notice), notice_in_words(notice)) for notice in standing.notices),
    )
