"""The question bank as an Anki deck, made by genanki in memory.

A later import updates the notes and keeps the learner's schedule: deck and note type have fixed numbers,
a note's GUID comes from the id of its question alone, and its time is the day of the newest check among the
records, so it never goes back. Fields hold plain text, which the note type shows line by line.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import itertools
import sqlite3
import zipfile
from html import escape

import genanki  # type: ignore[import-untyped]

from generator.exports.study_text import StudyText
from generator.views.context import SiteContext
from generator.views.study_bank import Bank
from generator.views.study_question import Question

FIELDS = (
    "Id",
    "Technique",
    "Kind",
    "Question",
    "Options",
    "Answer",
    "Statements",
    "Sources",
    "Citations",
    "Terms",
)
# The technique is not on the front: of some questions it is the answer.
_FRONT = "{{Kind}}\n\n{{Question}}\n\n{{Options}}"
_BACK = "{{FrontSide}}\n\n—\n{{Answer}}\n\n{{Statements}}\n\n{{Sources}}\n\n{{Terms}}"
_STYLE = ".card { font: 18px/1.45 sans-serif; white-space: pre-line; max-width: 40em; margin: 1em auto; }"
_MOMENT = (1980, 1, 1, 0, 0, 0)
# Where a database names the SQLite that wrote it last; it tells nothing and would change the bytes.
_WRITER = slice(96, 100)


def study(site: SiteContext, bank: Bank) -> bytes:
    """The package."""
    text = StudyText(site)
    name = site.kb.study.deck
    model = genanki.Model(
        number("model", name),
        name,
        fields=[{"name": field} for field in FIELDS],
        templates=[{"name": "Study", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    deck = genanki.Deck(number("deck", name), name, escape(text.credit))
    for question in bank.questions:
        deck.add_note(_note(model, text, question))
    newest = max(record.review.checked for record in site.kb.techniques.values())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry, content in (("collection.anki2", _collection(deck, newest.timetuple())), ("media", b"{}")):
            archive.writestr(zipfile.ZipInfo(entry, _MOMENT), content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def number(what: str, name: str) -> int:
    """A number that stays with a name, in the range that Anki uses for its own."""
    return int.from_bytes(hashlib.sha256(f"{what}\n{name}".encode()).digest()[:4]) % (1 << 30) + (1 << 30)


def _note(model: genanki.Model, text: StudyText, question: Question) -> genanki.Note:
    values = {
        "Id": question.id,
        "Technique": text.name(question),
        "Kind": text.kind(question),
        "Question": question.ask,
        "Options": "\n".join(
            f"({chr(97 + index)}) {option}" for index, option in enumerate(question.options)
        ),
        "Answer": question.answer,
        "Statements": "\n".join(said.line for said in question.says) if question.options else "",
        "Sources": "\n".join(map(text.source, question.citations)),
        "Citations": "\n".join(map(text.place, question.citations)),
        "Terms": text.terms,
    }
    return genanki.Note(
        model,
        [escape(values[field], quote=False) for field in FIELDS],
        guid=genanki.guid_for(question.id),
        tags=[question.kind, question.technique],
    )


def _collection(deck: genanki.Deck, day: object) -> bytes:
    """The database, as an older and a newer Anki read it."""
    moment = calendar.timegm(day)  # type: ignore[arg-type]
    connection = sqlite3.connect(":memory:")
    try:
        genanki.Package(deck).write_to_db(connection.cursor(), moment, itertools.count(moment * 1000))
        connection.commit()
        content = bytearray(connection.serialize())
    finally:
        connection.close()
    content[_WRITER] = bytes(4)
    return bytes(content)
