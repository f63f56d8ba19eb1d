"""Every source that the finder or the comparison can show leads to an entry on the technique's page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.site.built import BuiltSite
from tests.site.html import Element

pytestmark = pytest.mark.engine


def cited(data: Any) -> set[str]:
    """Every key that stands in a list of sources."""
    if isinstance(data, dict):
        own = {place.split(",")[0] for name in ("cite", "citations") for place in data.get(name, [])}
        return own.union(*(cited(value) for value in data.values()))
    return set().union(*(cited(value) for value in data)) if isinstance(data, list) else set()


def test_every_citation_leads_to_its_reference(site: BuiltSite, pages: dict[str, Element]) -> None:
    """Those of the technique and those of its class, which its page shows too."""
    data = json.loads((site.folder / "api/v1/finder.json").read_text("utf-8"))
    by_id = {item["id"]: item for item in data["techniques"]}
    inherited = ("cautions", "bleeding", "limits", "harms", "settings", "windows", "risk", "cost")
    missing = []
    for technique in by_id.values():
        ids = {item.get("id") for item in pages[f"techniques/{technique['id']}/"] if item.get("id")}
        given = by_id.get(technique.get("of_class", ""), {})
        keys = cited(technique) | cited([given.get(name, []) for name in inherited])
        missing += [f"{technique['id']}: {key}" for key in keys if f"ref-{key}" not in ids]
        missing += [f"{technique['id']}#{place}" for place in ("indications", "evidence") if place not in ids]
    assert missing == []


def test_the_ways_to_the_tools(pages: dict[str, Element]) -> None:
    """A technique leads to the comparison with itself first, a pain site to the finder with it chosen."""
    without = 0
    for address, page in pages.items():
        kind, _, identifier = address.strip("/").partition("/")
        links = [link.get("href") for link in page.one("article").all("a")] if identifier else []
        if kind == "techniques" and identifier:
            assert any(href.startswith(f"../../compare/#ids={identifier}") for href in links), address
        if kind == "pain-sites" and identifier:
            # Without a described technique the finder would list none.
            listed = any("that a source describes" in table.text for table in page.all("table"))
            assert (f"../../finder/#site={identifier}" in links) == listed, address
            without += not listed
    assert 0 < without < 40
