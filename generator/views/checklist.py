"""The referral checklist: the source's criteria with their logic, beside the source's own rule."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.model.vocabulary import Condition, Criterion
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
    statement: StatementView
    logic: ConditionView
    logic_words: str
    """The logic in one line: 'A AND (B OR C)'."""
    examples: tuple[str, ...]
    context: tuple[StatementView, ...]
    explanation: StatementView
    read_next: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """All criteria and the rule."""

    criteria: tuple[CriterionView, ...]
    rule: StatementView
    rule_plain: str
    status: StatementView
    why: StatementView


def build(site: SiteContext) -> Page:
    """The referral checklist page."""
    ctx = PageContext(site, routes.REFERRAL_CHECKLIST)
    criteria = ctx.kb.criteria
    rule = ctx.statement(criteria.rule)
    data = Checklist(
        criteria=tuple(_criterion(ctx, criterion) for criterion in criteria.criteria),
        rule=rule,
        rule_plain=site.plain(criteria.rule.text),
        status=ctx.statement(criteria.status),
        why=ctx.statement(criteria.why),
    )
    lead = ctx.pieces(
        f"{_number(len(data.criteria))} reasons to consider a specialised pain team. "
        "Tick what applies; the review’s own rule stands beside it.",
        terms=False,
    )
    return Page(
        address=ctx.address,
        kind="checklist",
        title="Referral checklist",
        description="The review’s referral criteria with their logic and its own rule, to tick or to print.",
        lead=lead,
        status=status_of_review(ctx, criteria.review),
        sections=(Section("criteria", "Criteria", "checklist/checklist", data),),
        root=ctx.root,
    )


def _criterion(ctx: PageContext, criterion: Criterion) -> CriterionView:
    return CriterionView(
        id=criterion.id,
        number=criterion.number,
        title=criterion.title,
        statement=ctx.statement(criterion.statement),
        logic=_condition(ctx, criterion.logic),
        logic_words=_words(ctx, criterion.logic, nested=False),
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


def _words(ctx: PageContext, condition: Condition, *, nested: bool) -> str:
    if condition.label is not None:
        return ctx.site.plain(condition.label)
    joiner = " AND " if condition.all else " OR "
    words = joiner.join(_words(ctx, part, nested=True) for part in condition.all or condition.any)
    return f"({words})" if nested else words


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
