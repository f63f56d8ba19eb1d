"""What changed between two versions: the comparison, its data, the feed."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import feedparser
import pytest

from generator.exports.changes import changes_data, compare, since_last
from generator.exports.published import published_records
from generator.knowledge import KnowledgeBase
from generator.model.published import FieldChange, Published
from generator.render import Renderer
from generator.views import changes
from generator.views.context import SiteContext
from tests.golden import TEMPLATES

RECORD = "techniques/a"


def record(**fields: Any) -> dict[str, dict[str, Any]]:
    return {RECORD: {"id": "a", "name": "A", "url": "/techniques/a/", **fields}}


def statement(anchor: str, text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "citations": ["x2020y"], **more, "anchor": anchor}


def fields(before: dict[str, Any], after: dict[str, Any]) -> tuple[FieldChange, ...]:
    (change,) = compare(record(**before), record(**after))
    assert (change.record, change.name, change.what) == (RECORD, "A", "changed")
    return change.fields


def test_nothing_changed() -> None:
    same = record(advantages=[statement("a.1", "One.")], synonyms=["b"])
    assert compare(same, json.loads(json.dumps(same))) == ()


def test_records_come_and_go() -> None:
    other = {"techniques/b": {"id": "b", "name": "B", "url": "/techniques/b/"}}
    assert [(item.record, item.what) for item in compare(record(), other)] == [
        ("techniques/b", "added"),
        (RECORD, "removed"),
    ]


def test_a_statement_is_known_by_its_anchor() -> None:
    before = {"advantages": [statement("a.1", "One."), statement("a.2", "Two.")]}
    after = {"advantages": [statement("a.2", "Two, then."), statement("a.1", "One.")]}
    assert fields(before, after) == (FieldChange("advantages", "changed", "a.2", "Two.", "Two, then."),)


def test_what_stands_beside_the_text_is_compared_too() -> None:
    before = {"complications": [statement("c.1", "Pain.", frequency="rare")]}
    after = {"complications": [statement("c.1", "Pain.", frequency="common")]}
    assert fields(before, after) == (
        FieldChange("complications", "changed", "c.1", "frequency: rare", "frequency: common"),
    )


def test_values_lists_and_inner_records_by_their_names() -> None:
    before = {
        "synonyms": ["b"],
        "variants": [{"id": "v", "name": "Vee", "cautions": [statement("c.1", "Old.")]}],
    }
    after = {"synonyms": ["b", "c"], "variants": [{"id": "v", "name": "Vee", "cautions": []}]}
    assert fields(before, after) == (
        FieldChange("synonyms", "changed", "", "b", "b; c"),
        FieldChange("variants: Vee: cautions", "removed", "c.1", "Old. · citations: x2020y", ""),
    )


def test_an_address_alone_is_no_change_of_content() -> None:
    moved = record()
    moved[RECORD]["url"] = "/elsewhere/"
    assert compare(record(), moved) == ()


def test_every_record_is_in_the_comparison(real: KnowledgeBase) -> None:
    names = published_records(SiteContext(real)).keys()
    assert {f"techniques/{key}" for key in real.techniques} <= names
    assert {f"pain-sites/{key}" for key in real.sites} <= names
    assert {f"references/{key}" for key in real.references} <= names
    assert {f"glossary/{key}" for key in real.terms} <= names
    assert {f"pages/{key}" for key in real.pages} <= names


def test_before_the_first_release_nothing_is_new(minimal: KnowledgeBase) -> None:
    assert since_last(SiteContext(minimal)) is None


def test_what_no_version_has_yet(everything: KnowledgeBase) -> None:
    release = since_last(SiteContext(everything))
    assert release is not None
    assert (release.version, release.previous) == ("next", "1.1")
    change = next(item for item in release.changes if item.record == "techniques/patch-a-tube")
    assert [(item.field, item.what) for item in change.fields] == [
        ("variants: Self-adhesive patch: limitations", "added"),
        ("advantages", "changed"),
        ("variants: Self-adhesive patch: limitations", "removed"),
    ]
    listed = {item.path: json.loads(item.content) for item in changes_data(SiteContext(everything), release)}
    assert [item["version"] for item in listed["api/v1/changes.json"]] == ["next", "1.1", "1.0"]
    records = [item["record"] for item in listed["api/v1/changes/next.json"]["changes"]]
    assert records == [item.record for item in release.changes]


def parsed(kb: KnowledgeBase) -> Any:
    made = Renderer(TEMPLATES, kb).file("f", "feeds/changes.xml.j2", changes.feed(SiteContext(kb)))
    found = feedparser.parse(made.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_the_feed_is_atom(everything: KnowledgeBase) -> None:
    found = parsed(everything)
    assert found.feed.title == "The Bicycle Repair Guide: what changed"
    assert found.feed.id.startswith("urn:uuid:")
    assert found.feed.updated_parsed is not None
    assert [entry.title for entry in found.entries] == [
        "Version 1.1, 31 January 2026",
        "Version 1.0, 31 January 2026",
    ]
    assert len({entry.id for entry in found.entries} | {found.feed.id}) == 3
    entry = found.entries[0]
    assert entry.link == "https://repair.example/guide/changes/1.1/"
    assert "The inner tube around the hole" in entry.content[0].value
    assert 'href="https://repair.example/guide/techniques/patch-a-tube/"' in entry.content[0].value


def test_without_an_address_links_are_relative_and_identities_stay(everything: KnowledgeBase) -> None:
    publication = everything.publication.model_copy(update={"address": None})
    found = parsed(dataclasses.replace(everything, publication=publication))
    assert found.entries[0].link == "../changes/1.1/"
    assert [entry.id for entry in found.entries] == [entry.id for entry in parsed(everything).entries]


def test_a_feed_without_a_release_is_valid(minimal: KnowledgeBase) -> None:
    found = parsed(minimal)
    assert found.entries == []
    assert found.feed.updated_parsed is not None


def test_a_page_bears_so_many_changes(everything: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is counted on the page and stands in the data."""
    monkeypatch.setattr(changes, "MOST_FIELDS", 1)
    site = SiteContext(everything)
    page = next(page for page in changes.pages(site, since_last(site), "") if page.address == "changes/next")
    view = page.sections[0].data
    assert isinstance(view, changes.ReleaseView)
    release = since_last(site)
    assert release is not None
    assert sum(len(item.fields) for item in view.records) == 1
    assert (
        sum(item.more for item in view.records) == sum(len(item.fields) for item in release.changes) - 1 > 0
    )


def test_what_is_gone_has_no_link(everything: KnowledgeBase) -> None:
    last = everything.published
    records = {**last.records, "techniques/lost": {"id": "lost", "name": "Lost", "url": "/techniques/lost/"}}
    kb = dataclasses.replace(everything, published=Published(last.releases, records, last.withdrawn))
    site = SiteContext(kb)
    page = next(page for page in changes.pages(site, since_last(site), "") if page.address == "changes/next")
    view = page.sections[0].data
    assert isinstance(view, changes.ReleaseView)
    assert [(item.name, item.href) for item in view.records if item.what == "removed"] == [("Lost", "")]
