"""What is dear to make and depends on one text alone, kept from build to build by the hash of that text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.parallel import WORTHWHILE, map_in_order
from generator.write import write_if_changed

_DIGITS = 32


def made_or_kept(
    folder: Path,
    maker: str,
    sources: Sequence[bytes],
    make: Callable[[bytes], bytes],
    worthwhile: int = WORTHWHILE,
) -> tuple[list[bytes], int]:
    """What `make` makes of each source, and how many of them were made anew; all others go from the folder.

    `maker` names what makes them, with its version: another one makes all anew. A kept file is called by its
    source and by its own hash; one with other content is made anew. Unchanged results cost a read each.
    """
    names = [_digest(maker.encode() + source) for source in sources]
    known = _known(folder, set(names))
    missing = sorted(
        {name: item for name, item in zip(names, sources, strict=True) if name not in known}.items()
    )
    made = map_in_order(lambda item: make(item[1]), missing, worthwhile)
    for (name, _), content in zip(missing, made, strict=True):
        write_if_changed(folder / f"{name}-{_digest(content)}", content)
        known[name] = content
    return [known[name] for name in names], len(missing)


def _known(folder: Path, wanted: set[str]) -> dict[str, bytes]:
    """The kept results that are wanted and whole, by name; all other files go."""
    known = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        content = path.read_bytes()
        name = path.name[:_DIGITS]
        if name in wanted and path.name == f"{name}-{_digest(content)}":
            known[name] = content
        else:
            path.unlink()
    return known


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
