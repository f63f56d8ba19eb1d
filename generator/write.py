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
    wanted: set[Path] = set()
    changed = 0
    for artifact in artifacts:
        path = root / artifact.path
        if path in wanted:
            raise ValueError(f"two artifacts have the path {artifact.path}")
        wanted.add(path)
        changed += write_if_changed(path, artifact.content)
    removed = 0
    for path in _files(root):
        if path not in wanted:
            path.unlink()
            removed += 1
    _remove_empty_folders(root)
    return Written(len(wanted), changed, removed)


def write_files(site: Path, artifacts: Iterable[Artifact]) -> None:
    """Write files into folders that a site has."""
    for artifact in artifacts:
        (site / artifact.path).write_bytes(artifact.content)


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


def _files(root: Path) -> list[Path]:
    return [Path(folder) / name for folder, _, names in os.walk(root) for name in names]


def _remove_empty_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        path = Path(folder)
        if path != root and not any(path.iterdir()):
            path.rmdir()
