"""Another specialty: the site that `atlas init` starts, built whole, in which nothing of this one is left."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.built import BuiltSite, assert_same_tree, atlas, tree
from tests.specialty import found_in

# Bytes that no reader reads as text: pictures, and the program of the search.
NOT_TEXT = {".png", ".pagefind", ".zip"}
GZIP = b"\x1f\x8b"

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A new site, built in its own folder, which holds no templates."""
    root = tmp_path_factory.mktemp("second") / "handbook"
    started = atlas(root.parent, "init", str(root))
    assert started.code == 0, started.err
    assert not (root / "site_templates").exists()
    checked = atlas(root, "validate")
    assert (checked.code, checked.err) == (0, "")
    return BuiltSite(root, atlas(root, "build"))


def packed(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Every file in a zip as text, and of the zips in it; a database is text between other bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.namelist():
            inner = archive.read(entry)
            if zipfile.is_zipfile(io.BytesIO(inner)):
                yield from packed(f"{name}!{entry}", inner)
            elif Path(entry).suffix not in NOT_TEXT:
                yield f"{name}!{entry}", inner.decode("utf-8", "ignore")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder as text; the search index and the zip are opened."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        if content.startswith(GZIP):
            yield name, gzip.decompress(content).decode("utf-8", "ignore")
        elif zipfile.is_zipfile(path):
            yield from packed(name, content)
        elif path.suffix not in NOT_TEXT:
            text = content.decode()
            yield name, text.replace("\\", "") if path.suffix == ".md" else text


def test_it_is_built_and_every_link_leads_somewhere(second: BuiltSite) -> None:
    """The build follows each link and anchor before it says so."""
    assert second.run.code == 0, second.run.err
    assert second.run.err == ""


def test_no_word_of_this_specialty_is_in_any_file(second: BuiltSite) -> None:
    """Pages, scripts, style, data, pictures, manifest, search index, the zip with its read-me, the theme."""
    seen = {}
    for folder in (second.folder, second.root / "build" / "docs", second.root / "build" / "theme"):
        for name, text in texts(folder):
            # What the engine's theme and the search bring along is not ours, and speaks of neither.
            seen[f"{folder.name}/{name}"] = list(found_in(text))
    kinds = {Path(name).suffix for name in seen}
    assert {".html", ".mjs", ".js", ".css", ".json", ".csv", ".svg", ".webmanifest", ".bib", ".txt"} <= kinds
    assert "site/offline/atlas.zip!atlas/READ-ME.txt" in seen
    assert any("pagefind/fragment" in name for name in seen)
    assert {name: words for name, words in seen.items() if words} == {}


def test_its_own_words_stand_in_the_frame_of_every_page(second: BuiltSite) -> None:
    for address in ("", "techniques/", "pain-sites/tap/", "finder/", "about/"):
        page = second.page(address)
        assert page.one("title").text.endswith("The Example Handbook")
        assert "For everyone who repairs" in page.text
        assert page.one(class_="masthead__full").text == "The Example Handbook"
        assert page.one(class_="search-box__text").text == "Search the handbook"


def test_what_it_does_without_has_no_page_and_no_way_to_it(second: BuiltSite) -> None:
    assert not (second.folder / "referral-checklist").exists()
    for path in second.folder.rglob("*.html"):
        assert "referral-checklist" not in path.read_text("utf-8"), path


def test_the_same_files_give_the_same_site(second: BuiltSite, tmp_path: Path) -> None:
    """A second start in another folder; what Pagefind names anew in each build is left out."""
    root = tmp_path / "again"
    assert atlas(tmp_path, "init", str(root)).code == 0
    assert atlas(root, "build", "--docs-only").code == 0
    assert_same_tree(root / "build" / "docs", second)
    assert tree(root / "build" / "theme") == tree(second.root / "build" / "theme")
