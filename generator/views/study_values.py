"""Questions whose answer is a value that excludes the others: level, rating, tier, grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from generator.knowledge import KnowledgeBase
from generator.model.clinical import Graded, Rating, SpinalLevel
from generator.model.technique import Technique
from generator.views.context import SiteContext
from generator.views.evidence import source_name, value_in_words
from generator.views.spine import level_text
from generator.views.study_near import Nearness
from generator.views.study_question import Draft, in_order, said

ENOUGH = 5
"""Levels from which three are taken."""


def levels(site: SiteContext, near: Nearness, technique: Technique) -> Iterator[Draft]:
    """Wrong is a stretch of another technique that touches none that this one or the same structure names."""
    kb = site.kb
    order = {level.id: number for number, level in enumerate(kb.levels)}
    named = re.compile(rf"(?<!\w)({'|'.join(sorted(map(re.escape, order), key=len, reverse=True))})(?!\w)")
    if not technique.anatomy.levels:
        return
    linked = near.linked(technique)
    own = [level for name in linked for level in kb.techniques[name].anatomy.levels]
    mentioned = {order[name] for name in named.findall(_all_texts(site, near, technique))}
    for level in technique.anatomy.levels:
        if level.role == "landmark" or named.search(level.structure):
            continue
        same = near.levels_named_like(level.structure)
        forbidden = mentioned | {number for item in (*own, *same) for number in _stretch(order, item)}
        right = level_text(level)
        fact = (level.role, right.replace("–", "-"))
        words = (("structure", level.structure), ("role", kb.study.roles[level.role]))
        answers = _far_levels(near, technique, f"{technique.id}.{right}", order, forbidden)
        yield Draft(fact, words, (said(site, level, right),), right, answers)


def _far_levels(
    near: Nearness, technique: Technique, seed: str, order: dict[str, int], forbidden: set[int]
) -> tuple[str, ...]:
    """Stretches of other techniques that touch no forbidden level, as many as are needed."""
    found: dict[str, None] = {}
    for other in near.others(technique, seed):
        for level in other.anatomy.levels:
            if level.role != "landmark" and forbidden.isdisjoint(_stretch(order, level)):
                found[level_text(level)] = None
        if len(found) >= ENOUGH:
            break
    return tuple(in_order(seed, found))


def _stretch(order: dict[str, int], level: SpinalLevel) -> range:
    return range(order[level.from_level], order[level.to_level or level.from_level] + 1)


def _all_texts(site: SiteContext, near: Nearness, technique: Technique) -> str:
    return " ".join(near.texts_of(site.kb.techniques[other]) for other in sorted(near.linked(technique)))


def ratings(site: SiteContext, near: Nearness, technique: Technique) -> Iterator[Draft]:
    """Wrong is a value of the same scale that no rating of the technique, its class or members reaches."""
    kb = site.kb
    around = [rating for other in near.linked(technique) for rating in kb.techniques[other].evidence]
    for rating in technique.evidence:
        body = kb.bodies[rating.body]
        right = value_in_words(rating.value)
        reached = [_ranges(kb, other) for other in around if kb.bodies[other.body].scale == body.scale]
        wrong = [
            value_in_words(dict(zip(_ranges(kb, rating), values, strict=True)))
            for values in product(*(_steps(kb, rating, part) for part in _ranges(kb, rating)))
            if not any(
                _reaches(given, dict(zip(_ranges(kb, rating), values, strict=True))) for given in reached
            )
        ]
        scope = "_".join((*rating.pain_sites, *rating.mechanisms))
        words = (
            ("body", f"{body.name} ({body.year})" if body.year else body.name),
            ("scale", kb.scales[body.scale].name),
            ("scope", site.plain(rating.text)),
        )
        answers = in_order(f"{technique.id}.{rating.body}", _differ(right, wrong))
        fact = (rating.body, scope) if scope else (rating.body,)
        yield Draft(fact, words, (said(site, rating, right),), right, tuple(answers))


def _ranges(kb: KnowledgeBase, rating: Rating) -> dict[str, frozenset[str]]:
    """Part of the scale to the steps that a rating covers; empty for a scale in words."""
    parts = {
        part.id: [step.value for step in part.steps] for part in kb.scales[kb.bodies[rating.body].scale].parts
    }
    value = {next(iter(parts)): rating.value} if isinstance(rating.value, str) and parts else rating.value
    if isinstance(value, str):
        return {}
    found = {}
    for part, ends in value.items():
        steps = parts[part]
        first, last = sorted(steps.index(end) for end in ((ends, ends) if isinstance(ends, str) else ends))
        found[part] = frozenset(steps[first : last + 1])
    return found


def _steps(kb: KnowledgeBase, rating: Rating, part: str) -> list[str]:
    scale = kb.scales[kb.bodies[rating.body].scale]
    return [step.value for item in scale.parts if item.id == part for step in item.steps]


def _reaches(given: dict[str, frozenset[str]], value: dict[str, str]) -> bool:
    """Whether a value lies within a rating in every part that both have."""
    shared = given.keys() & value.keys()
    return all(value[part] in given[part] for part in shared)


def _differ(right: str, wrong: Iterable[str]) -> list[str]:
    """Those in words that share none with the right answer: "Moderate" is not told from "Low to moderate"."""
    own = _plain_words(right)
    return [text for text in wrong if own.isdisjoint(_plain_words(text))]


def _plain_words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.casefold()))


def tiers(site: SiteContext, near: Nearness, technique: Technique) -> Iterator[Draft]:
    """Wrong is a tier of the same body that nothing linked has from it."""
    kb = site.kb
    for body in dict.fromkeys(item.body for item in technique.bleeding_risk):
        own = [item for item in technique.bleeding_risk if item.body == body]
        linked = [kb.techniques[other] for other in near.linked(technique)]
        around = {item.tier for other in linked for item in other.bleeding_risk if item.body == body}
        wrong = near.tiers_of[body] - around
        says = tuple(said(site, item, item.tier) for item in own)
        words = (("body", source_name(kb.bodies[body])),)
        if len({item.tier for item in own}) > 1:
            yield Draft((body,), words, says)
        else:
            yield Draft((body,), words, says, own[0].tier, tuple(in_order(f"{technique.id}.{body}", wrong)))


def costs(site: SiteContext, near: Nearness, technique: Technique) -> Iterator[Draft]:
    """Cost, in the source's grade."""
    linked = [site.kb.techniques[other].cost for other in near.linked(technique)]
    yield from _grades(site, technique.id, technique.cost, linked)


def risks(site: SiteContext, near: Nearness, technique: Technique) -> Iterator[Draft]:
    """Procedural risk, in the source's grade."""
    linked = [site.kb.techniques[other].procedural_risk for other in near.linked(technique)]
    yield from _grades(site, technique.id, technique.procedural_risk, linked)


def _grades(
    site: SiteContext, technique: str, own: tuple[Graded, ...], linked: Iterable[tuple[Graded, ...]]
) -> Iterator[Draft]:
    """Wrong is a grade that shares no word with any that the technique, its class or members have."""
    if not own:
        return
    grades = site.kb.grades
    says = tuple(said(site, item, grades[item.grade].name) for item in own)
    if len({item.grade for item in own}) > 1:
        yield Draft((), (), says)
        return
    given = " ".join(grades[item.grade].name for items in linked for item in items)
    wrong = _differ(given, (grade.name for grade in grades.values()))
    yield Draft((), (), says, grades[own[0].grade].name, tuple(in_order(technique, wrong)))
