"""What the built site allows a browser: the policy in every page, and what its hosts are told."""

from __future__ import annotations

import base64
import fnmatch
import hashlib
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.site.built import BuiltSite

pytestmark = pytest.mark.engine

DATA_BLOCKS = ("application/json", "application/ld+json")


def directives(policy: str) -> dict[str, set[str]]:
    """Sources by directive; 'none' is no source."""
    parts = [part.split() for part in policy.split(";")]
    assert len({part[0] for part in parts}) == len(parts), policy
    return {part[0]: set(part[1:]) - {"'none'"} for part in parts}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def inline(page: etree._Element, tag: str) -> list[str]:
    """What stands in elements of a kind that a browser runs or applies."""
    found = page.iter(tag, f"{{http://www.w3.org/2000/svg}}{tag}")
    return [
        part.text or "" for part in found if part.get("src") is None and part.get("type") not in DATA_BLOCKS
    ]


def in_attributes(page: etree._Element) -> list[str]:
    """Styles and handlers that no hash allows."""
    return page.xpath("//@style | //@*[starts-with(name(), 'on')]")


def read(path: Path) -> etree._Element:
    """The root of an HTML file, or of a drawing."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True) if path.suffix == ".html" else None
    return etree.parse(path, parser).getroot()


@pytest.fixture(scope="module")
def all_pages(site: BuiltSite) -> dict[str, etree._Element]:
    """Every HTML file of the site by its address: frames, sheets, slides and redirects too."""
    found = {}
    for path in sorted(site.folder.rglob("*.html")):
        address = path.relative_to(site.folder).as_posix().removesuffix("index.html")
        found[address] = read(path)
    return found


@pytest.fixture(scope="module")
def policies(all_pages: dict[str, etree._Element]) -> dict[str, dict[str, set[str]]]:
    """The policy in each page; it is there once."""
    found = {}
    for name, page in all_pages.items():
        (text,) = [
            meta.get("content")
            for meta in page.iter("meta")
            if meta.get("http-equiv", "").lower() == "content-security-policy"
        ]
        found[name] = directives(text)
    return found


@pytest.fixture(scope="module")
def told(site: BuiltSite) -> dict[str, dict[str, str]]:
    """The headers by pattern, as `_headers` has them."""
    rules: dict[str, dict[str, str]] = {}
    for line in (site.folder / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            headers = rules.setdefault(line, {})
        elif line.strip() and not line.startswith("#"):
            name, value = line.strip().split(": ", 1)
            assert name not in headers
            headers[name] = value
    return rules


def headers_of(told: dict[str, dict[str, str]], address: str) -> dict[str, str]:
    """What a host that reads `_headers` sends with an address. No header twice."""
    found: dict[str, str] = {}
    for pattern, headers in told.items():
        if fnmatch.fnmatchcase(address, pattern) if "*" in pattern else address == pattern:
            assert not found.keys() & headers.keys(), (address, pattern)
            found |= headers
    return found


def test_it_stands_before_whatever_it_rules(site: BuiltSite, all_pages: dict[str, etree._Element]) -> None:
    """First in the head, and the encoding still within the bytes in which a browser looks for it."""
    for name in all_pages:
        path = site.folder / name
        html = (path / "index.html" if path.is_dir() else path).read_bytes()
        head = html.index(b"<head>") + len(b"<head>")
        assert html[head:].startswith(b'<meta http-equiv="Content-Security-Policy" content="'), name
        assert html.lower().index(b"<meta charset=") < 900, name
        assert b'<meta name="referrer" content="no-referrer">' in html[:1024], name


def test_nothing_unsafe_is_allowed(policies: dict[str, dict[str, set[str]]]) -> None:
    """`wasm-unsafe-eval` where Pagefind can be asked; no host, scheme or wildcard but `data:` for icons."""
    assert len(policies) > 900
    for name, policy in policies.items():
        for always in ("default-src", "base-uri", "form-action"):
            assert policy[always] == set(), name
        allowed = set().union(*policy.values())
        plain = {source for source in allowed if not source.startswith("'sha256-")}
        assert plain <= {"'self'", "'wasm-unsafe-eval'", "data:"}, name
        if "data:" in plain:
            assert name.startswith("embed/")
        if "'wasm-unsafe-eval'" in plain:
            assert policy["script-src"] == {"'self'", "'wasm-unsafe-eval'"}, name


def test_hashes_are_those_of_what_stands_inline(
    all_pages: dict[str, etree._Element], policies: dict[str, dict[str, set[str]]]
) -> None:
    """Each allows something that is there; only slides, which are carried away as one file, hold any."""
    with_hashes = 0
    for name, page in all_pages.items():
        wanted = {digest(text) for tag in ("script", "style") for text in inline(page, tag)}
        hashes = {
            source
            for sources in policies[name].values()
            for source in sources
            if source.startswith("'sha256-")
        }
        assert wanted == hashes, name
        with_hashes += bool(hashes)
        assert bool(hashes) == name.startswith("slides/"), name
        assert in_attributes(page) == [], name
    assert with_hashes > 50


def test_hosts_say_the_same(
    policies: dict[str, dict[str, set[str]]], told: dict[str, dict[str, str]]
) -> None:
    """The header allows what the page in it allows, so that nothing breaks, and forbids frames."""
    for name, policy in policies.items():
        header = directives(headers_of(told, f"/{name}")["Content-Security-Policy"])
        assert ("frame-ancestors" in header) != name.startswith("embed/"), name
        for directive, sources in policy.items():
            assert sources <= header[directive], (name, directive)


def test_hosts_need_few_rules(told: dict[str, dict[str, str]]) -> None:
    """Cloudflare reads a hundred, of 2,000 letters a line."""
    assert len(told) <= 100
    assert max(len(value) for headers in told.values() for value in headers.values()) < 1900


def test_every_file_is_served_as_what_it_is(told: dict[str, dict[str, str]]) -> None:
    for address in ("/", "/techniques/", "/api/v1/index.json", "/assets/atlas.css", "/nowhere/"):
        found = headers_of(told, address)
        assert found["X-Content-Type-Options"] == "nosniff"
        assert found["Referrer-Policy"] == "no-referrer"
        assert "geolocation=()" in found["Permissions-Policy"]
    assert headers_of(told, "/api/v1/index.json")["Access-Control-Allow-Origin"] == "*"
    assert headers_of(told, "/embed/cordotomy/")["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers_of(told, "/techniques/")["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Cross-Origin-Opener-Policy" not in headers_of(told, "/embed/cordotomy/")


def test_drawings_hold_no_style_but_the_one_that_is_allowed(
    site: BuiltSite, told: dict[str, dict[str, str]]
) -> None:
    drawings = sorted(site.folder.rglob("*.svg"))
    assert len(drawings) > 100
    for path in drawings:
        drawing = read(path)
        assert in_attributes(drawing) == [], path
        assert inline(drawing, "script") == [], path
        address = "/" + path.relative_to(site.folder).as_posix()
        policy = directives(headers_of(told, address)["Content-Security-Policy"])
        for style in inline(drawing, "style"):
            assert digest(style) in policy["style-src"], path


def test_the_files_for_hosts_are_in_no_copy(site: BuiltSite) -> None:
    """Not on a device, which has no host."""
    listed = (site.folder / "precache.js").read_text("utf-8")
    for name in ("_headers", "headers.nginx", "server.nginx"):
        assert (site.folder / name).is_file()
        assert f'"{name}"' not in listed


def test_the_copy_for_a_folder_has_a_policy_of_its_own(site: BuiltSite) -> None:
    with zipfile.ZipFile(site.folder / "offline" / "atlas.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".html")]
        assert len(names) > 500
        for name in names:
            html = archive.read(name).decode()
            assert html.count('http-equiv="Content-Security-Policy"') == 1, name
            assert "unsafe-inline" not in html.split("</head>")[0], name
