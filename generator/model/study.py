"""How a site words its study questions: one wording for each kind, in the words of the specialty."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import Id, Plain, Record, Ref

KindOfQuestion = Literal[
    "site",
    "uses",
    "against",
    "target",
    "level",
    "rating",
    "window",
    "harms",
    "frequency",
    "tier",
    "cost",
    "risk",
]

PLACES: dict[str, frozenset[str]] = {
    "site": frozenset({"site"}),
    "uses": frozenset({"technique"}),
    "against": frozenset({"technique"}),
    "target": frozenset({"technique"}),
    "level": frozenset({"technique", "structure", "role"}),
    "rating": frozenset({"technique", "body", "scale", "scope"}),
    "window": frozenset({"technique"}),
    "harms": frozenset({"technique"}),
    "frequency": frozenset({"technique", "harm", "source"}),
    "tier": frozenset({"technique", "body"}),
    "cost": frozenset({"technique"}),
    "risk": frozenset({"technique"}),
}
"""What may stand in braces in a question of each kind."""


class StudyKind(Record):
    """One kind of question."""

    id: KindOfQuestion
    """What is asked for: the generator knows these kinds and where in a record their answers stand."""

    name: Plain
    """As the reader chooses it: `Evidence`."""

    choose: Plain | None = None
    """The question with answers to choose from, with {technique}, {site} and the like. Words it by the
    records ("does the atlas list"), for what a source does not mention is not thereby wrong."""

    recall: Plain | None = None
    """The same as an open question: asked where the records hold no answers that are surely wrong."""

    objective: Plain | None = None
    """What a learner can do who knows the answers: a sentence with {technique}."""

    @model_validator(mode="after")
    def _asks_in_known_words(self) -> StudyKind:
        if not (self.choose or self.recall):
            raise PydanticCustomError("missing_field", "write choose or recall, or both")
        for text, allowed in (
            (self.choose, PLACES[self.id]),
            (self.recall, PLACES[self.id]),
            (self.objective, frozenset({"technique"})),
        ):
            for name in _places(text or ""):
                if name not in allowed:
                    raise PydanticCustomError(
                        "unknown_value",
                        "'{name}' cannot stand in braces here; allowed: {allowed}",
                        {"name": name, "allowed": ", ".join(sorted(allowed))},
                    )
        return self


def _places(text: str) -> list[str]:
    """The names in braces. Raises when braces do not match or hold a form (a width takes any memory)."""
    try:
        found = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise PydanticCustomError("unknown_value", "braces do not match") from error
    if any(form or conversion for _, _, form, conversion in found):
        raise PydanticCustomError("unknown_value", "braces hold a name alone, without ':' or '!'")
    return [name for _, name, _, _ in found if name is not None]


class Study(Record):
    """File `study.yaml`."""

    title: Plain
    """Title of the page."""

    lead: Plain
    """One or two sentences under it."""

    deck: Plain
    """Name of the deck and of the question categories in other programs."""

    note: Plain
    """What every reader of the questions must know; it goes with every file."""

    anywhere: tuple[Annotated[Id, Ref("site")], ...] = ()
    """Sites that may lie anywhere. What is described for one of them, or for one that lies
    in it, is never offered as a wrong answer for a place."""

    common_words: tuple[Plain, ...] = ()
    """Beginnings of words that two answers may share and still differ: `wheel`, `front`. One of up to
    three letters is a whole word."""

    definite_targets: tuple[Annotated[Id, Ref("technique")], ...] = ()
    """Techniques that are used anywhere, or classes, whose target is one structure all the same. Of
    the others of that sort the target is asked openly: another structure may be what is meant there."""

    frequencies: dict[Literal["common", "uncommon", "rare", "not-stated"], Plain]
    """How often, as an answer reads; `not-stated` when a source gives no frequency."""

    roles: dict[Literal["target", "entry", "origin"], Plain]
    """What a level is to the technique, as a question says it."""

    kinds: tuple[StudyKind, ...] = ()
    """Kinds of questions, in the order of a technique's cards. One that is left out is not asked."""

    @model_validator(mode="after")
    def _kinds_once(self) -> Study:
        seen: set[str] = set()
        for kind in self.kinds:
            if kind.id in seen:
                raise PydanticCustomError("duplicate_id", "the kind '{id}' stands twice", {"id": kind.id})
            seen.add(kind.id)
        return self


WITHOUT_STUDY = Study(
    title="Study",
    lead="Questions made from the records.",
    deck="Study",
    note="Each question asks what the sources say.",
    frequencies={},
    roles={},
)
"""What holds for a site that words no questions: nothing is asked."""
