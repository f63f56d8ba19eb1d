"""The tables beside the figures. Attribution stands in the last columns of every row: it survives sorting and
filtering, and a spreadsheet opens the file as a plain table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.exports import tables_csv
from generator.model.technique import Technique
from generator.views import checklist as checklist_view
from generator.views.attribution import Attribution
from generator.views.context import SiteContext
from generator.views.evidence import value_in_words
from generator.views.fits import standing
from generator.views.techniques import TechniqueTable
from generator.views.timing import TimingChart

ATTRIBUTION = ("page", "from", "licence", "credit", "checked", "clinical_review", "caution", "address")


@dataclass(frozen=True, slots=True)
class Table:
    """Names of columns, and rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def with_attribution(table: Table, credit: Attribution) -> bytes:
    """The table as CSV."""
    last = (
        credit.title,
        credit.name,
        credit.licence.name,
        credit.credit,
        credit.checked,
        credit.reviewed,
        credit.caution,
        credit.address,
    )
    return tables_csv.table((*table.header, *ATTRIBUTION), ((*row, *last) for row in table.rows))


def _keys(item: Mapping[str, Any]) -> str:
    return "; ".join(item["citations"])


def _levels(_site: SiteContext, data: Mapping[str, Any]) -> Table:
    return Table(
        ("structure", "role", "from_level", "to_level", "text", "citations"),
        tuple(
            (item["structure"], item["role"], item["from"], item["to"], item["text"], _keys(item))
            for item in data["anatomy"]["levels"]
        ),
    )


def _with_class(site: SiteContext, data: Mapping[str, Any], field: str) -> Sequence[tuple[str, Any]]:
    """Records of a field with the id of which they were said: the technique's own, then its class's."""
    record = site.kb.techniques[data["id"]]
    parent = site.kb.class_of(record)
    found = [(record.id, item) for item in getattr(record, field)]
    return [*found, *((parent.id, item) for item in getattr(parent, field))] if parent else found


def _windows(site: SiteContext, data: Mapping[str, Any]) -> Table:
    return Table(
        ("said_of", "limit", "months", "similar_to", "text", "citations"),
        tuple(
            (
                said_of,
                item.limit,
                "–".join(str(month) for month in item.months),
                item.similar_to or "",
                site.plain(item.text),
                "; ".join(item.citations),
            )
            for said_of, item in _with_class(site, data, "prognosis")
        ),
    )


def _evidence(site: SiteContext, data: Mapping[str, Any]) -> Table:
    return Table(
        ("rated_for", "body", "year", "scale", "value", "pain_sites", "mechanisms", "text", "citations"),
        tuple(
            (
                rated_for,
                site.kb.bodies[item.body].name,
                site.kb.bodies[item.body].year,
                site.kb.scales[site.kb.bodies[item.body].scale].name,
                value_in_words(item.value),
                "; ".join(item.pain_sites),
                "; ".join(item.mechanisms),
                site.plain(item.text),
                "; ".join(item.citations),
            )
            for rated_for, item in _with_class(site, data, "evidence")
        ),
    )


def _body(site: SiteContext, data: Mapping[str, Any]) -> Table:
    record = site.kb.techniques[data["id"]]
    return Table(
        ("pain_site", "name", "region", "text", "citations"),
        tuple(
            (
                place,
                site.kb.sites[place].name,
                "; ".join(site.regions_of[place]),
                site.plain(item.text),
                "; ".join(item.citations),
            )
            for item in record.indications
            if standing(item) == "described"
            for place in item.pain_sites
        ),
    )


OF_TECHNIQUE: Mapping[str, Callable[[SiteContext, Mapping[str, Any]], Table]] = {
    "levels": _levels,
    "windows": _windows,
    "evidence": _evidence,
    "body": _body,
}


def fit_sites(site: SiteContext, record: Technique) -> tuple[tuple[str, ...], frozenset[str]]:
    """Pain sites for which a source describes a technique, and the regions of the drawn body they lie in."""
    described = (item for item in record.indications if standing(item) == "described")
    places = tuple(dict.fromkeys(place for item in described for place in item.pain_sites))
    return places, frozenset(region for place in places for region in site.drawn_regions_of[place])


def techniques(view: TechniqueTable) -> Table:
    """The table of techniques as its page shows it."""
    return Table(
        ("technique", "group", "described_for", "evidence", "setting", "window", "risk", "cost"),
        tuple(
            (
                row.technique.text,
                row.group,
                "; ".join(place.text for place in row.sites),
                " | ".join(
                    " ".join(filter(None, (item.value, item.source, item.scope))) for item in row.badges
                ),
                row.setting,
                " | ".join(row.windows),
                row.risk,
                row.cost,
            )
            for row in view.rows
        ),
    )


def body_map(site: SiteContext) -> Table:
    """Every region of the drawn body."""
    kb = site.kb
    return Table(
        ("pain_region", "name", "techniques_described"),
        tuple(
            (region.site, kb.sites[region.site].name, site.technique_counts[region.site])
            for region in (kb.body.regions if kb.body else ())
        ),
    )


def timing(site: SiteContext, chart: TimingChart) -> Table:
    """Every printed window, and the techniques without one."""
    return Table(
        ("technique", "kind", "window", "said_of_class", "text"),
        tuple(
            (
                row.technique.text,
                row.kind,
                row.label,
                row.of_class.text if row.of_class else "",
                "".join(piece.text for piece in row.statement.pieces if piece.kind != "cite")
                if row.statement
                else "",
            )
            for row in chart.table
        ),
    )


def checklist(site: SiteContext) -> Table:
    """The criteria with their logic in words; the rule in a row of its own."""
    criteria, _ = site.kb.checklist
    rows = [
        (
            str(item.number),
            item.id,
            item.title,
            site.plain(item.statement.text),
            checklist_view.logic_in_words(site, item.logic),
            "; ".join(item.statement.citations),
        )
        for item in criteria.criteria
    ]
    rule = ("", "rule", "", site.plain(criteria.rule.text), "", "; ".join(criteria.rule.citations))
    return Table(("number", "id", "title", "text", "logic", "citations"), (*rows, rule))
