"""Artifacts to disk: only what changed is written, what is no longer made is removed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.artifacts import Artifact


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did."""

    files: int
    changed: int
    removed: int


def write_tree(root: Path, artifacts: Iterable[Artifact]) -> Written:
    """Make the tree hold exactly the artifacts. Unchanged files keep their time stamps."""
    former = {f"{folder}/{name}" for folder, _, names in os.walk(root) for name in names}
    wanted: set[str] = set()
    folders: set[str] = set()
    changed = 0
    for artifact in artifacts:
        name = f"{root}/{artifact.path}"
        if name in wanted:
            raise ValueError(f"two artifacts have the path {artifact.path}")
        wanted.add(name)
        if name in former:
            changed += write_if_changed(Path(name), artifact.content)
        else:
            _write_new(name, artifact.content, folders)
            changed += 1
    for name in former - wanted:
        Path(name).unlink()
    _remove_empty_folders(root)
    return Written(len(wanted), changed, len(former - wanted))


def write_files(folder: Path, artifacts: Iterable[Artifact]) -> int:
    """Write files that are new there; returns how many. Raises `FileExistsError` for one that is not."""
    written = 0
    folders: set[str] = set()
    for artifact in artifacts:
        _write_new(f"{folder}/{artifact.path}", artifact.content, folders)
        written += 1
    return written


def move_files(source: Path, target: Path) -> None:
    """Move all files of a folder to their places below another.

    Raises `FileExistsError` for one that is there.
    """
    for path in sorted(source.iterdir()):
        place = target / path.name
        if not os.path.lexists(place):
            path.rename(place)
        elif path.is_dir():
            move_files(path, place)
        else:
            raise FileExistsError(f"two artifacts have the path {place}")


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file unless it already holds the content; a reader never sees half of it."""
    name = os.fspath(path)
    try:
        with open(name, "rb", buffering=0) as known:  # noqa: PTH123 (this runs for every file of the site)
            if os.fstat(known.fileno()).st_size == len(content) and known.read() == content:
                return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        pass
    temporary = f"{path.parent}/.{path.name}.{os.getpid()}.part"
    try:
        with open(temporary, "wb") as stream:  # noqa: PTH123
            stream.write(content)
        os.replace(temporary, name)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def drop_parts(path: Path) -> None:
    """Remove what a killed process left of a file beside it."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        part.unlink(missing_ok=True)


def _write_new(name: str, content: bytes, folders: set[str]) -> None:
    """Write a file that is not there. A part of it, left by a killed process, is seen by its content.

    `folders` are those that were made for others before; this runs for every file of the site, and most of
    them have a folder of their own.
    """
    folder = name.rpartition("/")[0]
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        folders.add(folder)
    with open(name, "xb") as stream:  # noqa: PTH123
        stream.write(content)


def _remove_empty_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        path = Path(folder)
        if path != root and not any(path.iterdir()):
            path.rmdir()
