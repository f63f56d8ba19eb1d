"""What can be asked about a technique, and which answers are surely wrong: a function for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from generator.bibliography import short_form
from generator.model.clinical import Complication
from generator.model.technique import Technique
from generator.views import study_values
from generator.views.context import SiteContext
from generator.views.fits import standing
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
        far = (
            other.name
            for other in near.others(technique, f"{technique.id}.{place}")
            if not other.named_only
            and any(standing(item) == "described" for item in other.indications)
            and not near.has_open_use(other)
            and not near.speaks_of(other, place)
        )
        says = tuple(said(site, item) for item in described if place in item.pain_sites)
        words = (("site", kb.sites[place].name),)
        yield Draft((place,), words, says, technique.name, tuple(islice(far, MOST_OPTIONS - 1)))


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
    texts: list[str] = []
    used: frozenset[str] = frozenset()
    for other in near.others(technique, f"{technique.id}.target"):
        text, words = near.targets.get(other.id, ("", frozenset()))
        if (
            text
            and words.isdisjoint(around)
            and telling.isdisjoint(near.anatomy_words(other))
            and words.isdisjoint(used)  # no structure twice in other words
        ):
            used |= words
            texts.append(text)
            if len(texts) == MOST_OPTIONS - 1:
                break
    yield Draft((), (), (said(site, target),), right, tuple(texts))


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


def _of_class(parent: Technique) -> str:
    return f"of the class {parent.name}"


def _first_source(line: Said) -> str:
    return line.citations[0].key


DRAFTS: dict[str, Drafter] = {
    "site": _uses_of_site,
    "uses": _uses,
    "against": _against,
    "target": _target,
    "level": study_values.levels,
    "rating": study_values.ratings,
    "window": _window,
    "harms": _harms,
    "frequency": _frequencies,
    "tier": study_values.tiers,
    "cost": study_values.costs,
    "risk": study_values.risks,
}
"""Kind of question to what drafts it."""
