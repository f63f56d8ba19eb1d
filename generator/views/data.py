"""The page on the data: every file, its shape, every field, made from the schemas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator import routes
from generator.bibliography import short_form
from generator.inline import parse_citation
from generator.published.catalogue import FILES, PublishedFile, Schema, files_made
from generator.published.dictionary import Field, columns, own_fields
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section, StatementView

_CODE = re.compile(r"`([^`]+)`")
_EXAMPLES = (
    ("techniques_by_site.py", "Python with pandas"),
    ("techniques_by_site.R", "R"),
    ("techniques_by_site.csv", "A spreadsheet"),
)
_FOLDER = "pages/data/examples"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its name, its types, what it means."""

    name: str
    type: str
    always: bool
    words: tuple[tuple[str, bool], ...]
    """The description in runs; true for a run that is code."""
    values: tuple[str, ...]
    shape: Link | None


@dataclass(frozen=True, slots=True)
class FileView:
    """One file with its fields."""

    id: str
    path: Link | None
    """None for one of many."""
    name: str
    title: str
    form: str
    """In words: what the file is."""
    schema: Link | None
    standard: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class ShapeView:
    """A shape that several files or fields share."""

    id: str
    name: str
    words: tuple[tuple[str, bool], ...]
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Terms, credit, how to cite."""

    name: str
    authors: str
    licence: Link
    caution: str
    credit: tuple[StatementView, ...]
    address: str


@dataclass(frozen=True, slots=True)
class ExampleCell:
    """One formula of the spreadsheet."""

    cell: str
    formula: str
    shows: str


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example, as the file that can be downloaded."""

    id: str
    name: str
    file: Link
    text: str
    cells: tuple[ExampleCell, ...]
    """For a spreadsheet."""


@dataclass(frozen=True, slots=True)
class DataPage:
    """What the sections of the page show."""

    root: str
    use: Use
    files: tuple[FileView, ...]
    shapes: tuple[ShapeView, ...]
    examples: tuple[Example, ...]


def build(site: SiteContext, source: Callable[[str], str]) -> Page:
    """The page at /data/. `source` gives the text of a file among the templates."""
    ctx = PageContext(site, routes.DATA)
    made = files_made(with_checklist=site.kb.criteria is not None)
    schemas = {entry.path: entry.schema() for entry in made if entry.one or entry.each}
    data = DataPage(
        root=ctx.root,
        use=_use(ctx),
        files=tuple(_file(ctx, entry, schemas.get(entry.path, {})) for entry in made),
        shapes=tuple(_shapes(schemas)),
        examples=tuple(_example(ctx, name, title, source) for name, title in _EXAMPLES),
    )
    sections = (
        ("use", "Use it", "data/use"),
        ("files", "Files", "data/files"),
        ("examples", "Worked examples", "data/examples"),
        ("change", "What may change", "data/change"),
        ("fields", "Fields of each file", "data/fields"),
        ("shapes", "Shapes that files share", "data/shapes"),
    )
    return Page(
        address=ctx.address,
        kind="data",
        title=ctx.kb.name("page", "data"),
        description="Every file of the data with its fields, terms of use, examples and what may change.",
        lead=ctx.pieces(
            "Everything on these pages as files for programs and spreadsheets: the same records, the same "
            "sources, made in the same build.",
            terms=False,
        ),
        sections=tuple(Section(anchor, title, template, data) for anchor, title, template in sections),
        root=ctx.root,
    )


def _use(ctx: PageContext) -> Use:
    publication = ctx.kb.publication
    keys = (parse_citation(citation).key for citation in publication.credit)
    return Use(
        name=publication.name,
        authors=publication.authors,
        licence=Link(publication.licence.url, publication.licence.name),
        caution=publication.caution,
        credit=tuple(
            StatementView(ctx.pieces(short_form(ctx.kb.references[key]), (key,), terms=False)) for key in keys
        ),
        address=publication.address or "",
    )


def _file(ctx: PageContext, entry: PublishedFile, schema: Schema) -> FileView:
    if entry.table is not None:
        fields = tuple(_rows(columns(entry.table)))
        form = "A table."
    elif schema:
        shapes = schema.get("$defs", {})
        node = shapes[schema["items"]["$ref"].rpartition("/")[2]] if entry.each else schema
        fields = () if "*" in entry.path else tuple(_rows(own_fields(node, shapes)))
        form = "A list of objects." if entry.each else "One object."
    else:
        fields, form = (), ""
    listed = Link(ctx.root + f"{routes.API}/{entry.path}", entry.path)
    of_schema = Link(ctx.root + f"{routes.API}/{entry.schema_path}", entry.schema_path)
    return FileView(
        id=f"file-{entry.path.replace('/', '-').replace('.', '-').replace('*', 'one').lower()}",
        path=None if "*" in entry.path else listed,
        name=entry.path.replace("*", "<id>") if entry.path == "techniques/*.json" else entry.path,
        title=entry.title,
        form=form,
        schema=of_schema if entry.schema_path else None,
        standard=entry.standard,
        fields=fields,
    )


def _shapes(schemas: dict[str, Schema]) -> Iterator[ShapeView]:
    """Every shape once, by name."""
    top = {entry.each.__name__ for entry in FILES if entry.each}
    found = {name: (node, schema["$defs"]) for schema in schemas.values() for name, node in _defs(schema)}
    for name, (node, shapes) in sorted(found.items()):
        if name not in top and "properties" in node:
            words = _runs(node.get("description", ""))
            yield ShapeView(f"shape-{name}", name, words, tuple(_rows(own_fields(node, shapes))))


def _defs(schema: Schema) -> Iterator[tuple[str, Schema]]:
    yield from schema.get("$defs", {}).items()


def _rows(fields: Iterator[Field]) -> Iterator[FieldRow]:
    for field in fields:
        shape = Link(f"#shape-{field.definition}", field.definition) if field.definition else None
        yield FieldRow(field.path, field.type, field.always, _runs(field.description), field.values, shape)


def _runs(text: str) -> tuple[tuple[str, bool], ...]:
    """Text with `code` in it, in runs."""
    parts = _CODE.split(text)
    return tuple((part, bool(index % 2)) for index, part in enumerate(parts) if part)


def _example(ctx: PageContext, name: str, title: str, source: Callable[[str], str]) -> Example:
    text = source(f"{_FOLDER}/{name}")
    cells: tuple[ExampleCell, ...] = ()
    if name.endswith(".csv"):
        rows = csv.DictReader(io.StringIO(text))
        cells = tuple(ExampleCell(row["cell"], row["formula"], row["what it shows"]) for row in rows)
    identifier = f"example-{name.rpartition('.')[2].lower()}"
    return Example(identifier, title, Link(ctx.root + f"{routes.EXAMPLES}/{name}", name), text, cells)
