"""Hostile text in every field of every record, entry and page comes out as text, in every file of a site."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from generator import engine, routes
from generator.citation_formats import to_bibtex, to_ris
from generator.config import Project
from generator.diagnostics import Diagnostics
from generator.exports import study_anki, study_gift, study_moodle
from generator.exports.all import all_exports
from generator.exports.study_files import study_files
from generator.handbook import book, plan
from generator.knowledge import KnowledgeBase
from generator.load.bibtex_file import load_bibtex
from generator.model.reference import Reference
from generator.pipeline import make_theme, tree_of
from generator.render import Renderer
from generator.views.context import SiteContext
from generator.views.study_bank import Bank, bank_of
from generator.whole_build import make_beside
from generator.write import write_tree
from tests.handbook_pdf import Pdf
from tests.planting import CALL, EXCEPTIONS, MARKUP, SAME_AS, Planting, text_fields
from tests.site.built import REPOSITORY, copy_fixture

pytestmark = pytest.mark.engine

NOT_SHOWN = {
    "Study.common_words": "words that do not count when answers are compared",
    "Publication.credit": "the place in a source that is to be credited; the source alone is shown",
    "SearchWords.spellings": "words by which a reader finds; in the search index, which is made later",
    "SearchWords.unimportant": "as above",
    "SaidAs.asked": "as above",
    "SaidAs.means": "as above",
    "StudyKind.choose": "records whose texts are all alike give no choices; they have a test of their own",
    "Study.frequencies": "as above",
    "NoticeText.word": "shown as Standing.word",
    "NoticeText.sentence": "shown as Standing.sentence",
}
DOING = {
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/OpenAction",
    "/AA",
    "/AcroForm",
    "/AF",
    "/XFA",
    "/Launch",
}
"""By what a PDF runs something, holds a file or asks for input."""
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]
LEADS = ("=1+1 ", "+1 ", "-1 ", "@SUM(1) ", f"[html]<b onclick={CALL}> ", "%50% ")


@dataclass(frozen=True)
class Planted:
    """A built site of planted records."""

    planting: Planting
    kb: KnowledgeBase
    folder: Path
    files: dict[str, bytes]

    def ending(self, *endings: str) -> Iterator[tuple[str, bytes]]:
        """Files whose names end so; at least one of each."""
        for ending in endings:
            found = [(path, content) for path, content in self.files.items() if path.endswith(ending)]
            assert found, ending
            yield from found


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, everything: KnowledgeBase) -> Planted:
    """The fixture that uses every field, with hostile text in each, built by the engine."""
    project = Project(copy_fixture("everything", tmp_path_factory.mktemp("planted") / "project"))
    planting = Planting()
    about = everything.pages["about"]
    meta = about.meta.model_copy(update={"merged": ()})
    windows = dataclasses.replace(about, id=routes.TIMING_WINDOWS, meta=meta)
    pages = {**everything.pages, windows.id: windows}
    kb = planting.knowledge(dataclasses.replace(everything, pages=pages))
    made = tree_of(project, kb)
    write_tree(project.docs, made.for_engine())
    write_tree(project.theme, make_theme(project, kb))
    engine.build_beside(project, engine.DEFAULT, "", partial(make_beside, project, kb, made))
    folder = engine.next_site(project)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return Planted(planting, kb, folder, files)


def test_every_field_that_holds_text_is_planted(planted: Planted) -> None:
    """But for those that the loader keeps to one form, each named with the reason."""
    done = set(planted.planting.numbers) | set(SAME_AS)
    refused = planted.planting.refused
    assert text_fields() - done - refused == set(EXCEPTIONS)
    assert not refused & done
    assert len(done) > 200


def test_every_planted_field_is_shown_somewhere(planted: Planted) -> None:
    """So the tests below have read it."""
    texts = [content.decode("utf-8", "replace") for content in planted.files.values()]
    texts += [content.decode() for _, content in _packed(planted)]
    found = set(re.findall(r"planted(\d+)q", "\n".join(texts)))
    hidden = {name for name, number in planted.planting.numbers.items() if str(number) not in found}
    assert hidden == set(NOT_SHOWN)


@pytest.mark.parametrize("field", ["year", "date", "urldate", "url", "doi", "pmid", "pmcid"])
def test_what_is_not_planted_in_an_entry_is_refused(field: str) -> None:
    """The reader of BibTeX reports it, so it never stands in a reference."""
    found = Diagnostics()
    entry = f"@misc{{a2020b, title = {{T}}, {field} = {{1 <script>{CALL}</script>}}}}"
    load_bibtex("x.bib", entry.encode(), found)
    assert [item for item in found if item.severity == "error"], field


def test_html_holds_no_planted_element(planted: Planted) -> None:
    """Pages, embeds, sheets and slides; scripts that hold data are read as data."""
    count = 0
    for path, content in planted.ending(".html"):
        _assert_harmless(path, html.document_fromstring(content))
        count += b"planted" in content
    assert count > 60


def _assert_harmless(path: str, root: Any) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            assert "planted" not in (element.text or ""), f"{path}: a comment or instruction"
            continue
        for name, value in element.attrib.items():
            assert not name.startswith("on"), f"{path}: {name}"
            assert "planted" not in name, f"{path}: {name}"
            if name in ("href", "src", "action", "formaction", "data", "srcset", "poster") or name.endswith(
                "}href"
            ):
                assert not re.match(r"[\s\x00-\x1f]*(javascript|data:text|vbscript)", value, re.I), (
                    f"{path}: {value}"
                )
            if name == "srcdoc":
                _assert_harmless(path, html.fromstring(value))
        if element.tag in ("iframe", "object", "embed", "base", "img"):
            assert element.get("src") != "x", f"{path}: {element.tag}"
        if element.tag in ("script", "style"):
            text = element.text or ""
            if element.get("type") in ("application/ld+json", "application/json"):
                assert "<" not in text, path
                json.loads(text)
            else:
                assert CALL not in text, path


def test_json_and_scripts_hold_it_as_strings(planted: Planted) -> None:
    """Data, oEmbed, CSL, the manifest of the app, the module of words."""
    for path, content in planted.ending(".json", ".webmanifest"):
        data = json.loads(content)
        if path.endswith("oembed.json"):
            _assert_harmless(path, html.fragment_fromstring(data["html"], create_parent=True))
            assert len(html.fragments_fromstring(data["html"])) == 1
    words = planted.files["assets/js/words.mjs"].decode().partition("export const WORDS = ")[2]
    assert "planted" in json.loads(words.rstrip(";\n"))["work"]


def test_xml_and_drawings_are_well_formed(planted: Planted) -> None:
    """The feed, the questions for Moodle and QTI, every drawing: no element of the payload."""
    files = [
        *planted.ending(".xml", ".svg"),
        *(item for item in _packed(planted) if item[0].endswith(".xml")),
    ]
    for path, content in files:
        root = etree.fromstring(content)
        _assert_harmless(path, root)
        tags = {str(element.tag).rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "img"}, path
    atom = etree.fromstring(planted.files["changes/feed.xml"])
    named = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
    assert f"<script>{CALL}</script>" in atom.findtext("a:subtitle", None, named)
    assert any(CALL in "".join(item.itertext()) for item in atom.iterfind(".//h:ins", named))
    moodle = etree.fromstring(planted.files["api/v1/study/study.moodle.xml"])
    for text in moodle.iter("questiontext", "generalfeedback", "graderinfo", "feedback", "answer", "info"):
        assert text.get("format") == "plain_text"


def _packed(planted: Planted) -> Iterator[tuple[str, bytes]]:
    """What is in the packages of the questions; of Anki's, its texts."""
    with zipfile.ZipFile(io.BytesIO(planted.files["api/v1/study/study.qti.zip"])) as package:
        yield from ((name, package.read(name)) for name in package.namelist())
    for number, text in enumerate(_anki(planted.files["api/v1/study/study.apkg"])):
        yield f"anki field {number}", text.encode()


def _anki(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        data = package.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        texts = [
            text for (row,) in connection.execute("select flds from notes") for text in row.split("\x1f")
        ]
        ((decks,),) = connection.execute("select decks from col")
    finally:
        connection.close()
    return [*texts, *(deck["desc"] for deck in json.loads(decks).values())]


def test_fields_of_anki_hold_no_element(planted: Planted) -> None:
    """Anki reads them as HTML."""
    texts = [text for text in _anki(planted.files["api/v1/study/study.apkg"]) if text.strip()]
    assert sum(CALL in text for text in texts) > 50
    for text in texts:
        assert len(html.fragment_fromstring(text, create_parent="div")) == 0, text


def test_markdown_holds_it_as_text(planted: Planted) -> None:
    """Twins and llms.txt, read as CommonMark with HTML and any scheme: no tag but a line break, no link."""
    count = 0
    for path, content in planted.ending(".md", "llms.txt"):
        for token in MARKDOWN.parse(content.decode()):
            for part in (token, *(token.children or ())):
                if part.type in ("html_inline", "html_block"):
                    assert part.content.strip() == "<br>", f"{path}: {part.content[:300]}"
                for name in ("href", "src"):
                    address = str(part.attrs.get(name, ""))
                    assert not address.lower().startswith("javascript"), f"{path}: {address}"
        count += CALL in content.decode()
    assert count > 40


def test_citation_files_hold_no_new_entry(planted: Planted) -> None:
    """BibTeX that is read again has the same keys and types; RIS has only the tags that were written."""
    keys = set(planted.kb.references)
    for path, content in planted.ending(".bib"):
        found = Diagnostics()
        read = load_bibtex(path, content, found)
        # A particle that BibTeX would not take for one makes a name that it cannot read, and no more.
        assert {item.code for item in found} <= {"bib-bad-name"}, path
        assert {item.key for item in read} <= keys, path
    for path, content in planted.ending(".ris"):
        _assert_ris(path, content.decode(), keys)


def _assert_ris(path: str, text: str, keys: set[str]) -> None:
    lines = text.removesuffix("\n").split("\n")
    # Some programs end a line at other signs too.
    assert len(text.splitlines()) == len(lines), path
    tags = [re.match(r"([A-Z][A-Z0-9])  - ", f"{line} ") for line in lines if line]
    assert all(tags), path
    ids = [line[6:] for line in lines if line.startswith("ID  - ")]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= keys
    assert (
        len(ids)
        == sum(line.startswith("TY  - ") for line in lines)
        == sum(line.startswith("ER  -") for line in lines)
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0b"])
def test_a_line_end_makes_no_entry(end: str, everything: KnowledgeBase) -> None:
    """Of any sort, in any field, with what begins a record after it."""
    planting = Planting(after=f"{end}ER  - {end}TY  - JOUR{end}TI  - x{end}}}{end}@misc{{x, title = {{x}}}}")
    planted = planting.knowledge(everything).references.values()
    keys = set(everything.references)
    _assert_ris(repr(end), to_ris(planted), keys)
    found = Diagnostics()
    read: Any = load_bibtex("x.bib", to_bibtex(planted).encode(), found)
    assert {item.key for item in read} == keys
    assert isinstance(next(iter(read)), Reference)


@pytest.mark.parametrize("lead", LEADS)
def test_no_text_begins_a_formula_or_a_command(lead: str, everything: KnowledgeBase) -> None:
    """Cells of CSV and questions in GIFT whose texts begin with what means something there."""
    site = SiteContext(Planting(before=lead).knowledge(everything))
    files = {item.path: item.content for item in all_exports(site, study_files(site))}
    for path, content in files.items():
        if path.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
                for cell in row:
                    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), f"{path}: {cell[:200]}"
    _assert_gift(files["api/v1/study/study.gift.txt"].decode())


@pytest.mark.parametrize("lead", LEADS)
def test_choices_hold_it_as_text(lead: str, everything: KnowledgeBase) -> None:
    """Questions with answers to choose from, hostile in each text."""
    site = SiteContext(everything)
    questions = [
        dataclasses.replace(
            item,
            ask=f"{lead}{item.ask} {MARKUP}",
            options=tuple(f"{lead}{option} {MARKUP}" for option in item.options),
        )
        for item in bank_of(site).questions
        if item.options
    ]
    assert questions
    bank = Bank(tuple(questions), {})
    gift = study_gift.study(site, bank).decode()
    assert gift.count(CALL) > 2 * len(questions)
    _assert_gift(gift)
    _assert_harmless("moodle", etree.fromstring(study_moodle.study(site, bank)))
    for text in _anki(study_anki.study(site, bank)):
        assert not text.strip() or len(html.fragment_fromstring(text, create_parent="div")) == 0


def _assert_gift(text: str) -> None:
    """As Moodle reads it: a weight first, then a format in brackets, at the start of each answer."""
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(("//", "$CATEGORY: "))]
        if not lines:
            continue
        assert re.match(r"::(?:[^:\\]|\\.)+::\[plain\]", lines[0]), lines[0][:200]
        assert len(re.findall(r"(?<!\\){", block)) == len(re.findall(r"(?<!\\)}", block)) == 1
        for said in re.findall(r"(?:^[=~]|####)(.*)", block, re.MULTILINE):
            assert not re.match(r"\s*%-*\d", said), said[:200]
            form = re.match(r"\s*\[(\w+)\]", said)
            assert not form or form[1] == "plain", said[:200]


def test_the_handbook_holds_it_as_text(planted: Planted) -> None:
    """The HTML that goes to the press."""
    project = Project(Path(__file__).parent.parent.parent)
    site = SiteContext(planted.kb)
    site.prepare()
    renderer = Renderer(project.templates, planted.kb)
    parts = plan.parts(site, renderer)
    text = book._text(site, renderer, parts, book._drawings(project.templates / "handbook"))
    back, pages = book._back_titles(parts), defaultdict[str, int](int)
    frame = book._Frame(site, renderer, "2026-01-01", "0")
    for name, made in (
        ("text", frame.document(text.html)),
        ("front", frame.front(parts, book.lists.contents(parts, back, pages))),
        ("back", frame.back(back, book.lists.references(text.references, pages), pages)),
    ):
        assert "planted" in made
        _assert_harmless(f"handbook {name}", html.document_fromstring(made))
    # A page ends where its author ended it: the text after the planted sign is still Markdown.
    assert "<em>after the sign</em>" in text.html


@pytest.mark.long
def test_the_finished_handbook_shows_it_as_text_and_does_nothing(planted: Planted) -> None:
    """The PDF as it goes to the printer: markup is read in it, its links lead to places and web addresses."""
    templates = REPOSITORY / "site_templates"
    _assert_harmless_pdf(Pdf(book.make(SiteContext(planted.kb), templates, lambda _: None).content))


def _assert_harmless_pdf(pdf: Pdf) -> None:
    text = re.sub(r"[\s\u00ad\u2060]", "", "".join(pdf.pages)).replace("\x02", "-")
    markup = re.sub(r"\s", "", MARKUP.partition("<img")[0])
    read = set(re.findall(r"planted(\d+)q", text))
    assert len(read) > 100
    # Lines of two cells of a table may be read in turn, and cut the markup of both.
    whole = {number for number in read if f"planted{number}q{markup}" in text}
    assert len(read - whole) <= 2
    actions = defaultdict(list)
    for number in range(1, int(pdf.reader.trailer["/Size"])):
        for found in _dictionaries(pdf.reader.get_object(number)):
            assert not set(found) & DOING, found
            if found.get("/Type") == "/Action" or "/URI" in found:
                actions[str(found["/S"])].append(str(found.get("/URI", "")))
    assert set(actions) <= {"/URI", "/GoTo"}
    assert len(actions["/URI"]) > 5
    assert [address for address in actions["/URI"] if not re.match(r"(https?://|mailto:)", address)] == []
    places = [place for number in range(1, len(pdf.pages) + 1) for place in pdf.links(number)]
    assert len(places) > 100
    assert {place for place in places if place not in pdf.places} <= set(actions["/URI"])


def _dictionaries(item: Any) -> Iterator[dict[str, Any]]:
    """Those in an object of a PDF; what it only refers to is an object of its own."""
    if isinstance(item, dict):
        yield item
        for name in item:
            yield from _dictionaries(item.raw_get(name))  # type: ignore[attr-defined]
    elif isinstance(item, list):
        for part in item:
            yield from _dictionaries(part)
