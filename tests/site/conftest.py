"""The built site, parsed once for each worker."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.built import BuiltSite, shared_site
from tests.site.html import Element, parse


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the repository's records."""
    built = shared_site(tmp_path_factory)
    assert built.run.code == 0, built.run.err
    return built


@pytest.fixture(scope="session")
def pages(site: BuiltSite) -> dict[str, Element]:
    """Every page by its address; redirects are no pages."""
    found = {}
    for path in sorted(site.folder.rglob("*.html")):
        page = parse(path.read_text("utf-8"))
        apart = path.relative_to(site.folder).parts[0] in (
            "embed",
            "sheets",
            "slides",
        )  # tests/site/test_show.py
        if not apart and not any(meta.get("http-equiv") == "refresh" for meta in page.all("meta")):
            found[path.relative_to(site.folder).as_posix().removesuffix("index.html")] = page
    return found


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may enter, as those of pytest may not be."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
