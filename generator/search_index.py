"""The search index of the built site, by Pagefind. The pages say by attributes what to index."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import routes
from generator.exports.search_data import search_data, search_records
from generator.render import Renderer
from generator.search_order import UnknownIndex, put_in_order
from generator.site_files import file_names
from generator.views.context import SiteContext

FOLDER = routes.SEARCH
_INDEXED = b"data-pagefind-body"
# Pagefind keeps one of several with the very same words, so a few may be missing.
FEWEST = 0.95
# What stands on many pages in the same words would find them all, and run together in an excerpt.
_NOT_FOUND_BY = (".headerlink", ".cite", "thead", "caption", "#nearby")
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
    shutil.rmtree(target, ignore_errors=True)
    with TemporaryDirectory(prefix=f"{site.name}-", dir=site.parent) as folder:
        expected = _lay_out(site, Path(folder))
        if not expected:
            raise IndexFailed(f"no page of {site} is marked with {_INDEXED.decode()}")
        expected += _write_records(Path(folder), context, renderer)
        _index(Path(folder), target)
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


def _lay_out(site: Path, folder: Path) -> int:
    """Lay the pages that are to be found into a folder of their own, and return how many there are.

    Pagefind would read every page of the site to see that a frame, a sheet or a slide is none of them.
    """
    found = 0
    for name in file_names(site, ".html"):
        if _INDEXED in (site / name).read_bytes():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / name, folder / name)
            found += 1
    return found


def _write_records(folder: Path, context: SiteContext, renderer: Renderer) -> int:
    """A small page for each term and reference, for the index only: Pagefind reads pages by the thousand at
    once, but takes records one by one, ten in a second. Returns how many there are."""
    records = folder / FOLDER / "records"
    records.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, record in enumerate(search_records(context), start=1):
        (records / f"{number}.html").write_text(renderer.search_record(record=record), "utf-8")
    return number


def _index(pages: Path, target: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(pages),
        "--output-path",
        str(target),
        "--quiet",
    ]
    command += ["--force-language", "en", "--exclude-selectors", ", ".join(_NOT_FOUND_BY)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise IndexFailed((finished.stderr + finished.stdout).strip())


def _indexed(target: Path) -> int:
    entry = json.loads((target / "pagefind-entry.json").read_text("utf-8"))
    return sum(int(language["page_count"]) for language in entry["languages"].values())
