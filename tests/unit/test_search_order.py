"""The order of the search index: one for all builds, and hands off an index of another form."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import cbor2
import pytest

from generator.search_order import UnknownIndex, put_in_order

KINDS = ["kind", [["Tool", [0, 2]], ["Guide", [1]]]]
PLACES = ["site", [["Wheel", [2]], ["Tyre", [0, 1]]]]


def packed(data: Any) -> bytes:
    return gzip.compress(b"pagefind_dcd" + cbor2.dumps(data))


def index(folder: Path, kinds: Any, places: Any, *, turned: bool) -> Path:
    (folder / "filter").mkdir(parents=True)
    filters = [["kind", "en_1111111"], ["site", "en_2222222"]]
    meta = ["1.5.2", [["en_3333333", 4]], [["a", "b", "en_4444444"]], filters[:: -1 if turned else 1], []]
    (folder / "filter" / "en_1111111.pf_filter").write_bytes(packed(kinds))
    (folder / "filter" / "en_2222222.pf_filter").write_bytes(packed(places))
    (folder / "pagefind.en_5555555555.pf_meta").write_bytes(packed(meta))
    entry = {"version": "1.5.2", "languages": {"en": {"hash": "en_5555555555", "page_count": 4}}}
    (folder / "pagefind-entry.json").write_text(json.dumps(entry))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_another_order_gives_the_same_files(tmp_path: Path) -> None:
    one = index(tmp_path / "one", KINDS, PLACES, turned=False)
    other = index(tmp_path / "other", ["kind", KINDS[1][::-1]], ["site", PLACES[1][::-1]], turned=True)
    assert files(one) != files(other)
    put_in_order(one)
    put_in_order(other)
    assert files(one) == files(other)
    entry = json.loads((one / "pagefind-entry.json").read_text())
    meta_file = one / f"pagefind.{entry['languages']['en']['hash']}.pf_meta"
    meta = cbor2.loads(gzip.decompress(meta_file.read_bytes())[12:])
    assert [name for name, _ in meta[3]] == ["kind", "site"]
    found = {
        name: cbor2.loads(gzip.decompress((one / "filter" / f"{named}.pf_filter").read_bytes())[12:])
        for name, named in meta[3]
    }
    assert found == {
        "kind": ["kind", [["Guide", [1]], ["Tool", [0, 2]]]],
        "site": ["site", [["Tyre", [0, 1]], ["Wheel", [2]]]],
    }
    assert len(files(one)) == 4, "no file of the former order is left"


def test_another_content_gives_other_names(tmp_path: Path) -> None:
    one = index(tmp_path / "one", KINDS, PLACES, turned=False)
    other = index(tmp_path / "other", ["kind", [["Tool", [0]], ["Guide", [1]]]], PLACES, turned=False)
    put_in_order(one)
    put_in_order(other)
    assert files(one).keys() != files(other).keys()


@pytest.mark.parametrize("kinds", ["text", ["kind", 4], ["kind", [["Tool"]]], {"kind": []}])
def test_another_form_is_left_alone(kinds: Any, tmp_path: Path) -> None:
    folder = index(tmp_path, kinds, PLACES, turned=False)
    before = files(folder)
    with pytest.raises(UnknownIndex):
        put_in_order(folder)
    assert files(folder) == before


def test_bytes_that_are_not_understood_are_left_alone(tmp_path: Path) -> None:
    folder = index(tmp_path, KINDS, PLACES, turned=False)
    (folder / "filter" / "en_1111111.pf_filter").write_bytes(b"something else")
    with pytest.raises(UnknownIndex, match="cannot be read"):
        put_in_order(folder)
