"""The study pages: the self-test with its files, and the cards of each technique."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import routes
from generator.model.technique import Technique
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Piece, Section, StatementView
from generator.views.status import status_of_records, status_of_review
from generator.views.study_bank import Bank, bank_of, cards_of
from generator.views.study_question import Question, Said

_FILES = (
    (
        routes.STUDY_ANKI,
        "Anki",
        "Anki deck",
        "In Anki: File, Import. Importing a newer deck updates the cards and keeps your schedule.",
    ),
    (
        routes.STUDY_MOODLE,
        "Moodle XML",
        "XML",
        "In Moodle: Question bank, Import, Moodle XML format. Names and id numbers stay the same.",
    ),
    (
        routes.STUDY_GIFT,
        "GIFT",
        "plain text",
        "In Moodle and others: Question bank, Import, GIFT format.",
    ),
    (
        routes.STUDY_QTI,
        "QTI 2.1",
        "zip of XML",
        "In a learning platform: import as an IMS QTI 2.1 package, a test with a section for each kind.",
    ),
    (
        routes.STUDY_CSV,
        "Table",
        "CSV, UTF-8",
        "Open it in a spreadsheet; one row for each question, with answer and sources.",
    ),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list of choices."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The tool: what can be asked, where its data are."""

    data: str
    root: str
    groups: tuple[Choice, ...]
    techniques: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class CardsOf:
    """A technique with its cards."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class CardsOfGroup:
    """A group with its techniques."""

    name: str
    techniques: tuple[CardsOf, ...]


@dataclass(frozen=True, slots=True)
class StudyFile:
    """A file to import elsewhere."""

    link: Link
    format: str
    size: str
    how: str


@dataclass(frozen=True, slots=True)
class StudyFiles:
    """All files, and the same as data."""

    files: tuple[StudyFile, ...]
    count: int
    terms: str
    data: Link


@dataclass(frozen=True, slots=True)
class Rules:
    """How many questions have answers to choose from, and how many are open."""

    choices: int
    open: int


@dataclass(frozen=True, slots=True)
class SaidView:
    """A statement of an answer."""

    lead: str
    pieces: tuple[Piece, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """A question with its answer."""

    id: str
    kind: str
    ask: str
    options: tuple[str, ...]
    right: str
    says: tuple[SaidView, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of a technique."""

    cards: tuple[Card, ...]
    technique: Link
    study: Link
    note: str


@dataclass(frozen=True, slots=True)
class Objectives:
    """What a learner can do, and the way to the cards."""

    objectives: tuple[str, ...]
    cards: Link
    count: int


def build(site: SiteContext) -> Page:
    """The page at /study/."""
    ctx = PageContext(site, routes.STUDY)
    kb, bank = site.kb, bank_of(site)
    asked = [kb.techniques[name] for name in dict.fromkeys(item.technique for item in bank.questions)]
    kinds = {question.kind for question in bank.questions}
    choices = sum(question.right is not None for question in bank.questions)
    test = SelfTest(
        data=routes.relative_file(ctx.address, routes.STUDY_DATA),
        root=ctx.root,
        groups=tuple(
            Choice(f"group:{group.id}", group.short)
            for group in kb.groups.values()
            if any(technique.group == group.id for technique in asked)
        ),
        techniques=tuple(Choice(f"technique:{technique.id}", technique.name) for technique in asked),
        kinds=tuple(Choice(kind.id, kind.name) for kind in kb.study.kinds if kind.id in kinds),
        count=len(bank.questions),
        note=kb.study.note,
    )
    return Page(
        address=ctx.address,
        kind="study",
        title=kb.study.title,
        description=kb.study.lead,
        lead=ctx.pieces(kb.study.lead, terms=False),
        status=status_of_records(asked),
        breadcrumbs=(ctx.link("page", "learn"),),
        sections=(
            Section("self-test", "Test yourself", "study/test", test),
            Section("cards", "Cards by technique", "study/index", tuple(_groups(ctx, bank, asked))),
            Section("files", "For other programs", "study/files", _files(ctx, len(bank.questions))),
            Section(
                "rules",
                "How the questions are made",
                "study/rules",
                Rules(choices, len(bank.questions) - choices),
            ),
        ),
        root=ctx.root,
    )


def _groups(ctx: PageContext, bank: Bank, asked: list[Technique]) -> Iterator[CardsOfGroup]:
    for group in ctx.kb.groups.values():
        techniques = tuple(
            CardsOf(
                Link(ctx.to(routes.study(technique.id)), technique.name),
                len(cards_of(ctx.site, technique).questions),
            )
            for technique in asked
            if technique.group == group.id
        )
        if techniques:
            yield CardsOfGroup(group.name, techniques)


def _files(ctx: PageContext, count: int) -> StudyFiles:
    publication = ctx.kb.publication
    return StudyFiles(
        tuple(
            StudyFile(Link(routes.relative_file(ctx.address, path), name), words, _size(ctx, path), how)
            for path, name, words, how in _FILES
        ),
        count,
        f"{publication.name}, {publication.licence.name}",
        Link(routes.relative_file(ctx.address, routes.STUDY_DATA), "the same as JSON"),
    )


def _size(ctx: PageContext, path: str) -> str:
    """'104 KB', in full kilobytes; empty where the file is not made yet."""
    size = ctx.site.file_sizes.get(path)
    return "" if size is None else f"{-(-size // 1000)} KB"


def studied(site: SiteContext) -> Iterator[Technique]:
    """Techniques that have cards, in the order of the bank."""
    return (technique for technique in site.kb.current_techniques() if cards_of(site, technique).questions)


def build_cards(site: SiteContext, technique: Technique) -> Page:
    """The cards of one technique: every question with its answer, readable without a script."""
    ctx = PageContext(site, routes.study(technique.id))
    known, kb = cards_of(site, technique), site.kb
    kinds: dict[str, str] = {kind.id: kind.name for kind in kb.study.kinds}
    cards = Cards(
        tuple(_card(ctx, kinds, question) for question in known.questions),
        ctx.link("technique", technique.id),
        ctx.link("page", "study"),
        kb.study.note,
    )
    objectives = Objectives(known.objectives, Link("#cards", ""), len(cards.cards))
    sections = [Section("cards", "Questions and answers", "study/cards", cards)]
    if objectives.objectives:
        sections.insert(0, Section("objectives", "Learning objectives", "study/objectives", objectives))
    return Page(
        address=ctx.address,
        kind="study-cards",
        title=f"{kb.study.title}: {technique.name}",
        description=f"{len(cards.cards)} questions on {technique.name} with answers and sources.",
        status=status_of_review(ctx, technique.review),
        breadcrumbs=(ctx.link("page", "learn"), ctx.link("page", "study")),
        sections=tuple(sections),
        root=ctx.root,
    )


def _card(ctx: PageContext, kinds: dict[str, str], question: Question) -> Card:
    return Card(
        id=question.id.removeprefix(f"{question.technique}."),
        kind=kinds[question.kind],
        ask=question.ask,
        options=question.options,
        right="" if question.right is None else question.options[question.right],
        says=tuple(_said(ctx, said) for said in question.says),
    )


def _said(ctx: PageContext, said: Said) -> SaidView:
    view: StatementView = ctx.statement(said.statement)
    return SaidView(said.lead, view.pieces, said.note)


def section_of(ctx: PageContext, technique: Technique) -> tuple[Section, ...]:
    """The section of a technique's page that leads to its cards; none where nothing is asked."""
    known = cards_of(ctx.site, technique)
    count = len(known.questions)
    if not count:
        return ()
    cards = Link(
        ctx.to(routes.study(technique.id)), f"{count} question{'' if count == 1 else 's'} with answers"
    )
    data = Objectives(known.objectives, cards, count)
    return (Section("study", "Study", "study/objectives", data),)
