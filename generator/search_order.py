"""Gives the search index an order of its own: its maker writes filters in another one each time.

Read and written are the few files that are concerned: those of the filters, which list values, and the one
that names all others. A file is called by a hash of what is in it, so that the same site has the same files.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_FILTERS = 3
"""Where the file that names all others has its list of filters: pairs of a name and a hash."""
_ENTRY = "pagefind-entry.json"


class UnknownIndex(Exception):
    """The index is not made as it was when this was written; the message says what differs."""


def put_in_order(folder: Path) -> None:
    """Order the index in a folder. Raises `UnknownIndex`, with nothing changed, when its form is another."""
    entry = json.loads((folder / _ENTRY).read_text("utf-8"))
    read = {
        language["hash"]: _read(folder / f"pagefind.{language['hash']}.pf_meta")
        for language in entry["languages"].values()
    }
    filters = {
        name: _values(_read(_filter(folder, name))) for meta in read.values() for name in _named_filters(meta)
    }
    renamed = {name: _renamed(name, _packed(values)) for name, values in filters.items()}
    for name in filters:
        _filter(folder, name).unlink()
    for name, values in filters.items():
        _filter(folder, renamed[name]).write_bytes(_packed(values))
    for language in entry["languages"].values():
        known = language["hash"]
        meta = read[known]
        meta[_FILTERS] = sorted([title, renamed[name]] for title, name in meta[_FILTERS])
        content = _packed(meta)
        language["hash"] = _renamed(known, content)
        (folder / f"pagefind.{known}.pf_meta").unlink()
        (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(content)
    entry["languages"] = dict(sorted(entry["languages"].items()))
    (folder / _ENTRY).write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _filter(folder: Path, name: str) -> Path:
    return folder / "filter" / f"{name}.pf_filter"


def _named_filters(meta: Any) -> list[str]:
    try:
        return [name for title, name in meta[_FILTERS] if isinstance(title, str)]
    except (TypeError, ValueError, IndexError) as error:
        raise UnknownIndex(f"the list of filters is not where it was ({error})") from None


def _values(content: Any) -> Any:
    """A filter with its values in order: `[name, [[value, [page, …]], …]]`."""
    try:
        name, values = content
        return [name, sorted([str(value), list(pages)] for value, pages in values)]
    except (TypeError, ValueError) as error:
        raise UnknownIndex(f"a filter is not a name and its values ({error})") from None


def _read(path: Path) -> Any:
    """The data in a file of the index, of which every byte must be understood."""
    try:
        content = gzip.decompress(path.read_bytes())
        data = cbor2.loads(content.removeprefix(_MARK))
    except (OSError, EOFError, cbor2.CBORDecodeError) as error:
        raise UnknownIndex(f"{path.name} cannot be read ({error})") from None
    if _MARK + cbor2.dumps(data) != content:
        raise UnknownIndex(f"{path.name} is written in another way")
    return data


def _packed(data: Any) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(data), mtime=0)


def _renamed(name: str, content: bytes) -> str:
    """A hash of as many digits as the former, after the same prefix: `en_1612f13`."""
    prefix, _, known = name.rpartition("_")
    return f"{prefix}_{hashlib.sha256(content).hexdigest()[: len(known)]}"
