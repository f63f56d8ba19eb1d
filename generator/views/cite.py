"""How a page is cited: in words and in the formats of reference managers, with its own sources to download.

Where the site says nowhere at which address it is published, a citation says so in words, and a script
puts the address of the reader's page there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator import routes
from generator.citation_formats import FORMATS
from generator.diagnostics import Location
from generator.model.reference import Name, Reference
from generator.views.context import SiteContext
from generator.views.parts import Link, Page
from generator.views.status import content_date, long_date

# Stands for the address while a citation is made; no page has it.
_PLACE = "https://address.invalid/"
_UNKNOWN = "[address of this page]"


@dataclass(frozen=True, slots=True)
class CitationText:
    """A citation in one format, cut where the address stands."""

    name: str
    """`BibTeX`; `Text` for the citation in words."""
    file: str
    """Name of a file that holds it."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PageCitation:
    """How a page is cited."""

    words: CitationText
    formats: tuple[CitationText, ...]
    address: str
    """The page's address, or words in its place."""
    is_known: bool
    """false when the address is not known to those who made the site."""
    source: tuple[CitationText, ...]
    """On the page of a reference: that reference itself in every format."""
    references: tuple[Link, ...]
    """The sources of the page in every format, in the order of the page."""
    card: Link


def address_of(site: SiteContext, page: Page) -> str:
    """The full address of a page; empty when the site's own is not known."""
    root = site.kb.publication.address
    return f"{root}{routes.from_root(page.address)}" if root else ""


def checked_on(site: SiteContext, page: Page) -> str:
    """The day on which a page was last checked against its sources; the site's for a page without records."""
    if page.status:
        return page.status.checked_iso
    return site.made_once("content date", (), lambda: content_date(site.kb))


def citation(site: SiteContext, page: Page, cited: Sequence[str]) -> PageCitation:
    """How a page is cited that cites these references."""
    own = _as_reference(site, page)
    address = address_of(site, page)
    kind, key = page.record or ("", "")
    return PageCitation(
        words=_cut("Text", f"{own.key}.txt", _in_words(site, page)),
        formats=tuple(_cut(item.name, f"{own.key}.{item.suffix}", item.text([own])) for item in FORMATS),
        address=address or _UNKNOWN,
        is_known=bool(address),
        source=tuple(
            CitationText(item.name, f"{key}.{item.suffix}", item.text([site.kb.references[key]]), "")
            for item in FORMATS
            if kind == "reference"
        ),
        references=tuple(
            Link(routes.references_file("", item.suffix), item.name) for item in FORMATS if cited
        ),
        card=Link(page.root + card_file(page), "Picture for slides and posts (PNG)"),
    )


def card_file(page: Page) -> str:
    """The picture that stands for a page."""
    kind, identifier = page.record or ("", "")
    return routes.card(identifier if kind == "technique" else "")


def _in_words(site: SiteContext, page: Page) -> str:
    publication = site.kb.publication
    reviewed = f"; clinical review: {page.status.reviewed}" if page.status else ""
    checked = f"Checked {long_date(checked_on(site, page))}{reviewed}"
    parts = (publication.authors, page.title, publication.name, checked, publication.licence.name)
    return " ".join([*(part if part[-1] in ".?!" else f"{part}." for part in parts), _PLACE])


def _as_reference(site: SiteContext, page: Page) -> Reference:
    """The page as an entry of somebody's bibliography."""
    publication = site.kb.publication
    date = checked_on(site, page)
    reviewed = f" Clinical review: {page.status.reviewed}." if page.status else ""
    note = f"Checked against its sources on {long_date(date)}.{reviewed} Licence: {publication.licence.name}"
    return Reference(
        key=_slug(f"{publication.short_name} {page.address or 'home'}"),
        type="web",
        title=page.title,
        location=Location(page.address),
        authors=(Name(publication.authors),),
        container=publication.name,
        year=date[:4],
        date=date,
        url=_PLACE,
        note=note,
    )


def _cut(name: str, file: str, text: str) -> CitationText:
    before, _, after = text.partition(_PLACE)
    return CitationText(name, file, before, after)


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))
