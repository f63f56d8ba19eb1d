"""The question bank as the study page reads it, and as data: compact, without empty fields.

A question is `id, kind, technique, ask, says`, with `options` and `right` (the place of the right one, from
0) where there are answers to choose from. `says` are the statements that answer it: `text`, `cite` (key,
and the place in that source after a comma), `lead` and `note`. `references` gives each key its author and
year.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json

from generator.bibliography import short_form
from generator.exports.study_text import StudyText
from generator.views.context import SiteContext
from generator.views.study_bank import Bank
from generator.views.study_question import Question, Said

STUDY_VERSION = 1
Data = dict[str, Any]


def study(site: SiteContext, bank: Bank) -> bytes:
    """The whole file."""
    kb = site.kb
    text = StudyText(site)
    asked = dict.fromkeys(question.technique for question in bank.questions)
    groups = {kb.techniques[technique].group for technique in asked}
    cited = {citation.key for question in bank.questions for citation in question.citations}
    data: Data = {
        "version": STUDY_VERSION,
        "name": kb.study.deck,
        "note": kb.study.note,
        "terms": text.credit,
        "kinds": {kind.id: kind.name for kind in kb.study.kinds},
        "groups": {group.id: group.short for group in kb.groups.values() if group.id in groups},
        "techniques": {
            technique: {
                "name": kb.techniques[technique].name,
                "group": kb.techniques[technique].group,
                "objectives": list(bank.objectives.get(technique, ())),
            }
            for technique in asked
        },
        "references": {key: short_form(kb.references[key]) for key in sorted(cited)},
        "questions": [_question(text, question) for question in bank.questions],
    }
    return to_json(data) + b"\n"


def _question(text: StudyText, question: Question) -> Data:
    data: Data = {
        "id": question.id,
        "kind": question.kind,
        "technique": question.technique,
        "ask": question.ask,
    }
    if question.right is not None:
        data |= {"options": list(question.options), "right": question.right}
    return data | {"says": [_said(text, said) for said in question.says]}


def _said(text: StudyText, said: Said) -> Data:
    data: Data = {"text": said.text, "cite": [text.place(citation) for citation in said.citations]}
    if said.lead:
        data["lead"] = said.lead
    if said.note:
        data["note"] = said.note
    return data
