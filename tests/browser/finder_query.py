"""The finder's question, asked of the linked records in Python, without its script and its data file."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from generator.knowledge import KnowledgeBase
from generator.model.clinical import Indication, PrognosisWindow
from generator.model.technique import Technique

BANDS = {"0-1": (0, 1), "1-3": (1, 3), "3-6": (3, 6), "6-12": (6, 12), "12": (12, float("inf"))}
Choice = tuple[str, str]
"""A facet and what is chosen in it."""


@dataclass(frozen=True)
class Question:
    """Everything chosen, and the records that answer."""

    kb: KnowledgeBase
    choices: tuple[Choice, ...]

    def chosen(self, facet: str) -> str:
        """What is chosen in a facet; empty when nothing is."""
        return next((value for name, value in self.choices if name == facet), "")

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Ids of the techniques in each group, by name."""
        found: dict[str, list[str]] = {name: [] for name in ("stated", "open", "silent", "weak", "out")}
        for technique in self.kb.current_techniques():
            found[self.group(technique)].append(technique.id)
        return found

    def group(self, technique: Technique) -> str:
        """Where a technique stands."""
        states = self.states_of[technique.id]
        of_sources = [state for facet, state in states if facet != "caution"]
        if {"no", "against", "contraindicated"} & {state for _, state in states}:
            return "out"
        if technique.named_only or "weak" in of_sources:
            return "weak"
        of_pain = [state for facet, state in states if facet in ("site", "mechanism", "cause")]
        if of_pain and set(of_pain) == {"silent"}:
            return "silent"
        return "open" if {"silent", "unclear", "differ"} & set(of_sources) else "stated"

    @cached_property
    def states_of(self) -> dict[str, list[Choice]]:
        """Technique id to its answers."""
        return {technique.id: self.states(technique) for technique in self.kb.current_techniques()}

    def states(self, technique: Technique) -> list[Choice]:
        """The answer to each choice, then the exclusions that concern the choices, then the cautions."""
        found = [
            (facet, self.described(technique, facet, value))
            for facet in ("site", "mechanism", "cause")
            if (value := self.chosen(facet))
        ]
        if value := self.chosen("prognosis"):
            found.append(("prognosis", self.prognosis(technique, *BANDS[value])))
        if value := self.chosen("setting"):
            places = {use.setting for use in self.with_class(technique, "setting")}
            found.append(("setting", "match" if value in places else "no" if places else "silent"))
        found.extend(("exclusion", state) for state in self.exclusions(technique, dict(found)))
        found += [
            ("caution", caution(self.kb, technique, kind))
            for facet, kind in self.choices
            if facet == "cautions"
        ]
        return found

    def with_class(self, technique: Technique, field: str) -> list[object]:
        """The technique's own and those of its class."""
        parent = self.kb.class_of(technique)
        return [*getattr(technique, field), *(getattr(parent, field) if parent else ())]

    def described(self, technique: Technique, facet: str, value: str) -> str:
        """What its indications, also those of variants, say."""
        values = self.kb.sites_below[value] if facet == "site" else (value,)
        return of_indications(Same(technique), facet, values)

    def prognosis(self, technique: Technique, start: float, end: float) -> str:
        """Floors and ceilings, each kind by itself; words decide nothing."""
        windows: list[PrognosisWindow] = self.with_class(technique, "prognosis")  # type: ignore[assignment]
        edges: dict[str, list[str]] = {"floor": [], "ceiling": []}
        for window in windows:
            if window.limit == "floor":
                edges["floor"].append(
                    "met" if start >= max(window.months) else "missed" if end <= min(window.months) else "?"
                )
            elif window.limit == "ceiling":
                edges["ceiling"].append(
                    "met" if end <= min(window.months) else "missed" if start >= max(window.months) else "?"
                )
        if any(set(kind) == {"missed"} for kind in edges.values()):
            return "no"
        limits = edges["floor"] + edges["ceiling"]
        if limits:
            return "match" if set(limits) == {"met"} else "unclear"
        return "unclear" if any(item.limit in ("words", "similar") for item in windows) else "silent"

    def exclusions(self, technique: Technique, states: dict[str, str]) -> Iterator[str]:
        """How the pains against which a source speaks stand to the choices."""
        site, mechanism = self.chosen("site"), self.chosen("mechanism")
        for item in technique.not_indicated:
            asked = []
            if item.pain_sites and site:
                related = {site, *self.kb.sites_below[site]}
                related |= {place for place in self.kb.sites if site in self.kb.sites_below[place]}
                asked.append(("site", bool(related & set(item.pain_sites))))
            if item.mechanisms and mechanism:
                asked.append(("mechanism", mechanism in item.mechanisms))
            if not asked or not all(hit for _, hit in asked):
                continue
            if len(asked) < bool(item.pain_sites) + bool(item.mechanisms):
                yield "partly"
            else:
                yield "differ" if all(states[facet] == "match" for facet, _ in asked) else "against"


class Same:
    """A technique by identity, to remember answers by."""

    def __init__(self, technique: Technique) -> None:
        self.technique = technique

    def __hash__(self) -> int:
        return id(self.technique)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.technique is other.technique


@cache
def of_indications(same: Same, facet: str, values: tuple[str, ...]) -> str:
    """Whether its indications, also those of variants, name one of the values."""
    technique = same.technique
    field = {"site": "pain_sites", "mechanism": "mechanisms", "cause": "causes"}[facet]
    indications = [
        *technique.indications,
        *itertools.chain(*(variant.indications for variant in technique.variants)),
    ]
    hits = [item for item in indications if set(values) & set(getattr(item, field))]
    if any(is_firm(item) for item in hits):
        return "match"
    if hits:
        return "weak"
    return "no" if any(getattr(item, field) for item in indications if is_firm(item)) else "silent"


def is_firm(item: Indication) -> bool:
    """Neither only reported nor only in a title."""
    return item.claim == "indicated" and item.basis != "title"


def caution(kb: KnowledgeBase, technique: Technique, kind: str) -> str:
    """Absolute keeps it out, and an unstated strength where nothing is milder; the rest is to be weighed.

    So is a bleeding-risk tier where the kind is about bleeding.
    """
    parent = kb.class_of(technique)
    both = (technique, parent) if parent else (technique,)
    strengths = {item.strength for holder in both for item in holder.contraindications if item.kind == kind}
    careful: Iterable[str | None] = (
        item.kind
        for item in (
            *(item for holder in both for item in holder.cautions),
            *(item for variant in technique.variants for item in variant.cautions),
        )
    )
    milder = "relative" in strengths or kind in careful
    if "absolute" in strengths or (strengths - {"relative"} and not milder):
        return "contraindicated"
    tiered = any(holder.bleeding_risk for holder in both) and kb.contraindication_kinds[kind].bleeding
    return "weigh" if milder or tiered else "silent"


def choices(kb: KnowledgeBase) -> list[Choice]:
    """Everything that could be chosen."""
    return [
        *(("site", identifier) for identifier in kb.sites),
        *(("mechanism", identifier) for identifier in kb.mechanisms),
        *(("cause", identifier) for identifier in kb.causes),
        *(("prognosis", identifier) for identifier in BANDS),
        *(("setting", identifier) for identifier in kb.settings),
        *(("cautions", identifier) for identifier in kb.contraindication_kinds),
    ]


def pairs(kb: KnowledgeBase) -> list[tuple[Choice, ...]]:
    """Nothing, every choice alone, and every two that can be made together."""
    every = choices(kb)
    both = [
        pair
        for pair in itertools.combinations(every, 2)
        if pair[0][0] != pair[1][0] or pair[0][0] == "cautions"
    ]
    return [(), *((choice,) for choice in every), *both]
