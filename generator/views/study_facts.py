"""What can be asked about a technique, and which answers are surely wrong: a function for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import TypeAlias

from generator.bibliography import short_form
from generator.knowledge import KnowledgeBase
from generator.model.clinical import Complication, Graded, Rating, SpinalLevel
from generator.model.technique import Technique
from generator.views.context import SiteContext
from generator.views.evidence import source_name, value_in_words
from generator.views.fits import standing
from generator.views.spine import level_text
from generator.views.study_near import Nearness
from generator.views.study_question import Draft, Said, in_order, said
from generator.views.tables import by_weight, complication_tag

MOST_OPTIONS = 4
"""The right answer and three wrong ones."""

Drafts: TypeAlias = Iterator[Draft]
Drafter: TypeAlias = Callable[[SiteContext, Nearness, Technique], Drafts]


def _uses_of_site(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    """Which technique is listed for a pain site: asked where far ones have uses of their own."""
    kb = site.kb
    if technique.named_only:
        return
    described = [item for item in technique.indications if standing(item) == "described"]
    for place in dict.fromkeys(place for item in described for place in item.pain_sites):
        if near.is_anywhere(place):
            continue
        wrong = [
            other
            for other in kb.current_techniques()
            if other.id not in near.family(technique)
            and not other.named_only
            and any(standing(item) == "described" for item in other.indications)
            and not near.has_open_use(other)
            and not near.speaks_of(other, place)
        ]
        says = tuple(said(site, item) for item in described if place in item.pain_sites)
        words = (("site", kb.sites[place].name),)
        names = _same_group_first(technique, wrong, f"{technique.id}.{place}")
        yield Draft((place,), words, says, technique.name, tuple(kb.techniques[name].name for name in names))


def _uses(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    says = [said(site, item) for item in technique.indications if standing(item) == "described"]
    for variant in technique.variants:
        note = f"as {variant.name}"
        says += [said(site, item, note=note) for item in variant.indications if standing(item) == "described"]
    if says:
        yield Draft((), (), tuple(says))


def _against(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    """Wrong is a use that a source describes, at other pain sites and of other mechanisms."""
    described = [item for item in technique.indications if standing(item) == "described" and item.pain_sites]
    for exclusion in technique.not_indicated:
        told_apart = bool(exclusion.pain_sites or exclusion.mechanisms)
        wrong = [
            site.plain(item.text)
            for item in described
            if told_apart
            and not set(exclusion.mechanisms) & set(item.mechanisms)
            and not any(near.is_anywhere(place) for place in item.pain_sites if exclusion.pain_sites)
            and not any(near.near(one, other) for one in exclusion.pain_sites for other in item.pain_sites)
        ]
        places = "_".join((*exclusion.pain_sites, *exclusion.mechanisms)) or _first_source(
            said(site, exclusion)
        )
        right = site.plain(exclusion.text)
        yield Draft((places,), (), (said(site, exclusion),), right, tuple(in_order(technique.id, wrong)))


def _target(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    """Wrong is the target of a technique of other descent, when neither names the other's structure."""
    target = technique.anatomy.target
    if target is None:
        return
    right = site.plain(target.text)
    if not near.has_definite_target(technique):
        yield Draft((), (), (said(site, target),), right)
        return
    telling, around = near.words([right]), near.anatomy_words(technique)
    wrong = []
    for other in site.kb.current_techniques():
        there = other.anatomy.target
        if (
            there is None
            or other.kind == "class"
            or other.id in near.family(technique)
            or near.has_open_use(other)
            or not telling.isdisjoint(near.anatomy_words(other))
            or not around.isdisjoint(near.words([site.plain(there.text)]))
        ):
            continue
        wrong.append(other)
    names = _same_group_first(technique, wrong, f"{technique.id}.target")
    texts = []
    used: frozenset[str] = frozenset()
    for name in names:
        there = site.kb.techniques[name].anatomy.target
        text = site.plain(there.text) if there else ""
        if used.isdisjoint(near.words([text])):  # no structure twice in other words
            used |= near.words([text])
            texts.append(text)
    yield Draft((), (), (said(site, target),), right, tuple(texts))


def _levels(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    """Wrong is a stretch of another technique that touches none that this one or the same structure names."""
    kb = site.kb
    order = {level.id: number for number, level in enumerate(kb.levels)}
    named = re.compile(rf"(?<!\w)({'|'.join(sorted(map(re.escape, order), key=len, reverse=True))})(?!\w)")
    if not technique.anatomy.levels:
        return
    everywhere = [(other, level) for other in kb.current_techniques() for level in other.anatomy.levels]
    own = [level for other, level in everywhere if other.id in near.linked(technique)]
    mentioned = {order[name] for name in named.findall(_all_texts(site, near, technique))}
    for level in technique.anatomy.levels:
        if level.role == "landmark" or named.search(level.structure):
            continue
        structure = near.words([level.structure])
        same = [other for _, other in everywhere if not structure.isdisjoint(near.words([other.structure]))]
        forbidden = mentioned | {number for item in (*own, *same) for number in _stretch(order, item)}
        wrong = {
            level_text(item): None
            for other, item in everywhere
            if other.id not in near.family(technique)
            and item.role != "landmark"
            and forbidden.isdisjoint(_stretch(order, item))
        }
        right = level_text(level)
        fact = (level.role, right.replace("–", "-"))
        words = (("structure", level.structure), ("role", kb.study.roles[level.role]))
        answers = tuple(in_order(f"{technique.id}.{right}", wrong))
        yield Draft(fact, words, (said(site, level, right),), right, answers)


def _stretch(order: dict[str, int], level: SpinalLevel) -> range:
    return range(order[level.from_level], order[level.to_level or level.from_level] + 1)


def _all_texts(site: SiteContext, near: Nearness, technique: Technique) -> str:
    return " ".join(near.texts_of(site.kb.techniques[other]) for other in sorted(near.linked(technique)))


def _ratings(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
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


def _window(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    says = [said(site, item) for item in technique.prognosis]
    if (parent := site.kb.class_of(technique)) is not None and technique.prognosis:
        says += [said(site, item, note=_of_class(parent)) for item in parent.prognosis]
    if says:
        yield Draft((), (), tuple(says))


def _harms(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    if not technique.complications:
        return
    serious_first = sorted(by_weight(technique.complications), key=lambda item: not item.serious)
    says = [said(site, item, note=complication_tag(item)) for item in serious_first]
    if (parent := site.kb.class_of(technique)) is not None:
        for item in parent.complications:
            note = ", ".join(filter(None, (complication_tag(item), _of_class(parent))))
            says.append(said(site, item, note=note))
    yield Draft((), (), tuple(says))


def _frequencies(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    """Wrong is every other word for how often, unless the same harm is named with it too."""
    names = site.kb.study.frequencies
    around: list[Complication] = [
        item for other in near.linked(technique) for item in site.kb.techniques[other].complications
    ]
    for other in near.linked(technique):
        for variant in site.kb.techniques[other].variants:
            around += variant.complications
    for harm in technique.complications:
        if harm.frequency == "not-stated":
            continue
        words = near.words([site.plain(harm.text)])
        same = {
            item.frequency for item in around if not words.isdisjoint(near.words([site.plain(item.text)]))
        }
        wrong = [name for frequency, name in names.items() if frequency not in same | {harm.frequency}]
        line = said(site, harm, names[harm.frequency], "serious" if harm.serious else "")
        source = short_form(site.kb.references[_first_source(line)])
        fact = (harm.frequency, _first_source(line))
        answers = tuple(in_order(technique.id, wrong))
        yield Draft(
            fact,
            (("harm", site.plain(harm.text)), ("source", source)),
            (line,),
            names[harm.frequency],
            answers,
        )


def _tiers(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    """Wrong is a tier of the same body that nothing linked has from it."""
    kb = site.kb
    for body in dict.fromkeys(item.body for item in technique.bleeding_risk):
        own = [item for item in technique.bleeding_risk if item.body == body]
        every = [
            (other.id, item)
            for other in kb.current_techniques()
            for item in other.bleeding_risk
            if item.body == body
        ]
        around = {item.tier for other, item in every if other in near.linked(technique)}
        wrong = dict.fromkeys(item.tier for _, item in every if item.tier not in around)
        says = tuple(said(site, item, item.tier) for item in own)
        words = (("body", source_name(kb.bodies[body])),)
        if len({item.tier for item in own}) > 1:
            yield Draft((body,), words, says)
        else:
            yield Draft((body,), words, says, own[0].tier, tuple(in_order(f"{technique.id}.{body}", wrong)))


def _costs(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    linked = [site.kb.techniques[other].cost for other in near.linked(technique)]
    yield from _grades(site, technique.id, technique.cost, linked)


def _risks(site: SiteContext, near: Nearness, technique: Technique) -> Drafts:
    linked = [site.kb.techniques[other].procedural_risk for other in near.linked(technique)]
    yield from _grades(site, technique.id, technique.procedural_risk, linked)


def _grades(
    site: SiteContext, technique: str, own: tuple[Graded, ...], linked: Iterable[tuple[Graded, ...]]
) -> Drafts:
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


def _of_class(parent: Technique) -> str:
    return f"of the class {parent.name}"


def _first_source(line: Said) -> str:
    return line.citations[0].key


def _same_group_first(technique: Technique, others: Iterable[Technique], seed: str) -> list[str]:
    """Ids, those of the technique's own group first: the nearest wrong answers teach most."""
    near = [other.id for other in others if other.group == technique.group]
    far = [other.id for other in others if other.group != technique.group]
    return in_order(seed, near) + in_order(seed, far)


DRAFTS: dict[str, Drafter] = {
    "site": _uses_of_site,
    "uses": _uses,
    "against": _against,
    "target": _target,
    "level": _levels,
    "rating": _ratings,
    "window": _window,
    "harms": _harms,
    "frequency": _frequencies,
    "tier": _tiers,
    "cost": _costs,
    "risk": _risks,
}
"""Kind of question to what drafts it."""
