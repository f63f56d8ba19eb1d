"""The address of a page as a QR code, for what is printed or projected."""

from __future__ import annotations

from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True)
class QrView:
    """A QR code as one SVG path in units of its modules, with a quiet zone of four around it."""

    address: str
    size: int
    path: str


_QUIET = 4


def qr_code(address: str) -> QrView | None:
    """The code of a full address; None without one."""
    if not address:
        return None
    matrix = segno.make_qr(address, error="m").matrix
    runs = "".join(
        f"M{start + _QUIET} {row + _QUIET}h{length}v1h-{length}z"
        for row, modules in enumerate(matrix)
        for start, length in _runs(bytes(modules))
    )
    return QrView(address, len(matrix) + 2 * _QUIET, runs)


def _runs(modules: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(modules):
        if not dark:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found
