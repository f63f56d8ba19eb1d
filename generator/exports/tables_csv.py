"""Tables as CSV for a spreadsheet: UTF-8 with a byte order mark, no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from generator.exports.records_json import JsonExport
from generator.inline import parse_citation
from generator.knowledge import KnowledgeBase
from generator.published import tables
from generator.views.evidence import value_in_words

_NOT_DETAILS = frozenset({"text", "citations", "locators"})
_USUAL: tuple[Any, ...] = (None, False, [], "not-stated")
_USUAL_BY_FIELD = {"basis": "text", "claim": "indicated"}
# The last four are the wide forms that some spreadsheets read in the same way.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """A value as text; one that a spreadsheet would run as a formula gets an apostrophe."""
    text = "" if value is None else " ".join(str(value).split())
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One CSV file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def statements(items: Iterable[dict[str, Any]]) -> str:
    """Statements of one field in one cell, with what else they say and their citation keys."""
    return " | ".join(f"{item['text']}{_details(item)} [{'; '.join(item['citations'])}]" for item in items)


def _details(item: dict[str, Any]) -> str:
    """' (frequency: rare; serious: true)': the further fields of a statement that say something."""
    found = [
        f"{name}: {_words(value)}"
        for name, value in item.items()
        if name not in _NOT_DETAILS and value not in _USUAL and value != _USUAL_BY_FIELD.get(name)
    ]
    return f" ({'; '.join(found)})" if found else ""


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_words(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "true" if value is True else str(value)


def _variants(variants: Iterable[dict[str, Any]]) -> str:
    """Each variant with its name, its summary and all its statements."""
    cells = []
    for variant in variants:
        lists = (value for value in variant.values() if isinstance(value, list))
        items = [item for value in lists for item in value if isinstance(item, dict)]
        cells.append(f"{variant['id']}: {variant['name']}: {statements([variant['summary'], *items])}")
    return " | ".join(cells)


def _reviews(reviews: Any) -> str:
    """'Name, role, date', or the words that stand for none."""
    if isinstance(reviews, str):
        return reviews
    return "; ".join(", ".join(str(value) for value in item.values() if value) for item in reviews)


def techniques(kb: KnowledgeBase, records: Sequence[dict[str, Any]]) -> bytes:
    """One row for each technique, one column for each field."""
    fields = [
        "indications",
        "not_indicated",
        "advantages",
        "limitations",
        "complications",
        "contraindications",
        "cautions",
        "bleeding_risk",
        "setting",
        "prognosis",
        "cost",
        "procedural_risk",
        "evidence",
        "results",
        "source_notes",
    ]
    rows = []
    for data in records:
        anatomy, approach, review = data["anatomy"], data["approach"], data["review"]
        rows.append(
            [
                data["id"],
                data["name"],
                "; ".join(data["abbreviations"]),
                "; ".join(data["synonyms"]),
                data["group"],
                data["kind"],
                data["parent"],
                data["inherits_from"],
                statements([data["summary"]]),
                statements([anatomy["target"]] if anatomy["target"] else []),
                " | ".join(_level(level) for level in anatomy["levels"]),
                *(statements(anatomy[name]) for name in ("territory", "landmarks", "structures_at_risk")),
                *(statements(approach[name]) for name in ("guidance", "position", "route", "agents")),
                *(statements(data[name]) for name in fields),
                statements([data["evidence_note"]] if data["evidence_note"] else []),
                _variants(data["variants"]),
                " | ".join(_relation(item) for item in data["related"]),
                data["replaced_by"],
                review["checked"],
                _reviews(review["clinical_review"]),
                review["next_due"],
                "; ".join(data["citations"]),
                data["url"],
                notices_among(kb, data["citations"]),
            ]
        )
    return table(tables.TECHNIQUES.header, rows)


def notices_among(kb: KnowledgeBase, citations: Iterable[str]) -> str:
    """'key: retraction; key: correction': the sources with a notice; a place after a key is left out."""
    keys = dict.fromkeys(parse_citation(citation).key for citation in citations)
    found = ((key, kb.references[key].standing) for key in keys)
    return "; ".join(f"{key}: {standing.kind}" for key, standing in found if standing)


def _relation(item: dict[str, Any]) -> str:
    link = f"{item['technique']} ({item['relation']})"
    return f"{link}: {item['text']} [{'; '.join(item['citations'])}]" if item["text"] else link


def _level(level: dict[str, Any]) -> str:
    stretch = "–".join(filter(None, (level["from"], level["to"])))
    return (
        f"{level['structure']}: {stretch} ({level['role']}) {level['text']} [{'; '.join(level['citations'])}]"
    )


def indications(kb: KnowledgeBase, records: Sequence[dict[str, Any]]) -> bytes:
    """One row for each statement of what a technique is for, or not for, and site."""
    rows: list[list[Any]] = []
    for data in records:
        for variant, items in (
            ("", data["indications"]),
            *((item["id"], item["indications"]) for item in data["variants"]),
        ):
            for item in items:
                standing = "title" if item["basis"] == "title" else item["claim"]
                rows.extend(_indication_rows(kb, data["id"], variant, standing, item))
        for item in data["not_indicated"]:
            rows.extend(_indication_rows(kb, data["id"], "", "not indicated", item))
    return table(tables.INDICATIONS.header, rows)


def _indication_rows(
    kb: KnowledgeBase, technique: str, variant: str, standing: str, item: dict[str, Any]
) -> list[list[Any]]:
    return [
        [
            technique,
            variant,
            standing,
            site,
            "; ".join(item["mechanisms"]),
            "; ".join(item.get("causes", ())),
            item["text"],
            item["basis"],
            "; ".join(item["citations"]),
            notices_among(kb, item["citations"]),
        ]
        for site in item["pain_sites"] or [""]
    ]


def evidence(kb: KnowledgeBase, export: JsonExport) -> bytes:
    """One row for each rating, own or of the class."""
    rows = []
    for technique in kb.techniques.values():
        parent = kb.class_of(technique)
        for rated_for, ratings in (
            (technique.id, technique.evidence),
            (parent and parent.id, parent.evidence if parent else ()),
        ):
            for rating in ratings:
                data = export.record(rating)
                rows.append(
                    [
                        technique.id,
                        rated_for,
                        data["body"],
                        data["year"],
                        data["scale"],
                        value_in_words(rating.value),
                        "; ".join(rating.pain_sites),
                        data["text"],
                        data["reason"],
                        "; ".join(data["citations"]),
                        notices_among(kb, data["citations"]),
                    ]
                )
    return table(tables.EVIDENCE.header, rows)
