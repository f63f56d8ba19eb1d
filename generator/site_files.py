"""The files below a folder by name, quickly: a finished site has thousands and is walked several times."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from fnmatch import translate
from pathlib import Path


def file_names(folder: Path, suffix: str = "") -> list[str]:
    """Path below the folder of every file in it, with `/` between its parts; folder by folder, sorted."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                elif entry.name.endswith(suffix) and entry.is_file():
                    found.append(f"{below}{entry.name}")
    return sorted(found, key=lambda name: name.split("/"))


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """An expression whose `fullmatch` says of a name whether `PurePath.match` holds for one of the patterns.

    As there, a pattern is held against the last parts of a name, and `*` stays within one of them.
    """
    return re.compile("|".join(rf"(?:.*/)?{'/'.join(map(_part, p.split('/')))}" for p in patterns))


def _part(pattern: str) -> str:
    # `translate` wraps its expression for a whole text, in which `.` would also take a `/`.
    return translate(pattern).removeprefix("(?s:").removesuffix(r")\Z").replace(".*", "[^/]*")
