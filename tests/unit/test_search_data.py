"""Names, words and records for the search, and the index step."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from generator.exports.search_data import folded, search_data, search_records
from generator.knowledge import KnowledgeBase
from generator.render import Renderer
from generator.search_index import IndexFailed, build_index, index_as_data
from generator.views import facets
from generator.views.context import SiteContext

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Celiac plexus", "celiac plexus"),
        ("EUS-CPN", "eus cpn"),
        ("  Sjøgren’s  naïve ", "sjøgren s naive"),
        ("T12–L1", "t12 l1"),
        ("(…)", ""),
    ],
)
def test_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_the_same_names_give_the_same_bytes(everything: KnowledgeBase) -> None:
    """Names that differ in one part alone stand in one order, whatever the order in which they were met."""
    names = [item for item in files(everything).items() if item[0].startswith("names-")]
    assert names
    for _, rows in names:
        assert rows == sorted(rows)


def files(kb: KnowledgeBase) -> dict[str, Any]:
    return {
        item.path.removeprefix("s/"): json.loads(item.content) for item in search_data(SiteContext(kb), "s")
    }


def names_of(data: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file, rows in data.items():
        if file.startswith("names-"):
            for words, _kind, _title, address, _note in rows:
                assert file == f"names-{ord(words[0]):x}.json"
                found.setdefault(words, set()).add(address)
    return found


def test_every_name_leads_to_its_page(real: KnowledgeBase) -> None:
    names = names_of(files(real))
    for technique in real.current_techniques():
        for name in (technique.name, *technique.abbreviations, *technique.synonyms):
            assert f"techniques/{technique.id}/" in names[folded(name)]
        for variant in technique.variants:
            assert f"techniques/{technique.id}/#{variant.id}" in names[folded(variant.name)]
    for place in real.sites.values():
        for name in (place.name, *place.synonyms):
            assert f"pain-sites/{place.id}/" in names[folded(name)]
    for term in real.terms.values():
        assert f"glossary/#{term.id}" in names[folded(term.term)]
    assert "pain-sites/pancreas/" in names["pancreas cancer"]


def test_retired_records_have_no_name(everything: KnowledgeBase) -> None:
    retired = {item.id for item in everything.techniques.values() if item.replaced_by}
    assert retired
    addresses = set().union(*names_of(files(everything)).values())
    assert not {f"techniques/{identifier}/" for identifier in retired} & addresses


def test_abbreviations_that_can_be_mistaken(real: KnowledgeBase) -> None:
    mistaken = files(real)["words.json"]["mistaken"]
    addresses = {key: {meaning[2] for meaning in entry["meanings"]} for key, entry in mistaken.items()}
    both = {"techniques/radiofrequency-ablation/", "techniques/radiofrequency-neurolysis/"}
    assert addresses["rfa"] == addresses["rfn"] == both
    assert mistaken["rfa"]["say"]
    assert len(addresses["pca"]) == 2
    assert "shpn" not in mistaken


def test_terms_and_references_are_records(real: KnowledgeBase) -> None:
    found = {record.address: record for record in search_records(SiteContext(real))}
    assert len(found) == len(real.terms) + len(real.references)
    assert "CPN" in found["glossary/#cpn"].aliases
    assert found["references/corriero2025missing/"].kind == facets.REFERENCE


def test_words_hold_drugs_and_authors_but_no_markup(real: KnowledgeBase) -> None:
    data = files(real)["words.json"]
    words = data["words"].split()
    assert {"bupivacaine", "ziconotide", "corriero", "vertebroplasty"} <= set(words)
    assert words == sorted(set(words))
    assert not [word for word in words if word != folded(word)]
    assert set(data["inNames"].split()) <= set(words)


def test_facets_of_a_technique(real: KnowledgeBase) -> None:
    found = dict(facets.of_technique(real, real.techniques["superior-hypogastric-plexus-neurolysis"]))
    assert found["group"] == ("Blocks, neurolysis and ablation",)
    assert "Pelvis" in found["site"]
    assert "Visceral" in found["mechanism"]
    assert any(value.endswith("(rated for the class)") for value in found["evidence"])


def test_a_pain_site_belongs_to_the_wider_ones(real: KnowledgeBase) -> None:
    assert dict(facets.of_site(real, "pancreas"))["site"][0] == "Upper abdomen"


def test_not_rated_is_a_choice(minimal: KnowledgeBase) -> None:
    technique = next(iter(minimal.current_techniques())).model_copy(
        update={"evidence": (), "inherits_from": None}
    )
    assert dict(facets.of_technique(minimal, technique))["evidence"] == ("Not rated",)


def test_an_unmarked_site_is_no_index(tmp_path: Path, minimal: KnowledgeBase) -> None:
    (tmp_path / "index.html").write_text("<html><body>words</body></html>", "utf-8")
    with pytest.raises(IndexFailed, match="marked with data-pagefind-body"):
        build_index(tmp_path, SiteContext(minimal), Renderer(TEMPLATES, minimal))


def address_of(fragment: Path) -> str:
    """The address of a page as Pagefind keeps it."""
    text = gzip.decompress(fragment.read_bytes()).decode()
    return str(json.loads(text.removeprefix("pagefind_dcd"))["url"])


def test_the_index_holds_pages_terms_and_references(tmp_path: Path, minimal: KnowledgeBase) -> None:
    page = '<html lang="en"><body data-pagefind-body><h1>Patch</h1>A tube is patched.</body></html>'
    (tmp_path / "patch").mkdir()
    (tmp_path / "patch" / "index.html").write_text(page, "utf-8")
    (tmp_path / "frame.html").write_text("<html><body>Of no use to Pagefind.</body></html>", "utf-8")
    context = SiteContext(minimal)
    assert build_index(tmp_path, context, Renderer(TEMPLATES, minimal)) == 1 + len(
        list(search_records(context))
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["frame.html", "patch", "search"]
    assert [path for path in tmp_path.parent.iterdir() if path.name.startswith(f"{tmp_path.name}-")] == []
    assert "/patch/" in {
        address_of(path) for path in (tmp_path / "search" / "pagefind" / "fragment").iterdir()
    }
    shipped = {path.name for path in (tmp_path / "search" / "pagefind").iterdir()}
    assert {"pagefind.js", "wasm.en.pagefind", "pagefind-entry.json"} <= shipped
    assert not [name for name in shipped if "ui" in name or "worker" in name or "highlight" in name]
    assert (tmp_path / "search" / "words.json").is_file()
    packed = json.loads(index_as_data(tmp_path))
    original = (tmp_path / "search" / "pagefind" / "wasm.en.pagefind").read_bytes()
    assert base64.b64decode(packed["wasm.en.pagefind"]) == original
    assert {"pagefind.js", "pagefind-entry.json"} <= set(packed)
