"""Tables as CSV for a spreadsheet: UTF-8 with a byte order mark, no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from generator.exports.records_json import JsonExport
from generator.knowledge import KnowledgeBase
from generator.views.evidence import value_in_words

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
    """Statements of one field in one cell, with their citation keys."""
    return " | ".join(f"{item['text']} [{'; '.join(item['citations'])}]" for item in items)


def techniques(records: Sequence[dict[str, Any]]) -> bytes:
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
    header = [
        "id",
        "name",
        "abbreviations",
        "synonyms",
        "group",
        "kind",
        "parent",
        "inherits_from",
        "summary",
    ]
    header += ["target", "levels", "territory", "landmarks", "structures_at_risk"]
    header += ["guidance", "position", "route", "agents", *fields]
    header += ["related", "checked", "clinical_review", "next_due", "citations", "url"]
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
                "; ".join(item["technique"] for item in data["related"]),
                review["checked"],
                review["clinical_review"],
                review["next_due"],
                "; ".join(data["citations"]),
                data["url"],
            ]
        )
    return table(header, rows)


def _level(level: dict[str, Any]) -> str:
    stretch = "–".join(filter(None, (level["from"], level["to"])))
    return f"{level['structure']}: {stretch} ({level['role']})"


def indications(records: Sequence[dict[str, Any]]) -> bytes:
    """One row for each statement of what a technique is for, or not for, and pain site."""
    header = [
        "technique",
        "variant",
        "standing",
        "pain_site",
        "mechanisms",
        "causes",
        "text",
        "basis",
        "citations",
    ]
    rows: list[list[Any]] = []
    for data in records:
        for variant, items in (
            ("", data["indications"]),
            *((item["id"], item["indications"]) for item in data["variants"]),
        ):
            for item in items:
                standing = "title" if item["basis"] == "title" else item["claim"]
                rows.extend(_indication_rows(data["id"], variant, standing, item))
        for item in data["not_indicated"]:
            rows.extend(_indication_rows(data["id"], "", "not indicated", item))
    return table(header, rows)


def _indication_rows(technique: str, variant: str, standing: str, item: dict[str, Any]) -> list[list[Any]]:
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
        ]
        for site in item["pain_sites"] or [""]
    ]


def evidence(kb: KnowledgeBase, export: JsonExport) -> bytes:
    """One row for each rating, own or of the class."""
    header = [
        "technique",
        "rated_for",
        "body",
        "year",
        "scale",
        "value",
        "pain_sites",
        "scope",
        "reason",
        "citations",
    ]
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
                    ]
                )
    return table(header, rows)
