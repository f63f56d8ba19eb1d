"""Which techniques a source describes for a site, and how firmly."""

from __future__ import annotations

from generator.knowledge import Fit, KnowledgeBase
from generator.model.clinical import Indication

STANDINGS = ("described", "reported", "title")
"""How a technique stands to a site, from the firmest to the weakest."""


def standing(indication: Indication) -> str:
    """How firmly a source speaks: described, only reported, or only in a title."""
    if indication.basis == "title":
        return "title"
    return "reported" if indication.claim == "reported" else "described"


def fits_below(kb: KnowledgeBase, site: str) -> dict[str, list[Fit]]:
    """Technique id to its fits for a site and all that lie in it, alphabetically by name."""
    found: dict[str, dict[int, Fit]] = {}
    for place in kb.sites_below[site]:
        for fit in kb.fits.get(place, ()):
            found.setdefault(fit.technique, {}).setdefault(id(fit.indication), fit)
    ordered = sorted(found, key=lambda technique: kb.techniques[technique].name.casefold())
    return {technique: list(found[technique].values()) for technique in ordered}


def technique_count(kb: KnowledgeBase, site: str) -> int:
    """Number of techniques that a source describes for a site or one that lies in it."""
    return sum(
        any(standing(fit.indication) == "described" for fit in fits)
        and not kb.techniques[technique].named_only
        for technique, fits in fits_below(kb, site).items()
    )
