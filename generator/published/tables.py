"""Columns of the CSV files, in their order, with the meaning of each. New columns come last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel

from generator.model.base import Review
from generator.model.clinical import Anatomy, Approach, Indication, Rating
from generator.model.technique import Technique
from generator.published.shape import for_readers

Kind: TypeAlias = Literal["string", "integer", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a CSV file."""

    name: str
    description: str
    kind: Kind = "string"
    always: bool = False
    """true when no cell of it is empty."""
    refers_to: str = ""
    """The table whose first column holds the ids of this one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file."""

    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """Columns that tell its rows apart."""

    @property
    def header(self) -> tuple[str, ...]:
        """The first row."""
        return tuple(column.name for column in self.columns)


def _of(model: type[BaseModel], *names: str, kind: Kind = "string") -> tuple[Column, ...]:
    """Columns of fields that the model describes."""
    return tuple(
        Column(name, for_readers(model.model_fields[name].description or ""), kind) for name in names
    )


_CITED = Column("citations", "Keys of the sources, as in references.json, parted by `; `.")

_NOTICED = Column(
    "cited_notices",
    "Those of the sources of which something was published later, each with the kind of its gravest notice, "
    "`key: retraction`, parted by `; `.",
)

TECHNIQUES = Table(
    (
        Column("id", "Permanent id.", always=True),
        Column("name", "Name as shown, in full.", always=True),
        *_of(Technique, "abbreviations", "synonyms", "group", "kind"),
        Column("parent", "The class it belongs to.", refers_to="techniques"),
        Column(
            "inherits_from",
            for_readers(Technique.model_fields["inherits_from"].description or ""),
            refers_to="techniques",
        ),
        *_of(Technique, "summary"),
        *_of(Anatomy, "target", "levels", "territory", "landmarks", "structures_at_risk"),
        *_of(Approach, "guidance", "position", "route", "agents"),
        *_of(
            Technique,
            "indications",
            "not_indicated",
            "advantages",
            "limitations",
            "complications",
            "contraindications",
            "cautions",
            "bleeding_risk",
            "setting",
            "prognosis",
            "cost",
            "procedural_risk",
            "evidence",
            "results",
            "source_notes",
            "evidence_note",
            "variants",
            "related",
            "replaced_by",
        ),
        *_of(Review, "checked", kind="date"),
        Column("clinical_review", "Reviews by named reviewers, or the words that say that there is none."),
        *_of(Review, "next_due", kind="date"),
        _CITED,
        Column("url", "Address of its page from the root of the site.", always=True),
        _NOTICED,
    ),
    ("id",),
)

INDICATIONS = Table(
    (
        Column("technique", "Id of the technique.", always=True, refers_to="techniques"),
        Column("variant", "Id of the variant of which it is said; empty when it is said of the technique."),
        Column(
            "standing",
            "`indicated`: a source describes the use; `reported`: a source only says that it was reported; "
            "`title`: only the title of a cited paper says so; `not indicated`: a source speaks against it.",
            always=True,
        ),
        Column("pain_site", "Id of a site, as in pain-sites.json; empty where none is named."),
        *_of(Indication, "mechanisms", "causes"),
        Column("text", "The statement.", always=True),
        Column("basis", "Where in the source it stands: text, table, box, caption, title.", always=True),
        _CITED,
        _NOTICED,
    )
)

EVIDENCE = Table(
    (
        Column("technique", "Id of the technique.", always=True, refers_to="techniques"),
        Column(
            "rated_for",
            "Id of what was rated: the technique itself, or the class whose rating is shown with it.",
            always=True,
            refers_to="techniques",
        ),
        *_of(Rating, "body"),
        Column("year", "Year of the body's document.", "integer"),
        Column("scale", "Id of the body's scale: `scales` in vocabulary.json.", always=True),
        Column("value", "The value in the body's own scale; never to be set against another scale."),
        *_of(Rating, "pain_sites"),
        Column("scope", "What was rated.", always=True),
        *_of(Rating, "reason"),
        _CITED,
        _NOTICED,
    )
)

EVIDENCE_MAP = Table(
    (
        Column("technique", "Id of the technique.", always=True, refers_to="techniques"),
        Column("technique_name", "Its name.", always=True),
        Column("group", "Id of its group: `groups` in vocabulary.json.", always=True),
        Column("pain_region", "Id of a site at the top of the tree.", always=True),
        Column("pain_region_name", "Its name.", always=True),
        Column(
            "standing",
            "What the best statement of the cell is, or `gap` where no source that was read says anything.",
            always=True,
        ),
        Column("pain_sites", "Ids of the sites that the statements name, parted by `; `."),
        Column(
            "source_speaks_against", "Whether a source speaks against the use; empty in a gap.", "boolean"
        ),
        Column("scale", "Id of the scale of the rating; empty where nobody rates."),
        Column("body", "Id of the body that rates."),
        Column("year", "Year of the body's document.", "integer"),
        Column("value", "The value in the body's own scale."),
        Column("rated_for", "Id of what was rated: the technique or its class."),
        Column("rating_pain_sites", "Ids of the sites to which the rating is limited."),
        Column("rating_mechanisms", "Ids of the mechanisms to which the rating is limited."),
        _CITED,
        _NOTICED,
    )
)

STUDY = Table(
    (
        Column("id", "Permanent id of the question.", always=True),
        Column("kind", "Kind of question: `kinds` in study.json.", always=True),
        Column("technique", "Id of the technique.", always=True, refers_to="techniques"),
        Column("question", "The question.", always=True),
        *(Column(f"option_{number}", "An answer to choose from.") for number in range(1, 5)),
        Column("right_option", "Number of the right one; empty for an open question.", "integer"),
        Column("answer", "The answer.", always=True),
        Column("statements", "The statements that answer it, parted by bars."),
        Column("citations", "Keys of the sources with their places, parted by bars."),
        Column("sources", "The sources in words, parted by bars."),
        Column("terms", "Terms and credit.", always=True),
    ),
)

DICTIONARY = Table(
    (
        Column("file", "Path of the file, from the folder of the index.", always=True),
        Column("field", "Path of the field: `[]` is an item of a list, `*` any key of a look-up."),
        Column("type", "Its types.", always=True),
        Column(
            "always", "false for a field that may be absent or a cell that may be empty.", "boolean", True
        ),
        Column("description", "What it means."),
        Column("values", "The values that it can have, where they are fixed, parted by `; `."),
    )
)


def table_schema(table: Table) -> dict[str, Any]:
    """A Table Schema (Frictionless), which readers of data packages understand."""
    fields: list[dict[str, Any]] = []
    for column in table.columns:
        field: dict[str, Any] = {
            "name": column.name,
            "type": column.kind,
            "description": column.description,
        }
        if column.kind == "boolean":
            field |= {"trueValues": ["true"], "falseValues": ["false"]}
        constraints = {"required": True} if column.always else {}
        if table.key == (column.name,):
            constraints["unique"] = True
        fields.append(field | ({"constraints": constraints} if constraints else {}))
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [column for column in table.columns if column.refers_to]
    if keys:
        schema["foreignKeys"] = [
            {
                "fields": column.name,
                # A table that refers to itself says so by the empty name.
                "reference": {
                    "resource": "" if table.key and column.refers_to == "techniques" else column.refers_to,
                    "fields": "id",
                },
            }
            for column in keys
        ]
    return schema
