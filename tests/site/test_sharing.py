"""What other programs read from built pages: citation, structured data, link previews, references."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import engine
from generator.card_image import cards
from generator.config import Project
from generator.pipeline import load_knowledge
from generator.views.context import SiteContext
from generator.write import write_files
from tests.site.built import BuiltSite, Run, atlas, copy_fixture
from tests.site.html import Element

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site that knows its address."""
    root = copy_fixture("everything", tmp_path_factory.mktemp("published") / "project")
    run = atlas(root, "build", "--docs-only")
    assert run.code == 0, run.err
    project = Project(root)
    engine.build_site(project)
    kb, _ = load_knowledge(project)
    write_files(engine.next_site(project), cards(SiteContext(kb), project.kept_cards))
    engine.publish(project)
    return BuiltSite(root, Run(0, "", ""))


def of_pages(pages: dict[str, Element]) -> dict[str, Element]:
    return {address: page for address, page in pages.items() if address != "404.html"}


def content(page: Element, name: str) -> list[str]:
    return [
        meta.get("content") for meta in page.all("meta") if name in (meta.get("property"), meta.get("name"))
    ]


def test_every_page_says_how_it_is_cited(pages: dict[str, Element]) -> None:
    """In words, in three formats, without a script; the title in all of them."""
    for address, page in of_pages(pages).items():
        citation = page.one("section", class_="citation")
        texts = [item.text for item in citation if "data-cite-text" in item.attributes]
        assert len(texts) == 4, address
        (title,) = content(page, "og:title")
        assert all(" ".join(title.split()) in text.replace('\\"', '"') for text in texts[:1]), address
        assert page.all("h2", id="cite-this-page")
        item = json.loads(texts[3])[0]
        assert item["title"] == title


def test_every_page_has_structured_data(pages: dict[str, Element]) -> None:
    """One block, valid JSON, of the page's own name; the technique named as what it is."""
    kinds: dict[str, int] = {}
    for address, page in of_pages(pages).items():
        (script,) = [item for item in page.all("script") if item.get("type") == "application/ld+json"]
        data = json.loads("".join(child for child in script.children if isinstance(child, str)))
        assert [data["name"]] == content(page, "og:title"), address
        assert data["license"] == "https://creativecommons.org/licenses/by-nc/4.0/"
        main = data.get("mainEntity", {}).get("@type", "")
        kinds[main] = kinds.get(main, 0) + 1
        assert (main == "MedicalProcedure") == (
            address.startswith("techniques/") and address != "techniques/"
        )
    assert kinds["MedicalProcedure"] > 50


def test_references_of_a_page_are_its_own(site: BuiltSite, pages: dict[str, Element]) -> None:
    """Where a page has a list of references, three files hold the same ones in the same order."""
    found = 0
    for address, page in of_pages(pages).items():
        listed = [
            item.get("id").removeprefix("ref-")
            for item in page.all("li", class_="ref")
            if item.get("data-number")
        ]
        file = site.folder / address / "references.csl.json"
        linked = {link.get("href") for link in page.all("a") if "download" in link.attributes}
        assert ("references.bib" in linked) == bool(listed), address
        if not listed:
            continue
        assert [item["id"] for item in json.loads(file.read_text("utf-8"))] == listed
        assert file.with_name("references.bib").read_text("utf-8").count("\n@") == len(listed) - 1
        assert file.with_name("references.ris").read_text("utf-8").count("ER  - ") == len(listed)
        found += 1
    assert found > 100


def test_without_an_address_no_tag_needs_one(pages: dict[str, Element]) -> None:
    """The repository's site does not say where it is published."""
    for address, page in of_pages(pages).items():
        assert content(page, "og:url") == content(page, "og:image") == content(page, "twitter:image") == []
        assert content(page, "twitter:card") == ["summary"], address
        assert content(page, "og:description") == content(page, "description")


def test_a_link_preview_has_full_addresses_and_the_card(published: BuiltSite) -> None:
    """The picture is a file of the site, of the size that the tags name."""
    root = "https://repair.example/guide/"
    for address, card in (
        ("techniques/patch-a-tube", "techniques/patch-a-tube"),
        ("glossary", "site"),
        ("", "site"),
    ):
        page = published.page(address)
        assert content(page, "og:url") == [f"{root}{address}/" if address else root]
        assert content(page, "og:image") == [f"{root}assets/cards/{card}.png"]
        assert content(page, "twitter:card") == ["summary_large_image"]
        assert content(page, "og:image:width") == ["1200"]
        assert content(page, "og:image:alt")[0]
        picture = Path(published.folder / "assets" / "cards" / f"{card}.png")
        assert picture.read_bytes().startswith(b"\x89PNG")
