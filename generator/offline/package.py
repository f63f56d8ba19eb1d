"""The site as one zip that a browser opens from a folder, without a server."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from generator import manifest, routes
from generator.artifacts import Artifact
from generator.hosting.host_files import HOST_FILES
from generator.hosting.page_policy import with_folder_policy
from generator.knowledge import KnowledgeBase
from generator.offline.edition import LATER, Edition
from generator.offline.folder_page import for_folder
from generator.parallel import map_in_order
from generator.render import Renderer
from generator.search_index import index_as_data
from generator.site_files import any_of, file_names

FOLDER = "atlas"
# The same bytes for the same files: no clock.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_NEVER = (
    "*.map",
    "*.html.md",
    "sitemap.xml*",
    "404.html",
    "service-worker.js",
    "*.webmanifest",
    "assets/js/*.mjs",
    "assets/javascripts/workers/*",
    "assets/javascripts/lunr/**/*",
    "assets/javascripts/lunr/*",
    # Of the site as it is hosted, and written after the zip.
    *HOST_FILES,
    manifest.NAME,
)
_LEFT_OUT = any_of(_NEVER)
# What the tools of the site fetch; all other data is there to be downloaded.
_FETCHED = any_of(
    (
        f"{routes.SEARCH}/*.json",
        f"{routes.API}/techniques/*.json",
        f"{routes.API}/finder.json",
        routes.STUDY_DATA,
    )
)
_PACKED_ALREADY = (".png", ".zip", ".apkg")
_INDEX = f"{routes.SEARCH}/pagefind/"


def write_zip(site: Path, templates: Path, kb: KnowledgeBase, edition: Edition) -> int:
    """Write the zip into the site; returns its size."""
    target = site / routes.ZIP
    target.parent.mkdir(parents=True, exist_ok=True)
    renderer = Renderer(templates, kb)
    sums: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in _listed(_files(site, templates, renderer, edition), sums):
            entry = zipfile.ZipInfo(f"{FOLDER}/{file.path}", _MOMENT)
            stored = file.path.endswith(_PACKED_ALREADY)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.content)
    return target.stat().st_size


def _listed(files: Iterator[Artifact], sums: dict[str, str]) -> Iterator[Artifact]:
    """The files, and after them the list of their sums."""
    for file in files:
        sums[file.path] = hashlib.sha256(file.content).hexdigest()
        yield file
    yield Artifact(manifest.NAME, manifest.written(sums).encode())


def _files(site: Path, templates: Path, renderer: Renderer, edition: Edition) -> Iterator[Artifact]:
    yield renderer.file("READ-ME.txt", "offline/read-me.txt.j2", edition)
    notice = renderer.file("", "offline/notice.html.j2", edition).content.decode().strip()

    def prepared(name: str) -> Artifact:
        content = (site / name).read_bytes()
        if name.endswith(".html"):
            content = with_folder_policy(for_folder(content.decode(), notice)).encode()
        return Artifact(name, content)

    for file in map_in_order(prepared, list(_packed(site))):
        yield file
        if _FETCHED.fullmatch(file.path):
            yield _as_script(file.path, file.content)
    yield _as_script(f"{routes.SEARCH}/offline.json", index_as_data(site))
    modules = {path.name: path.read_text("utf-8") for path in sorted((site / "assets" / "js").glob("*.mjs"))}
    yield Artifact("assets/js/modules.js", f"self.atlasModules = {_literal(modules)};\n".encode())
    script = templates / "offline" / "from-files.js"
    yield Artifact("assets/js/from-files.js", script.read_bytes())


def _packed(site: Path) -> Iterator[str]:
    """The files of the site that the zip holds."""
    for name in file_names(site):
        if name not in LATER and not name.startswith(_INDEX) and not _LEFT_OUT.fullmatch(name):
            yield name


def _as_script(address: str, content: bytes) -> Artifact:
    """A data file as a script that hands its text to `from-files.js`."""
    call = f"atlasFile({_literal(address)}, {_literal(content.decode())});\n"
    return Artifact(f"{address}.js", call.encode())


def _literal(value: object) -> str:
    """A value as a script writes it."""
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
