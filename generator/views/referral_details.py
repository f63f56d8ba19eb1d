"""What the receiving team needs to know: topics with answers to tick, from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import routes
from generator.knowledge import KnowledgeBase
from generator.model.referral import DetailQuestion, DetailTopic
from generator.views.context import PageContext
from generator.views.parts import Link, Piece, StatementView


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is published: its code is unique among all answers."""

    code: str
    label: str
    alone: bool
    site: str = ""
    """The site it stands for."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to tick."""

    code: str
    label: str
    alone: bool
    page: Link | None
    """What to read when it is ticked."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its answers."""

    id: str
    label: str
    form: str
    """'one' or 'many'."""
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic: one heading, one line why, its questions."""

    id: str
    title: str
    why: StatementView
    form: str
    """'grid' where questions share their answers, 'single' or 'several' otherwise."""
    questions: tuple[QuestionView, ...]
    read_next: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Details:
    """All topics."""

    lead: tuple[Piece, ...]
    link_id: str
    title: str
    topics: tuple[TopicView, ...]


GROUP_ID = "details"


def link_id(identifier: str) -> str:
    """The permanent id of a topic or question, on the page and in the FHIR files."""
    return f"detail-{identifier}"


def answers(kb: KnowledgeBase, topic: DetailTopic, question: DetailQuestion) -> Iterator[Answer]:
    """The answers of a question: those of a vocabulary, then its own or else the topic's."""
    if question.options_from == "pain-sites":
        for site in kb.regions():
            if site.kind == "place":
                yield Answer(f"{question.id}-{site.id}", site.name, False, site.id)
    elif question.options_from == "mechanisms":
        for mechanism in kb.mechanisms.values():
            yield Answer(f"{question.id}-{mechanism.id}", mechanism.name, False)
    shares = not question.options and question.options_from is None
    for option in topic.options if shares else question.options:
        yield Answer(f"{topic.id if shares else question.id}-{option.id}", option.label, option.alone)


def view(ctx: PageContext) -> Details:
    """Topics as the page shows them."""
    _, details = ctx.kb.checklist
    return Details(
        lead=ctx.pieces(details.lead, terms=False),
        link_id=GROUP_ID,
        title=details.title,
        topics=tuple(_topic(ctx, topic) for topic in details.topics),
    )


def _topic(ctx: PageContext, topic: DetailTopic) -> TopicView:
    form = "grid" if topic.options else "single" if len(topic.questions) == 1 else "several"
    return TopicView(
        id=link_id(topic.id),
        title=topic.title,
        why=ctx.statement(topic.why),
        form=form,
        questions=tuple(
            QuestionView(
                id=link_id(question.id),
                label=question.label,
                form=question.choose,
                answers=tuple(_answer(ctx, answer) for answer in answers(ctx.kb, topic, question)),
            )
            for question in topic.questions
        ),
        read_next=tuple(ctx.pieces(text, terms=False) for text in topic.read_next),
    )


def _answer(ctx: PageContext, answer: Answer) -> AnswerView:
    page = Link(ctx.to(routes.site(answer.site)), answer.label) if answer.site else None
    return AnswerView(answer.code, answer.label, answer.alone, page)
