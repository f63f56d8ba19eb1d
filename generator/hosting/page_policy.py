"""The Content-Security-Policy of a page: what it holds and asks for is allowed, and nothing else.

It is read off the finished page, so that it is right for whatever an engine or a theme made of it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from generator.parallel import map_in_order
from generator.site_files import file_names

Policy: TypeAlias = Mapping[str, frozenset[str]]
"""Sources by directive, as CSP Level 3 writes them; no source means `'none'`."""

REFERRER = "no-referrer"
_SELF = "'self'"
_NONE = "'none'"
# Pagefind's search is WebAssembly; this allows that and no `eval` of text.
_WASM = "'wasm-unsafe-eval'"
_PLAIN: Policy = {
    "default-src": frozenset(),
    "style-src": frozenset({_SELF}),
    "img-src": frozenset({_SELF}),
    "base-uri": frozenset(),
    "form-action": frozenset(),
}
_SCRIPTED: Policy = {
    "script-src": frozenset({_SELF, _WASM}),
    "connect-src": frozenset({_SELF}),
    "worker-src": frozenset({_SELF}),
    "manifest-src": frozenset({_SELF}),
}
_DRAWING: Policy = {"default-src": frozenset()}
# What a page needs beyond that when it is opened from a folder (site_templates/offline/from-files.js).
_FOLDER: Policy = {
    "style-src": frozenset({"file:"}),
    "img-src": frozenset({"file:"}),
    "script-src": frozenset({"file:", "blob:"}),
    "worker-src": frozenset({"blob:"}),
}

_ATTRIBUTES = r"""((?:"[^"]*"|'[^']*'|[^'">])*)"""
_ELEMENT = re.compile(rf"<(script|style)\b{_ATTRIBUTES}>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\stype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUN = frozenset({"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"})
_DATA_PICTURE = re.compile(r"""\s(?:src|href)\s*=\s*["']?data:""", re.IGNORECASE)
_HEAD = re.compile(rf"<head\b{_ATTRIBUTES}>", re.IGNORECASE)
_OURS = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*><meta name="referrer"[^>]*>')


def page_policy(html: str) -> Policy:
    """The policy under which a page works. Inline scripts and styles are allowed by their hash."""
    parts: list[Policy] = [_PLAIN]
    for name, attributes, content in _ELEMENT.findall(html):
        if name.lower() == "style":
            parts.append({"style-src": frozenset({_hash(content)})})
        elif _SOURCE.search(attributes):
            parts.append(_SCRIPTED)
        elif _runs(attributes):
            parts.append({"script-src": frozenset({_hash(content)})})
    if "data:" in html and _DATA_PICTURE.search(html):
        parts.append({"img-src": frozenset({"data:"})})
    return joined(parts)


def drawing_policy(svg: bytes) -> Policy:
    """The policy of an SVG that is opened by itself: its own style and nothing else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    styles = etree.fromstring(svg, parser).iter("{http://www.w3.org/2000/svg}style")
    parts: list[Policy] = [{"style-src": frozenset({_hash(style.text or "")})} for style in styles]
    return joined([_DRAWING, *parts])


def joined(policies: Iterable[Policy]) -> Policy:
    """What any of the policies allows."""
    found: dict[str, frozenset[str]] = {}
    for policy in policies:
        for name, sources in policy.items():
            found[name] = found.get(name, frozenset()) | sources
    return found


def written(policy: Policy) -> str:
    """The policy as a header says it; the same policy is always the same text."""
    return "; ".join(" ".join([name, *(_ordered(sources) or [_NONE])]) for name, sources in policy.items())


def with_policy(html: str) -> str:
    """The page with its policy as the first thing in its head, for hosts that can send no headers."""
    html = _OURS.sub("", html, count=1)
    return _inserted(html, page_policy(html))


def with_folder_policy(html: str) -> str:
    """The page with a policy under which it also works when it is opened from a folder."""
    html = _OURS.sub("", html, count=1)
    return _inserted(html, joined([page_policy(html), _FOLDER]))


def write_policies(site: Path) -> dict[str, Policy]:
    """Give every page of a built site its policy; returns them by the names of the pages."""
    names = file_names(site, ".html")
    return dict(zip(names, map_in_order(partial(_write, site), names), strict=True))


def _write(site: Path, name: str) -> Policy:
    path = site / name
    html = _OURS.sub("", path.read_text("utf-8"), count=1)
    policy = page_policy(html)
    path.write_text(_inserted(html, policy), "utf-8")
    return policy


def _inserted(html: str, policy: Policy) -> str:
    """A page without a policy with this one."""
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{written(policy)}">'
        f'<meta name="referrer" content="{REFERRER}">'
    )
    if not (head := _HEAD.search(html)):
        raise ValueError("a page without <head> can hold no policy")
    return f"{html[: head.end()]}{metas}{html[head.end() :]}"


def _runs(attributes: str) -> bool:
    """Whether a script without a source runs; the others are blocks of data."""
    found = _TYPE.search(attributes)
    return not found or found[1].lower() in _RUN


def _hash(content: str) -> str:
    """The source that allows just this text; a parser reads every line end as LF."""
    text = content.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _ordered(sources: frozenset[str]) -> list[str]:
    return sorted(sources, key=lambda source: (source != _SELF, source))
