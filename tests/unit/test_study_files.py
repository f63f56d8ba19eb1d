"""The study files, read again by other parsers: each holds the same questions, answers, citations."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from generator import routes
from generator.exports import study_anki, study_csv
from generator.exports.study_files import study_files
from generator.exports.study_text import StudyText
from generator.knowledge import KnowledgeBase
from generator.views.context import SiteContext
from generator.views.study_bank import Bank, bank_of
from tests import study_files as readers
from tests.study_files import PlainCard

READERS: dict[str, Callable[[bytes], list[PlainCard]]] = {
    routes.STUDY_ANKI: readers.anki,
    routes.STUDY_MOODLE: readers.moodle,
    routes.STUDY_GIFT: readers.gift,
    routes.STUDY_QTI: readers.qti,
    routes.STUDY_CSV: readers.table,
}


@pytest.fixture(scope="module", params=["real", "everything"])
def site(request: pytest.FixtureRequest) -> SiteContext:
    """The atlas, and the project whose text could break any format."""
    knowledge: KnowledgeBase = request.getfixturevalue(request.param)
    return SiteContext(knowledge)


@pytest.fixture(scope="module")
def files(site: SiteContext) -> dict[str, bytes]:
    """Every file by its path."""
    return {file.path: file.content for file in study_files(site)}


def cards_of(site: SiteContext) -> list[PlainCard]:
    """The bank itself."""
    text = StudyText(site)
    return [
        PlainCard(
            question.id,
            question.ask,
            frozenset(question.options),
            question.answer,
            tuple(text.place(citation) for citation in question.citations),
        )
        for question in bank_of(site).questions
    ]


def by_id(cards: list[PlainCard]) -> dict[str, PlainCard]:
    assert len({card.id for card in cards}) == len(cards)
    return {card.id: card for card in cards}


@pytest.mark.parametrize("path", READERS)
def test_every_format_holds_the_same(path: str, files: dict[str, bytes], site: SiteContext) -> None:
    """Question by question."""
    wanted = by_id(cards_of(site))
    found = by_id(READERS[path](files[path]))
    assert list(found.keys() ^ wanted.keys()) == []
    for identifier, card in wanted.items():
        if path == routes.STUDY_CSV:  # a row has no lines
            card = dataclasses.replace(card, answer=card.answer.replace("\n", " | "))
        assert found[identifier] == card


def test_the_data_of_the_page_hold_the_same(files: dict[str, bytes], site: SiteContext) -> None:
    """With every citation known, every technique and kind named."""
    data = json.loads(files[routes.STUDY_DATA])
    found = [
        PlainCard(
            item["id"],
            item["ask"],
            frozenset(item.get("options", ())),
            item["options"][item["right"]] if "options" in item else question.answer,
            tuple(dict.fromkeys(place for said in item["says"] for place in said["cite"])),
        )
        for item, question in zip(data["questions"], bank_of(site).questions, strict=True)
    ]
    assert found == cards_of(site)
    for item in data["questions"]:
        assert item["technique"] in data["techniques"]
        assert item["kind"] in data["kinds"]
        assert {place.partition(",")[0] for said in item["says"] for place in said["cite"]} <= data[
            "references"
        ].keys()
    assert all(technique["group"] in data["groups"] for technique in data["techniques"].values())


def test_every_file_names_licence_and_credit(files: dict[str, bytes], site: SiteContext) -> None:
    """A file that is passed on says whose it is."""
    licence = site.kb.publication.licence.name.encode()
    for path in (routes.STUDY_MOODLE, routes.STUDY_GIFT, routes.STUDY_CSV, routes.STUDY_DATA):
        assert licence in files[path], path
    with readers.zipfile.ZipFile(readers.io.BytesIO(files[routes.STUDY_QTI])) as archive:
        assert licence in archive.read("imsmanifest.xml")
    database = readers.anki_database(files[routes.STUDY_ANKI])
    assert licence.decode() in database.execute("select decks from col").fetchone()[0]
    database.close()


def test_the_same_records_give_the_same_bytes(files: dict[str, bytes], site: SiteContext) -> None:
    """A second making, with nothing kept from the first."""
    again = {file.path: file.content for file in study_files(SiteContext(site.kb))}
    assert again == files


def test_no_cell_acts_as_a_formula(files: dict[str, bytes]) -> None:
    """Under the rule for all tables."""
    rows = readers.csv.reader(readers.io.StringIO(files[routes.STUDY_CSV].decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_formula_in_a_record_is_made_text(everything: KnowledgeBase) -> None:
    """A question that starts like one."""
    site = SiteContext(everything)
    bank = bank_of(site)
    first = dataclasses.replace(bank.questions[0], ask='=HYPERLINK("x")')
    content = study_csv.study(site, Bank((first,), {})).decode("utf-8-sig")
    assert "\"'=HYPERLINK" in content


# --- Anki itself ---------------------------------------------------------------------------------


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """A learner's collection."""
    found = Collection(str(tmp_path / "learner.anki2"))
    yield found
    found.close()


def imported(collection: Collection, content: bytes) -> tuple[int, int]:
    """How many notes are new, how many changed."""
    path = readers.written(content, "study.apkg")
    request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    return len(log.new), len(log.updated)


def test_a_later_deck_updates_and_keeps_the_schedule(
    collection: Collection, everything: KnowledgeBase
) -> None:
    """Anki learns a card, then imports a newer deck with a reworded question and one more."""
    site = SiteContext(everything)
    bank = bank_of(site)
    fewer = Bank(bank.questions[:-1], {})
    assert imported(collection, study_anki.study(site, fewer)) == (len(fewer.questions), 0)
    assert imported(collection, study_anki.study(site, fewer)) == (0, 0)
    (note,) = collection.find_notes(f"Id:{bank.questions[0].id}")
    (card,) = collection.get_note(note).cards()
    card.type, card.queue, card.ivl, card.due, card.reps = 2, 2, 30, 400, 7
    collection.update_card(card)

    reworded = dataclasses.replace(bank.questions[0], ask="Asked in other words?")
    later = Bank((reworded, *bank.questions[1:]), {})
    newer = {
        name: record.model_copy(
            update={"review": record.review.model_copy(update={"checked": record.review.next_due})}
        )
        for name, record in everything.techniques.items()
    }
    new, updated = imported(
        collection, study_anki.study(SiteContext(dataclasses.replace(everything, techniques=newer)), later)
    )
    assert (new, updated) == (1, len(fewer.questions))
    assert collection.note_count() == collection.card_count() == len(bank.questions)
    kept = collection.get_note(note)
    assert kept["Question"] == "Asked in other words?"
    (card,) = kept.cards()
    assert (card.ivl, card.due, card.reps) == (30, 400, 7)


def test_a_card_shows_question_and_answer(collection: Collection, everything: KnowledgeBase) -> None:
    """As Anki renders it: text that looks like markup stays text, the front does not tell the answer."""
    site = SiteContext(everything)
    imported(collection, study_anki.study(site, bank_of(site)))
    question = next(item for item in bank_of(site).questions if "<script>" in item.ask and item.options)
    (note,) = collection.find_notes(f'"Id:{question.id}"')
    (card,) = collection.get_note(note).cards()
    assert "<script>" not in card.question() + card.answer()
    assert readers.unescape(card.question()).count(question.ask) == 1
    front, _, back = readers.unescape(card.answer()).partition("\n—\n")
    assert question.ask in front
    assert back.startswith(question.answer)
    assert all(text in back for text in (question.citations[0].key, site.kb.publication.licence.name))


def test_numbers_of_deck_and_model_stay() -> None:
    """They are what Anki knows a deck by, so they may never change."""
    assert study_anki.number("deck", "Interventional Cancer Pain Atlas") == DECK
    assert study_anki.number("model", "Interventional Cancer Pain Atlas") == MODEL


DECK, MODEL = 1506686419, 1746664933
