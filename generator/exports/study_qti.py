"""The question bank as an IMS QTI 2.1 package: an item for each question, a test of all by kind.

No title names a technique, for of some questions it is the answer.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.exports.study_text import StudyText
from generator.views.context import SiteContext
from generator.views.study_bank import Bank
from generator.views.study_question import Question

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
_METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
# The same bytes for the same files: no clock.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def study(site: SiteContext, bank: Bank) -> bytes:
    """The package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _files(site, bank):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def identifier(question: str) -> str:
    """The id of a question as an identifier of XML."""
    return f"q-{question}"


def _files(site: SiteContext, bank: Bank) -> Iterator[tuple[str, bytes]]:
    text = StudyText(site)
    yield "imsmanifest.xml", _dump(_manifest(site, text, bank))
    yield "test.xml", _dump(_test(site, bank))
    for question in bank.questions:
        yield f"items/{question.id}.xml", _dump(_item(text, question))


def _dump(element: Element) -> bytes:
    indent(element)
    return bytes(tostring(element, encoding="utf-8", xml_declaration=True)) + b"\n"


def _item(text: StudyText, question: Question) -> Element:
    item = Element(
        "assessmentItem",
        {
            "xmlns": _QTI,
            "xmlns:xsi": _SCHEMA,
            "xsi:schemaLocation": f"{_QTI} {_QTI}.xsd",
            "identifier": identifier(question.id),
            "title": text.kind(question),
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    if question.right is None:
        _open(item, question)
    else:
        _choice(item, question)
    feedback = SubElement(
        item, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="answer", showHide="show"
    )
    block = SubElement(feedback, "div")
    for line in text.explanation(question).split("\n"):
        SubElement(block, "p").text = line
    return item


def _choice(item: Element, question: Question) -> None:
    assert question.right is not None
    names = [f"option-{number}" for number in range(1, len(question.options) + 1)]
    response = SubElement(
        item, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="identifier"
    )
    SubElement(SubElement(response, "correctResponse"), "value").text = names[question.right]
    _outcomes(item)
    interaction = SubElement(
        SubElement(item, "itemBody"),
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxChoices="1",
    )
    SubElement(interaction, "prompt").text = question.ask
    for name, option in zip(names, question.options, strict=True):
        SubElement(interaction, "simpleChoice", identifier=name).text = option
    processing = SubElement(item, "responseProcessing")
    condition = SubElement(processing, "responseCondition")
    matched = SubElement(condition, "responseIf")
    match = SubElement(matched, "match")
    SubElement(match, "variable", identifier="RESPONSE")
    SubElement(match, "correct", identifier="RESPONSE")
    score = SubElement(matched, "setOutcomeValue", identifier="SCORE")
    SubElement(score, "baseValue", baseType="float").text = "1"
    _show_answer(processing)


def _open(item: Element, question: Question) -> None:
    response = SubElement(
        item, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="string"
    )
    SubElement(SubElement(response, "correctResponse"), "value").text = question.answer
    _outcomes(item)
    interaction = SubElement(
        SubElement(item, "itemBody"),
        "extendedTextInteraction",
        responseIdentifier="RESPONSE",
        expectedLines="5",
    )
    SubElement(interaction, "prompt").text = question.ask
    _show_answer(SubElement(item, "responseProcessing"))


def _outcomes(item: Element) -> None:
    for name, kind in (("SCORE", "float"), ("FEEDBACK", "identifier")):
        SubElement(item, "outcomeDeclaration", identifier=name, cardinality="single", baseType=kind)


def _show_answer(processing: Element) -> None:
    """After an answer, what the records say is always shown."""
    value = SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    SubElement(value, "baseValue", baseType="identifier").text = "answer"


def _test(site: SiteContext, bank: Bank) -> Element:
    test = Element(
        "assessmentTest",
        {
            "xmlns": _QTI,
            "xmlns:xsi": _SCHEMA,
            "xsi:schemaLocation": f"{_QTI} {_QTI}.xsd",
            "identifier": "study",
            "title": site.kb.study.deck,
        },
    )
    part = SubElement(
        test, "testPart", identifier="all", navigationMode="nonlinear", submissionMode="individual"
    )
    for kind in site.kb.study.kinds:
        questions = [question for question in bank.questions if question.kind == kind.id]
        if not questions:
            continue
        section = SubElement(
            part, "assessmentSection", identifier=f"k-{kind.id}", title=kind.name, visible="true"
        )
        for question in questions:
            name = identifier(question.id)
            SubElement(section, "assessmentItemRef", identifier=name, href=f"items/{question.id}.xml")
    return test


def _manifest(site: SiteContext, text: StudyText, bank: Bank) -> Element:
    manifest = Element(
        "manifest",
        {
            "xmlns": _CONTENT,
            "xmlns:imsmd": _METADATA,
            "xmlns:xsi": _SCHEMA,
            "xsi:schemaLocation": f"{_CONTENT} http://www.imsglobal.org/xsd/imscp_v1p1.xsd "
            f"{_METADATA} http://www.imsglobal.org/xsd/imsmd_v1p2p2.xsd",
            "identifier": "study-package",
        },
    )
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    lom = SubElement(metadata, "imsmd:lom")
    general = SubElement(lom, "imsmd:general")
    _worded(SubElement(general, "imsmd:title"), site.kb.study.deck)
    rights = SubElement(lom, "imsmd:rights")
    _worded(SubElement(rights, "imsmd:description"), text.credit)
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    test = SubElement(
        resources, "resource", identifier="study-test", type="imsqti_test_xmlv2p1", href="test.xml"
    )
    SubElement(test, "file", href="test.xml")
    for question in bank.questions:
        SubElement(test, "dependency", identifierref=identifier(question.id))
    for question in bank.questions:
        href = f"items/{question.id}.xml"
        resource = SubElement(
            resources,
            "resource",
            identifier=identifier(question.id),
            type="imsqti_item_xmlv2p1",
            href=href,
        )
        SubElement(resource, "file", href=href)
    return manifest


def _worded(element: Element, words: str) -> None:
    SubElement(element, "imsmd:langstring", {"xml:lang": "en"}).text = words
