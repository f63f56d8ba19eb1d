"""Every file of the data interface: one line here, one module beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from generator import citation_formats, routes
from generator.artifacts import Artifact
from generator.exports import evidence_map_csv, fhir, finder_json, schema, tables_csv
from generator.exports.interface import described
from generator.exports.records_json import JsonExport, dump
from generator.views.context import SiteContext


def all_exports(site: SiteContext, more: Iterable[Artifact] = ()) -> Iterator[Artifact]:
    """The files under `/api/v1/`, `more` of them made elsewhere, and what describes them all.

    Each has a line in `published/catalogue.py`.
    """
    return described(site, chain(_files(site), more))


def _files(site: SiteContext) -> Iterator[Artifact]:
    kb = site.kb
    export = JsonExport(site)
    references = tuple(kb.references.values())
    techniques = [export.technique(technique) for technique in kb.techniques.values()]
    for data in techniques:
        yield _file(f"techniques/{data['id']}.json", dump(data))
    yield _file("techniques.json", dump(techniques))
    yield _file("pain-sites.json", dump(export.sites()))
    yield _file("finder.json", finder_json.dump(finder_json.finder(site, techniques)))
    yield _file("references.json", dump(export.references()))
    yield _file("glossary.json", dump(export.glossary()))
    yield _file("vocabulary.json", dump(export.vocabulary()))
    if kb.criteria:
        yield _file("referral-criteria.json", dump(export.criteria()))
        yield _file("referral-details.json", dump(export.details()))
        yield Artifact(routes.QUESTIONNAIRE, dump(fhir.questionnaire(site)))
        yield Artifact(routes.QUESTIONNAIRE_ANSWERS, dump(fhir.code_system(site)))
    yield _file("techniques.csv", tables_csv.techniques(kb, techniques))
    yield _file("indications.csv", tables_csv.indications(kb, techniques))
    yield _file("evidence.csv", tables_csv.evidence(kb, export))
    yield _file("evidence-map.csv", evidence_map_csv.evidence_map(kb))
    yield _file("references.bib", citation_formats.to_bibtex(references).encode())
    yield _file("references.ris", citation_formats.to_ris(references).encode())
    yield _file("references.csl.json", citation_formats.to_csl_json(references).encode())
    yield _file("schema/technique.schema.json", schema.dump(schema.technique_schema(kb)))


def _file(name: str, content: bytes) -> Artifact:
    return Artifact(f"{routes.API}/{name}", content)
