"""Reads the study files as other programs do, with parsers that are not ours, to the same plain cards."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import tempfile
import warnings
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # their grammar is written in older Python
    from pygiftparser import parser as gift_parser

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CONTENT = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
_SOURCE = re.compile(r"^\[([^\]]+)\] ", re.MULTILINE)


@dataclass(frozen=True)
class PlainCard:
    """What must be the same in every format."""

    id: str
    ask: str
    options: frozenset[str]
    answer: str
    citations: tuple[str, ...]


def of_explanation(text: str) -> tuple[str, tuple[str, ...]]:
    """The statements of an explanation, and the citations of the lines after 'Sources:'."""
    statements, _, sources = text.partition("\nSources:\n")
    return statements, tuple(_SOURCE.findall(sources))


def anki_database(content: bytes) -> sqlite3.Connection:
    """The collection inside a deck."""
    connection = sqlite3.connect(":memory:")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        connection.deserialize(archive.read("collection.anki2"))
    return connection


def anki(content: bytes) -> list[PlainCard]:
    """By SQLite."""
    found = []
    connection = anki_database(content)
    for (fields,) in connection.execute("select flds from notes order by id"):
        values = [unescape(value) for value in fields.split("\x1f")]
        options = frozenset(re.sub(r"^\([a-z]\) ", "", line) for line in values[4].split("\n") if line)
        found.append(PlainCard(values[0], values[3], options, values[5], tuple(values[8].split("\n"))))
    connection.close()
    return found


def moodle(content: bytes) -> list[PlainCard]:
    """By lxml."""
    found = []
    for question in etree.fromstring(content).findall("question"):
        kind = question.get("type")
        if kind == "category":
            continue
        assert question.findtext("idnumber") == question.findtext("name/text")
        statements, citations = of_explanation(question.findtext("generalfeedback/text"))
        options = [item.findtext("text") for item in question.findall("answer")]
        right = [item.findtext("text") for item in question.findall("answer[@fraction='100']")]
        if kind == "essay":
            assert options == []
            right = [question.findtext("graderinfo/text")]
            assert right == [statements]
        assert len(right) == 1
        name, ask = question.findtext("name/text"), question.findtext("questiontext/text")
        found.append(PlainCard(name, ask, frozenset(options), right[0], citations))
    return found


def gift(content: bytes) -> list[PlainCard]:
    """Questions and answers by pygiftparser, which knows no general feedback: that is taken out before."""
    text = content.decode()
    general = re.compile(r"####((?:\\.|[^\\}])*)(?=\})")
    explained = {}
    for entry in text.split("\n\n"):
        if (name := re.match(r"::((?:\\.|[^\\:])+)::", entry)) is not None:
            feedback = general.search(entry)
            assert feedback is not None
            explained[_gift_plain(name[1])] = of_explanation(_gift_plain(feedback[1]).rstrip("\n"))
    gift_parser.gift_result = None
    found = []
    for question in gift_parser.parse(general.sub("", text)).questions:
        statements, citations = explained[question.name]
        options = [_gift_plain(item.text) for item in question.answer.options]
        right = [_gift_plain(item.text) for item in question.answer.options if item.prefix == "="]
        assert type(question.answer).__name__ == ("MultipleChoiceRadio" if options else "Essay")
        ask = _gift_plain(question.text.removeprefix("[plain]"))
        answer = right[0] if options else statements
        found.append(PlainCard(question.name, ask, frozenset(options), answer, citations))
    return found


def _gift_plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)


def qti(content: bytes) -> list[PlainCard]:
    """By the manifest, as a platform finds the items; each read by lxml."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = etree.fromstring(files["imsmanifest.xml"])
    found = []
    listed = {"imsmanifest.xml"}
    for resource in manifest.iter(f"{CONTENT}resource"):
        listed.add(resource.get("href"))
        if resource.get("type") != "imsqti_item_xmlv2p1":
            continue
        item = etree.fromstring(files[resource.get("href")])
        assert item.get("identifier") == resource.get("identifier")
        found.append(_qti_item(item))
    assert listed == files.keys()
    test = etree.fromstring(files["test.xml"])
    referred = [item.get("href") for item in test.iter(f"{QTI}assessmentItemRef")]
    assert sorted(referred) == sorted(listed - {"imsmanifest.xml", "test.xml"})
    return found


def _qti_item(item: etree._Element) -> PlainCard:
    correct = item.findtext(f"{QTI}responseDeclaration/{QTI}correctResponse/{QTI}value")
    options = {choice.get("identifier"): choice.text for choice in item.iter(f"{QTI}simpleChoice")}
    lines = [line.text for line in item.iter(f"{QTI}p")]
    _, citations = of_explanation("\n".join(lines))
    prompt = next(item.iter(f"{QTI}prompt")).text
    answer = options[correct] if options else correct
    name = item.get("identifier").removeprefix("q-")
    return PlainCard(name, prompt, frozenset(options.values()), answer, citations)


def table(content: bytes) -> list[PlainCard]:
    """By the csv module, after the byte order mark."""
    found = []
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        values = {name: value.removeprefix("'") for name, value in row.items()}
        options = [values[f"option_{number}"] for number in range(1, 5) if values[f"option_{number}"]]
        if options:
            assert options[int(values["right_option"]) - 1] == values["answer"]
        found.append(
            PlainCard(
                values["id"],
                values["question"],
                frozenset(options),
                values["answer"],
                tuple(values["citations"].split(" | ")),
            )
        )
    return found


def written(content: bytes, name: str) -> Path:
    """The content as a file, for programs that read files."""
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(content)
    return path
