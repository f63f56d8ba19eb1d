"""The cells of the evidence map: what the records say of one technique for one site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal, TypeAlias

from generator.knowledge import Fit, KnowledgeBase
from generator.model.clinical import Exclusion, Rating
from generator.model.technique import Technique
from generator.model.vocabulary import Scale
from generator.views.evidence import ratings_of, source_name, value_in_words
from generator.views.fits import STANDINGS, fits_below, standing

Standing: TypeAlias = Literal["described", "reported", "title", "rated", "against"]

# Steps of the map's colour ramp. A scale with fewer steps starts further up, one with more shares some.
RAMP = 4
# A value in words longer than this does not fit a cell; the list below the map has it in full.
_LONGEST_WORDS = 24


@dataclass(frozen=True, slots=True)
class CellRating:
    """A rating that holds in a cell."""

    rating: Rating
    rated_class: Technique | None
    """Set when it was given to the class of the technique."""
    in_part: bool
    """true when it holds only for some of the cell's sites, or for one mechanism."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One technique at one site, with all that lies in the site."""

    technique: Technique
    site: str
    fits: tuple[Fit, ...]
    against: tuple[Exclusion, ...]
    ratings: tuple[CellRating, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class ScaleChoice:
    """A scale in which the map can be read."""

    scale: Scale
    number: str
    """Its place among the choices, from 1; style sheets know scales by it."""
    label: str
    """The bodies that use it: 'Review 2025'."""


Look: TypeAlias = Literal["own", "class", "words", "unrated", "reported", "title", "against"]


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell shows in one scale."""

    look: Look
    level: int
    """Step of the ramp from 1; 0 where the scale has no order."""
    text: str
    small: str = ""
    """'class', 'in part'."""


def cells(kb: KnowledgeBase, site: str) -> dict[str, Cell]:
    """Technique id to its cell at a site; a technique of which no source speaks there is absent."""
    below = frozenset(kb.sites_below[site])
    fits = fits_below(kb, site)
    against: dict[str, dict[int, Exclusion]] = {}
    for place in kb.sites_below[site]:
        for item in kb.against.get(place, ()):
            against.setdefault(item.technique, {}).setdefault(id(item.exclusion), item.exclusion)
    found = {}
    for technique in kb.current_techniques():
        ratings = [
            (rating, rated_class)
            for rating, rated_class in ratings_of(kb, technique)
            if not rating.pain_sites or below & set(rating.pain_sites)
        ]
        own_fits = tuple(fits.get(technique.id, ()))
        own_against = tuple(against.get(technique.id, {}).values())
        named = any(rating.pain_sites for rating, _ in ratings)
        if not (own_fits or own_against or named):
            continue
        stands = _standing(own_fits, named=named)
        found[technique.id] = Cell(
            technique,
            site,
            own_fits,
            own_against,
            tuple(
                CellRating(rating, rated_class, _in_part(rating, site))
                for rating, rated_class in ratings
                if rating.pain_sites or stands == "described"
            ),
            stands,
        )
    return found


def _standing(fits: tuple[Fit, ...], *, named: bool) -> Standing:
    if fits:
        best = min((standing(fit.indication) for fit in fits), key=STANDINGS.index)
        if best == "described":
            return "described"
        return "rated" if named else "title" if best == "title" else "reported"
    return "rated" if named else "against"


def _in_part(rating: Rating, site: str) -> bool:
    return bool(rating.mechanisms) or bool(rating.pain_sites and site not in rating.pain_sites)


def scale_choices(kb: KnowledgeBase) -> tuple[ScaleChoice, ...]:
    """The scales in which a technique is rated, in the order of the vocabulary."""
    used = {rating.body for technique in kb.current_techniques() for rating in technique.evidence}
    found: list[ScaleChoice] = []
    for scale in kb.scales.values():
        bodies = [body for body in kb.bodies.values() if body.id in used and body.scale == scale.id]
        if bodies:
            label = ", ".join(source_name(body) for body in bodies) if scale.parts else scale.name
            found.append(ScaleChoice(scale, str(len(found) + 1), label))
    return tuple(found)


def value(kb: KnowledgeBase, cell: Cell, scale: Scale) -> CellValue:
    """A cell in one scale. A rating of the technique itself goes before one of its class."""
    rated = [item for item in cell.ratings if kb.bodies[item.rating.body].scale == scale.id]
    own = [item for item in rated if item.rated_class is None]
    if not rated:
        return _without_value(cell)
    chosen = own or rated
    small = [] if own else ["class"]
    if any(item.in_part for item in chosen):
        small.append("in part")
    texts = list(dict.fromkeys(value_in_words(item.rating.value) for item in chosen))
    levels = [_level(item.rating, scale) for item in chosen]
    level = min(levels)
    if not scale.parts and (len(texts) > 1 or len(texts[0]) > _LONGEST_WORDS):
        texts = [f"{len(chosen)} rating{'' if len(chosen) == 1 else 's'}"]
    look: Look = "class" if not own else "own" if level else "words"
    return CellValue(look, level, ", ".join(texts), ", ".join(small))


def _without_value(cell: Cell) -> CellValue:
    match cell.standing:
        case "against":
            return CellValue("against", 0, "not for")
        case "title":
            return CellValue("title", 0, "title only")
        case "reported":
            return CellValue("reported", 0, "reported")
        case _:
            return CellValue("unrated", 0, "not rated")


def _level(rating: Rating, scale: Scale) -> int:
    """The step of the ramp; for a printed range that of its lower end."""
    part = next((part for part in scale.parts if part.id == scale.meter), None)
    if part is None:
        return 0
    printed = rating.value if isinstance(rating.value, str) else rating.value.get(part.id)
    if printed is None:
        return 0
    steps = [step.value for step in part.steps]
    place = min(steps.index(end) for end in ([printed] if isinstance(printed, str) else printed))
    return ceil((place + 1) * RAMP / len(steps))


def statements_without_site(techniques: Iterable[Technique]) -> int:
    """How many statements of what a technique is for name no site, so that no cell can hold them."""
    return sum(
        not item.pain_sites
        for technique in techniques
        for item in (
            *technique.indications,
            *(item for variant in technique.variants for item in variant.indications),
        )
    )


def by_group(kb: KnowledgeBase, techniques: Sequence[Technique]) -> Iterator[tuple[str, list[Technique]]]:
    """Group id and its techniques, in the order of the vocabulary; groups without any are left out."""
    for group in kb.groups:
        members = [technique for technique in techniques if technique.group == group]
        if members:
            yield group, members


def column_name(kb: KnowledgeBase, site: str) -> str:
    """A name for the head of a narrow column: that on the body, the short one, or the name."""
    on_body = (region.label for region in kb.body.regions if region.site == site) if kb.body else iter(())
    return next(on_body, None) or kb.sites[site].short or kb.sites[site].name
