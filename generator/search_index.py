"""The search index of the built site, by Pagefind. The pages say by attributes what to index."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pagefind.index import IndexConfig
from pagefind.service import PagefindService

from generator import routes
from generator.exports.search_data import SearchRecord, search_data, search_records
from generator.views.context import SiteContext

FOLDER = routes.SEARCH
LANGUAGE = "en"
# Pagefind keeps one of several with the very same words, so a few may be missing.
FEWEST = 0.95
_INDEXED = "data-pagefind-body"
_LONGEST_ANSWER = 2**30
# Pagefind's own interfaces, its worker, and its reader for unknown languages: nothing asks for them.
_NOT_SHIPPED = (
    "pagefind-*.js",
    "pagefind-*.css",
    "wasm.unknown.pagefind",
)


class IndexFailed(Exception):
    """The search index was not made; the message says why."""


def build_index(site: Path, context: SiteContext) -> int:
    """Index a built site and lay the search's data beside the index; returns how much can be found."""
    target = site / FOLDER / "pagefind"
    expected = sum(_INDEXED in page.read_text("utf-8") for page in site.rglob("*.html"))
    if not expected:
        raise IndexFailed(f"no page of {site} is marked with {_INDEXED}")
    listed = list(search_records(context))
    logging.getLogger("pagefind").setLevel(logging.ERROR)
    # In a thread of its own: the caller may have an event loop that runs.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(_index(site, target, listed))).result()
    found = _indexed(target)
    expected += len(listed)
    if found < FEWEST * expected:
        raise IndexFailed(f"only {found} of {expected} pages, terms and references were indexed")
    for pattern in _NOT_SHIPPED:
        for path in target.glob(pattern):
            path.unlink()
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


class _Service(PagefindService):
    """Pagefind's service, whose answers may be long.

    So that it can hand over the files: told to write them itself, it says that it has before they are on the
    disk, and ends with some of them empty.
    """

    async def launch(self) -> PagefindService:
        """Start the service."""
        self._backend = await asyncio.create_subprocess_exec(
            self._bin,
            "--service",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=_LONGEST_ANSWER,
        )
        self._poll_task = self._loop.create_task(self._wait_for_responses())
        return self


async def _index(site: Path, target: Path, records: list[SearchRecord]) -> None:
    config = IndexConfig(exclude_selectors=[".headerlink"], force_language=LANGUAGE)
    async with _Service() as service:
        index = await service.create_index(config)
        await index.add_directory(str(site))
        for record in records:
            await index.add_custom_record(
                url=f"/{record.address}",
                content=record.content,
                language=LANGUAGE,
                meta={"title": record.title, "alias": "; ".join(record.aliases)},
                filters={"kind": [record.kind]},
            )
        for file in await index.get_files():
            path = target / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file["content"])


def _indexed(target: Path) -> int:
    entry = json.loads((target / "pagefind-entry.json").read_text("utf-8"))
    return sum(int(language["page_count"]) for language in entry["languages"].values())
