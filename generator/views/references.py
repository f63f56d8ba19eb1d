"""The reference list: every entry, its links, and every place that cites it."""

from __future__ import annotations

from dataclasses import dataclass

from generator import routes
from generator.bibliography import short_form, sort_key
from generator.knowledge import CitingPlace
from generator.model.reference import Reference
from generator.views.context import PageContext, SiteContext
from generator.views.notices import notice_view
from generator.views.parts import Link, NoticeView, Page, Section
from generator.views.status import long_date

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
    notice: NoticeView | None
    asked: str
    """The day on which Crossref, PubMed or its address were last asked for it; empty where nobody asked."""


@dataclass(frozen=True, slots=True)
class ListedReference:
    """A reference in a list that only names it."""

    id: str
    link: Link
    authors: str
    source: str
    pages: int
    """On how many pages it is cited."""
    notice: NoticeView | None


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """All references under one letter: whole entries, or their names when each has a page."""

    letter: str
    entries: tuple[ReferenceEntry, ...]
    listed: tuple[ListedReference, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Links to the parts of a list that is too long for one page, by the authors it starts and ends with."""

    links: tuple[Link, ...]


def parts_of(site: SiteContext) -> list[list[Reference]]:
    """All references in the order of the list, cut where a page would hold too many."""
    keyed = sorted((sort_key(reference), reference) for reference in site.kb.references.values())
    ordered = [reference for _, reference in keyed]
    most = routes.MOST_NAMES_ON_A_PAGE
    return [ordered[start : start + most] for start in range(0, len(ordered), most)] or [[]]


def build(site: SiteContext, parts: list[list[Reference]], part: int) -> Page:
    """The page of all references, alphabetical by first author, or a part of it."""
    ctx = PageContext(site, routes.reference_list(part))
    kb = ctx.kb
    by_letter: dict[str, list[Reference]] = {}
    for reference in parts[part]:
        letter = next((c for c in sort_key(reference)[0].upper() if c.isalpha()), "#")
        by_letter.setdefault(letter, []).append(reference)
    apart = site.addresses.references_apart
    cited = sum(key in kb.cited_by for key in kb.references)
    where = "Each has a page that lists where." if apart else "Each entry lists where."
    more = (Section("parts", "Parts of the list", "references/parts", _parts(ctx, parts)),)
    return Page(
        address=ctx.address,
        kind="references",
        title=f"References, part {part + 1}" if part else "References",
        description=f"Every source of the {kb.words.work}, with the statements that cite it.",
        lead=ctx.pieces(
            f"{len(kb.references)} sources, {cited} of them cited on a page. {where}", terms=False
        ),
        breadcrumbs=(Link(ctx.to(routes.REFERENCES), "References"),) if part else (),
        sections=(
            *(more if len(parts) > 1 else ()),
            *(
                Section(
                    f"letter-{letter.lower()}" if letter != "#" else "letter-none",
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
        ),
        root=ctx.root,
    )


def _parts(ctx: PageContext, parts: list[list[Reference]]) -> Parts:
    def ends(part: list[Reference]) -> str:
        first, last = (ctx.site.formatted[item.key].authors.partition(",")[0] for item in (part[0], part[-1]))
        return f"{first} to {last}"

    return Parts(
        tuple(Link(ctx.to(routes.reference_list(index)), ends(part)) for index, part in enumerate(parts))
    )


def build_one(site: SiteContext, reference: Reference) -> Page:
    """The page of one reference, where there are too many for one list."""
    ctx = PageContext(site, routes.reference(reference.key))
    entry = _entry(ctx, reference)
    return Page(
        address=ctx.address,
        kind="reference",
        record=("reference", reference.key),
        title=f"{entry.title.rstrip('.')} ({_told_apart(reference)})",
        description=(
            f"{entry.authors} {entry.source} The statements of the {ctx.kb.words.work} that cite it.".strip()
        ),
        breadcrumbs=(Link(ctx.to(routes.REFERENCES), "References"),),
        sections=(Section("entry", "Where it is cited", "references/list", ReferenceList("", (entry,), ())),),
        root=ctx.root,
    )


def _told_apart(reference: Reference) -> str:
    """Author and year, or where it was published: what tells two sources of one title apart."""
    if reference.authors or reference.editors or reference.organization:
        return short_form(reference)
    return f"{reference.container or reference.publisher or 'publisher unknown'}, {reference.year or 'n.d.'}"


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
        notice=notice_view(reference),
        asked=long_date(reference.asked) if reference.asked else "",
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
        notice=notice_view(reference),
    )


def _cited_in(ctx: PageContext, places: tuple[CitingPlace, ...]) -> tuple[CitedIn, ...]:
    by_page: dict[tuple[str, str], list[CitingPlace]] = {}
    for place in places:
        by_page.setdefault((place.kind, place.id), []).append(place)
    return tuple(_on_page(ctx, kind, identifier, found) for (kind, identifier), found in by_page.items())


def _on_page(ctx: PageContext, kind: str, identifier: str, places: list[CitingPlace]) -> CitedIn:
    address, anchor = ctx.site.addresses.resolve(kind, identifier)
    if kind == "criterion":
        criteria = ctx.kb.criteria.criteria if ctx.kb.criteria else ()
        number = next(item.number for item in criteria if item.id == identifier)
        name = f"{ctx.kb.texts.checklist.criterion} {number}"
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
