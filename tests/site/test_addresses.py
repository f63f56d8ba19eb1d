"""Addresses that other people rely on and the anchors within them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.site import records
from tests.site.built import BuiltSite
from tests.site.html import Element

pytestmark = pytest.mark.engine

PAGES = [
    "",
    "techniques/",
    "pain-sites/",
    "referral-checklist/",
    "references/",
    "glossary/",
    "about/",
    "coverage/",
    "status/",
    "concordance/",
    "learn/",
    "evidence-map/",
    "search/",
    "finder/",
    "compare/",
    "offline/",
    "study/",
    "changes/",
    "data/",
]
DATA = [
    "index.json",
    "techniques.json",
    "pain-sites.json",
    "references.json",
    "glossary.json",
    "referral-criteria.json",
    "techniques.csv",
    "indications.csv",
    "evidence.csv",
    "study.json",
    "study/study.csv",
    "study/study.gift.txt",
    "study/study.moodle.xml",
    "schema/technique.schema.json",
    "references.bib",
    "references.ris",
    "references.csl.json",
]
TECHNIQUE_FIELDS = (
    "id name abbreviations synonyms group kind parent summary indications not_indicated anatomy approach "
    "advantages limitations complications contraindications cautions setting prognosis cost "
    "procedural_risk evidence results related citations review url"
).split()


def ids(page: Element) -> set[str]:
    """Every id of a page."""
    return {element.get("id") for element in page if element.get("id")}


def pain_sites(site: BuiltSite) -> list[dict[str, Any]]:
    """The pain sites of the vocabulary."""
    return records.vocabulary(site.root, "pain-sites", "pain_sites")


def test_every_fixed_address_is_there(pages: dict[str, Element]) -> None:
    """The pages of the table of addresses."""
    assert [address for address in PAGES if address not in pages] == []


def test_every_record_has_its_page(site: BuiltSite, pages: dict[str, Element]) -> None:
    """Techniques, pain sites, groups and prose pages, and no page besides."""
    techniques = records.techniques(site.root)
    wanted = {f"techniques/{key}/" for key, record in techniques.items() if "replaced_by" not in record}
    wanted |= {f"pain-sites/{place['id']}/" for place in pain_sites(site)}
    wanted |= {
        f"groups/{group['id']}/" for group in records.vocabulary(site.root, "technique-groups", "groups")
    }
    wanted |= {f"{address}/" for address in records.prose_pages(site.root)}
    study = json.loads((site.folder / "api/v1/study.json").read_text("utf-8"))
    wanted |= {f"study/{key}/" for key in study["techniques"]}
    wanted |= {f"references/{key}/" for key in records.reference_keys(site.root)}
    assert len(wanted) > 100
    assert wanted - set(pages) == set()
    wanted |= {f"changes/{path.stem}/" for path in (site.root / "content" / "releases").glob("[0-9]*.json")}
    assert set(pages) - wanted - set(PAGES) - {"changes/next/"} == {"404.html"}


def test_former_ids_lead_to_the_present_page(site: BuiltSite) -> None:
    """A merged pain site or a replaced technique leaves a redirect without a script."""
    former = {
        f"pain-sites/{old}": f"../{place['id']}/"
        for place in pain_sites(site)
        for old in place.get("merged", ())
    }
    for identifier, record in records.techniques(site.root).items():
        if "replaced_by" in record:
            former[f"techniques/{identifier}"] = f"../{record['replaced_by']}/"
    assert former, "no record was ever renamed: choose another test"
    for address, target in former.items():
        page = site.page(address)
        refresh = page.one("meta", **{"http-equiv": "refresh"}).get("content")
        landing = (site.folder / address / refresh.removeprefix("0; url=")).resolve()
        assert landing == (site.folder / address / target).resolve()
        assert page.one("a").get("href") == refresh.removeprefix("0; url=")


def test_every_variant_has_its_anchor(site: BuiltSite, pages: dict[str, Element]) -> None:
    """`techniques/<id>/#<variant>` is a place on the page."""
    wanted = {
        (f"techniques/{key}/", variant["id"])
        for key, record in records.techniques(site.root).items()
        for variant in record.get("variants", ())
    }
    assert len(wanted) > 8
    assert {(address, variant) for address, variant in wanted if variant not in ids(pages[address])} == set()


def test_every_term_criterion_and_reference_has_its_anchor(
    site: BuiltSite, pages: dict[str, Element]
) -> None:
    """Glossary terms, referral criteria and the reference list, read from the sources."""
    terms = {term["id"] for term in records.vocabulary(site.root, "glossary", "terms")}
    criteria = {item["id"] for item in records.vocabulary(site.root, "referral-criteria", "criteria")}
    references = {f"ref-{key}" for key in records.reference_keys(site.root)}
    assert (len(criteria), len(terms) > 20, len(references) > 200) == (9, True, True)
    assert terms - ids(pages["glossary/"]) == set()
    assert criteria - ids(pages["referral-checklist/"]) == set()
    assert references - ids(pages["references/"]) == set()


def test_every_file_of_data_is_there(site: BuiltSite) -> None:
    """Each file is there, is not empty and can be read as what its name says."""
    for name in DATA:
        content = (site.folder / "api" / "v1" / name).read_text("utf-8-sig")
        assert content.strip(), name
        if name.endswith("json"):
            assert json.loads(content), name
        elif name.endswith("csv"):
            lengths = {len(row) for row in csv.reader(io.StringIO(content))}
            assert len(lengths) == 1, name
    bibtex = (site.folder / "api/v1/references.bib").read_text("utf-8")
    keys = {f"ref-{key}" for key in records.reference_keys(site.root)}
    assert bibtex.count("\n@") + bibtex.startswith("@") == len(keys)


def test_every_technique_has_a_file_of_data(site: BuiltSite) -> None:
    """The file of one technique says the same as the list of all, and its address is a page."""
    api = site.folder / "api" / "v1"
    everyone = {item["id"]: item for item in json.loads((api / "techniques.json").read_text("utf-8"))}
    assert set(everyone) == set(records.techniques(site.root))
    for identifier, data in everyone.items():
        assert json.loads((api / "techniques" / f"{identifier}.json").read_text("utf-8")) == data
        assert [field for field in TECHNIQUE_FIELDS if field not in data] == []
        assert (site.folder / data["url"].strip("/") / "index.html").is_file()


def test_addresses_in_the_data_are_places_of_the_site(site: BuiltSite, pages: dict[str, Element]) -> None:
    """Every `url` of the index, with its anchor."""
    index = json.loads((site.folder / "api/v1/index.json").read_text("utf-8"))
    urls = [
        item["url"] for items in index.values() if isinstance(items, list) for item in items if "url" in item
    ]
    assert len(urls) > 60
    for url in urls:
        address, _, anchor = url.removeprefix("/").partition("#")
        assert address in pages, url
        assert not anchor or anchor in ids(pages[address]), url
