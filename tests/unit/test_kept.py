"""What is kept from build to build."""

from __future__ import annotations

from pathlib import Path

from generator.kept import made_or_kept


class Maker:
    """Makes capitals, and knows of what."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def __call__(self, source: bytes) -> bytes:
        self.asked.append(source)
        return source.upper()


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    """The same source once, in the order asked for; another maker or source anew."""
    make = Maker()
    assert made_or_kept(tmp_path, "1", [b"b", b"a", b"b"], make) == ([b"B", b"A", b"B"], 2)
    assert sorted(make.asked) == [b"a", b"b"]
    assert made_or_kept(tmp_path, "1", [b"a", b"b"], make) == ([b"A", b"B"], 0)
    assert len(make.asked) == 2
    assert made_or_kept(tmp_path, "1", [b"a", b"c"], make) == ([b"A", b"C"], 1)
    assert made_or_kept(tmp_path, "2", [b"a"], make) == ([b"A"], 1)
    assert len(list(tmp_path.iterdir())) == 1, "what nobody asks for is removed"


def test_a_kept_file_with_other_content_is_made_anew(tmp_path: Path) -> None:
    make = Maker()
    made_or_kept(tmp_path, "1", [b"a"], make)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"")
    (tmp_path / ".half.part").write_bytes(b"A")
    assert made_or_kept(tmp_path, "1", [b"a"], make) == ([b"A"], 1)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"A"]
