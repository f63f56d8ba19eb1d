"""What the generator makes: a path in the generated tree and its bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be: a relative POSIX path and its content."""

    path: str
    content: bytes
