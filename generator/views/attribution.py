"""What stands under every part of the site that is shown apart from the rest."""

from __future__ import annotations

from dataclasses import dataclass

from generator.bibliography import short_form
from generator.inline import parse_citation
from generator.knowledge import KnowledgeBase
from generator.model.publication import Licence
from generator.views.parts import StatusView


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, under which terms, when it was checked, what it is not, and where the whole stands."""

    name: str
    licence: Licence
    credit: str
    """Sources whose licence asks for credit, in short."""
    audience: str
    caution: str
    checked: str
    reviewed: str
    title: str
    """Name of the live page."""
    address: str
    """Full address of the live page; empty where the site's address is not known."""


def attribution(kb: KnowledgeBase, status: StatusView | None, title: str, address: str) -> Attribution:
    """The attribution of a part of the page at an address of the site."""
    publication = kb.publication
    credit = (kb.references[parse_citation(key).key] for key in publication.credit)
    return Attribution(
        name=publication.name,
        licence=publication.licence,
        credit="; ".join(short_form(reference) for reference in credit),
        audience=publication.audience,
        caution=publication.caution,
        checked=status.checked if status else "",
        reviewed=status.reviewed if status else "",
        title=title,
        address=full_address(kb, address),
    )


def full_address(kb: KnowledgeBase, address: str, file: str = "") -> str:
    """The address of a page, or of a file, as others link to it; empty where the site's own is not known."""
    if kb.publication.address is None:
        return ""
    return kb.publication.address + (file or (f"{address}/" if address else ""))


def in_one_line(view: Attribution) -> str:
    """The attribution as plain text, for a drawing and for a table."""
    checked = f", checked {view.checked}" if view.checked else ""
    where = f" {view.address}" if view.address else ""
    return f"{view.name}: {view.title}{checked}. {view.licence.name}, after {view.credit}.{where}"
