"""The built site behind Debian's nginx, told what the site ships for it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.built import BuiltSite, atlas, copy_fixture
from tests.site.nginx import Nginx, nginx

pytestmark = pytest.mark.engine

SAME = "same-origin"
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def host(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """The real site, at the root of its host."""
    with nginx(site.folder, tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """A small site with a former version, published below a path of its host."""
    root = copy_fixture("minimal", tmp_path_factory.mktemp("small") / "project")
    publication = root / "content" / "vocabulary" / "publication.yaml"
    text = publication.read_text("utf-8")
    assert "\naddress:" not in text
    publication.write_text(text + "address: https://example.org/hand/book/\n", "utf-8")
    for command in (["release", "1.0"], ["build"]):
        run = atlas(root, *command)
        assert run.code == 0, run.err
    web = tmp_path_factory.mktemp("web")
    (web / "hand").mkdir()
    (web / "hand" / "book").symlink_to(root / "build" / "site")
    with nginx(root / "build" / "site", tmp_path_factory.mktemp("nginx-small"), web) as running:
        yield running


def some(site: BuiltSite, pattern: str) -> str:
    """An address of the site by a pattern of its file."""
    return "/" + min(path.relative_to(site.folder).as_posix() for path in site.folder.glob(pattern))


def test_nginx_accepts_the_configuration(host: Nginx) -> None:
    assert "syntax is ok" in host.check
    assert "[warn]" not in host.check


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/techniques/cordotomy/", "text/html; charset=utf-8"),
        ("/embed/cordotomy/", "text/html; charset=utf-8"),
        ("/slides/cordotomy.html", "text/html; charset=utf-8"),
        ("/assets/atlas.css", "text/css; charset=utf-8"),
        ("/assets/js/main.mjs", "text/javascript; charset=utf-8"),
        ("/service-worker.js", "text/javascript; charset=utf-8"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/assets/images/mark.svg", "image/svg+xml"),
        ("/assets/images/icon-192.png", "image/png"),
        ("/api/v1/index.json", "application/json; charset=utf-8"),
        ("/api/v1/techniques.csv", "text/csv; charset=utf-8"),
        ("/api/v1/references.bib", "application/x-bibtex; charset=utf-8"),
        ("/api/v1/references.ris", "application/x-research-info-systems; charset=utf-8"),
        ("/changes/feed.xml", "text/xml; charset=utf-8"),
        ("/techniques/cordotomy/index.html.md", "text/markdown; charset=utf-8"),
        ("/llms.txt", "text/plain; charset=utf-8"),
        ("/offline/atlas.zip", "application/zip"),
    ],
)
def test_every_kind_of_file_has_its_type_and_its_headers(address: str, kind: str, host: Nginx) -> None:
    answer = host.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["cache-control"] == "no-cache"
    page, frame = "html" in kind, address.startswith("/embed/")
    assert ("content-security-policy" in answer.headers) == (page or address.endswith(".svg"))
    assert (answer.headers.get("cross-origin-opener-policy") == SAME) == (page and not frame)
    assert answer.headers["cross-origin-resource-policy"] == (SAME if page and not frame else "cross-origin")
    assert answer.headers.get("access-control-allow-origin") == ("*" if "/api/v1/" in address else None)
    assert answer.headers["server"] == "nginx"


def test_every_suffix_of_the_site_is_known(site: BuiltSite, host: Nginx) -> None:
    """What is no text for a browser is data; nothing is guessed."""
    unknown = set()
    suffixes = {path.suffix: path for path in site.folder.rglob("*") if path.is_file()}
    for suffix, path in suffixes.items():
        answer = host.get("/" + path.relative_to(site.folder).as_posix())
        if answer.headers["content-type"] == "application/octet-stream":
            unknown.add(suffix)
    assert unknown <= {
        "",
        ".apkg",
        ".nginx",
        ".pagefind",
        ".pf_filter",
        ".pf_fragment",
        ".pf_index",
        ".pf_meta",
    }


def test_every_page_is_served_with_the_policy_that_it_needs(site: BuiltSite, host: Nginx) -> None:
    """Pages, sheets and slides differ; only frames may be framed."""
    policies = {}
    former = (site.folder / "_redirects").read_text("utf-8").split()
    for path in sorted(site.folder.rglob("*.html")):
        address = path.relative_to(site.folder).as_posix().removesuffix("index.html")
        if address == "404.html" or f"/{address}" in former:
            continue
        answer = host.get(f"/{address}")
        assert answer.status == 200, address
        policy = answer.headers["content-security-policy"]
        policies[policy] = policies.get(policy, 0) + 1
        assert "unsafe-inline" not in policy
        assert ("frame-ancestors 'none'" in policy) != address.startswith("embed/"), address
        own = answer.content.decode().split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
        said = {part.split()[0]: set(part.split()[1:]) for part in policy.split(";")}
        for part in own.split(";"):
            name, *sources = part.split()
            assert set(sources) - {"'none'"} <= said[name], (address, name)
    assert len(policies) == 4  # pages, frames, sheets, slides


@pytest.mark.parametrize(
    "address", ["/", "/assets/atlas.css", "/assets/js/main.mjs", "/api/v1/techniques.csv"]
)
def test_text_comes_compressed(address: str, site: BuiltSite, host: Nginx) -> None:
    plain, packed = host.get(address), host.get(address, Accept_Encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


def test_what_is_compressed_by_itself_is_left(site: BuiltSite, host: Nginx) -> None:
    for address in (
        "/offline/atlas.zip",
        some(site, "search/pagefind/index/*"),
        "/assets/images/icon-192.png",
    ):
        assert "content-encoding" not in host.get(address, Accept_Encoding="gzip").headers


@pytest.mark.parametrize("pattern", ["index/*.pf_index", "fragment/*.pf_fragment", "filter/*", "*.pf_meta"])
def test_files_with_a_hash_in_their_name_are_kept_for_good(
    pattern: str, site: BuiltSite, host: Nginx
) -> None:
    answer = host.get(some(site, f"search/pagefind/{pattern}"))
    assert (answer.status, answer.headers["cache-control"]) == (200, FOREVER)


def test_what_has_none_is_asked_for_again(site: BuiltSite, host: Nginx) -> None:
    """And not sent again when it is the same."""
    for address in (
        "/",
        "/assets/atlas.css",
        "/search/pagefind/pagefind.js",
        "/search/pagefind/pagefind-entry.json",
    ):
        first = host.get(address)
        assert first.headers["cache-control"] == "no-cache"
        again = host.get(address, If_None_Match=first.headers["etag"])
        assert (again.status, again.content) == (304, b"")
        assert again.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    ["/no/such/page/", "/nowhere.html", "/assets/", "/404.html", "/search/pagefind/index/gone.pf_index"],
)
def test_an_unknown_address_is_answered_by_our_page_with_404(
    address: str, site: BuiltSite, host: Nginx
) -> None:
    answer = host.get(address)
    assert answer.status == 404
    assert answer.content == (site.folder / "404.html").read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-cache"


def test_former_addresses_lead_on(site: BuiltSite, host: Nginx) -> None:
    """Each of the list, to a page that is there."""
    lines = (site.folder / "_redirects").read_text("utf-8").split("\n")
    pairs = [line.split() for line in lines if line]
    assert pairs
    for former, present, status in pairs:
        answer = host.get(former)
        assert (answer.status, answer.headers["location"]) == (int(status), present)
        assert host.get(present.partition("#")[0]).status == 200


def test_a_folder_without_its_slash_leads_to_the_page(host: Nginx) -> None:
    """By a relative address: in front of this host another may do the encryption."""
    answer = host.get("/techniques")
    assert (answer.status, answer.headers["location"]) == (301, "/techniques/")


def test_a_site_below_a_path(small: Nginx) -> None:
    page = small.get("/hand/book/techniques/patch-a-tube/")
    assert page.status == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    frame = small.get("/hand/book/embed/patch-a-tube/")
    assert "frame-ancestors" not in frame.headers["content-security-policy"]
    lost = small.get("/hand/book/nowhere/")
    assert lost.status == 404
    assert b"There is no page at this address" in lost.content
    oembed = small.get("/hand/book/embed/patch-a-tube/oembed.json")
    assert oembed.headers["content-type"].startswith("application/json")
    assert oembed.headers["access-control-allow-origin"] == "*"
    assert oembed.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_former_version_never_changes_but_for_its_banner(small: Nginx) -> None:
    page = small.get("/hand/book/v/1.0/techniques/patch-a-tube/")
    assert (page.status, page.headers["cache-control"]) == (200, "no-cache")
    assert page.content.count(b'http-equiv="Content-Security-Policy"') == 1
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    style = small.get("/hand/book/v/1.0/assets/atlas.css")
    assert (style.status, style.headers["cache-control"]) == (200, FOREVER)
    data = small.get("/hand/book/v/1.0/api/v1/techniques.json")
    assert (data.status, data.headers["access-control-allow-origin"]) == (200, "*")


def test_the_shipped_files_are_named_where_they_are_explained(site: BuiltSite) -> None:
    text = (Path(__file__).resolve().parents[2] / "generator" / "HOSTING.md").read_text("utf-8")
    for name in ("_headers", "_redirects", "headers.nginx", "server.nginx", "redirects.nginx"):
        assert (site.folder / name).is_file()
        assert f"`{name}`" in text
