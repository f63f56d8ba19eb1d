"""What describes the data interface itself: schemas, data dictionary, Data Package and index, made last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from generator import routes
from generator.artifacts import Artifact
from generator.exports.records_json import dump
from generator.exports.tables_csv import table
from generator.inline import parse_citation
from generator.knowledge import KnowledgeBase
from generator.published.catalogue import (
    CSV,
    FILES,
    PublishedFile,
    count_items,
    published_file,
)
from generator.published.dictionary import dictionary
from generator.published.tables import DICTIONARY
from generator.views.context import SiteContext

API_VERSION = 1
_FOLDER = f"{routes.API}/"


@dataclass(frozen=True, slots=True)
class Fact:
    """A finished file: its line in the catalogue, its size, its hash, its number of items."""

    path: str
    entry: PublishedFile
    size: int
    digest: str
    count: int | None


def described(site: SiteContext, files: Iterable[Artifact]) -> Iterator[Artifact]:
    """The files, then what describes them. Raises `NotInCatalogue` for a file without a line there."""
    facts: list[Fact] = []

    def noted(artifacts: Iterable[Artifact]) -> Iterator[Artifact]:
        for artifact in artifacts:
            if artifact.path.startswith(_FOLDER):
                facts.append(_fact(artifact))
            yield artifact

    yield from noted(files)
    yield from noted(_schemas(site.kb))
    yield from noted(_dictionary())
    yield from noted([Artifact(f"{_FOLDER}datapackage.json", dump(data_package(site, facts)))])
    yield Artifact(f"{_FOLDER}index.json", dump(index(site, facts)))


def _fact(artifact: Artifact) -> Fact:
    path, content = artifact.path.removeprefix(_FOLDER), artifact.content
    entry = published_file(path)
    count = count_items(entry, content, from_json)
    return Fact(path, entry, len(content), hashlib.sha256(content).hexdigest(), count)


def _schemas(kb: KnowledgeBase) -> Iterator[Artifact]:
    base = f"{kb.publication.address}{_FOLDER}" if kb.publication.address else ""
    for entry in FILES:
        if entry.schema_path and (kb.criteria or not entry.of_checklist):
            content = json.dumps(entry.schema(base), ensure_ascii=False, indent=1) + "\n"
            yield Artifact(f"{_FOLDER}{entry.schema_path}", content.encode())


def _dictionary() -> Iterator[Artifact]:
    rows = [
        (path, field.path, field.type, field.always, field.description, "; ".join(field.values))
        for path, field in dictionary()
    ]
    names = DICTIONARY.header
    yield Artifact(
        f"{_FOLDER}data-dictionary.json", dump([dict(zip(names, row, strict=True)) for row in rows])
    )
    cells = ((*row[:3], "true" if row[3] else "false", *row[4:]) for row in rows)
    yield Artifact(f"{_FOLDER}data-dictionary.csv", table(names, cells))


def data_package(site: SiteContext, facts: Iterable[Fact]) -> dict[str, Any]:
    """The files that are not one of many, as a Data Package."""
    publication = site.kb.publication
    licence = publication.licence
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "-".join(publication.name.lower().split()),
        "title": publication.name,
        "description": f"{publication.description} {publication.caution}",
        "licenses": [{"name": licence.spdx, "path": licence.url, "title": licence.name}],
        "contributors": [{"title": publication.authors, "roles": ["author"]}],
        "sources": [{"title": credit} for credit in credits_of(site)],
    }
    if publication.address:
        package["homepage"] = publication.address
    package["resources"] = [_resource(fact) for fact in facts if "*" not in fact.entry.path]
    return package


def _resource(fact: Fact) -> dict[str, Any]:
    entry = fact.entry
    form = fact.path.rpartition(".")[2]
    resource: dict[str, Any] = {
        "name": entry.name if entry.table else f"{entry.name.replace('.', '-')}-{form}",
        "path": fact.path,
        "title": entry.title,
        "format": form,
        "mediatype": entry.media_type,
        "encoding": "utf-8",
        "bytes": fact.size,
        "hash": f"sha256:{fact.digest}",
    }
    if entry.media_type == CSV:
        resource |= {"type": "table", "schema": entry.schema_path}
    return resource


def credits_of(site: SiteContext) -> list[str]:
    """The sources to credit, each as one line."""
    found = []
    for citation in site.kb.publication.credit:
        reference = site.formatted[parse_citation(citation).key]
        parts = (reference.authors, reference.title, reference.source)
        found.append(" ".join(f"{part.rstrip('.')}." for part in parts if part))
    return found


def index(site: SiteContext, facts: Iterable[Fact]) -> dict[str, Any]:
    """Every id of the site with its name and address, and every file."""
    kb = site.kb
    publication = kb.publication
    techniques = [
        {
            "id": technique.id,
            "name": technique.name,
            "kind": technique.kind,
            "group": technique.group,
            "parent": technique.parent,
            "url": f"/{routes.technique(technique.id)}/",
            "replaced_by": technique.replaced_by,
        }
        for technique in kb.techniques.values()
    ]
    variants = [
        {
            "id": identifier,
            "name": variant.name,
            "kind": variant.kind,
            "group": kb.techniques[technique].group,
            "parent": technique,
            "url": f"/{routes.technique(technique)}/#{identifier}",
            "replaced_by": None,
        }
        for identifier, (technique, variant) in kb.variants.items()
    ]
    return {
        "version": API_VERSION,
        "name": publication.name,
        "licence": publication.licence.name,
        "terms": publication.licence.model_dump(),
        "credit": credits_of(site),
        "caution": publication.caution,
        "techniques": sorted([*techniques, *variants], key=lambda item: str(item["id"])),
        "pain_sites": [
            {
                "id": place.id,
                "name": place.name,
                "parent": place.parent,
                "merged": list(place.merged),
                "url": f"/{routes.site(place.id)}/",
            }
            for place in kb.sites.values()
        ],
        "glossary": [
            {"id": term.id, "name": term.term, "url": f"/{routes.GLOSSARY}/#{term.id}"}
            for term in kb.terms.values()
        ],
        "referral_criteria": [criterion.id for criterion in kb.criteria.criteria] if kb.criteria else [],
        "counts": {
            "techniques": len(kb.techniques),
            "variants": len(kb.variants),
            "pain_sites": len(kb.sites),
            "references": len(kb.references),
            "glossary": len(kb.terms),
        },
        "files": [_listed(fact) for fact in facts],
    }


def _listed(fact: Fact) -> dict[str, Any]:
    entry = fact.entry
    return {
        "path": fact.path,
        "title": entry.title,
        "media_type": entry.media_type,
        "bytes": fact.size,
        "sha256": fact.digest,
        "count": fact.count,
        "counted": entry.counted or None,
        "schema": entry.schema_path or entry.standard or None,
    }
