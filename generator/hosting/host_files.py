"""The headers of the site as files for its hosts: two snippets of nginx, and `_headers` as Netlify reads it.

Policies are read off the built site, all of it, so this comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup

from generator import routes
from generator.artifacts import Artifact
from generator.exports.redirects import NGINX
from generator.hosting.page_policy import REFERRER, Policy, drawing_policy, joined, page_policy, written
from generator.parallel import map_in_order
from generator.render import Renderer
from generator.site_files import file_names

NETLIFY_HEADERS = "_headers"
NGINX_HTTP = "headers.nginx"
NGINX_SERVER = "server.nginx"
HOST_FILES = (NETLIFY_HEADERS, NGINX_HTTP, NGINX_SERVER)

_EMBED = "embed"
_PAGE, _DRAWING = ".html", ".svg"
# Parts that other sites show or read: frames with their style and pictures, figures, data.
_FOR_OTHERS = frozenset({_EMBED, "assets", "figures", routes.API.partition("/")[0]})


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder at the root of the site, and what its files are served with."""

    name: str
    pattern: str
    """The name for a regular expression."""
    pages: Markup
    """Policy of its pages; empty when it has none."""
    all: Markup
    """Policy of its pages and drawings together."""
    framed: bool
    """Whether other sites may show its pages in a frame."""
    for_others: bool
    """Whether other sites may use its files."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """The whole site, as the templates of `site_templates/host` read it."""

    prefix: str
    """Path of the site on its host; empty at the root."""
    pattern: str
    """The same for a regular expression."""
    pages: Markup
    """Policy of the pages at the root, and of most others."""
    drawings: Markup
    folders: tuple[Folder, ...]
    referrer: str
    redirects: Markup
    """The lines of `redirects.nginx`."""


def write_host_files(
    site: Path, renderer: Renderer, address: str | None, known: Mapping[str, Policy] | None = None
) -> int:
    """Write them into a site that is complete; returns how many pages and drawings they are for.

    `address` is where the site is published, if that is known: its path leads all rules. `known` are the
    policies of pages that were given theirs; all others are read.
    """
    found = dict(known or {})
    names = [name for kind in (_PAGE, _DRAWING) for name in file_names(site, kind) if name not in found]
    found.update(zip(names, map_in_order(partial(_policy, site), names), strict=True))
    hosted = _hosted(
        sorted(found.items()), urlsplit(address or "").path.rstrip("/"), (site / NGINX).read_text("utf-8")
    )
    for file in _files(renderer, hosted):
        (site / file.path).write_bytes(file.content)
    return len(found)


def _files(renderer: Renderer, hosted: Hosted) -> Iterator[Artifact]:
    for name in HOST_FILES:
        yield renderer.file(name, f"host/{name}.j2", hosted)


def _policy(site: Path, name: str) -> Policy:
    content = (site / name).read_bytes()
    return page_policy(content.decode()) if name.endswith(_PAGE) else drawing_policy(content)


def _hosted(found: list[tuple[str, Policy]], prefix: str, redirects: str) -> Hosted:
    parts: dict[str, list[tuple[str, Policy]]] = {}
    for name, policy in found:
        parts.setdefault(name.partition("/")[0] if "/" in name else "", []).append((name, policy))
    root = _joined(parts.pop("", []))
    return Hosted(
        prefix=prefix,
        pattern=re.escape(prefix),
        pages=root,
        drawings=_joined([(name, policy) for name, policy in found if name.endswith(_DRAWING)]),
        folders=tuple(_folder(name, held) for name, held in sorted(parts.items())),
        referrer=REFERRER,
        redirects=Markup(redirects.strip()),
    )


def _folder(name: str, held: list[tuple[str, Policy]]) -> Folder:
    return Folder(
        name=name,
        pattern=re.escape(name),
        pages=_joined([(path, policy) for path, policy in held if path.endswith(_PAGE)]),
        all=_joined(held),
        framed=name == _EMBED,
        for_others=name in _FOR_OTHERS,
    )


def _joined(held: list[tuple[str, Policy]]) -> Markup:
    return Markup(written(joined(policy for _, policy in held)))
