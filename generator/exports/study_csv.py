"""The question bank as a table: one row for each question, under the rule for cells of all tables."""

from __future__ import annotations

from generator.exports.study_text import StudyText
from generator.exports.tables_csv import table
from generator.views.context import SiteContext
from generator.views.study_bank import Bank
from generator.views.study_facts import MOST_OPTIONS


def study(site: SiteContext, bank: Bank) -> bytes:
    """The whole file. An open question has no options, and all that is said as its answer."""
    text = StudyText(site)
    header = ["id", "kind", "technique", "question"]
    header += [f"option_{number}" for number in range(1, MOST_OPTIONS + 1)]
    header += ["right_option", "answer", "statements", "citations", "sources", "terms"]
    rows = []
    for question in bank.questions:
        options = [*question.options, *[""] * MOST_OPTIONS][:MOST_OPTIONS]
        rows.append(
            [
                question.id,
                question.kind,
                question.technique,
                question.ask,
                *options,
                "" if question.right is None else question.right + 1,
                question.answer.replace("\n", " | "),
                " | ".join(said.line for said in question.says),
                " | ".join(text.place(citation) for citation in question.citations),
                " | ".join(text.source(citation) for citation in question.citations),
                text.terms,
            ]
        )
    return table(header, rows)
