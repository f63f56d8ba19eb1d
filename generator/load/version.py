"""The version of the content: what git calls it, or what was written into a copy that has no git."""

from __future__ import annotations

import subprocess
from pathlib import Path

ARCHIVED = ".git_archival.txt"
TAGS = "v[0-9]*"
CHANGED = "+changes"
_DIGITS = 10
"""Of a commit. By itself git takes more of them in a larger clone, and whatever the user has set."""


def read_version(root: Path) -> str:
    """`1.2`, `1.2-3-g1f2e3d4` (three commits later), with `+changes` when files differ from the commit.

    Empty when nothing knows it. The clock is never asked.
    """
    return _described(root) or _archived(root / ARCHIVED)


def _described(root: Path) -> str:
    # Who builds a folder runs what is in it anyway; a folder of another user's has the same version.
    trusted = ["-c", "safe.directory=*", "-c", "core.fsmonitor=false"]
    command = [
        "git",
        *trusted,
        "-C",
        str(root),
        "describe",
        f"--abbrev={_DIGITS}",
        "--tags",
        "--always",
        f"--match={TAGS}",
        f"--dirty={CHANGED}",
    ]
    try:
        finished = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return _bare(finished.stdout) if finished.returncode == 0 else ""


def _archived(path: Path) -> str:
    """What `git archive` has put into the file of a downloaded copy: `name: value` on each line."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    values = dict(line.partition(": ")[::2] for line in lines)
    found = values.get("describe-name") or values.get("node", "")[:_DIGITS]
    return "" if "$Format" in found else _bare(found)


def _bare(name: str) -> str:
    name = name.strip()
    return name[1:] if name[:1] == "v" and name[1:2].isdigit() else name
