"""The expected prognosis as a reader chooses it: stretches of months, without overlap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrognosisBand:
    """A stretch of expected life, in months."""

    id: str
    name: str
    start: int
    end: int | None
    """None where it has no end."""


BANDS = (
    PrognosisBand("0-1", "Less than 1 month", 0, 1),
    PrognosisBand("1-3", "1 to 3 months", 1, 3),
    PrognosisBand("3-6", "3 to 6 months", 3, 6),
    PrognosisBand("6-12", "6 to 12 months", 6, 12),
    PrognosisBand("12", "More than 12 months", 12, None),
)
