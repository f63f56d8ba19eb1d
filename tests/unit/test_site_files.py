"""Files of a folder by name, and patterns of names."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from generator.site_files import any_of, file_names


def paths(letters: str) -> st.SearchStrategy[str]:
    """Paths of up to three parts, none of them `.` or `..`."""
    part = st.text(letters, min_size=1, max_size=4).filter(lambda text: text.strip("."))
    return st.lists(part, min_size=1, max_size=3).map("/".join)


def test_every_file_is_named_folder_by_folder(tmp_path: Path) -> None:
    """As paths are sorted, so that a folder stands before a file whose name goes on after it."""
    for name in ("b.txt", "b/c.html", "b/a/z.txt", "b-c/x.html", "a.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "b" / "gone").symlink_to("nowhere")
    (tmp_path / "b" / "round").symlink_to(tmp_path)
    expected = [
        path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*")) if path.is_file()
    ]
    assert file_names(tmp_path) == expected == ["a.html", "b/a/z.txt", "b/c.html", "b-c/x.html", "b.txt"]
    assert file_names(tmp_path, ".html") == ["a.html", "b/c.html", "b-c/x.html"]


@given(paths("ab.-[*"), paths("ab.*?-"))
def test_a_pattern_holds_as_for_a_path(name: str, pattern: str) -> None:
    """`*` stays within a part, and the last parts decide."""
    assert bool(any_of(["other/*.x", pattern]).fullmatch(name)) == PurePosixPath(name).match(pattern)
