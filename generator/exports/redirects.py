"""Former addresses for hosts that answer with a true redirect: one list in the forms of two hosts.

Every former address has a page that redirects too, so that neither list is needed. With them the browser
keeps the fragment.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator import routes
from generator.artifacts import Artifact
from generator.views.context import SiteContext
from generator.views.former import moved_pages

NETLIFY = "_redirects"
NGINX = "redirects.nginx"


def redirect_lists(site: SiteContext) -> Iterator[Artifact]:
    """`_redirects`, and a map of nginx for `map $uri $moved { include …; }`."""
    prefix = urlsplit(site.kb.publication.address or "/").path
    pairs = sorted(
        (f"{prefix}{moved.former}/", prefix + routes.from_root(moved.address, moved.anchor))
        for moved in moved_pages(site)
    )
    yield Artifact(NETLIFY, "".join(f"{former} {present} 301\n" for former, present in pairs).encode())
    lines = [f'"{former}" "{present}";\n' for former, present in pairs]
    yield Artifact(NGINX, "".join(lines).encode())
