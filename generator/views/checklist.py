"""The checklist: the source's criteria with their logic, beside the source's own rule."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.bibliography import plain_citation
from generator.inline import CitationGroup, parse_citation, parse_inline
from generator.knowledge import KnowledgeBase
from generator.model.referral import Condition, Criterion
from generator.views import referral_details, teaching
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Page, Piece, Section, StatementView
from generator.views.status import status_of_review


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A node of a criterion's logic."""

    form: str
    """'finding', 'rating' (a number on a scale), 'all' or 'any'."""
    id: str
    label: tuple[Piece, ...]
    at_least: int | None
    out_of: int | None
    parts: tuple[ConditionView, ...]


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion."""

    id: str
    number: int
    title: str
    text: str
    """The statement in plain words."""
    statement: StatementView
    logic: ConditionView
    logic_words: str
    """The same in one line."""
    examples: tuple[str, ...]
    context: tuple[StatementView, ...]
    explanation: StatementView
    read_next: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """All criteria and the rule."""

    criteria: tuple[CriterionView, ...]
    link_id: str
    rule: StatementView
    status: StatementView
    why: StatementView


@dataclass(frozen=True, slots=True)
class Letter:
    """What the summary says beside the reader's ticks, and how the checklist is published."""

    rule: str
    source: str
    """The source of criteria and rule, in full."""
    checked: str
    reviewed: str
    questionnaire: str
    """Identity and version of the FHIR Questionnaire, as a response names them."""
    answers: str
    """Identity of the code system of the answers."""
    href: str
    """The published Questionnaire."""
    title: str
    """The first line of the summary."""
    site: str
    """The name of the site, and what its review is called."""
    review: str


GROUP_ID = "criteria"


def version(kb: KnowledgeBase) -> str:
    """The version of the checklist: the day on which its content was last changed or checked."""
    criteria, details = kb.checklist
    return max(criteria.review.checked, details.review.checked).isoformat()


def source(kb: KnowledgeBase) -> str:
    """The source of the rule, in full, with the place in it."""
    rule = kb.checklist[0].rule
    listed = [parse_citation(item) for item in rule.citations]
    inline = [
        item for span in parse_inline(rule.text) if isinstance(span, CitationGroup) for item in span.citations
    ]
    citation = (listed or inline)[0]
    place = f"{citation.locator} in: " if citation.locator else ""
    return place + plain_citation(kb.references[citation.key])


def logic_in_words(site: SiteContext, condition: Condition, *, nested: bool = False) -> str:
    """The logic in one line: 'A AND (B OR C)'."""
    if condition.label is not None:
        bound = (
            "" if condition.at_least is None else f": {condition.at_least} or more out of {condition.out_of}"
        )
        return site.plain(condition.label) + bound
    joiner = " AND " if condition.all else " OR "
    words = joiner.join(logic_in_words(site, part, nested=True) for part in condition.all or condition.any)
    return f"({words})" if nested else words


def build(site: SiteContext) -> Page:
    """The checklist page."""
    ctx = PageContext(site, routes.REFERRAL_CHECKLIST)
    criteria, details = ctx.kb.checklist
    texts = ctx.kb.texts.checklist
    data = criteria_of(ctx)
    topics = referral_details.view(ctx)
    status = status_of_review(ctx, criteria.review)
    published = details.questionnaire
    letter = Letter(
        rule=site.plain(criteria.rule.text),
        source=source(ctx.kb),
        checked=status.checked,
        reviewed=status.reviewed,
        questionnaire=f"{published.canonical}|{version(ctx.kb)}",
        answers=published.answers,
        href=routes.relative_file(ctx.address, routes.QUESTIONNAIRE),
        title=texts.letter,
        site=ctx.kb.publication.name,
        review=ctx.kb.words.review,
    )
    lead = ctx.pieces(texts.lead.replace("{count}", _number(len(data.criteria))), terms=False)
    return Page(
        address=ctx.address,
        kind="checklist",
        title=ctx.kb.page_names["referral-checklist"],
        description=texts.description,
        lead=lead,
        status=status,
        sections=(
            Section("criteria", "Criteria", "checklist/criteria", data),
            Section("details", details.title, "checklist/details", topics),
            Section("summary", texts.summary, "checklist/letter", letter),
            teaching.of_page(ctx, routes.REFERRAL_CHECKLIST, "The criteria"),
        ),
        root=ctx.root,
        oembed=teaching.oembed(ctx, routes.REFERRAL_CHECKLIST),
    )


def criteria_of(ctx: PageContext) -> Checklist:
    """The criteria and the rule."""
    criteria, _ = ctx.kb.checklist
    return Checklist(
        criteria=tuple(_criterion(ctx, criterion) for criterion in criteria.criteria),
        link_id=GROUP_ID,
        rule=ctx.statement(criteria.rule),
        status=ctx.statement(criteria.status),
        why=ctx.statement(criteria.why),
    )


def _criterion(ctx: PageContext, criterion: Criterion) -> CriterionView:
    return CriterionView(
        id=criterion.id,
        number=criterion.number,
        title=criterion.title,
        text=ctx.site.plain(criterion.statement.text),
        statement=ctx.statement(criterion.statement),
        logic=_condition(ctx, criterion.logic),
        logic_words=logic_in_words(ctx.site, criterion.logic),
        examples=criterion.examples,
        context=ctx.statements(criterion.context),
        explanation=ctx.statement(criterion.explanation),
        read_next=tuple(ctx.pieces(text, terms=False) for text in criterion.read_next),
    )


def _condition(ctx: PageContext, condition: Condition) -> ConditionView:
    parts = condition.all or condition.any
    if condition.all:
        form = "all"
    elif condition.any:
        form = "any"
    else:
        form = "rating" if condition.at_least is not None else "finding"
    return ConditionView(
        form=form,
        id=condition.id or "",
        label=ctx.pieces(condition.label, terms=False) if condition.label else (),
        at_least=condition.at_least,
        out_of=condition.out_of,
        parts=tuple(_condition(ctx, part) for part in parts),
    )


def _number(count: int) -> str:
    names = [
        "No",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
    ]
    return names[count] if count < len(names) else str(count)
