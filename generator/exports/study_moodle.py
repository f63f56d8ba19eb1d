"""The question bank as Moodle XML: choices with one right answer, open questions as essays."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.exports.study_text import StudyText
from generator.views.context import SiteContext
from generator.views.study_bank import Bank
from generator.views.study_question import Question


def study(site: SiteContext, bank: Bank) -> bytes:
    """The whole file."""
    kb = site.kb
    text = StudyText(site)
    quiz = Element("quiz")
    for group in kb.groups.values():
        questions = [item for item in bank.questions if kb.techniques[item.technique].group == group.id]
        if questions:
            _category(quiz, f"$course$/top/{_name(kb.study.deck)}/{_name(group.short)}", text.credit)
        for question in questions:
            _question(quiz, text, question)
    indent(quiz)
    return bytes(tostring(quiz, encoding="utf-8", xml_declaration=True)) + b"\n"


def _category(quiz: Element, path: str, info: str) -> None:
    element = SubElement(quiz, "question", type="category")
    _text(SubElement(element, "category"), path)
    _text(SubElement(element, "info", format="plain_text"), info)


def _question(quiz: Element, text: StudyText, question: Question) -> None:
    is_open = question.right is None
    element = SubElement(quiz, "question", type="essay" if is_open else "multichoice")
    _text(SubElement(element, "name"), question.id)
    _text(SubElement(element, "questiontext", format="plain_text"), question.ask)
    _text(SubElement(element, "generalfeedback", format="plain_text"), text.explanation(question))
    SubElement(element, "defaultgrade").text = "0" if is_open else "1"
    SubElement(element, "penalty").text = "0"
    SubElement(element, "hidden").text = "0"
    SubElement(element, "idnumber").text = question.id
    if is_open:
        SubElement(element, "responseformat").text = "plain"
        SubElement(element, "responserequired").text = "0"
        SubElement(element, "responsefieldlines").text = "5"
        SubElement(element, "attachments").text = "0"
        _text(SubElement(element, "graderinfo", format="plain_text"), question.answer)
    else:
        SubElement(element, "single").text = "true"
        SubElement(element, "shuffleanswers").text = "true"
        SubElement(element, "answernumbering").text = "abc"
        for number, option in enumerate(question.options):
            fraction = "100" if number == question.right else "0"
            answer = SubElement(element, "answer", fraction=fraction, format="plain_text")
            SubElement(answer, "text").text = option
            _text(SubElement(answer, "feedback", format="plain_text"), "")
    tags = SubElement(element, "tags")
    for name in (question.kind, question.technique):
        _text(SubElement(tags, "tag"), name)


def _text(element: Element, text: str) -> None:
    SubElement(element, "text").text = text


def _name(text: str) -> str:
    return text.replace("/", "//")
