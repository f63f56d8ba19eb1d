"""Holds records, vocabulary and pages to facts that were taken from the sources, not from the records.

The lists stand in `tests/content/facts/`. A fact of `table1`, `numbers`, `ratings`, `exclusions`, `pages` or
`sites` names its `source`, the place `where` it must stand, and what must stand there in one statement (on a
page: in one paragraph, list item or table row):

- `where`: `technique` (an id of a record or variant, a list of them, or "*") and `field` (one or several,
  dotted; without it the whole record but its notes on sources; `record` is the record itself), or `page`,
  `criteria`, `term`, or `everywhere` with `except`.
- `expect`: fields with their values. A list of ids must hold the expected ones; everything else is exact.
- `words`: words and numbers, or lists of which one must stand. A number never matches inside another one.
- `citations`: all of them must be cited by that same statement; with a locator exactly so.
- `basis`, `count` (how often), `only` (nothing else there has other fields), `absent` (must stand nowhere
  there), `given` (words or citations: wherever these stand, the rest of the fact must stand too).

A statement whose sentence and figures contradict each other fits no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from generator.config import Project
from generator.diagnostics import BuildFailed, format_text
from generator.inline import Citation, CitationGroup, CrossLink, parse_citation, parse_inline, plain_text
from generator.knowledge import KnowledgeBase
from generator.model.base import CitationMark, Prose, Record, Ref
from generator.model.clinical import Result, SpinalLevel
from generator.model.marks import marked_values, records_within
from generator.model.referral import Condition
from generator.model.technique import Technique, Variant
from generator.pipeline import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
FACTS = Path(__file__).resolve().parent / "facts"
FACT_FILES = ("table1", "numbers", "ratings", "exclusions", "pages", "sites")
FACT_KEYS = {
    "id",
    "source",
    "where",
    "expect",
    "words",
    "citations",
    "basis",
    "only",
    "count",
    "absent",
    "given",
}
WHERE_KEYS = {
    "technique",
    "field",
    "page",
    "term",
    "site",
    "criterion",
    "criteria",
    "everywhere",
    "except",
}
NOTES = ("source_notes",)
"""A note on the sources may name what the record itself must not say or cite."""


def facts_in(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((FACTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def expanded(facts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A fact that names several techniques or terms is one fact for each of them."""
    for fact in facts:
        kind = next((key for key in ("technique", "term") if isinstance(fact["where"].get(key), list)), None)
        if kind is None:
            yield fact
            continue
        for identifier in fact["where"][kind]:
            yield fact | {
                "id": f"{fact['id']}-{identifier}",
                "where": fact["where"] | {kind: identifier},
            }


FACT_LIST = [fact for name in FACT_FILES for fact in expanded(facts_in(name))]
CRITERIA = facts_in("criteria")
IDS: dict[str, list[str]] = yaml.safe_load((FACTS / "ids.yaml").read_text(encoding="utf-8"))
BACKGROUND = facts_in("background")
LOOKUPS: dict[str, Any] = yaml.safe_load((FACTS / "lookups.yaml").read_text(encoding="utf-8"))
REVIEW = "corriero2025missing"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    try:
        return load_knowledge(Project(ROOT))[0]
    except BuildFailed as failure:
        message = format_text(failure.diagnostics, carets=True)
    pytest.fail(f"the content does not build:\n{message}", pytrace=False)


@dataclass(frozen=True, slots=True)
class Found:
    """Something the site says: its place, its words, its sources and the record behind it."""

    place: str
    text: str
    citations: frozenset[str]
    record: BaseModel | None = None

    def __str__(self) -> str:
        fields = ""
        if self.record is not None:
            left_out = {"text", "citations", "reason", "caveat"}
            data = self.record.model_dump(mode="json", by_alias=True, exclude=left_out, exclude_defaults=True)
            fields = f"\n      {data}" if data and len(str(data)) < 500 else ""
        cited = ", ".join(sorted(self.citations)) or "nothing"
        return f"{self.place}: {self.text}\n      cites {cited}{fields}"


# --- what the site says ---


@cache
def normal(text: str) -> str:
    """Lower case, one kind of dash and of quotation mark, single spaces."""
    text = text.lower().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    return " ".join(re.sub("[‐‑‒–—−]", "-", text).split())


def citations_in(text: str) -> frozenset[str]:
    """Each citation as a bare key, and with its locator where it has one."""
    found: set[str] = set()
    for span in parse_inline(text):
        if isinstance(span, CitationGroup):
            for citation in span.citations:
                found |= names_of(citation)
    return frozenset(found)


def names_of(citation: Citation) -> set[str]:
    return {citation.key, f"{citation.key}, {citation.locator}".removesuffix(", ")}


def said(place: str, record: BaseModel) -> Found:
    """What one record says by itself, without the records inside it."""
    words = []
    cited: set[str] = set()
    identifiers: set[str] = set()
    for mark, path, value in marked_values(record, deep=False):
        if isinstance(mark, Ref):
            identifiers.add(str(path[0]))
        elif isinstance(mark, CitationMark):
            cited |= names_of(parse_citation(value))
        elif isinstance(mark, Prose):
            cited |= citations_in(value)
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        unsaid = {"citations", "review", "id", "basis", "claim"} | identifiers
        if (field.alias or name) in unsaid or isinstance(value, BaseModel):
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str):
                words.append(plain_text(item))
            elif isinstance(item, int) and not isinstance(item, bool) and name == "n":
                words.append(f"n = {item}")
    return Found(place, " | ".join(words), frozenset(cited), record)


def statements(place: str, record: BaseModel) -> Iterator[Found]:
    """Everything a record and the records inside it say, with places."""
    for path, inner in records_within(record):
        if path and path[0] == "review":
            continue
        yield said(".".join([place, *(str(part) for part in path)]), inner)


_TABLE_RULE = re.compile(r"\|[\s:|-]+\|?$")
_ITEM = re.compile(r"(?:[-*]|\d+\.) ")


def blocks(body: str) -> Iterator[tuple[str, str]]:
    """The paragraphs, list items and table rows of a page, each after the heading it stands under."""
    heading = ""
    block: list[str] = []
    for line in [*body.splitlines(), ""]:
        starts = not line.strip() or line.startswith(("#", "|")) or _ITEM.match(line)
        if starts and block:
            yield heading, " ".join(block)
            block = []
        if line.startswith("#"):
            heading = re.sub(r"\s*\{[^}]*\}\s*$", "", line.lstrip("# "))
        elif line.strip() and not _TABLE_RULE.fullmatch(line.strip()):
            block.append(line.strip())


def shown(text: str, kb: KnowledgeBase) -> str:
    """Markdown as plain words; a link without words of its own shows the name of what it leads to."""
    parts = []
    for span in parse_inline(text):
        if isinstance(span, CrossLink):
            parts.append(span.text or kb.name(span.kind, span.id))
        elif not isinstance(span, CitationGroup):
            parts.append(span.text)
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join("".join(parts).replace("*", "").split()))


def page_blocks(kb: KnowledgeBase, page: str) -> Iterator[Found]:
    prose = kb.pages[page]
    yield Found(f"{page}, lead", shown(prose.meta.lead, kb), citations_in(prose.meta.lead))
    for heading, block in blocks(prose.body):
        yield Found(f"{page}, {heading}", shown(block, kb), citations_in(block))


def field_of(record: BaseModel, path: str) -> Any:
    value: Any = record
    for name in path.split("."):
        value = getattr(value, name)
    return value


def named(value: Any, field: str) -> list[str]:
    return [value[field]] if isinstance(value.get(field), str) else list(value.get(field, ()))


def look(kb: KnowledgeBase, where: Mapping[str, Any]) -> list[Found]:
    """Everything that stands where a fact says it stands."""
    assert set(where) <= WHERE_KEYS, f"unknown place {set(where) - WHERE_KEYS}"
    if "everywhere" in where:
        left_out = set(named(where, "except"))
        return [found for origin, found in everywhere(kb) if origin not in left_out]
    if "page" in where:
        return [found for page in named(where, "page") for found in page_blocks(kb, page)]
    if "criteria" in where:
        return [said(f"criteria.{where['criteria']}", getattr(kb.criteria, where["criteria"]))]
    if "criterion" in where:
        criterion = next(item for item in kb.criteria.criteria if item.id == where["criterion"])
        return list(statements(criterion.id, criterion))
    if "term" in where:
        return [said(where["term"], kb.terms[where["term"]])]
    if "site" in where:
        return [said(where["site"], kb.sites[where["site"]])]
    identifier = where["technique"]
    if identifier == "*":
        return [found for each in kb.techniques for found in look(kb, where | {"technique": each})]
    record: Record = kb.variants[identifier][1] if identifier in kb.variants else kb.techniques[identifier]
    fields = named(where, "field")
    if fields == ["record"]:
        return [said(identifier, record)]
    found: list[Found] = []
    for field in fields or [name for name in type(record).model_fields if name not in (*NOTES, "review")]:
        value = field_of(record, field)
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(item, BaseModel):
                number = f".{index}" if isinstance(value, tuple) else ""
                found.extend(statements(f"{identifier}.{field}{number}", item))
    return found


_everywhere: dict[int, list[tuple[str, Found]]] = {}


def everywhere(kb: KnowledgeBase) -> list[tuple[str, Found]]:
    """The whole site without the notes on sources: id of the record or page, and what it says."""
    if id(kb) not in _everywhere:
        _everywhere[id(kb)] = list(_say_everything(kb))
    return _everywhere[id(kb)]


def _say_everything(kb: KnowledgeBase) -> Iterator[tuple[str, Found]]:
    for technique in kb.techniques.values():
        for found in statements(technique.id, technique):
            if not any(f".{name}." in found.place for name in NOTES):
                yield technique.id, found
    for collection in (kb.sites, kb.terms, kb.causes, kb.groups, kb.mechanisms):
        for identifier, record in collection.items():
            for found in statements(identifier, record):
                yield identifier, found
    for criterion in kb.criteria.criteria:
        for found in statements(criterion.id, criterion):
            yield criterion.id, found
    for page in kb.pages:
        for found in page_blocks(kb, page):
            yield page, found


# --- whether it is the fact ---


def stands(word: str, text: str) -> bool:
    """Whether a word or number stands in a text: not as the tail of another, no number as a part of one."""
    word = normal(word)
    start = r"(?<![\w])(?<!\d[.,])(?<!\d-)" if word[0].isdigit() else r"(?<!\w)" if word[0].isalpha() else ""
    end = r"(?![\d])(?![.,-]\d)" if word[-1].isdigit() else ""
    return re.search(start + re.escape(word) + end, text) is not None


def missing_words(fact: Mapping[str, Any], found: Found) -> list[str]:
    text = normal(found.text)
    figures = text.partition(" | ")[2] if isinstance(found.record, Result) else text
    missing = []
    for word in fact.get("words", ()):
        choices = [str(choice) for choice in (word if isinstance(word, list) else [word])]
        if not any(stands(choice, figures if choice[0].isdigit() else text) for choice in choices):
            missing.append(" or ".join(repr(str(choice)) for choice in choices))
    return missing


def missing_citations(fact: Mapping[str, Any], found: Found) -> list[str]:
    return [f"citation {key}" for key in fact.get("citations", ()) if key not in found.citations]


def plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, tuple | list):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain_value(item) for key, item in value.items()}
    return value


def wrong_fields(fact: Mapping[str, Any], found: Found) -> list[str]:
    """Expected fields that differ. Lists of ids must hold the expected ones, all else is exact."""
    wrong = []
    expected = dict(fact.get("expect", {}))
    if "basis" in fact:
        expected["basis"] = fact["basis"]
    for name, value in expected.items():
        if found.record is None:
            wrong.append(f"{name} is not a field here")
            continue
        field = {"from": "from_level", "to": "to_level"}.get(name, name)
        if field not in type(found.record).model_fields:
            wrong.append(f"has no {name}")
            continue
        actual = plain_value(getattr(found.record, field))
        if isinstance(value, list) and name != "months":
            if not set(value) <= set(actual):
                wrong.append(f"{name} is {actual!r}, not with {value!r}")
        elif actual != value:
            wrong.append(f"{name} is {actual!r}, not {value!r}")
    return wrong


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LEVEL = re.compile(r"\b(?:C[1-7]|T1[0-2]|T[1-9]|L[1-5]|S[1-5])\b")


def contradictions(found: Found) -> list[str]:
    """Where the sentence of a result or spinal level says another number than its figures."""
    record = found.record
    if isinstance(record, Result):
        fields = record.model_dump(mode="json", exclude={"text", "citations"}, exclude_none=True)
        figures = set(_NUMBER.findall(normal(" ".join(str(value) for value in fields.values()))))
        said_only = set(_NUMBER.findall(normal(plain_text(record.text)))) - figures
    elif isinstance(record, SpinalLevel):
        named_levels = set(_LEVEL.findall(plain_text(f"{record.text} {record.structure}")))
        said_only = {record.from_level, record.to_level or record.from_level} - named_levels
        said_only = said_only if named_levels else set()
    else:
        said_only = set()
    return [f"its words and its figures differ in {', '.join(sorted(said_only))}"] if said_only else []


def faults(fact: Mapping[str, Any], found: Found) -> list[str]:
    problems = wrong_fields(fact, found) + missing_words(fact, found) + missing_citations(fact, found)
    return problems if "absent" in fact else problems + contradictions(found)


def report(fact: Mapping[str, Any], headline: str, candidates: list[Found]) -> str:
    lines = [f"{fact['id']}: {headline}", f"  source: {fact['source']}", f"  looked in: {fact['where']}"]
    lines += [f"  {name}: {fact[name]}" for name in ("expect", "words", "citations", "basis") if name in fact]
    for found in sorted(candidates, key=lambda item: len(faults(fact, item)))[:6]:
        problems = faults(fact, found)
        lines.append(f"  - {found}")
        lines.append(f"      {'lacks ' + '; '.join(problems) if problems else 'fits'}")
    if not candidates:
        lines.append("  nothing stands there")
    return "\n".join(lines)


@pytest.mark.parametrize("fact", FACT_LIST, ids=lambda fact: fact["id"])
def test_fact(kb: KnowledgeBase, fact: dict[str, Any]) -> None:
    candidates = look(kb, fact["where"])
    if "given" in fact:
        candidates = [found for found in candidates if not faults(fact["given"] | {"absent": True}, found)]
        failing = [found for found in candidates if faults(fact, found)]
        assert candidates, f"{fact['id']}: nothing stands there with {fact['given']}"
        assert not failing, report(fact, f"must hold wherever {fact['given']} stands", failing)
        return
    fitting = [found for found in candidates if not faults(fact, found)]
    if fact.get("absent"):
        assert not fitting, report(fact, "must stand nowhere there", fitting)
        return
    assert fitting, report(fact, "stands nowhere there", candidates)
    if "count" in fact:
        assert len(fitting) == fact["count"], report(
            fact, f"stands {len(fitting)} times, not {fact['count']}", fitting
        )
    if fact.get("only"):
        others = [found for found in candidates if wrong_fields(fact, found)]
        assert not others, report(fact, "does not stand alone", others)


# --- referral criteria ---


def leaf_fits(expected: Any, condition: Condition) -> bool:
    """A finding: all key words stand in its label; a number is exactly as the source prints it."""
    spec = expected if isinstance(expected, dict) else {"words": expected}
    if condition.label is None:
        return False
    label = normal(plain_text(condition.label))
    return (
        all(
            any(stands(choice, label) for choice in (word if isinstance(word, list) else [word]))
            for word in spec["words"]
        )
        and condition.at_least == spec.get("at_least")
        and condition.out_of == spec.get("out_of")
    )


def logic_fits(expected: Any, condition: Condition) -> bool:
    """The same operators on the same findings, in any order."""
    if isinstance(expected, dict) and "words" not in expected:
        (operator, parts) = next(iter(expected.items()))
        children = condition.all if operator == "all" else condition.any
        return len(children) == len(parts) and any(
            all(logic_fits(part, child) for part, child in zip(parts, order, strict=True))
            for order in permutations(children)
        )
    return leaf_fits(expected, condition)


def findings(condition: Condition) -> Iterator[str]:
    if condition.label is not None:
        yield normal(plain_text(condition.label))
    for part in (*condition.all, *condition.any):
        yield from findings(part)


def test_there_are_nine_criteria_in_the_order_of_the_box(kb: KnowledgeBase) -> None:
    assert [(item.number, item.id) for item in kb.criteria.criteria] == [
        (fact["number"], fact["id"]) for fact in CRITERIA
    ]


@pytest.mark.parametrize("fact", CRITERIA, ids=lambda fact: fact["id"])
def test_criterion(kb: KnowledgeBase, fact: dict[str, Any]) -> None:
    criterion = next(item for item in kb.criteria.criteria if item.id == fact["id"])
    logic = yaml.safe_dump(
        criterion.logic.model_dump(exclude_defaults=True, mode="json"), sort_keys=False, allow_unicode=True
    )
    assert logic_fits(fact["logic"], criterion.logic), (
        f"{fact['id']}: the logic is not that of {fact['source']}\nexpected {fact['logic']}\nfound\n{logic}"
    )
    statement = said(criterion.id, criterion.statement)
    problems = missing_words({"words": fact["statement"]}, statement) + missing_citations(
        {"citations": [f"{REVIEW}, Box 2"]}, statement
    )
    assert not problems, f"{statement}\n      lacks {'; '.join(problems)}"
    assert sorted(normal(item) for item in criterion.examples) == sorted(fact.get("examples", []))
    for example in fact.get("not_a_finding", fact.get("examples", [])):
        assert not any(stands(example, label) for label in findings(criterion.logic)), (
            f"{fact['id']}: {example!r} is an example or a reason in the source, not a finding to tick"
        )
    beside = normal(" ".join(item.text for item in criterion.context))
    for word in fact.get("context", []):
        assert stands(word, beside), f"{fact['id']}: {word!r} does not stand beside the criterion: {beside!r}"


# --- lookups: nothing added ---


def cites_the_review(record: Any) -> bool:
    return any(parse_citation(citation).key == REVIEW for citation in record.citations)


def cited_for(record: Technique | Variant, lookup: str) -> set[str]:
    """What a record says on the word of the review in one of the site's lookups."""
    if lookup == "mechanisms":
        indicated = [item for item in record.indications if item.claim == "indicated"]
        return {name for item in indicated if cites_the_review(item) for name in item.mechanisms}
    if lookup == "guidance":
        uses = record.approach.guidance if isinstance(record, Technique) else record.guidance
        return {item.guidance for item in uses if cites_the_review(item)}
    if isinstance(record, Variant):
        return set()
    if lookup == "setting":
        return {item.setting for item in record.setting if cites_the_review(item)}
    if lookup == "evidence":
        return {str(item.value) for item in record.evidence if item.body == "review-2025"}
    if lookup in {"cost", "procedural_risk"}:
        return {item.grade for item in getattr(record, lookup) if cites_the_review(item)}
    windows = [item for item in record.prognosis if cites_the_review(item)]
    return {" ".join([item.limit, *map(str, item.months)]) for item in windows}


def records(kb: KnowledgeBase) -> Iterator[Technique | Variant]:
    yield from kb.techniques.values()
    yield from (variant for _, variant in kb.variants.values())


@pytest.mark.parametrize("lookup", sorted(LOOKUPS))
def test_the_review_is_cited_for_this_and_nothing_else(kb: KnowledgeBase, lookup: str) -> None:
    found = {record.id: sorted(cited_for(record, lookup)) for record in records(kb)}
    expected = {identifier: sorted(names) for identifier, names in LOOKUPS[lookup]["techniques"].items()}
    assert {identifier: names for identifier, names in found.items() if names} == expected


def test_the_review_is_cited_for_no_other_pain_site(kb: KnowledgeBase) -> None:
    listed = {
        (fact["where"].get("technique"), site)
        for fact in FACT_LIST
        if not fact.get("absent") and fact["where"].get("field") == "indications"
        for site in fact.get("expect", {}).get("pain_sites", ())
    }
    added = [
        f"{record.id}: {site} ({item.text})"
        for record in records(kb)
        for item in record.indications
        if item.claim == "indicated" and cites_the_review(item)
        for site in item.pain_sites
        if (record.id, site) not in listed
    ]
    assert added == []


# --- ids ---


def test_every_technique_of_the_sources_has_its_id(kb: KnowledgeBase) -> None:
    known = kb.techniques.keys() | kb.variants.keys()
    assert sorted(set(IDS["techniques"]) - known) == []


def test_every_pain_site_of_the_sources_has_its_id(kb: KnowledgeBase) -> None:
    known = kb.sites.keys() | {former for site in kb.sites.values() for former in site.merged}
    assert sorted(set(IDS["pain_sites"]) - known) == []


def test_every_abbreviation_and_term_of_the_sources_is_in_the_glossary(kb: KnowledgeBase) -> None:
    known = {
        normal(name)
        for term in kb.terms.values()
        for name in (term.term, term.id.replace("-", " "), *term.abbreviations, *term.synonyms)
    }
    assert [name for name in IDS["terms"] if normal(name) not in known] == []


AMBIGUOUS = re.compile(r"\b(?:LA|CA|PTA|REA|CrPS)\b")
EXPLAINED_IN = {"errata", "la", "ca", "pca", "rfa", "crp", "crps"}


def test_ambiguous_abbreviations_are_spelled_out(kb: KnowledgeBase) -> None:
    """LA is laser ablation to one reader and local anaesthetic to another: only the glossary prints it."""
    found = [
        str(item)
        for origin, item in everywhere(kb)
        if AMBIGUOUS.search(item.text) and origin not in EXPLAINED_IN
    ]
    assert found == []


@pytest.mark.parametrize("name", [*FACT_FILES, "criteria", "background"])
def test_the_lists_are_well_formed(name: str) -> None:
    seen: set[str] = set()
    for fact in facts_in(name):
        identifier = str(fact.get("id", fact.get("key")))
        assert identifier not in seen, f"{name}.yaml has {identifier} twice"
        seen.add(identifier)
        assert name == "background" or fact.get("source"), f"{identifier} names no source"
        if name in FACT_FILES:
            assert set(fact) <= FACT_KEYS, f"{identifier}: unknown {set(fact) - FACT_KEYS}"


def test_every_fact_has_an_id_of_its_own() -> None:
    identifiers = [fact["id"] for fact in FACT_LIST]
    assert sorted({item for item in identifiers if identifiers.count(item) > 1}) == []


# --- citations ---


def test_every_reference_of_the_review_is_cited(kb: KnowledgeBase) -> None:
    """Each of the 144 stands somewhere on the site; those that are only background are listed."""
    numbered = {item.review_number: item.key for item in kb.references.values() if item.review_number}
    assert sorted(numbered) == list(range(1, 145))
    uncited = [f"[{number}] {key}" for number, key in sorted(numbered.items()) if key not in kb.cited_by]
    assert uncited == [], "cited nowhere on the site: " + ", ".join(uncited)


def test_references_that_only_pages_cite_are_listed_as_background(kb: KnowledgeBase) -> None:
    listed = {item["key"] for item in BACKGROUND}
    unlisted = [
        f"[{item.review_number}] {item.key}"
        for item in kb.references.values()
        if item.review_number
        and item.key not in listed
        and {place.kind for place in kb.cited_by.get(item.key, ())} <= {"page"}
    ]
    assert unlisted == []


@pytest.mark.parametrize("item", BACKGROUND, ids=lambda item: item["key"])
def test_background_reference_stands_beside_its_topic(kb: KnowledgeBase, item: dict[str, Any]) -> None:
    assert kb.references[item["key"]].review_number == item["number"]
    places = [found for _, found in everywhere(kb) if item["key"] in found.citations]
    assert any(not missing_words({"words": item["topic"]}, found) for found in places), (
        f"[{item['number']}] {item['key']} is not cited for {item['topic']} ({item['source']}), but in:\n  "
        + ("\n  ".join(str(found) for found in places) or "nothing")
    )


def test_every_statement_has_a_citation(kb: KnowledgeBase) -> None:
    bare: list[str] = []
    records: list[tuple[str, BaseModel]] = list(kb.techniques.items())
    for collection in (kb.sites, kb.terms, kb.mechanisms, kb.causes, kb.groups):
        records.extend(collection.items())
    records.extend((item.id, item) for item in kb.criteria.criteria)
    records.extend((name, getattr(kb.criteria, name)) for name in ("rule", "status", "why"))
    records.extend((topic.id, topic.why) for topic in kb.details.topics)
    for identifier, record in records:
        for found in statements(identifier, record):
            inner = found.record
            speaks = getattr(inner, "definition", None) or getattr(inner, "text", None)
            if speaks and "citations" in type(inner).model_fields and not found.citations:
                bare.append(f"{found.place}: {found.text}")
    assert bare == []
