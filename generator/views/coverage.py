"""What the sources do not say, counted from the records."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from generator import routes
from generator.knowledge import CLASS_FIELDS, KnowledgeBase
from generator.model.technique import Technique
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section
from generator.views.status import status_of_records

# What a reader expects of a technique, in the order of its page: name, and the fields that tell it.
EXPECTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Indication", ("indications",)),
    ("Target", ("anatomy.target",)),
    ("Level", ("anatomy.levels",)),
    ("Territory", ("anatomy.territory",)),
    ("Structures at risk", ("anatomy.structures_at_risk",)),
    ("Guidance", ("approach.guidance",)),
    ("Position", ("approach.position",)),
    ("Agents", ("approach.agents",)),
    ("Advantages", ("advantages",)),
    ("Limitations", ("limitations",)),
    ("Complications", ("complications",)),
    ("Contraindications", ("contraindications",)),
    ("Bleeding-risk tier", ("bleeding_risk",)),
    ("Evidence rating", ("evidence",)),
    ("Results in numbers", ("results",)),
    ("Setting", ("setting",)),
    ("Prognosis window", ("prognosis",)),
    ("Cost", ("cost",)),
    ("Procedural risk", ("procedural_risk",)),
)
_READ = {name: attrgetter(name) for _, fields in EXPECTED for name in fields}
_LEVELS = "Level"


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Whether the sources speak: of the technique itself, of its class only, or not."""

    state: str
    """'own', 'class' or 'silent'."""
    text: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One technique."""

    technique: Link
    cells: tuple[CoverageCell, ...]
    silent: int


@dataclass(frozen=True, slots=True)
class CoverageColumn:
    """One expected item with its counts over all individual techniques."""

    name: str
    own: int
    of_class: int
    silent: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole table with its totals."""

    columns: tuple[CoverageColumn, ...]
    rows: tuple[CoverageRow, ...]
    techniques: int
    own: int
    of_class: int
    silent: int
    uncited_references: tuple[Link, ...]


def _has(technique: Technique, fields: tuple[str, ...]) -> bool:
    return any(_READ[name](technique) for name in fields)


def state(kb: KnowledgeBase, technique: Technique, fields: tuple[str, ...]) -> str:
    """'own', 'class' or 'silent'."""
    if _has(technique, fields):
        return "own"
    parent = kb.class_of(technique)
    if parent is not None and fields[0] in CLASS_FIELDS and _has(parent, fields):
        return "class"
    return "silent"


def _expected(kb: KnowledgeBase) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The expected items of this site: levels under their own name, and only where it has any."""
    return tuple(
        (kb.words.level.head if name == _LEVELS else name, fields)
        for name, fields in EXPECTED
        if kb.levels or name != _LEVELS
    )


def silent_fields(kb: KnowledgeBase, technique: Technique) -> tuple[str, ...]:
    """Names of what the sources do not say of a technique; nothing for a class."""
    if technique.kind == "class":
        return ()
    return tuple(
        name for name, fields in EXPECTED if state(kb, technique, fields) == "silent" and name != _LEVELS
    )


def build(site: SiteContext) -> Page:
    """The coverage page."""
    ctx = PageContext(site, routes.COVERAGE)
    kb = ctx.kb
    techniques = [technique for technique in kb.current_techniques() if technique.kind != "class"]
    expected = _expected(kb)
    words = {"own": "sourced", "class": "for the class only", "silent": "silent"}
    cells = {value: CoverageCell(value, text) for value, text in words.items()}
    rows = []
    for technique in techniques:
        states = [state(kb, technique, fields) for _, fields in expected]
        rows.append(
            CoverageRow(
                ctx.link("technique", technique.id),
                tuple(cells[value] for value in states),
                states.count("silent"),
            )
        )
    columns = tuple(
        CoverageColumn(
            name,
            *(sum(row.cells[index].state == wanted for row in rows) for wanted in ("own", "class", "silent")),
        )
        for index, (name, _) in enumerate(expected)
    )
    data = Coverage(
        columns=columns,
        rows=tuple(rows),
        techniques=len(rows),
        own=sum(column.own for column in columns),
        of_class=sum(column.of_class for column in columns),
        silent=sum(column.silent for column in columns),
        uncited_references=tuple(
            Link(ctx.to(*site.addresses.reference(key)), site.formatted[key].title)
            for key in kb.references
            if key not in kb.cited_by
        ),
    )
    return Page(
        address=ctx.address,
        kind="coverage",
        title=kb.page_names["coverage"],
        description="What the sources say of each technique, say only of its class, or do not say.",
        lead=ctx.pieces(
            "Where no source that was read says something, the field is absent and counted here. "
            "An empty field is a gap in the sources, not a statement about the technique.",
            terms=False,
        ),
        status=status_of_records(list(kb.current_techniques())),
        sections=(
            Section("totals", "In numbers", "coverage/totals", data),
            Section("by-technique", "By technique", "coverage/table", data),
        ),
        root=ctx.root,
    )
