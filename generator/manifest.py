"""The SHA-256 sum of every file of a finished site, in the form that `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.site_files import file_names

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two lists of files say differently, by path."""

    files: int
    """How many files the first list has."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    """In the first list only."""
    further: tuple[str, ...]
    """In the second list only."""

    @property
    def same(self) -> bool:
        """Whether both are alike."""
        return not (self.changed or self.missing or self.further)

    def lines(self) -> Iterator[str]:
        """Each difference in words."""
        yield from (f"changed: {name}" for name in self.changed)
        yield from (f"missing: {name}" for name in self.missing)
        yield from (f"not listed: {name}" for name in self.further)


class NoManifest(Exception):
    """There is no list of sums to hold files against; the message says where."""


def write_manifest(site: Path) -> int:
    """List every file of a site in it, as its last file; returns how many."""
    (site / NAME).unlink(missing_ok=True)
    sums = sums_of(site)
    (site / NAME).write_text(written(sums), "utf-8", newline="\n")
    return len(sums)


def written(sums: Mapping[str, str]) -> str:
    """The list as text. Raises ValueError for a name that such a list cannot hold as it is."""
    for name in sums:
        if "\n" in name or "\\" in name:
            raise ValueError(f"the name of the file {name!r} holds a line break or a backslash")
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def read(text: str) -> dict[str, str]:
    """Path to sum. Raises `NoManifest` when a line is anything else."""
    found = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise NoManifest(f"not a line of {NAME}: {line[:80]!r}")
        found[match[2]] = match[1]
    return found


def sums_of(folder: Path) -> dict[str, str]:
    """Path below a folder to sum, of all files but the list itself."""
    return {name: digest(folder / name) for name in file_names(folder) if name != NAME}


def digest(path: Path) -> str:
    """The sum of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_folder(folder: Path) -> Comparison:
    """A site held against the list in it. Raises `NoManifest` when it has none."""
    try:
        listed = read((folder / NAME).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NoManifest(f"no {NAME} in {folder}") from None
    return compare(listed, sums_of(folder))


def check_zip(path: Path) -> Comparison:
    """A downloaded copy held against the list in it. Raises `NoManifest` when it has none."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        lists = [name for name in names if name.rpartition("/")[2] == NAME]
        if not lists:
            raise NoManifest(f"no {NAME} in {path}")
        place = min(lists, key=len)
        below = place.removesuffix(NAME)
        listed = read(archive.read(place).decode())
        sums = {
            name.removeprefix(below): hashlib.sha256(archive.read(name)).hexdigest()
            for name in names
            if name != place
        }
    return compare(listed, sums)


def compare(first: Mapping[str, str], second: Mapping[str, str]) -> Comparison:
    """What two lists say differently."""
    return Comparison(
        len(first),
        tuple(name for name in sorted(first) if second.get(name, first[name]) != first[name]),
        tuple(sorted(first.keys() - second.keys())),
        tuple(sorted(second.keys() - first.keys())),
    )
