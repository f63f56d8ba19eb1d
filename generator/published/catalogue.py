"""Every file under `/api/v1/`: one line for each, with its shape. A file without a line stops the build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, TypeAlias

from pydantic import BaseModel

from generator.model.referral import ReferralCriteria, ReferralDetails
from generator.model.technique import Technique
from generator.model.vocabulary import GlossaryTerm, PainSite
from generator.published import files, finder, standards, study, tables
from generator.published.records import ADDED, Vocabulary
from generator.published.shape import DRAFT, list_schema, object_schema
from generator.published.tables import Table, table_schema

Schema: TypeAlias = dict[str, Any]

JSON, CSV = "application/json", "text/csv"
MEDIA_TYPES = {
    ".json": JSON,
    ".csv": CSV,
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".apkg": "application/octet-stream",
    ".txt": "text/plain",
    ".zip": "application/zip",
    ".py": "text/x-python",
    ".R": "text/plain",
}


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the interface, or all files of one kind."""

    path: str
    """From the folder of the index; `*` stands for an id."""
    title: str
    """What it holds, in one sentence."""
    one: type[BaseModel] | None = None
    """It is an object of this shape."""
    each: type[BaseModel] | None = None
    """It is a list of objects of this shape."""
    table: Table | None = None
    """It is a CSV file with these columns."""
    standard: str = ""
    """It follows a standard that is described at this address."""
    counted: str = ""
    """What its items are called."""
    items: str = ""
    """The field that holds its items, where they lie in an object."""

    of_checklist: bool = False
    """It is made only where the site has a checklist."""

    @property
    def media_type(self) -> str:
        """Its media type."""
        return MEDIA_TYPES[self.path[self.path.rindex(".") :]]

    @property
    def name(self) -> str:
        """Its name in schema files and anchors."""
        stem = self.path.rpartition("/")[2] if "*" not in self.path else self.path.replace("/*", "-one")
        return stem.replace(".csl.json", "-csl.json").rpartition(".")[0].lower()

    @property
    def schema_path(self) -> str:
        """Where its schema is published; empty for a file that only follows a standard."""
        if self.table is not None:
            return f"schema/{self.name}.table.json"
        return f"schema/{self.name}.json" if self.one or self.each else ""

    def schema(self, base: str = "") -> Schema:
        """Its schema, with an address below `base`."""
        if self.table is not None:
            return {"$schema": TABLE_PROFILE, "title": self.title, **table_schema(self.table)}
        made: Schema = {}
        if self.one is not None:
            made = object_schema(self.one, ADDED)
        elif self.each is not None:
            made = list_schema(self.each, ADDED)
        return {"$schema": DRAFT, "$id": f"{base}{self.schema_path}", **made, "title": self.title}


TABLE_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_FHIR = "https://hl7.org/fhir/R4"

FILES = (
    PublishedFile("index.json", "Every id with its name and address, and every file.", one=files.Index),
    PublishedFile(
        "techniques.json", "All techniques, statement by statement.", each=Technique, counted="techniques"
    ),
    PublishedFile("techniques/*.json", "One technique, the same as in the file of all.", one=Technique),
    PublishedFile(
        "pain-sites.json",
        "All sites with what is said of each.",
        each=PainSite,
        counted="sites",
    ),
    PublishedFile(
        "references.json",
        "All references with what cites them.",
        each=files.ReferenceData,
        counted="references",
    ),
    PublishedFile("glossary.json", "All glossary terms.", each=GlossaryTerm, counted="terms"),
    PublishedFile("vocabulary.json", "The names behind all other ids.", one=Vocabulary),
    PublishedFile(
        "referral-criteria.json",
        "The referral criteria with their logic.",
        one=ReferralCriteria,
        counted="criteria",
        items="criteria",
        of_checklist=True,
    ),
    PublishedFile(
        "referral-details.json",
        "What the receiving team needs to know, as questions and answers.",
        one=ReferralDetails,
        counted="topics",
        items="topics",
        of_checklist=True,
    ),
    PublishedFile(
        "finder.json",
        "What finder and comparison read: compact, and bound to these tools.",
        one=finder.Finder,
        counted="techniques",
        items="techniques",
    ),
    PublishedFile(
        "techniques.csv",
        "One row for each technique, one column for each field, statements parted by bars.",
        table=tables.TECHNIQUES,
        counted="rows",
    ),
    PublishedFile(
        "indications.csv",
        "One row for each statement of what a technique is for, or not for, and site.",
        table=tables.INDICATIONS,
        counted="rows",
    ),
    PublishedFile(
        "evidence.csv",
        "One row for each rating, of the technique itself or of its class.",
        table=tables.EVIDENCE,
        counted="rows",
    ),
    PublishedFile(
        "evidence-map.csv",
        "One row for each technique, region and rating, and one for each gap.",
        table=tables.EVIDENCE_MAP,
        counted="rows",
    ),
    PublishedFile(
        "evidence-map/*.svg", "The evidence map as a drawing.", standard="https://www.w3.org/TR/SVG2/"
    ),
    PublishedFile(
        "references.bib",
        "All references as BibTeX.",
        standard="https://ctan.org/pkg/bibtex",
        counted="references",
    ),
    PublishedFile(
        "references.ris",
        "All references as RIS.",
        standard="https://en.wikipedia.org/wiki/RIS_(file_format)",
        counted="references",
    ),
    PublishedFile(
        "references.csl.json",
        "All references as CSL-JSON.",
        each=standards.CslItem,
        standard="https://docs.citationstyles.org/en/stable/specification.html",
        counted="references",
    ),
    PublishedFile(
        "fhir/Questionnaire-referral-checklist.json",
        "The referral checklist as an HL7 FHIR R4 Questionnaire.",
        one=standards.Questionnaire,
        standard=f"{_FHIR}/questionnaire.html",
        of_checklist=True,
    ),
    PublishedFile(
        "fhir/CodeSystem-referral-checklist.json",
        "The answers of the referral checklist as an HL7 FHIR R4 CodeSystem.",
        one=standards.CodeSystem,
        standard=f"{_FHIR}/codesystem.html",
        counted="answers",
        items="concept",
        of_checklist=True,
    ),
    PublishedFile(
        "study.json",
        "Questions with their answers, as the study page reads them.",
        one=study.StudyBank,
        counted="questions",
        items="questions",
    ),
    PublishedFile("study/study.csv", "The questions as a table.", table=tables.STUDY, counted="questions"),
    PublishedFile("study/study.apkg", "The questions as an Anki deck.", standard="https://docs.ankiweb.net/"),
    PublishedFile(
        "study/study.moodle.xml",
        "The questions for Moodle.",
        standard="https://docs.moodle.org/en/Moodle_XML_format",
    ),
    PublishedFile(
        "study/study.gift.txt", "The questions as GIFT.", standard="https://docs.moodle.org/en/GIFT_format"
    ),
    PublishedFile(
        "study/study.qti.zip", "The questions as QTI 2.1.", standard="https://www.imsglobal.org/question/"
    ),
    PublishedFile(
        "changes.json", "All versions of the content.", each=study.VersionListed, counted="versions"
    ),
    PublishedFile(
        "changes/*.json",
        "What changed in one version, record by record and field by field.",
        one=study.VersionChanges,
        counted="records",
        items="changes",
    ),
    PublishedFile(
        "data-dictionary.json", "Every field of every file.", each=files.DictionaryRow, counted="fields"
    ),
    PublishedFile("data-dictionary.csv", "The same as a table.", table=tables.DICTIONARY, counted="fields"),
    PublishedFile(
        "datapackage.json",
        "All files as a Data Package, with the columns of every table.",
        standard="https://datapackage.org/profiles/2.0/datapackage.json",
        counted="resources",
        items="resources",
    ),
    PublishedFile(
        "schema/technique.schema.json",
        "The form in which editors write a technique.",
        standard="http://json-schema.org/draft-07/schema#",
    ),
    PublishedFile("schema/*.table.json", "The columns of a CSV file.", standard=TABLE_PROFILE),
    PublishedFile("schema/*.json", "The shape of a JSON file.", standard=DRAFT),
    PublishedFile("examples/*.py", "A worked example in Python.", standard="https://pandas.pydata.org/"),
    PublishedFile("examples/*.R", "A worked example in R.", standard="https://www.r-project.org/"),
    PublishedFile(
        "examples/*.csv",
        "A worked example for a spreadsheet: a cell, its formula and what it shows in each row.",
        standard="https://www.rfc-editor.org/rfc/rfc4180",
    ),
)


_HERE = "generator/published/catalogue.py"


def files_made(*, with_checklist: bool) -> tuple[PublishedFile, ...]:
    """The lines of the files that a site has."""
    return tuple(entry for entry in FILES if with_checklist or not entry.of_checklist)


class NotInCatalogue(LookupError):
    """A file is published without a line in the catalogue."""


@cache
def published_file(path: str) -> PublishedFile:
    """The line of a file, by its path from the folder of the index."""
    for entry in FILES:
        if fnmatchcase(path, entry.path):
            return entry
    raise NotInCatalogue(f"api/v1/{path} is described nowhere: give it a line in {_HERE}")


def count_items(entry: PublishedFile, content: bytes, read: Callable[[bytes], Any]) -> int | None:
    """How many items a file holds; None where nothing is counted. `read` reads JSON."""
    if not entry.counted:
        return None
    if entry.media_type == CSV:
        return content.count(b"\r\n") - 1
    if entry.path.endswith(".bib"):
        return content.count(b"\n@") + content.startswith(b"@")
    if entry.path.endswith(".ris"):
        return content.count(b"\nER  -")
    data = read(content)
    return len(data[entry.items] if isinstance(data, Mapping) else data)
