"""The vocabulary: the lists that techniques refer to. Data, so that another field can bring its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import CitationText, Flag, Id, Plain, Record, Ref, Term, Text


class PainSite(Term):
    """A place, condition or situation: a way in for the reader. They form a tree."""

    parent: Annotated[Id | None, Ref("site")] = None
    """The wider site it lies in; none for a region at the top of the tree."""

    also_in: tuple[Annotated[Id, Ref("site")], ...] = ()
    """Further wider sites under which a reader may look for it."""

    kind: Literal["place", "condition", "situation"] = "place"
    """`place` on the figure, `condition` (may be anywhere), `situation` (a moment, not a place)."""

    merged: tuple[Id, ...] = ()
    """Former ids that now lead here."""

    short: Plain | None = None
    """A few words for the head of a narrow column, where the name is long."""


class Cause(Term):
    """What it comes from: another way in."""

    pain_sites: tuple[Annotated[Id, Ref("site")], ...] = ()
    """Sites that go with it."""


class ContraindicationKind(Term):
    """A kind of contraindication and caution."""

    asked: Flag = True
    """false for a kind that the finder does not ask for, because it belongs to the technique or to talk."""

    bleeding: Flag = False
    """true for a kind of which a bleeding-risk tier says something: the finder shows the tier beside it."""


class Group(Term):
    """A technique group."""

    short: Plain
    """A short name for tables and menus."""

    merged: tuple[Id, ...] = ()
    """Former ids that now lead here."""


class Level(Record):
    """One level; the list runs from top to bottom."""

    id: Plain
    """As printed: C1 … Coccyx."""

    region: Literal["cervical", "thoracic", "lumbar", "sacral", "coccygeal"]
    """The stretch it belongs to, which gives its size in the drawing."""


class ScaleStep(Record):
    """One value of a scale."""

    value: Plain
    """As the body prints it."""

    meaning: Plain | None = None
    """What the body says it means, in our own words."""


class ScalePart(Record):
    """One part of a scale, for example level of evidence or grade of recommendation."""

    id: Id
    """Id within the scale: level, grade."""

    name: Plain
    """Name as shown."""

    steps: Annotated[tuple[ScaleStep, ...], Field(min_length=1)]
    """Values from the weakest to the strongest."""


class Scale(Term):
    """An evidence scale: a body's own ordered words."""

    version: Plain | None = None
    """Edition or year of the scale."""

    defined: Flag
    """Whether the source defines its steps."""

    parts: tuple[ScalePart, ...] = ()
    """Its parts. Without parts, ratings are in words and shown without a meter."""

    meter: Id | None = None
    """The part whose steps the meter of the badge counts."""

    @model_validator(mode="after")
    def _meter_is_a_part(self) -> Scale:
        if self.meter is not None and self.meter not in {part.id for part in self.parts}:
            raise PydanticCustomError(
                "unknown_value", "meter {meter} is none of the parts", {"meter": self.meter}
            )
        return self


class Body(Term):
    """A body that rates evidence or classifies risk."""

    short: Plain
    """Short name for badges, without the year."""

    year: Annotated[int | None, Field(ge=1900, le=2100)] = None
    """Year of the document."""

    scale: Annotated[Id, Ref("scale")]
    """The scale it uses."""


class GlossaryTerm(Record):
    """A term of the glossary."""

    id: Id
    """Permanent id; the anchor on the glossary page."""

    term: Plain
    """The term as it is shown."""

    abbreviations: tuple[Plain, ...] = ()
    """Abbreviations in use."""

    synonyms: tuple[Plain, ...] = ()
    """Other names and spellings; their first use on a page is linked too."""

    definition: Text
    """What it means here."""

    citations: tuple[CitationText, ...] = ()
    """Sources."""

    ambiguous: Text | None = None
    """What else the abbreviation stands for, where it can be mistaken."""

    see_also: tuple[Annotated[Id, Ref("term")], ...] = ()
    """Related terms."""

    autolink: Flag = True
    """false for a word too common to be linked at first use."""

    merged: tuple[Id, ...] = ()
    """Former ids that now lead here."""
