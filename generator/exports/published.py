"""The records of a build as a later one is compared with: their data without what follows from others."""

from __future__ import annotations

from typing import Any

from generator import routes
from generator.exports.records_json import JsonExport
from generator.views.context import SiteContext

# Fields that are made from other records; those say themselves what changed.
_DERIVED = frozenset(
    {
        "asked",
        "children",
        "cited_by",
        "cited_notices",
        "from_class",
        "links",
        "members",
        "not_for",
        "standing",
        "technique_count",
        "techniques",
    }
)
# On a pain site these two list techniques; on a technique `citations` repeats its statements.
_DERIVED_OF_TECHNIQUE = _DERIVED - {"techniques", "not_for"} | {"citations"}


def published_records(site: SiteContext) -> dict[str, dict[str, Any]]:
    """Every record by its name, `techniques/cordotomy`, as plain data with its address as `url`."""
    export = JsonExport(site)
    kb = site.kb
    found: dict[str, dict[str, Any]] = {}
    for technique in kb.techniques.values():
        data = export.technique(technique)
        found[f"techniques/{technique.id}"] = _own(data, _DERIVED_OF_TECHNIQUE)
    for kind, records in (
        ("pain-sites", export.sites()),
        ("glossary", export.glossary()),
        ("referral-criteria", export.criteria()["criteria"]),
    ):
        for data in records:
            found[f"{kind}/{data['id']}"] = _own(data, _DERIVED)
    for data in export.references():
        found[f"references/{data['key']}"] = _own(data, _DERIVED)
    for page in kb.pages.values():
        data = export.record(page.meta) | {"text": page.body, "url": "/" + routes.from_root(page.id)}
        found[f"pages/{page.id}"] = _own(data, _DERIVED)
    return found


def name_of(data: dict[str, Any]) -> str:
    """What a record is called, whatever its kind calls its name."""
    return str(next(data[field] for field in ("name", "term", "title") if field in data))


def _own(data: dict[str, Any], derived: frozenset[str]) -> dict[str, Any]:
    """Without what is derived and what is empty."""
    return {
        name: value for name, value in data.items() if name not in derived and value not in (None, "", [], {})
    }
