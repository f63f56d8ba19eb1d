"""The list for the service worker and the zip, of the real site."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest

from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.offline.edition import Edition
from generator.offline.package import write_zip
from generator.pipeline import load_knowledge
from generator.site_check import check_site
from tests.site.built import REPOSITORY, BuiltSite
from tests.site.html import Element, parse

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def kept(site: BuiltSite) -> dict[str, str]:
    """Files to keep with their hashes."""
    text = (site.folder / "precache.js").read_text("utf-8")
    found: dict[str, str] = json.loads(text.removeprefix("self.ATLAS = ").rstrip(";\n"))["files"]
    return found


@pytest.fixture(scope="module")
def unpacked(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a reader gets."""
    folder = tmp_path_factory.mktemp("zip")
    with zipfile.ZipFile(site.folder / "offline" / "atlas.zip") as archive:
        archive.extractall(folder)
    return folder / "atlas"


def test_every_listed_file_has_its_hash(site: BuiltSite, kept: dict[str, str]) -> None:
    """As the worker computes it."""
    for name, listed in kept.items():
        assert hashlib.sha256((site.folder / name).read_bytes()).hexdigest()[:16] == listed, name


def test_every_page_and_all_it_loads_is_kept(
    site: BuiltSite, kept: dict[str, str], pages: dict[str, Element]
) -> None:
    """Style sheets, scripts, pictures; and every page itself."""
    for address, page in pages.items():
        name = f"{address}index.html" if not address.endswith(".html") else address
        assert name in kept
        if name == "404.html":
            continue
        folder = (site.folder / name).parent
        loads = [item.get("src") for item in page.all("script") if item.get("src")]
        loads += [item.get("href") for item in page.all("link", rel="stylesheet")]
        for link in loads:
            assert (folder / link).resolve().relative_to(site.folder.resolve()).as_posix() in kept, link
    assert {path.name for path in (site.folder / "assets" / "js").iterdir()} == {
        name.rsplit("/", 1)[1] for name in kept if name.startswith("assets/js/")
    }


def test_every_link_of_the_zip_leads_to_a_file(unpacked: Path) -> None:
    """None to a folder, none out of it, and every page names its version."""
    diagnostics = Diagnostics()
    assert check_site(unpacked, diagnostics, {"offline/atlas.zip"}) > 10_000
    assert list(diagnostics) == []
    for path in unpacked.rglob("*.html"):
        page = parse(path.read_text("utf-8"))
        if any(meta.get("http-equiv") == "refresh" for meta in page.all("meta")):
            continue
        if any(meta.get("content") == "noindex" for meta in page.all("meta", name="robots")):
            continue  # a part that is shown elsewhere carries the day of its check instead
        assert "version" in page.one(class_="copybar").text
        assert all(script.get("type") != "module" for script in page.all("script"))
        assert all(not link.get("href").endswith("/") or ":" in link.get("href") for link in page.all("a"))


def test_every_data_file_that_a_tool_fetches_has_its_script(unpacked: Path) -> None:
    """Which hands over the same text; other data is there to be downloaded, and once."""
    fetched = [*(unpacked / "search").glob("*.json"), *(unpacked / "api/v1/techniques").glob("*.json")]
    assert len(fetched) > 50
    for page in ("finder", "study"):
        html = (unpacked / page / "index.html").read_text("utf-8")
        (named,) = re.findall(r'\sdata-source="([^"]+\.json)"', html)
        fetched.append((unpacked / page / named).resolve())
    scripts = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.json.js")}
    names = {path.relative_to(unpacked).as_posix(): path for path in fetched}
    assert scripts == {f"{name}.js" for name in names} | {"search/offline.json.js"}
    for name, path in names.items():
        script = path.with_name(f"{path.name}.js").read_text("utf-8")
        called = json.loads(f"[{script.removeprefix('atlasFile(').rstrip().removesuffix(');')}]")
        assert called == [name, path.read_text("utf-8")]


def test_the_same_site_gives_the_same_zip(site: BuiltSite) -> None:
    """No clock, no order of chance."""
    packed = site.folder / "offline" / "atlas.zip"
    before = packed.read_bytes()
    named = json.loads((site.folder / "version.json").read_text("utf-8"))
    kb, _ = load_knowledge(Project(site.root))
    write_zip(site.folder, REPOSITORY / "site_templates", kb, Edition(**named))
    assert packed.read_bytes() == before


def test_the_manifest_leads_to_pages_and_pictures(site: BuiltSite) -> None:
    """What an installed app starts with."""
    manifest = json.loads((site.folder / "site.webmanifest").read_text("utf-8"))
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        assert (site.folder / icon["src"]).is_file()
    for shortcut in manifest["shortcuts"]:
        assert (site.folder / shortcut["url"] / "index.html").is_file()
