"""What a device keeps of a built site, and the version and date by which a reader knows it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import manifest, routes
from generator.citation_formats import FORMATS
from generator.knowledge import KnowledgeBase
from generator.site_files import any_of, file_names
from generator.views.status import content_date, long_date

LIST = "precache.js"
EDITION = "version.json"
# Written after the check of the site, so that it does not miss them.
LATER = frozenset({routes.ZIP, LIST, EDITION, manifest.NAME})

_NEVER = (
    "*.map",
    "*.html.md",
    routes.LLMS_TXT,
    "sitemap.xml*",
    "*.zip",
    LIST,
    EDITION,
    manifest.NAME,
    "service-worker.js",
)
# Data that no page reads: a reader without a connection has the pages.
_DATA = (
    f"{routes.API}/schema/*",
    f"{routes.API}/examples/*",
    f"{routes.API}/data*.json",
    f"{routes.API}/evidence-map/*",
    f"{routes.API}/*.csv",
    f"{routes.API}/*.bib",
    f"{routes.API}/*.ris",
    f"{routes.API}/*.csl.json",
    *(routes.references_file("", item.suffix) for item in FORMATS),
    f"{routes.CARDS}/*",
    f"{routes.CARDS}/techniques/*",
)
_LEFT_OUT = any_of((*_NEVER, *_DATA))
# Its file names change from build to build, so they say nothing about the content.
_VOLATILE = f"{routes.SEARCH}/pagefind/"
_HASH_LENGTH = 16
_VERSION_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Edition:
    """The site's content at one time."""

    version: str
    date: str
    """The day on which a record was last checked against its sources; a build has no clock."""
    words: str
    """The day in words."""


def kept_files(site: Path) -> Iterator[str]:
    """The files that a device keeps, by their paths in the site."""
    for name in file_names(site):
        # Who takes a part to show it elsewhere has a connection.
        if name.partition("/")[0] not in routes.SHOWN_ELSEWHERE and not _LEFT_OUT.fullmatch(name):
            yield name


def write_edition(site: Path, kb: KnowledgeBase) -> Edition:
    """Write the list with the hash of every file to keep, and what the edition is called."""
    files = {name: _digest((site / name).read_bytes()) for name in kept_files(site)}
    stable = json.dumps({name: digest for name, digest in files.items() if not name.startswith(_VOLATILE)})
    date = content_date(kb)
    edition = Edition(_digest(stable.encode())[:_VERSION_LENGTH], date, long_date(date))
    named = {"version": edition.version, "date": edition.date, "words": edition.words}
    listed = json.dumps({**named, "files": files}, ensure_ascii=False, indent=0)
    (site / LIST).write_text(f"self.ATLAS = {listed};\n", "utf-8")
    (site / EDITION).write_text(json.dumps(named, indent=2) + "\n", "utf-8")
    return edition


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH_LENGTH]
