"""The referral checklist as HL7 FHIR R4: a Questionnaire, and the code system of its answers.

Ids of items and codes of answers are the ids of the records, so they stay. The page makes its
QuestionnaireResponse from the same ids.
"""

from __future__ import annotations

from typing import Any

from generator.knowledge import KnowledgeBase
from generator.model.referral import Condition, DetailQuestion, DetailTopic
from generator.views import checklist, referral_details
from generator.views.context import SiteContext

STRUCTURE = "http://hl7.org/fhir/StructureDefinition"


def questionnaire(site: SiteContext) -> dict[str, Any]:
    """Criteria and topics as a Questionnaire."""
    kb = site.kb
    referral, details = kb.checklist
    criteria = [
        {
            "linkId": criterion.id,
            "prefix": f"{criterion.number}.",
            "text": site.plain(criterion.statement.text),
            "type": "group",
            "item": [
                {
                    "linkId": f"{criterion.id}-logic",
                    "text": f"Met when: {checklist.logic_in_words(site, criterion.logic)}",
                    "type": "display",
                },
                *_findings(site, criterion.logic),
            ],
        }
        for criterion in referral.criteria
    ]
    return {
        "resourceType": "Questionnaire",
        "id": "referral-checklist",
        **_published(kb),
        "url": details.questionnaire.canonical,
        "name": details.questionnaire.name,
        "title": details.questionnaire.title,
        "subjectType": ["Patient"],
        "description": f"{site.plain(referral.rule.text)} {site.plain(referral.status.text)}",
        "purpose": f"For {kb.publication.audience}. No score and no decision. Source: {checklist.source(kb)}",
        "item": [
            {"linkId": checklist.GROUP_ID, "text": "Criteria", "type": "group", "item": criteria},
            {
                "linkId": referral_details.GROUP_ID,
                "text": details.title,
                "type": "group",
                "item": [_topic(site, topic) for topic in details.topics],
            },
        ],
    }


def code_system(site: SiteContext) -> dict[str, Any]:
    """Every answer of the topics, each code once."""
    kb = site.kb
    _, details = kb.checklist
    concepts = {
        answer.code: {"code": answer.code, "display": answer.label}
        for topic in details.topics
        for question in topic.questions
        for answer in referral_details.answers(kb, topic, question)
    }
    return {
        "resourceType": "CodeSystem",
        "id": "referral-checklist",
        **_published(kb),
        "url": details.questionnaire.answers,
        "name": f"{details.questionnaire.name}Answers",
        "title": f"{details.questionnaire.title}: answers",
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": list(concepts.values()),
    }


def _published(kb: KnowledgeBase) -> dict[str, Any]:
    referral, details = kb.checklist
    reviewed = referral.review.clinical_review and details.review.clinical_review
    return {
        "language": "en",
        "version": checklist.version(kb),
        "status": "active" if reviewed else "draft",
        "experimental": False,
        "date": checklist.version(kb),
        "publisher": details.questionnaire.publisher,
        "copyright": details.questionnaire.copyright,
    }


def _findings(site: SiteContext, condition: Condition) -> list[dict[str, Any]]:
    if condition.label is None:
        return [item for part in condition.all or condition.any for item in _findings(site, part)]
    item: dict[str, Any] = {"linkId": condition.id}
    if condition.coding is not None:
        item["code"] = [condition.coding.model_dump()]
    item["text"] = site.plain(condition.label)
    if condition.at_least is None:
        return [item | {"type": "boolean"}]
    bounds = [
        {"url": f"{STRUCTURE}/minValue", "valueInteger": 0},
        {"url": f"{STRUCTURE}/maxValue", "valueInteger": condition.out_of},
    ]
    return [item | {"type": "integer", "extension": bounds}]


def _topic(site: SiteContext, topic: DetailTopic) -> dict[str, Any]:
    return {
        "linkId": referral_details.link_id(topic.id),
        "text": topic.title,
        "type": "group",
        "item": [_question(site, topic, question) for question in topic.questions],
    }


def _question(site: SiteContext, topic: DetailTopic, question: DetailQuestion) -> dict[str, Any]:
    system = site.kb.checklist[1].questionnaire.answers
    options = []
    for answer in referral_details.answers(site.kb, topic, question):
        option: dict[str, Any] = {
            "valueCoding": {"system": system, "code": answer.code, "display": answer.label}
        }
        if answer.alone:
            option["extension"] = [
                {"url": f"{STRUCTURE}/questionnaire-optionExclusive", "valueBoolean": True}
            ]
        options.append(option)
    return {
        "linkId": referral_details.link_id(question.id),
        "text": question.label,
        "type": "choice",
        "repeats": question.choose == "many",
        "answerOption": options,
    }
