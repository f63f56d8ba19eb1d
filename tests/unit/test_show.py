"""Parts that are shown elsewhere: frames, oEmbed, sheets, slides, figures and their tables."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import segno

from generator.artifacts import Artifact
from generator.knowledge import KnowledgeBase
from generator.raster import draw, png
from generator.render import Renderer
from generator.show import sheets
from generator.show.all import shown_elsewhere
from generator.show.figure_tables import ATTRIBUTION
from generator.views.context import SiteContext
from generator.views.parts import Piece, StatementView
from generator.views.qr import qr_code
from tests.site.html import Element, parse

TEMPLATES = Path(__file__).parents[2] / "site_templates"
SVG = "{http://www.w3.org/2000/svg}"
CC = "{http://creativecommons.org/ns#}"


def made(kb: KnowledgeBase) -> dict[str, bytes]:
    artifacts = list(shown_elsewhere(SiteContext(kb), Renderer(TEMPLATES, kb)))
    files = {artifact.path: artifact.content for artifact in artifacts}
    assert len(files) == len(artifacts)
    return files


@pytest.fixture(scope="module")
def files(everything: KnowledgeBase) -> dict[str, bytes]:
    """All of the project that has an address."""
    return made(everything)


@pytest.fixture(scope="module")
def without_address(minimal: KnowledgeBase) -> dict[str, bytes]:
    """All of the project that has none."""
    assert minimal.publication.address is None
    return made(minimal)


def pages(files: dict[str, bytes], folder: str) -> dict[str, Element]:
    return {
        name: parse(content.decode())
        for name, content in files.items()
        if name.startswith(f"{folder}/") and name.endswith(".html")
    }


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_technique_and_part_has_its_view(files: dict[str, bytes], everything: KnowledgeBase) -> None:
    for record in everything.current_techniques():
        assert f"embed/{record.id}/index.html" in files
        assert f"embed/{record.id}/badge/index.html" in files
        assert f"sheets/{record.id}/index.html" in files
        assert f"slides/{record.id}.html" in files
    for part in ("techniques", "evidence-map", "pain-sites", "referral-checklist"):
        assert f"embed/{part}/index.html" in files
    assert "embed/glue-a-tyre/index.html" not in files, "a retired record has no view"


@pytest.mark.parametrize("folder", ["embed", "sheets", "slides"])
def test_whatever_stands_apart_says_whose_it_is(
    folder: str, files: dict[str, bytes], everything: KnowledgeBase
) -> None:
    publication = everything.publication
    found = pages(files, folder)
    assert len(found) > 5
    for name, page in found.items():
        text = " ".join(page.one("body").text.split())
        for words in (publication.name, publication.licence.name, publication.caution, "Brown", "checked"):
            assert words in text, f"{name}: {words}"
        assert f"For {publication.audience}." in text, name
        assert page.one("meta", name="robots").get("content") == "noindex", name
        assert len(page.all("h1")) == 1, name
        assert len(page.one("head").all("title")) == 1, name


def test_a_frame_needs_no_script_and_opens_the_site_elsewhere(files: dict[str, bytes]) -> None:
    for name, page in pages(files, "embed").items():
        assert page.all("script") == [], name
        assert page.one("base").get("target") == "_blank"
        live = page.one("link", rel="canonical").get("href")
        assert live.startswith("https://repair.example/guide/"), name
        assert page.one("h1").all("a")[0].get("href").endswith("/"), name


def test_marks_in_a_frame_lead_to_the_live_list(files: dict[str, bytes]) -> None:
    page = parse(files["embed/patch-a-tube/index.html"].decode())
    marks = [link for mark in page.all("sup") for link in mark.all("a")]
    listed = {link.get("href") for source in page.all(class_="frame__source") for link in source.all("a")}
    assert marks
    assert {mark.get("href") for mark in marks} == listed
    assert all(href.startswith("../../techniques/patch-a-tube/#ref-") for href in listed)


def test_oembed_answers_as_its_standard_asks(files: dict[str, bytes]) -> None:
    """Version 1.0, type rich: html, width and height are required; every view has one and leads to it."""
    answers = {name for name in files if name.endswith("/oembed.json")}
    found = pages(files, "embed")
    assert {name.replace("oembed.json", "index.html") for name in answers} == set(found)
    for name in answers:
        answer = json.loads(files[name])
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        assert isinstance(answer["width"], int)
        assert isinstance(answer["height"], int)
        frame = parse(answer["html"]).one("iframe")
        address = "https://repair.example/guide/" + name.removesuffix("oembed.json")
        assert frame.get("src") == address
        assert frame.get("title")
        page = found[name.replace("oembed.json", "index.html")]
        link = page.one("link", type="application/json+oembed")
        assert link.get("href") == address + "oembed.json"


def test_without_an_address_nothing_is_made_that_needs_one(without_address: dict[str, bytes]) -> None:
    assert [name for name in without_address if name.endswith("oembed.json")] == []
    for folder in ("embed", "sheets", "slides"):
        for name, page in pages(without_address, folder).items():
            assert page.all("link", rel="alternate") == [], name
            assert page.all("svg", class_="qr") == [], name
    canonical = parse(without_address["embed/patch-a-tube/index.html"].decode()).one("link", rel="canonical")
    assert canonical.get("href") == "../../techniques/patch-a-tube/"


def test_a_qr_code_holds_the_address() -> None:
    """Read back from the drawing, module by module."""
    address = "https://repair.example/guide/techniques/patch-a-tube/"
    view = qr_code(address)
    assert view is not None
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", view.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    matrix = segno.make_qr(address, error="m").matrix
    wanted = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert dark == wanted
    assert view.size == len(matrix) + 8
    assert qr_code("") is None


def test_a_deck_is_one_file_that_asks_for_nothing(files: dict[str, bytes]) -> None:
    for name, page in pages(files, "slides").items():
        loads = [item for item in page if item.tag in ("img", "iframe", "link", "script", "use")]
        for item in loads:
            address = item.get("src") or item.get("href")
            assert not address or address.startswith("#") or item.get("rel") == "canonical", name
        assert "url(http" not in files[name].decode()
        inner = [link.get("href") for link in page.all("a")]
        assert all(href.startswith("http") for href in inner), name


def test_each_slide_lists_the_sources_that_it_cites(files: dict[str, bytes]) -> None:
    checked = 0
    for name, page in pages(files, "slides").items():
        for slide in page.all("section"):
            shown = " ".join(mark.text for mark in slide.all("sup"))
            numbers = set(map(int, re.findall(r"\d+", re.sub(r"(\d+)–(\d+)", r"\1 \2", shown))))
            listed = {
                int(item.text.split()[0])
                for cited in slide.all(class_="deck__cited")
                for item in cited.all("span")
            }
            assert numbers <= listed, name
            checked += len(numbers)
        last = page.all("section")[-1].text
        assert "Sources" in last
    assert checked > 20


def test_a_sheet_counts_what_it_leaves_out(files: dict[str, bytes], everything: KnowledgeBase) -> None:
    """What is shown and what is counted is all that the record and its class say."""
    for record in everything.current_techniques():
        parent = everything.class_of(record)
        harms = (*record.complications, *(parent.complications if parent else ()))
        page = parse(files[f"sheets/{record.id}/index.html"].decode())
        assert "Shortened by rule" in page.one("footer").text
        parts = [part for part in page.all("section") if part.one("h2").text == "Watch for"]
        assert len(parts) == bool(harms), record.id
        for part in parts:
            items = [item for item in part.all("li") if "apart__more" not in item.get("class")]
            more = [int(item.text.split()[1]) for item in part.all(class_="apart__more")]
            assert len(items) + sum(more) == len(harms), record.id


def test_slides_are_silent_of_harms_only_where_record_and_class_are(
    files: dict[str, bytes], everything: KnowledgeBase
) -> None:
    """A deck names the harms that are said of the class, as the page does."""
    of_class = 0
    for record in everything.current_techniques():
        parent = everything.class_of(record)
        inherited = parent.complications if parent else ()
        page = parse(files[f"slides/{record.id}.html"].decode())
        slides = [
            part
            for part in page.all("section")
            if part.all("h2") and part.all("h2")[0].text.startswith("Complications")
        ]
        said = " ".join(slide.text for slide in slides)
        assert ("No complication is named" in said) == (not record.complications and not inherited), record.id
        assert said.count("said of the class") == len(inherited), record.id
        of_class += len(inherited)
    assert of_class


def test_a_sheet_is_cut_between_statements() -> None:
    """Five at most, no more than 300 letters beyond the first; the rest is counted."""

    def cut(*lengths: int) -> tuple[int, int]:
        block = sheets.block("Limits", [StatementView((Piece("text", "x" * length),)) for length in lengths])
        return len(block.items), block.more

    assert cut() == (0, 0)
    assert cut(*[20] * 7) == (5, 2)
    assert cut(*[100] * 4) == (3, 1)
    assert cut(900, 20) == (1, 1)


def test_figures_are_drawings_with_licence_and_source(
    files: dict[str, bytes], everything: KnowledgeBase
) -> None:
    drawings = [name for name in files if name.endswith(".svg")]
    assert len(drawings) > 8
    for name in drawings:
        root = ElementTree.fromstring(files[name])
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")
        terms = root.find(f".//{CC}license")
        assert terms is not None
        assert everything.publication.licence.url in terms.attrib.values()
        words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
        for wanted in (everything.publication.name, everything.publication.licence.name, "Clinical review"):
            assert wanted in words, name
        assert f"{name.removesuffix('.svg')}.csv" in files


def test_tables_carry_their_attribution_in_every_row(
    files: dict[str, bytes], everything: KnowledgeBase
) -> None:
    tables = [name for name in files if name.endswith(".csv")]
    assert tables
    for name in tables:
        found = rows(files[name])
        assert found, name
        for row in found:
            assert tuple(row)[-len(ATTRIBUTION) :] == ATTRIBUTION
            assert row["licence"] == everything.publication.licence.name
            assert row["address"].startswith("https://repair.example/guide/")
            assert all(not value.startswith(("=", "+", "-", "@")) for value in row.values()), name


def test_tables_hold_what_the_records_hold(files: dict[str, bytes], everything: KnowledgeBase) -> None:
    for record in everything.current_techniques():
        parent = everything.class_of(record)
        for kind, own, of_class in (
            ("levels", record.anatomy.levels, ()),
            ("evidence", record.evidence, parent.evidence if parent else ()),
            ("windows", record.prognosis, parent.prognosis if parent else ()),
        ):
            name = f"figures/{record.id}/{kind}.csv"
            count = len(own) + len(of_class)
            assert (name in files) == bool(count), name
            if count:
                assert len(rows(files[name])) == count


def test_a_drawing_becomes_the_same_picture_each_time(tmp_path: Path) -> None:
    size = 'viewBox="0 0 80 40" width="80" height="40"'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><text y="20">Ag</text></svg>'
    picture = png(drawing)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (100, 50)
    assert png(drawing) == picture
    assert png(drawing.replace("Ag", "")) != picture, "the letters are drawn, with no font of the machine"
    docs, kept = tmp_path / "docs", tmp_path / "kept"
    (docs / "figures" / "one").mkdir(parents=True)
    (docs / "figures" / "one" / "a.svg").write_text(drawing)
    assert draw(docs, kept) == ([Artifact("figures/one/a.png", picture)], 1)
    assert draw(docs, kept) == ([Artifact("figures/one/a.png", picture)], 0)
    (docs / "figures" / "one" / "a.svg").write_text(drawing.replace("Ag", "By"))
    assert draw(docs, kept)[1] == 1
    assert len(list(kept.iterdir())) == 1, "what no drawing shows any more is removed"
    (one,) = kept.iterdir()
    one.write_bytes(one.read_bytes()[:-20])
    (kept / ".half.png.1.part").write_bytes(b"")
    assert draw(docs, kept)[1] == 1, "a kept drawing that is not whole is drawn anew"
    assert draw(docs, kept)[1] == 0
    assert len(list(kept.iterdir())) == 1
