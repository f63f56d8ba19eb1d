"""Records as JSON: what is on a page is here, statement by statement, with its citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from generator import routes
from generator.inline import CitationGroup, parse_citation, parse_inline
from generator.knowledge import CLASS_FIELDS, KnowledgeBase
from generator.model.base import Prose, Review
from generator.model.clinical import Rating
from generator.model.marks import marked_values
from generator.model.reference import Reference
from generator.model.technique import Technique, Variant
from generator.views.context import SiteContext
from generator.views.referral_details import answers


class JsonExport:
    """Makes plain data of records. Text loses its inline syntax; citations become lists of keys."""

    def __init__(self, site: SiteContext) -> None:
        self._site = site
        self._kb: KnowledgeBase = site.kb

    # --- pieces ------------------------------------------------------------------------------------

    def value(self, value: Any) -> Any:
        """Any value of a record as plain data."""
        if isinstance(value, BaseModel):
            return self.record(value)
        if isinstance(value, tuple | list):
            return [self.value(item) for item in value]
        if isinstance(value, Mapping):
            return {key: self.value(item) for key, item in value.items()}
        if value is None or isinstance(value, str | int | float | bool):
            return value
        return str(value)

    def record(self, record: BaseModel) -> dict[str, Any]:
        """A record with every declared field; a statement with `text`, `citations` and `locators`."""
        data: dict[str, Any] = {}
        for name, field in type(record).model_fields.items():
            data[field.alias or name] = self.value(getattr(record, name))
        if isinstance(record, Review):
            data["drafted_from"] = [parse_citation(item).key for item in record.drafted_from]
            data["clinical_review"] = data["clinical_review"] or "none yet"
        prose = [(path[0], text) for mark, path, text in marked_values(record, deep=False) if mark == Prose()]
        for name in dict.fromkeys(str(name) for name, _ in prose):
            value = data[name]
            data[name] = (
                self._site.plain(value)
                if isinstance(value, str)
                else [self._site.plain(item) for item in value]
            )
        if "citations" in data:
            data |= self._cited((text for _, text in prose), data["citations"])
        if place := self._site.anchors.get(id(record)):
            data["anchor"] = place[1]
        if isinstance(record, Rating):
            body = self._kb.bodies[record.body]
            data |= {"scale": body.scale, "year": body.year, "body_name": body.name}
        return data

    def _cited(self, texts: Iterable[str], listed: Iterable[str]) -> dict[str, Any]:
        """The keys that texts and a list of citations name, and the places in those sources."""
        citations = [
            citation
            for text in texts
            for span in parse_inline(text)
            if isinstance(span, CitationGroup)
            for citation in span.citations
        ]
        citations += [parse_citation(item) for item in listed]
        locators: dict[str, dict[str, None]] = {}
        for citation in citations:
            if citation.locator:
                locators.setdefault(citation.key, {})[citation.locator] = None
        return {
            "citations": list(dict.fromkeys(citation.key for citation in citations)),
            "locators": {key: "; ".join(places) for key, places in locators.items()},
        }

    # --- records -----------------------------------------------------------------------------------

    def technique(self, technique: Technique) -> dict[str, Any]:
        """A technique: its own fields, what its class hands on, all its citations, its address."""
        data = self.record(technique)
        parent = self._kb.class_of(technique)
        data["from_class"] = (
            {name: self.value(getattr(parent, name)) for name in CLASS_FIELDS} if parent is not None else {}
        )
        data["members"] = list(self._kb.members.get(technique.id, ()))
        data["variants"] = [self._variant(technique, variant) for variant in technique.variants]
        data["citations"] = citations_in(data)
        data["cited_notices"] = [
            {"citation": key, "kind": standing.kind}
            for key in data["citations"]
            if (standing := self._kb.references[key].standing)
        ]
        data["url"] = f"/{routes.technique(technique.id)}/"
        return data

    def _variant(self, technique: Technique, variant: Variant) -> dict[str, Any]:
        return self.record(variant) | {"url": f"/{routes.technique(technique.id)}/#{variant.id}"}

    def sites(self) -> list[dict[str, Any]]:
        """All sites with the techniques a source describes for each."""
        found = []
        for site in self._kb.sites.values():
            data = self.record(site)
            data["children"] = list(self._kb.site_children.get(site.id, ()))
            data["techniques"] = [
                {"technique": fit.technique, "variant": fit.variant, **self.record(fit.indication)}
                for fit in self._kb.fits.get(site.id, ())
            ]
            data["not_for"] = [
                {"technique": item.technique, **self.record(item.exclusion)}
                for item in self._kb.against.get(site.id, ())
            ]
            data["technique_count"] = self._site.technique_counts[site.id]
            data["url"] = f"/{routes.site(site.id)}/"
            found.append(data)
        return found

    def references(self) -> list[dict[str, Any]]:
        """All references with the places that cite them."""
        found = []
        for key, reference in self._kb.references.items():
            formatted = self._site.formatted[key]
            found.append(
                {
                    "key": key,
                    "type": reference.type,
                    "authors": [
                        {
                            "family": f"{name.particle} {name.family}".strip(),
                            "given": name.given,
                            "suffix": name.suffix,
                        }
                        for name in reference.authors
                    ],
                    "and_others": reference.and_others,
                    "title": reference.title,
                    "container": reference.container,
                    "year": reference.year,
                    "volume": reference.volume,
                    "number": reference.number,
                    "pages": reference.pages,
                    "doi": reference.doi,
                    "pmid": reference.pmid,
                    "pmcid": reference.pmcid,
                    "links": [{"label": link.label, "url": link.href} for link in formatted.links],
                    "note": reference.note,
                    "design": reference.design,
                    "sample_size": reference.sample_size,
                    "key_result": reference.key_result,
                    "review_number": reference.review_number,
                    "cited_by": [
                        {
                            "kind": place.kind,
                            "id": place.id,
                            "field": place.field,
                            "text": self._site.plain(place.text),
                        }
                        for place in self._kb.cited_by.get(key, ())
                    ],
                    "standing": reference.standing.kind if reference.standing else None,
                    "notices": _notices(reference),
                    "asked": reference.asked,
                    "url": "/" + routes.from_root(*self._site.addresses.reference(key)),
                }
            )
        return found

    def glossary(self) -> list[dict[str, Any]]:
        """All glossary terms."""
        return [
            self.record(term) | {"url": f"/{routes.GLOSSARY}/#{term.id}"} for term in self._kb.terms.values()
        ]

    def criteria(self) -> dict[str, Any]:
        """The criteria with their logic."""
        data = self.record(self._kb.checklist[0])
        for criterion in data["criteria"]:
            criterion["url"] = f"/{routes.REFERRAL_CHECKLIST}/#{criterion['id']}"
        return data

    def details(self) -> dict[str, Any]:
        """What the receiving team needs to know, each answer with the code it is published under."""
        _, details = self._kb.checklist
        data = self.record(details)
        for topic, made in zip(details.topics, data["topics"], strict=True):
            for question, item in zip(topic.questions, made["questions"], strict=True):
                item["answers"] = [
                    {"code": answer.code, "label": answer.label, "alone": answer.alone}
                    for answer in answers(self._kb, topic, question)
                ]
        return data | {"url": f"/{routes.REFERRAL_CHECKLIST}/#details"}

    def vocabulary(self) -> dict[str, Any]:
        """The lists that ids of other files refer to."""
        kb = self._kb
        lists: Mapping[str, Iterable[BaseModel]] = {
            "mechanisms": kb.mechanisms.values(),
            "causes": kb.causes.values(),
            "groups": kb.groups.values(),
            "settings": kb.settings.values(),
            "guidance": kb.guidance.values(),
            "contraindication_kinds": kb.contraindication_kinds.values(),
            "grades": kb.grades.values(),
            "levels": kb.levels,
            "scales": kb.scales.values(),
            "bodies": kb.bodies.values(),
        }
        return {name: [self.record(item) for item in items] for name, items in lists.items()}


def _notices(reference: Reference) -> list[dict[str, Any]]:
    return [
        {
            "kind": notice.kind,
            "label": notice.label,
            "date": notice.date.isoformat() if notice.date else "",
            "doi": notice.doi or "",
            "pmid": notice.pmid or "",
            "said_by": list(notice.said_by),
        }
        for notice in (reference.standing.notices if reference.standing else ())
    ]


def citations_in(data: Any) -> list[str]:
    """Every citation key in exported data, once, in order."""
    found: dict[str, None] = {}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for name, item in value.items():
                if name in ("citations", "drafted_from") and isinstance(item, list):
                    found.update(dict.fromkeys(item))
                else:
                    walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(data)
    return list(found)


def dump(data: Any) -> bytes:
    """JSON as published: UTF-8, readable, stable."""
    return to_json(data, indent=1) + b"\n"
