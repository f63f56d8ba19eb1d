"""The data interface: what is on a page is in the JSON and the CSV, with its citations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from generator.exports.all import all_exports
from generator.exports.records_json import JsonExport
from generator.exports.tables_csv import cell, table
from generator.knowledge import KnowledgeBase
from generator.model.base import CitationMark, Prose
from generator.model.marks import marked_values
from generator.views.context import SiteContext

ALWAYS = [
    "id", "name", "abbreviations", "synonyms", "group", "kind", "parent", "summary", "indications",
    "not_indicated", "anatomy", "approach", "advantages", "limitations", "complications", "contraindications",
    "cautions", "setting", "prognosis", "cost", "procedural_risk", "evidence", "results", "related",
    "citations", "review", "url",
]  # fmt: skip
_made: dict[int, dict[str, bytes]] = {}


@pytest.fixture(params=["minimal", "everything", "real"])
def kb(request: pytest.FixtureRequest) -> KnowledgeBase:
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


def make(kb: KnowledgeBase) -> dict[str, bytes]:
    return {item.path.removeprefix("api/v1/"): item.content for item in all_exports(SiteContext(kb))}


def exported(kb: KnowledgeBase) -> dict[str, bytes]:
    """The files of a project, made once for all tests."""
    if id(kb) not in _made:
        _made[id(kb)] = make(kb)
    return _made[id(kb)]


def as_json(kb: KnowledgeBase, name: str) -> Any:
    return json.loads(exported(kb)[name])


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def walk(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from walk(item)


def test_the_files_are_those_that_were_promised(everything: KnowledgeBase) -> None:
    """Under /api/v1/, from the first release."""
    files = set(exported(everything))
    assert {
        "index.json", "techniques.json", "pain-sites.json", "references.json", "glossary.json",
        "referral-criteria.json", "referral-details.json", "fhir/Questionnaire-referral-checklist.json",
        "fhir/CodeSystem-referral-checklist.json", "techniques.csv", "indications.csv", "evidence.csv",
        "evidence-map.csv", "finder.json", "vocabulary.json", "data-dictionary.json", "data-dictionary.csv",
        "datapackage.json", "schema/technique.schema.json", "references.bib", "references.ris",
        "references.csl.json",
    } <= files  # fmt: skip
    assert {f"techniques/{identifier}.json" for identifier in everything.techniques} <= files


def test_the_same_records_give_the_same_bytes(kb: KnowledgeBase) -> None:
    """No clock, no order of chance."""
    assert make(kb) == exported(kb)


def test_every_technique_has_every_promised_field(kb: KnowledgeBase) -> None:
    """Empty or not, in its own file as in the file of all."""
    for technique in as_json(kb, "techniques.json"):
        assert [name for name in ALWAYS if name not in technique] == []
        assert technique == as_json(kb, f"techniques/{technique['id']}.json")


def test_every_statement_carries_text_and_citations(kb: KnowledgeBase) -> None:
    """Citations are keys of the reference file; places in a source stand beside them."""
    keys = {item["key"] for item in as_json(kb, "references.json")}
    statements = 0
    for name in ("techniques.json", "pain-sites.json", "glossary.json", "referral-criteria.json",
                 "referral-details.json"):  # fmt: skip
        for item in walk(as_json(kb, name)):
            if "citations" in item and isinstance(item.get("text"), str):
                statements += 1
                assert item["text"].strip()
            if "basis" in item:
                assert item["citations"], item
            assert set(item.get("citations", ())) <= keys
            assert set(item.get("locators", ())) <= set(item.get("citations", ()))
    assert statements


def test_no_inline_syntax_is_left(kb: KnowledgeBase) -> None:
    """Text in the data is plain words."""
    for name, content in exported(kb).items():
        if name.endswith((".json", ".csv")) and not name.startswith("schema/"):
            assert b"[@" not in content, name
            assert b"[[" not in content, name


def test_every_text_and_citation_of_a_record_is_in_json_and_csv(kb: KnowledgeBase) -> None:
    """Nothing that a page shows is missing from the data."""
    files = exported(kb)
    site = SiteContext(kb)
    table_rows = {row["id"]: " ".join(row.values()) for row in rows(files["techniques.csv"])}
    for technique in kb.techniques.values():
        data = json.loads(files[f"techniques/{technique.id}.json"])
        words = {value for item in walk(data) for value in item.values() if isinstance(value, str)}
        for mark, path, value in marked_values(technique):
            if isinstance(mark, Prose):
                assert site.plain(value) in words, (technique.id, path)
                assert " ".join(site.plain(value).split()) in table_rows[technique.id], (technique.id, path)
            elif isinstance(mark, CitationMark):
                assert value.partition(",")[0] in data["citations"], (technique.id, path)
                assert value.partition(",")[0] in table_rows[technique.id], (technique.id, path)


def test_citations_inside_a_text_are_listed(everything: KnowledgeBase) -> None:
    """In a summary, a reason, a caveat, a definition: all that stand on the page."""
    patch = as_json(everything, "techniques/patch-a-tube.json")
    assert patch["summary"]["citations"] == ["okafor2021tubes", "brown2019wheels"]
    assert patch["summary"]["locators"] == {"okafor2021tubes": "p. 3", "brown2019wheels": "p. 12"}
    assert "okafor2021tubes" in patch["evidence"][0]["citations"]
    assert "lee2020rides" in patch["results"][0]["citations"]
    (tube,) = [term for term in as_json(everything, "glossary.json") if term["id"] == "inner-tube"]
    assert tube["citations"] == ["brown2019wheels", "okafor2021tubes"]
    assert tube["locators"] == {"brown2019wheels": "p. 4", "okafor2021tubes": "p. 7"}


def test_two_places_in_one_source_are_both_kept(everything: KnowledgeBase) -> None:
    """The key once, its places together."""
    statement = everything.techniques["patch-a-tube"].summary
    cited = ("brown2019wheels, p. 1", "brown2019wheels, p. 2", "brown2019wheels")
    changed = everything.techniques["patch-a-tube"].model_copy(
        update={"summary": statement.model_copy(update={"text": "x", "citations": cited})}
    )
    summary = JsonExport(SiteContext(everything)).technique(changed)["summary"]
    assert summary["citations"] == ["brown2019wheels"]
    assert summary["locators"] == {"brown2019wheels": "p. 1; p. 2"}


def test_a_member_carries_what_its_class_hands_on_apart_from_its_own(everything: KnowledgeBase) -> None:
    """A rating of the class never stands among the technique's own."""
    replace = as_json(everything, "techniques/replace-a-tube.json")
    assert replace["evidence"] == []
    assert [rating["value"] for rating in replace["from_class"]["evidence"]] == ["Two"]
    assert as_json(everything, "techniques/lubricate.json")["from_class"] == {}


def test_a_rating_names_body_scale_and_year(everything: KnowledgeBase) -> None:
    """A value means nothing without its scale."""
    rating = as_json(everything, "techniques/brake-service.json")["evidence"][0]
    found = {name: rating[name] for name in ("body", "body_name", "scale", "year", "value")}
    assert found == {
        "body": "club",
        "body_name": "Touring club",
        "scale": "club",
        "year": 2021,
        "value": {"level": ["III", "I"], "grade": ["B", "A"]},
    }


def test_the_index_lists_variants_with_their_anchors(everything: KnowledgeBase) -> None:
    """Every id that was ever given out leads somewhere."""
    index = as_json(everything, "index.json")
    found = {item["id"]: item for item in index["techniques"]}
    assert set(found) == {*everything.techniques, *everything.variants}
    assert found["self-adhesive-patch"]["url"] == "/techniques/patch-a-tube/#self-adhesive-patch"
    assert found["self-adhesive-patch"]["parent"] == "patch-a-tube"
    assert found["glue-a-tyre"]["replaced_by"] == "patch-a-tube"
    assert [site["merged"] for site in index["pain_sites"] if site["id"] == "wheel"] == [
        ["front-wheel", "back-wheel"]
    ]


def test_the_index_counts_what_is_there(kb: KnowledgeBase) -> None:
    """Numbers for a reader who wants to know how much there is."""
    counts = as_json(kb, "index.json")["counts"]
    assert counts["techniques"] == len(as_json(kb, "techniques.json"))
    assert counts["pain_sites"] == len(as_json(kb, "pain-sites.json"))
    assert counts["references"] == len(as_json(kb, "references.json"))
    assert counts["glossary"] == len(as_json(kb, "glossary.json"))


def test_a_site_tells_what_fits_and_what_does_not(everything: KnowledgeBase) -> None:
    """The two are never mixed."""
    sites = {site["id"]: site for site in as_json(everything, "pain-sites.json")}
    assert [item["technique"] for item in sites["squeal"]["techniques"]] == [
        "adjust-a-brake",
        "markup-in-text",
    ]
    assert [item["technique"] for item in sites["squeal"]["not_for"]] == ["patch-a-tube"]
    assert sites["wheel"]["children"] == ["tyre", "rim"]


def test_a_reference_tells_where_it_is_cited(everything: KnowledgeBase) -> None:
    """Kind, id, field and the statement in plain words."""
    references = {item["key"]: item for item in as_json(everything, "references.json")}
    assert references["markup2022"]["cited_by"][0]["id"] == "markup-in-text"
    assert all("[@" not in place["text"] for item in references.values() for place in item["cited_by"])


def test_no_clinical_review_is_said_in_words(everything: KnowledgeBase) -> None:
    """In JSON and CSV; where there is one, it names the reviewer."""
    assert as_json(everything, "techniques/lubricate.json")["review"]["clinical_review"] == "none yet"
    reviews = {row["id"]: row["clinical_review"] for row in rows(exported(everything)["techniques.csv"])}
    assert reviews["lubricate"] == "none yet"
    assert reviews["patch-a-tube"] == "Ada Adeyemi, Mechanic, Lagos, 2026-02-03"


# --- tables


@pytest.mark.parametrize("name", ["techniques.csv", "indications.csv", "evidence.csv"])
def test_a_table_opens_in_a_spreadsheet(name: str, kb: KnowledgeBase) -> None:
    """A byte order mark, line ends of RFC 4180, one column for each name in every row."""
    content = exported(kb)[name]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(set(lines[0])) == len(lines[0])


@pytest.mark.parametrize("name", ["techniques.csv", "indications.csv", "evidence.csv"])
def test_no_cell_acts_as_a_formula(name: str, everything: KnowledgeBase) -> None:
    """Not even for a record whose text looks like one."""
    for line in csv.reader(io.StringIO(exported(everything)[name].decode("utf-8-sig"))):
        assert [value for value in line if value.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        (" =1", "'=1"),
        ("−0.42", "−0.42"),
        ("a = b", "a = b"),
        ("two\nlines", "two lines"),
        (None, ""),
        (0, "0"),
    ],
)
def test_a_cell_is_text(value: object, text: str) -> None:
    """On one line, and with an apostrophe where a spreadsheet would calculate."""
    assert cell(value) == text


def test_quotes_commas_and_pipes_come_back_as_they_were() -> None:
    """What is written is what is read."""
    values = ['a "quoted" word', "a, b", "a | b", "ü 日本 עברית"]
    assert rows(table(["a", "b", "c", "d"], [values])) == [dict(zip("abcd", values, strict=True))]


def test_a_title_is_never_listed_as_an_indication(everything: KnowledgeBase) -> None:
    """Standing says how firmly the source speaks."""
    found = [
        (row["variant"], row["standing"], row["pain_site"])
        for row in rows(exported(everything)["indications.csv"])
        if row["technique"] == "patch-a-tube"
    ]
    assert found == [
        ("", "indicated", "tyre"),
        ("", "reported", "rim"),
        ("", "title", "first-ride"),
        ("self-adhesive-patch", "indicated", "tyre"),
        ("", "not indicated", "squeal"),
    ]


def test_a_rating_of_the_class_says_what_was_rated(everything: KnowledgeBase) -> None:
    """One row for each rating; for a member of a class the class stands in its own column."""
    found = [
        (row["rated_for"], row["body"], row["value"])
        for row in rows(exported(everything)["evidence.csv"])
        if row["technique"] == "replace-a-tube"
    ]
    assert found == [("puncture-repair", "handbook", "Two")]
