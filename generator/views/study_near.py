"""What lies near what, so that no wrong answer of a study question is right after all.

Silence of a source makes nothing wrong. A wrong answer is offered only where the records say something else
and nothing in them, stated or implied, speaks for it. So everything here errs to one side: what might be
near counts as near.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property

from generator.knowledge import KnowledgeBase
from generator.model.base import Prose
from generator.model.clinical import Indication, SpinalLevel
from generator.model.marks import marked_values
from generator.model.technique import Technique
from generator.views.context import SiteContext
from generator.views.study_question import in_order
from generator.views.study_words import TellingWords

_MOST_LOOKED_AT = 60


class Nearness:
    """Answers for one knowledge base; each answer is made once."""

    def __init__(self, site: SiteContext) -> None:
        self._site = site
        self._kb: KnowledgeBase = site.kb
        self.words = TellingWords(site.kb.search_words, site.kb.study).of
        self._links: dict[str, frozenset[str]] = {}
        self._texts: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._anatomy: dict[str, frozenset[str]] = {}
        self._anywhere: dict[str, bool] = {}
        self._touched: dict[str, frozenset[str]] = {}
        self._around: dict[str, frozenset[str]] = {}

    # --- techniques --------------------------------------------------------------------------------

    def linked(self, technique: Technique) -> frozenset[str]:
        """Ids of the technique, all classes above it, all below it, and what it is part of or made of."""
        known = self._links.get(technique.id)
        if known is None:
            above, below = self._reach(technique.id, self._up), self._reach(technique.id, self._down)
            known = self._links[technique.id] = above | below
        return known

    def family(self, technique: Technique) -> frozenset[str]:
        """What is linked, and the other members of its classes."""
        beside = (
            member for parent in self._up.get(technique.id, ()) for member in self._down.get(parent, ())
        )
        return self.linked(technique) | frozenset(beside)

    def others(self, technique: Technique, seed: str) -> Iterator[Technique]:
        """Techniques of other descent, those of its own group first: the nearest wrong answers teach most.

        In an order that looks shuffled and is the same in every build. Not more than are worth looking at.
        """
        family = self.family(technique)
        start = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4])
        for part in self._own_and_rest[technique.group]:
            for place in range(min(len(part), _MOST_LOOKED_AT)):
                other = part[(start + place) % len(part)]
                if other.id not in family:
                    yield other

    @cached_property
    def _own_and_rest(self) -> dict[str, tuple[list[Technique], list[Technique]]]:
        """Group to its techniques and all others."""
        everyone = [item for group in self._by_group.values() for item in group]
        return {
            name: (group, [item for item in everyone if item.group != name])
            for name, group in self._by_group.items()
        }

    @cached_property
    def _by_group(self) -> dict[str, list[Technique]]:
        found: dict[str, list[Technique]] = {}
        for identifier in in_order("others", (item.id for item in self._kb.current_techniques())):
            technique = self._kb.techniques[identifier]
            found.setdefault(technique.group, []).append(technique)
        return found

    @cached_property
    def tiers_of(self) -> dict[str, frozenset[str]]:
        """Body to every tier that it gives to some technique."""
        found: dict[str, set[str]] = {}
        for technique in self._kb.current_techniques():
            for item in technique.bleeding_risk:
                found.setdefault(item.body, set()).add(item.tier)
        return {body: frozenset(tiers) for body, tiers in found.items()}

    @cached_property
    def targets(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Technique id to its target in plain words and their beginnings; where it is one structure."""
        found = {}
        for technique in self._kb.current_techniques():
            target = technique.anatomy.target
            if target and technique.kind != "class" and not self.has_open_use(technique):
                text = self._site.plain(target.text)
                found[technique.id] = text, self.words([text])
        return found

    @cached_property
    def _levels_by_word(self) -> dict[str, list[SpinalLevel]]:
        found: dict[str, list[SpinalLevel]] = {}
        for technique in self._kb.current_techniques():
            for level in technique.anatomy.levels:
                for word in self.words([level.structure]):
                    found.setdefault(word, []).append(level)
        return found

    def levels_named_like(self, structure: str) -> list[SpinalLevel]:
        """Levels of structures that share a telling word with this one."""
        return [level for word in self.words([structure]) for level in self._levels_by_word[word]]

    def _reach(self, start: str, edges: dict[str, set[str]]) -> frozenset[str]:
        found, waiting = {start}, [start]
        while waiting:
            for other in edges.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return frozenset(found)

    @cached_property
    def _up(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for technique in self._kb.techniques.values():
            wider = {technique.parent, technique.inherits_from} - {None}
            wider |= {item.technique for item in technique.related if item.relation == "part-of"}
            found[technique.id] = {other for other in wider if other is not None}
        return found

    @cached_property
    def _down(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for technique, wider in self._up.items():
            for other in wider:
                found.setdefault(other, set()).add(technique)
        return found

    # --- pain sites --------------------------------------------------------------------------------

    @cached_property
    def wider(self) -> dict[str, frozenset[str]]:
        """Pain-site id to itself and every pain site in which it lies."""
        found: dict[str, set[str]] = {place: set() for place in self._kb.sites}
        for place, below in self._kb.sites_below.items():
            for inner in below:
                found[inner].add(place)
        return {place: frozenset(around) for place, around in found.items()}

    def near(self, one: str, other: str) -> bool:
        """Whether two pain sites lie in each other or share a wider one."""
        return not self.wider[one].isdisjoint(self.wider[other])

    def is_anywhere(self, place: str) -> bool:
        """Whether a pain site may lie anywhere: a situation, or one that the content names as such."""
        record = self._kb.sites[place]
        if place in self._kb.study.anywhere or record.kind == "situation":
            return True
        return record.parent is not None and self.is_anywhere(record.parent)

    def indications(self, technique: Technique) -> Iterator[Indication]:
        """Its own and those of its variants, however firmly they stand."""
        yield from technique.indications
        for variant in technique.variants:
            yield from variant.indications

    def has_open_use(self, technique: Technique) -> bool:
        """Whether an indication names no pain site, or one that may lie anywhere."""
        known = self._anywhere.get(technique.id)
        if known is None:
            known = self._anywhere[technique.id] = any(
                not item.pain_sites or any(self.is_anywhere(place) for place in item.pain_sites)
                for item in self.indications(technique)
            )
        return known

    def touched(self, technique: Technique) -> frozenset[str]:
        """Pain sites named by it and all that is linked: indications, their causes, ratings."""
        known = self._touched.get(technique.id)
        if known is not None:
            return known
        found: set[str] = set()
        for identifier in self.linked(technique):
            record = self._kb.techniques[identifier]
            for item in self.indications(record):
                found.update(item.pain_sites)
                found.update(place for cause in item.causes for place in self._kb.causes[cause].pain_sites)
            found.update(place for rating in record.evidence for place in rating.pain_sites)
        known = self._touched[technique.id] = frozenset(found)
        return known

    def speaks_of(self, technique: Technique, place: str) -> bool:
        """Whether anything linked is described for a near pain site, or a text of it names one."""
        around = self._around.get(technique.id)
        if around is None:
            wider = (self.wider[other] for other in self.touched(technique))
            around = self._around[technique.id] = frozenset().union(*wider)
        if not around.isdisjoint(self.wider[place]):
            return True
        names = self._site_words[place]
        return any(not names.isdisjoint(self.words_of(other)) for other in self.linked(technique))

    @cached_property
    def _site_words(self) -> dict[str, frozenset[str]]:
        """Pain-site id to the words of its names and of those that lie in it or around it."""
        own = {place.id: self.words((place.name, *place.synonyms)) for place in self._kb.sites.values()}
        around = {place: self.wider[place] | set(self._kb.sites_below[place]) for place in own}
        return {place: frozenset().union(*(own[other] for other in around[place])) for place in own}

    # --- words -------------------------------------------------------------------------------------

    def words_of(self, technique: Technique | str) -> frozenset[str]:
        """The telling words of everything that a record says, names included."""
        identifier = technique if isinstance(technique, str) else technique.id
        known = self._words.get(identifier)
        if known is None:
            known = self._words[identifier] = self.words([self.texts_of(self._kb.techniques[identifier])])
        return known

    def anatomy_words(self, technique: Technique) -> frozenset[str]:
        """The telling words of a technique's name and anatomy, and of its family's names and targets."""
        known = self._anatomy.get(technique.id)
        if known is None:
            anatomy = technique.anatomy
            texts = [technique.name, *technique.synonyms, *(level.structure for level in anatomy.levels)]
            said = (*anatomy.levels, *anatomy.territory, *anatomy.landmarks)
            texts += [self._site.plain(item.text) for item in said]
            for identifier in self.family(technique):
                other = self._kb.techniques[identifier]
                texts.append(other.name)
                if other.anatomy.target:
                    texts.append(self._site.plain(other.anatomy.target.text))
            known = self._anatomy[technique.id] = self.words(texts)
        return known

    def has_definite_target(self, technique: Technique) -> bool:
        """Whether its target is one structure, so that another structure is surely not meant.

        A class may mean several. So may what is used anywhere, unless the content says otherwise.
        """
        if technique.id in self._kb.study.definite_targets:
            return True
        return technique.kind != "class" and not self.has_open_use(technique)

    def texts_of(self, technique: Technique) -> str:
        """Everything that a record says in plain words, names included."""
        known = self._texts.get(technique.id)
        if known is None:
            texts = [technique.name, *technique.synonyms]
            texts += [item.structure for item in technique.anatomy.levels]
            texts += [name for item in technique.variants for name in (item.name, *item.synonyms)]
            statements = (value for mark, _, value in marked_values(technique) if mark == Prose())
            texts += [self._site.plain(text) for text in statements]
            known = self._texts[technique.id] = " ".join(texts)
        return known
