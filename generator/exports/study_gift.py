"""The question bank in Moodle's GIFT: plain text, one category for each technique group.

The name of a question is its id, so that a later import can be told from an earlier one. Each text is written
on one line; a line break inside it is the two characters that GIFT reads as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.exports.study_text import StudyText
from generator.views.context import SiteContext
from generator.views.study_bank import Bank
from generator.views.study_question import Question

_SPECIAL = re.compile(r"([\\~=#{}:])")
# At the start of an answer or feedback: a format, a weight. Neither can be escaped; a format before it makes
# it text.
_COMMAND = re.compile(r"\s*[\[%]")


def study(site: SiteContext, bank: Bank) -> bytes:
    """The whole file."""
    return ("\n\n".join(_parts(site, bank)) + "\n").encode()


def _parts(site: SiteContext, bank: Bank) -> Iterator[str]:
    kb = site.kb
    text = StudyText(site)
    yield f"// {_line(text.credit)}"
    for group in kb.groups.values():
        questions = [item for item in bank.questions if kb.techniques[item.technique].group == group.id]
        if questions:
            yield f"$CATEGORY: $course$/top/{_category(kb.study.deck)}/{_category(group.short)}"
        for question in questions:
            yield _question(text, question)


def _question(text: StudyText, question: Question) -> str:
    start = f"::{escaped(question.id)}::[plain]{escaped(question.ask)}"
    general = f"####{_said(text.explanation(question))}"
    if question.right is None:
        return f"{start} {{{general}}}"
    answers = (
        f"{'=' if number == question.right else '~'}{_said(option)}"
        for number, option in enumerate(question.options)
    )
    return "\n".join([f"{start} {{", *answers, general, "}"])


def _said(text: str) -> str:
    return f"[plain]{escaped(text)}" if _COMMAND.match(text) else escaped(text)


def escaped(text: str) -> str:
    """Text in which no character has a meaning of its own."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _category(name: str) -> str:
    """The name of a category: a slash would make two of it."""
    return _line(name).replace("/", "//")


def _line(text: str) -> str:
    return " ".join(text.split())
