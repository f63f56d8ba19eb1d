"""What the finder and the comparison read: every technique with what is said for and against it, compact.

One file without white space and without empty fields. A statement is `text` and `cite`, the places where it
is said: BibTeX keys, each with its locator after a comma. `references` gives each key its author and year.
What a class says for its members stands on the class alone; a member names it in `of_class`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from generator import routes
from generator.bibliography import short_form
from generator.knowledge import KnowledgeBase
from generator.model.clinical import Rating
from generator.model.technique import Technique
from generator.views import evidence, tables, windows
from generator.views.context import BASIS_TAGS, PageContext, SiteContext
from generator.views.fits import standing
from generator.views.prognosis_bands import BANDS

FINDER_VERSION = 1
_BARS = {"on": "1", "range": "r", "off": "0"}
Data = dict[str, Any]


def finder(site: SiteContext, techniques: Sequence[Data]) -> Data:
    """The whole file; `techniques` are the records as JSON, from which the statements come."""
    kb = site.kb
    by_id = {data["id"]: data for data in techniques}
    maker = _Techniques(site, by_id)
    shown = {technique.id: technique for technique in kb.current_techniques()}
    # A class that was retired still hands on what it says.
    classes = {technique.inherits_from: None for technique in shown.values() if technique.inherits_from}
    shown |= {identifier: kb.techniques[identifier] for identifier in classes}
    cited = {key for identifier in shown for key in by_id[identifier]["citations"]}
    return {
        "version": FINDER_VERSION,
        "sites": [
            {"id": place.id, "name": place.name, "below": list(kb.sites_below[place.id])}
            for place in kb.sites.values()
        ],
        "causes": [
            {"id": cause.id, "name": cause.name, "sites": list(cause.pain_sites)}
            for cause in kb.causes.values()
        ],
        "prognosis": [
            {"id": band.id, "name": band.name, "from": band.start, "to": band.end} for band in BANDS
        ],
        "mechanisms": _names(kb.mechanisms),
        "settings": _names(kb.settings),
        "cautions": _names(kb.contraindication_kinds),
        "bleeding": [kind.id for kind in kb.contraindication_kinds.values() if kind.bleeding],
        "guidance": _names(kb.guidance),
        "grades": _names(kb.grades),
        "scales": {scale.id: scale.name for scale in kb.scales.values()},
        "bodies": {
            body.id: {"name": body.name, "source": evidence.source_name(body)} for body in kb.bodies.values()
        },
        "references": {key: short_form(kb.references[key]) for key in sorted(cited)},
        "techniques": [maker.technique(technique) for technique in shown.values()],
    }


def dump(data: Data) -> bytes:
    """As published: small."""
    return to_json(data) + b"\n"


def _names(terms: Mapping[str, Any]) -> dict[str, str]:
    return {term.id: term.name for term in terms.values()}


def _filled(**fields: Any) -> Data:
    return {name: value for name, value in fields.items() if value not in (None, "", [], (), False)}


def said(item: Data, **more: Any) -> Data:
    """A statement with its sources and what else it holds."""
    places = item["locators"]
    cite = [f"{key}, {places[key]}" if key in places else key for key in item["citations"]]
    return _filled(text=item["text"], cite=cite, tag=BASIS_TAGS[item["basis"]], **more)


class _Techniques:
    """Makes the entry of one technique after the other."""

    def __init__(self, site: SiteContext, by_id: Mapping[str, Data]) -> None:
        self._ctx = PageContext(site, routes.FINDER)
        self._kb: KnowledgeBase = site.kb
        self._by_id = by_id

    def technique(self, technique: Technique) -> Data:
        """Everything by which it is found, shown and compared."""
        kb = self._kb
        data = self._by_id[technique.id]
        parent = kb.class_of(technique)
        return _filled(
            id=technique.id,
            name=technique.name,
            abbreviations=list(technique.abbreviations),
            group=kb.groups[technique.group].short,
            kind="class" if technique.kind == "class" else "",
            of_class=parent.id if parent else "",
            named_only=technique.named_only,
            retired=technique.replaced_by is not None,
            variants={variant.id: variant.name for variant in technique.variants} or None,
            fits=self._fits(technique, data),
            against=[
                said(item, sites=item["pain_sites"], mechanisms=item["mechanisms"])
                for item in data["not_indicated"]
            ],
            cautions=self._cautions(data),
            bleeding=[said(item, tier=item["tier"], body=item["body"]) for item in data["bleeding_risk"]],
            limits=[said(item) for item in data["limitations"]],
            harms=self._harms(technique, data),
            settings=[said(item, **{"is": item["setting"]}) for item in data["setting"]],
            windows=[
                said(item, limit=window.limit, months=item["months"], label=windows.label(self._ctx, window))
                for window, item in zip(technique.prognosis, data["prognosis"], strict=True)
            ],
            risk=[said(item, **{"is": item["grade"]}) for item in data["procedural_risk"]],
            cost=[said(item, **{"is": item["grade"]}) for item in data["cost"]],
            badges=self._badges(technique),
        )

    def _fits(self, technique: Technique, data: Data) -> list[Data]:
        holders: list[tuple[str, Iterable[Any], list[Data]]] = [
            ("", technique.indications, data["indications"])
        ]
        for variant, made in zip(technique.variants, data["variants"], strict=True):
            holders.append((variant.id, variant.indications, made["indications"]))
        return [
            said(
                item,
                sites=item["pain_sites"],
                mechanisms=item["mechanisms"],
                causes=item["causes"],
                standing="" if (how := standing(record)) == "described" else how,
                variant=variant,
            )
            for variant, records, items in holders
            for record, item in zip(records, items, strict=True)
        ]

    def _cautions(self, data: Data) -> list[Data]:
        """Contraindications, then cautions, then the cautions of variants."""
        found = [
            said(item, kind=item["kind"], strength=item["strength"]) for item in data["contraindications"]
        ]
        found += [said(item, kind=item["kind"], strength="caution") for item in data["cautions"]]
        for variant in data["variants"]:
            found += [
                said(item, kind=item["kind"], strength="caution", variant=variant["id"])
                for item in variant["cautions"]
            ]
        return found

    def _harms(self, technique: Technique, data: Data) -> list[Data]:
        """Complications in the order in which a reader needs them."""
        pairs = zip(technique.complications, data["complications"], strict=True)
        made = {id(record): item for record, item in pairs}
        return [
            said(made[id(record)], how=tables.complication_tag(record))
            for record in tables.by_weight(technique.complications)
        ]

    def _badges(self, technique: Technique) -> list[Data]:
        found = []
        for rating, rated_class in evidence.ratings_of(self._kb, technique):
            holder = rated_class or technique
            index = next(place for place, other in enumerate(holder.evidence) if other is rating)
            item = self._by_id[holder.id]["evidence"][index]
            view = evidence.badge(self._ctx, rating, rated_class)
            found.append(
                said(
                    item,
                    form=view.form,
                    value=view.value,
                    bars="".join(_BARS[bar.state] for bar in view.bars),
                    scope=view.scope,
                    sites=list(rating.pain_sites),
                    body=rating.body,
                    of_class=rated_class is not None,
                    together=len(rating.together_with) + 1 if rating.together_with else 0,
                    scale=self._kb.bodies[rating.body].scale if view.bars else "",
                )
                | self._step(rating)
            )
        return found

    def _step(self, rating: Rating) -> Data:
        """The place of the rating's strongest end on the meter of its own scale."""
        step = evidence.step_of(self._kb, rating)
        return {} if step is None else {"step": step}
