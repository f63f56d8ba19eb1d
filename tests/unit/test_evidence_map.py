"""The evidence map: every cell from the records, in every way a technique can stand at a pain site."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import Any

import pytest

from generator.config import Project
from generator.exports.evidence_map_csv import evidence_map
from generator.knowledge import KnowledgeBase
from generator.views import evidence_map as page
from generator.views import evidence_picture
from generator.views.context import SiteContext
from generator.views.evidence_cells import cells, scale_choices, value
from generator.views.evidence_map_view import EvidenceMap, MapCell, StatementList
from tests.site import records


def test_each_way_to_stand_looks_different(everything: KnowledgeBase) -> None:
    """One technique at five pain sites: rated, reported, by a title, spoken against, silent."""
    stars = everything.scales["stars"]

    def shown(site: str, technique: str = "patch-a-tube") -> tuple[str, str, str] | None:
        cell = cells(everything, site).get(technique)
        if cell is None:
            return None
        found = value(everything, cell, stars)
        return found.look, found.text, found.small

    assert shown("tyre") == ("own", "Three", "")
    assert shown("rim") == ("reported", "reported", "")
    assert shown("first-ride") == ("title", "title only", "")
    assert shown("squeal") == ("against", "not for", "")
    assert shown("tyre", "quick-check") is None


def test_a_rating_of_the_class_says_so(real: KnowledgeBase) -> None:
    """The review rates plexus neurolysis as a class, for visceral pain; a member shows both."""
    scale = real.scales["review-2025"]
    upper = cells(real, "upper-abdomen")
    member = value(real, upper["celiac-plexus-neurolysis"], scale)
    own = value(real, upper["plexus-sympathetic-neurolysis"], scale)
    assert (member.look, member.text, member.small) == ("class", "Moderate", "class, in part")
    assert (own.look, own.text, own.small) == ("own", "Moderate", "in part")


def test_a_rating_limited_to_a_site_holds_there_and_in_part_above(everything: KnowledgeBase) -> None:
    """It is never shown for a site that it does not name; a mechanism makes it partial everywhere."""
    club = everything.scales["club"]
    found = {
        site: value(everything, cells(everything, site)["patch-a-tube"], club)
        for site in ("wheel", "tyre", "rim")
    }
    assert (found["tyre"].text, found["tyre"].small) == ("II / B", "in part")
    assert (found["wheel"].text, found["wheel"].small) == ("II / B", "in part")
    assert found["rim"].look == "reported"


def test_the_ramp_follows_the_steps_of_the_scale(everything: KnowledgeBase) -> None:
    """Of three steps the strongest has the darkest colour; words have none."""
    cell = cells(everything, "tyre")["patch-a-tube"]
    levels = {scale.id: value(everything, cell, scale).level for scale in everything.scales.values()}
    assert levels == {"stars": 4, "club": 3, "words": 0}


def expected_cells(project: Project) -> dict[tuple[str, str], set[str]]:
    """(technique, region) to what its records say there, read from the YAML by another route."""
    sites = {item["id"]: item for item in records.vocabulary(project.root, "pain-sites", "pain_sites")}

    def regions(site: str) -> set[str]:
        wider = [sites[site].get("parent"), *sites[site].get("also_in", [])]
        above = {region for name in wider if name for region in regions(name)}
        return above | ({site} if not sites[site].get("parent") else set())

    found: dict[tuple[str, str], set[str]] = {}

    def note(technique: str, item: dict[str, Any], what: str) -> None:
        for site in item.get("pain_sites", []):
            for region in regions(site):
                found.setdefault((technique, region), set()).add(what)

    data = records.techniques(project.root)
    for name, record in data.items():
        variants = chain.from_iterable(item.get("indications", []) for item in record.get("variants", []))
        for item in chain(record.get("indications", []), variants):
            title = item.get("basis") == "title"
            note(name, item, "title" if title else item.get("claim", "indicated"))
        for item in record.get("not_indicated", []):
            note(name, item, "against")
        heir_of = data.get(record.get("inherits_from", ""), {})
        for item in chain(record.get("evidence", []), heir_of.get("evidence", [])):
            note(name, item, "rated")
    return found


def test_every_cell_and_every_gap_of_the_real_records(real: KnowledgeBase, real_project: Project) -> None:
    """The published table has rows for each technique and region, which stand as the records say."""
    expected = expected_cells(real_project)
    rows = list(csv.DictReader(io.StringIO(evidence_map(real).decode("utf-8-sig"))))
    techniques = [technique.id for technique in real.current_techniques()]
    regions = [region.id for region in real.regions()]
    assert {(row["technique"], row["pain_region"]) for row in rows} == {
        (technique, region) for technique in techniques for region in regions
    }
    for row in rows:
        said = expected.get((row["technique"], row["pain_region"]), set())
        if not said:
            standing = "gap"
        elif "indicated" in said:
            standing = "described"
        elif "rated" in said:
            standing = "rated"
        elif "reported" in said:
            standing = "reported"
        elif "title" in said:
            standing = "title"
        else:
            standing = "against"
        assert row["standing"] == standing, row
        assert row["source_speaks_against"] == ("" if not said else str("against" in said).lower()), row
        assert standing == "gap" or row["citations"], row


@pytest.fixture(scope="module")
def built(real: KnowledgeBase) -> tuple[EvidenceMap, StatementList]:
    """The data of both sections of the page."""
    first, second, *_ = page.build(SiteContext(real)).sections
    assert isinstance(first.data, EvidenceMap)
    assert isinstance(second.data, StatementList)
    return first.data, second.data


def filled(data: EvidenceMap) -> list[MapCell]:
    matrices = (data.overview, *data.regions)
    return [
        cell
        for matrix in matrices
        for group in matrix.groups
        for row in group.rows
        for cell in row.cells
        if cell.href
    ]


def test_every_cell_leads_to_a_row_with_its_statements(built: tuple[EvidenceMap, StatementList]) -> None:
    """No cell without a row, and no row that says nothing."""
    data, listed = built
    rows = {
        row.id: row for group in listed.groups for technique in group.techniques for row in technique.rows
    }
    assert {cell.href.removeprefix("#") for cell in filled(data)} == set(rows)
    assert all(row.statements or row.against or row.values for row in rows.values())


def test_every_cell_has_one_value_in_every_scale(
    built: tuple[EvidenceMap, StatementList], real: KnowledgeBase
) -> None:
    """So that no choice of scale leaves a cell without words."""
    numbers = sorted(choice.number for choice in scale_choices(real))
    for cell in filled(built[0]):
        assert sorted(" ".join(item.scales for item in cell.values).split()) == numbers
        assert all(item.text for item in cell.values)


def test_cells_and_gaps_add_up(built: tuple[EvidenceMap, StatementList], real: KnowledgeBase) -> None:
    """Nothing is left out of the count."""
    overview = built[0].overview
    assert overview.techniques == len(list(real.current_techniques()))
    assert overview.filled + overview.gaps == overview.techniques * len(list(real.regions()))
    assert {matrix.id for matrix in built[0].regions} == {region.id for region in real.regions()}


def test_style_sheet_knows_every_scale(real: KnowledgeBase, real_project: Project) -> None:
    """The choice of a scale is made by the style sheet, which counts them."""
    sheet = real_project.templates / "components" / "evidencemap" / "evidencemap.css"
    text = sheet.read_text("utf-8")
    for choice in scale_choices(real):
        assert f'#map-scale-{choice.number}:checked) [data-s]:not([data-s~="{choice.number}"])' in text


def test_a_picture_for_each_scale_and_group(real: KnowledgeBase) -> None:
    """Each says what it shows, how many gaps there are, and keeps its text inside its frame."""
    found = dict(evidence_picture.pictures(SiteContext(real)))
    groups = {technique.group for technique in real.current_techniques()}
    assert len(found) == len(scale_choices(real)) * (1 + len(groups))
    for picture in found.values():
        techniques = int(picture.description.split()[0])
        assert len(picture.boxes) + len(picture.gaps) == techniques * len(list(real.regions()))
        assert f"{len(picture.gaps)} gaps" in picture.description
        assert all(0 < box.x < picture.width and 0 < box.y < picture.height for box in picture.boxes)
