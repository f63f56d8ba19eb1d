"""The reference list: every entry, its links, and every place that cites it."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.bibliography import sort_key
from generator.knowledge import CitingPlace
from generator.model.reference import Reference
from generator.views.context import PageContext, SiteContext
from generator.views.parts import Link, Page, Section

_FIELD_NAMES = {
    "summary": "Summary",
    "indications": "Indication",
    "not_indicated": "Not for",
    "anatomy": "Anatomy",
    "approach": "How it is done",
    "variants": "Variant",
    "advantages": "Advantage",
    "limitations": "Limitation",
    "complications": "Complication",
    "contraindications": "Contraindication",
    "cautions": "Caution",
    "bleeding_risk": "Bleeding risk",
    "setting": "Setting",
    "prognosis": "Window",
    "cost": "Cost",
    "procedural_risk": "Risk",
    "evidence": "Evidence",
    "evidence_note": "Evidence",
    "results": "Result",
    "related": "Related",
    "source_notes": "On the sources",
}


@dataclass(frozen=True, slots=True)
class CitedIn:
    """One page that cites a reference, with its statements."""

    page: Link
    statements: tuple[Link, ...]
    """Field and text of each statement; the link leads to its section."""


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One reference of the library."""

    id: str
    key: str
    authors: str
    title: str
    source: str
    links: tuple[Link, ...]
    note: str
    design: str
    sample_size: str
    key_result: str
    review_number: str
    cited_in: tuple[CitedIn, ...]


@dataclass(frozen=True, slots=True)
class ListedReference:
    """A reference in a list that only names it."""

    id: str
    link: Link
    authors: str
    source: str
    pages: int
    """On how many pages it is cited."""


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """All references under one letter: whole entries, or their names when each has a page."""

    letter: str
    entries: tuple[ReferenceEntry, ...]
    listed: tuple[ListedReference, ...]


def build(site: SiteContext) -> Page:
    """The page of all references, alphabetical by first author."""
    ctx = PageContext(site, routes.REFERENCES)
    kb = ctx.kb
    by_letter: dict[str, list[Reference]] = {}
    ordered = sorted((sort_key(reference), reference) for reference in kb.references.values())
    for key, reference in ordered:
        letter = next((c for c in key[0].upper() if c.isalpha()), "#")
        by_letter.setdefault(letter, []).append(reference)
    apart = site.addresses.references_apart
    cited = sum(key in kb.cited_by for key in kb.references)
    where = "Each has a page that lists where." if apart else "Each entry lists where."
    return Page(
        address=ctx.address,
        kind="references",
        title="References",
        description="Every source of the atlas, with the statements that cite it.",
        lead=ctx.pieces(
            f"{len(kb.references)} sources, {cited} of them cited on a page. {where}", terms=False
        ),
        sections=tuple(
            Section(
                f"letter-{letter.lower()}",
                letter,
                "references/list",
                ReferenceList(
                    letter,
                    () if apart else tuple(_entry(ctx, reference) for reference in references),
                    tuple(_listed(ctx, reference) for reference in references) if apart else (),
                ),
            )
            for letter, references in by_letter.items()
        ),
        root=ctx.root,
    )


def build_one(site: SiteContext, reference: Reference) -> Page:
    """The page of one reference, where there are too many for one list."""
    ctx = PageContext(site, routes.reference(reference.key))
    entry = _entry(ctx, reference)
    return Page(
        address=ctx.address,
        kind="reference",
        title=entry.title,
        description=f"{entry.authors} {entry.source}".strip(),
        breadcrumbs=(Link(ctx.to(routes.REFERENCES), "References"),),
        sections=(Section("entry", "Where it is cited", "references/list", ReferenceList("", (entry,), ())),),
        root=ctx.root,
    )


def _entry(ctx: PageContext, reference: Reference) -> ReferenceEntry:
    formatted = ctx.site.formatted[reference.key]
    return ReferenceEntry(
        id=routes.reference_anchor(reference.key),
        key=reference.key,
        authors=formatted.authors,
        title=formatted.title,
        source=formatted.source,
        links=tuple(Link(link.href, link.label) for link in formatted.links),
        note=reference.note,
        design=reference.design,
        sample_size=reference.sample_size,
        key_result=reference.key_result,
        review_number=str(reference.review_number or ""),
        cited_in=_cited_in(ctx, ctx.kb.cited_by.get(reference.key, ())),
    )


def _listed(ctx: PageContext, reference: Reference) -> ListedReference:
    formatted = ctx.site.formatted[reference.key]
    places = ctx.kb.cited_by.get(reference.key, ())
    return ListedReference(
        id=routes.reference_anchor(reference.key),
        link=Link(ctx.to(*ctx.site.addresses.reference(reference.key)), formatted.title),
        authors=formatted.authors,
        source=formatted.source,
        pages=len({(place.kind, place.id) for place in places}),
    )


def _cited_in(ctx: PageContext, places: tuple[CitingPlace, ...]) -> tuple[CitedIn, ...]:
    by_page: dict[tuple[str, str], list[CitingPlace]] = {}
    for place in places:
        by_page.setdefault((place.kind, place.id), []).append(place)
    return tuple(_on_page(ctx, kind, identifier, found) for (kind, identifier), found in by_page.items())


def _on_page(ctx: PageContext, kind: str, identifier: str, places: list[CitingPlace]) -> CitedIn:
    address, anchor = ctx.site.addresses.resolve(kind, identifier)
    if kind == "criterion":
        criterion = next(item for item in ctx.kb.criteria.criteria if item.id == identifier)
        name = f"Referral criterion {criterion.number}"
    else:
        name = ctx.kb.name(kind, identifier)
    statements = []
    for place in places:
        field = _FIELD_NAMES.get(place.field, "")
        text = ctx.site.plain(place.text)
        target = routes.SECTION_OF_FIELD.get(place.field, "") if kind == "technique" else anchor
        shown = f"{field}: {text}" if field and text else text or field
        if shown:
            statements.append(Link(ctx.to(address, target), shown))
    return CitedIn(Link(ctx.to(address, anchor), name), tuple(statements))
