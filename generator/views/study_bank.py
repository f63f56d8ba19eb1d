"""The question bank: every study question of the site, from which the pages and all files are made.

The rule for wrong answers. A source that is silent makes nothing wrong, so a question offers answers to
choose from only where the records themselves tell right from wrong: a value that excludes the others (a
rating in its body's scale, a tier, a grade, a frequency in the source's own word), a place that excludes
the others (a target, a level), or a use that is described beside one that a source speaks against. Harms,
windows and uses are asked openly: another technique's harm is not wrong for this one, only unmentioned.
Which technique is listed for a pain site is asked with answers from far away only (`study_near.py`), and
words itself by the list. Where fewer than two surely wrong answers are left, the question is asked openly
or not at all.

The id of a question: technique, kind, then the ids in the fact (pain site, body, level; for a harm its
frequency and first source), joined by dots; where they do not tell two facts apart, a count. No words of a
statement are in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.model.study import StudyKind
from generator.model.technique import Technique
from generator.views.context import SiteContext
from generator.views.study_facts import DRAFTS, MOST_OPTIONS
from generator.views.study_near import Nearness
from generator.views.study_question import Draft, Question, in_order

FEWEST_WRONG = 2


@dataclass(frozen=True, slots=True)
class Cards:
    """What is asked about a technique, and what a learner can do who knows the answers."""

    questions: tuple[Question, ...]
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions, technique by technique, and the objectives by technique id."""

    questions: tuple[Question, ...]
    objectives: dict[str, tuple[str, ...]]


def bank_of(site: SiteContext) -> Bank:
    """The bank of a site, made once."""
    return site.made_once("study", (site.kb,), lambda: _make(site))


def cards_of(site: SiteContext, technique: Technique) -> Cards:
    """The part of the bank that is about one technique, made once."""
    return site.made_once("cards", (technique,), lambda: _cards(site, technique))


def _make(site: SiteContext) -> Bank:
    made = {technique.id: cards_of(site, technique) for technique in site.kb.current_techniques()}
    return Bank(
        tuple(question for cards in made.values() for question in cards.questions),
        {technique: cards.objectives for technique, cards in made.items() if cards.objectives},
    )


def _cards(site: SiteContext, technique: Technique) -> Cards:
    near = site.made_once("nearness", (site.kb,), lambda: Nearness(site))
    questions: list[Question] = []
    objectives: list[str] = []
    for kind in site.kb.study.kinds:
        found = list(_worded(technique, kind, DRAFTS[kind.id](site, near, technique)))
        questions += found
        if found and kind.objective:
            objectives.append(kind.objective.format(technique=technique.name))
    return Cards(tuple(questions), tuple(objectives))


def _worded(technique: Technique, kind: StudyKind, drafts: Iterable[Draft]) -> Iterator[Question]:
    seen: dict[str, int] = {}
    for draft in drafts:
        identifier = ".".join((technique.id, kind.id, *map(_id_part, draft.fact)))
        seen[identifier] = seen.get(identifier, 0) + 1
        if seen[identifier] > 1:
            identifier = f"{identifier}.{seen[identifier]}"
        words = {"technique": technique.name, **dict(draft.words)}
        question = Question(identifier, kind.id, technique.id, "", draft.says)
        wrong = _without_twins(draft.right, draft.wrong)[: MOST_OPTIONS - 1]
        if kind.choose and len(wrong) >= FEWEST_WRONG:
            ask = kind.choose.format(**words)
            if not _gives_away(ask, draft.right):
                options = tuple(in_order(identifier, (draft.right, *wrong)))
                yield replace(question, ask=ask, options=options, right=options.index(draft.right))
        elif kind.recall:
            ask = kind.recall.format(**words)
            if not (draft.right and _gives_away(ask, draft.right)):
                yield replace(question, ask=ask)


def _id_part(text: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-")


def _gives_away(ask: str, right: str) -> bool:
    """Whether the answer stands in the question, word for word."""
    return f" {_bare(right)} " in f" {_bare(ask)} "


def _without_twins(right: str, wrong: Sequence[str]) -> list[str]:
    """Each answer once, whatever its capitals and stops."""
    found = {_bare(text): text for text in reversed(wrong) if _bare(text) != _bare(right)}
    return list(reversed(found.values()))


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
