"""The search index of the built site, by Pagefind. The pages say by attributes what to index."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from generator import routes
from generator.exports.search_data import search_data, search_records
from generator.render import Renderer
from generator.search_order import UnknownIndex, put_in_order
from generator.views.context import SiteContext

FOLDER = routes.SEARCH
_INDEXED = "data-pagefind-body"
# Pagefind keeps one of several with the very same words, so a few may be missing.
FEWEST = 0.95
# Pagefind's own interfaces, its worker, and its reader for unknown languages: nothing asks for them.
_NOT_SHIPPED = (
    "pagefind-*.js",
    "pagefind-*.css",
    "wasm.unknown.pagefind",
)


class IndexFailed(Exception):
    """The search index was not made; the message says why."""


def build_index(site: Path, context: SiteContext, renderer: Renderer) -> int:
    """Index a built site and lay the search's data beside the index; returns how much can be found."""
    target = site / FOLDER / "pagefind"
    expected = sum(_INDEXED in page.read_text("utf-8") for page in site.rglob("*.html"))
    if not expected:
        raise IndexFailed(f"no page of {site} is marked with {_INDEXED}")
    shutil.rmtree(target, ignore_errors=True)
    expected += _write_records(site, context, renderer)
    try:
        _index(site, target)
    finally:
        shutil.rmtree(_records_folder(site))
    found = _indexed(target)
    if found < FEWEST * expected:
        raise IndexFailed(f"only {found} of {expected} pages, terms and references were indexed")
    for pattern in _NOT_SHIPPED:
        for path in target.glob(pattern):
            path.unlink()
    # An index of another form is searched just the same; only its bytes differ from build to build then.
    with suppress(UnknownIndex):
        put_in_order(target)
    for artifact in search_data(context, FOLDER):
        path = site / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    return found


def index_as_data(site: Path) -> bytes:
    """All files of the index as one JSON file, for readers who open the site from a folder.

    A browser fetches no file there; whoever packs the site for them adds this as `search/offline.json`.
    """
    folder = site / FOLDER / "pagefind"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    data = {
        path.relative_to(folder).as_posix(): base64.b64encode(path.read_bytes()).decode() for path in files
    }
    return json.dumps(data).encode()


def _records_folder(site: Path) -> Path:
    return site / FOLDER / "records"


def _write_records(site: Path, context: SiteContext, renderer: Renderer) -> int:
    """A small page for each term and reference, for the index only: Pagefind reads pages by the thousand at
    once, but takes records one by one, ten in a second. Returns how many there are."""
    folder = _records_folder(site)
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, record in enumerate(search_records(context), start=1):
        (folder / f"{number}.html").write_text(renderer.search_record(record=record), "utf-8")
    return number


def _index(site: Path, target: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(target), "--quiet"]
    command += ["--force-language", "en", "--exclude-selectors", ".headerlink"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise IndexFailed((finished.stderr + finished.stdout).strip())


def _indexed(target: Path) -> int:
    entry = json.loads((target / "pagefind-entry.json").read_text("utf-8"))
    return sum(int(language["page_count"]) for language in entry["languages"].values())
