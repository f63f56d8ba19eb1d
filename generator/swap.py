"""Puts a finished folder in the place of another in one step, and repairs what a killed process left."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are meant as they are."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux."""
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def put_in_place(new: Path, place: Path, aside: Path) -> None:
    """Let `place` be what `new` was; the former goes. All three lie in one folder.

    On Linux both names change in one step: whoever looks sees the one or the other. Elsewhere the former lies
    at `aside` for a moment, from where the next build takes it back should the process end just then.
    """
    if not os.path.lexists(place):
        new.rename(place)
    elif exchange(new, place):
        remove(new)
    else:
        remove(aside)
        place.rename(aside)
        new.rename(place)
        remove(aside)


def exchange(first: Path, second: Path) -> bool:
    """Swap two names in one step; false where the system or its file system cannot. Raises OSError."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if rename(_HERE, os.fsencode(first), _HERE, os.fsencode(second), ctypes.c_uint(_EXCHANGE)) == 0:
        return True
    error = ctypes.get_errno()
    if error in _CANNOT:
        return False
    raise OSError(error, os.strerror(error), str(second))


def remove(path: Path) -> None:
    """Remove a folder and all in it; what cannot be removed now is left for the next time."""
    if path.is_symlink():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
