"""What a technique record says, statement by statement: indication, anatomy, harm, rating, result."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import CitationText, Flag, Id, Plain, Record, Ref, Statement, Text

TechniqueRef = Annotated[Id, Ref("technique")]
PainSiteRef = Annotated[Id, Ref("site")]
MechanismRef = Annotated[Id, Ref("mechanism")]
CauseRef = Annotated[Id, Ref("cause")]
LevelRef = Annotated[Plain, Ref("level")]
BodyRef = Annotated[Id, Ref("body")]
GradeRef = Annotated[Id, Ref("grade")]


class Indication(Statement):
    """A use for which a source describes the technique."""

    pain_sites: tuple[PainSiteRef, ...] = ()
    """Sites it speaks of (ids of content/vocabulary/pain-sites.yaml)."""

    mechanisms: tuple[MechanismRef, ...] = ()
    """Mechanisms it speaks of (ids of content/vocabulary/mechanisms.yaml)."""

    causes: tuple[CauseRef, ...] = ()
    """Causes it speaks of (ids of content/vocabulary/causes.yaml)."""

    claim: Literal["indicated", "reported"] = "indicated"
    """`reported` when the source only says that such a use was reported; never shown as an indication."""


class Exclusion(Statement):
    """A use against which a source speaks for this technique."""

    pain_sites: tuple[PainSiteRef, ...] = ()
    """Sites it is not for."""

    mechanisms: tuple[MechanismRef, ...] = ()
    """Mechanisms it is not for."""


class SpinalLevel(Statement):
    """One level or stretch of levels, drawn on the ruler."""

    from_level: Annotated[LevelRef, Field(alias="from")]
    """Upper level (ids of content/vocabulary/vertebral-levels.yaml)."""

    to_level: Annotated[LevelRef | None, Field(alias="to")] = None
    """Lower level; leave out for a single level."""

    structure: Plain
    """What lies there: the label beside the ruler."""

    role: Literal["target", "entry", "origin", "landmark"] = "target"
    """`target` is drawn filled, `entry` outlined, the others as a bracket."""


class Anatomy(Record):
    """Target, levels, territory and neighbours."""

    target: Statement | None = None
    """The structure acted on."""

    levels: tuple[SpinalLevel, ...] = ()
    """Levels named by a source."""

    territory: tuple[Statement, ...] = ()
    """Organs, regions or dermatomes served by the target."""

    landmarks: tuple[Statement, ...] = ()
    """Landmarks used to find the target."""

    structures_at_risk: tuple[Statement, ...] = ()
    """Neighbouring structures that can be harmed."""


class GuidanceUse(Statement):
    """One kind of guidance used."""

    guidance: Annotated[Id, Ref("guidance")]
    """Id of content/vocabulary/guidance.yaml."""


class Approach(Record):
    """How it is done."""

    guidance: tuple[GuidanceUse, ...] = ()
    """By what it is guided."""

    position: tuple[Statement, ...] = ()
    """Position in which it is done."""

    route: tuple[Statement, ...] = ()
    """Way to the target and steps."""

    agents: tuple[Statement, ...] = ()
    """Agents, materials, devices, settings of a device. Amounts only as a source prints them."""


class Complication(Statement):
    """A harm that a source names."""

    frequency: Literal["common", "uncommon", "rare", "not-stated"] = "not-stated"
    """How often, in the source's own word; `not-stated` when it gives none."""

    serious: Flag = False
    """true when the source calls it serious or lists it among serious harms."""


class Contraindication(Statement):
    """A reason not to do it."""

    strength: Literal["absolute", "relative", "not-stated"] = "not-stated"
    """In the source's own word."""

    kind: Annotated[Id, Ref("contraindication-kind")]
    """Id of content/vocabulary/contraindication-kinds.yaml."""


class Caution(Statement):
    """A reason for care, planning or another route."""

    kind: Annotated[Id | None, Ref("contraindication-kind")] = None
    """Id of content/vocabulary/contraindication-kinds.yaml, where one fits."""


class BleedingRisk(Statement):
    """The bleeding-risk tier a body gives the procedure."""

    body: BodyRef
    """Who classifies (id of content/vocabulary/evidence-bodies.yaml)."""

    tier: Plain
    """The tier in that body's own word."""


class SettingUse(Statement):
    """Where it is done."""

    setting: Annotated[Id, Ref("setting")]
    """Id of content/vocabulary/settings.yaml."""


class PrognosisWindow(Statement):
    """What a source says about life expectancy or duration. Floors and ceilings never mix."""

    limit: Literal["floor", "ceiling", "words", "similar", "harm", "reference"]
    """`floor`: at least so many months; `ceiling`: at most; `words`: a duration without an edge
    (weeks to months); `similar`: as for another technique; `harm`: when a late harm may begin;
    `reference`: a reference point that is not a cut-off."""

    months: Annotated[tuple[Annotated[int, Field(ge=1, le=120)], ...], Field(max_length=2)] = ()
    """The limit in months; two values where the source prints a range."""

    similar_to: TechniqueRef | None = None
    """For `similar`: the other technique."""


class Graded(Statement):
    """Cost or procedural risk in the source's own grade."""

    grade: GradeRef
    """Id of content/vocabulary/grades.yaml."""


class Rating(Statement):
    """One body's rating, in that body's own scale. `text` says what was rated: the scope."""

    body: BodyRef
    """Who rated (id of content/vocabulary/evidence-bodies.yaml, which names the scale)."""

    value: Plain | dict[str, Plain | tuple[Plain, Plain]]
    """The value as that scale prints it. For a scale of several parts a mapping, for example
    {level: I, grade: A}; a printed range is a list of its two ends."""

    reason: Text | None = None
    """The reason the body gives."""

    pain_sites: tuple[PainSiteRef, ...] = ()
    """Sites for which the rating holds, where it is limited to some."""

    mechanisms: tuple[MechanismRef, ...] = ()
    """Mechanisms for which it holds, where it is limited to some."""

    together_with: tuple[TechniqueRef, ...] = ()
    """Further techniques that share this one value, where the source does not split it."""


class Result(Statement):
    """A result of a study, as numbers."""

    design: Plain
    """Study design, for example: randomised controlled trial."""

    n: Annotated[int | None, Field(ge=0)] = None
    """Number of participants (or of studies, then said in `population`)."""

    population: Plain | None = None
    """Who was studied."""

    comparator: Plain | None = None
    """With what it was compared."""

    outcome: Plain
    """What was measured."""

    value: Plain
    """The result with its unit, as printed."""

    time: Plain | None = None
    """When it was measured."""

    caveat: Text | None = None
    """What a careful reader must know."""


class Relation(Record):
    """A link to another technique."""

    technique: TechniqueRef
    """The other technique."""

    relation: Literal["alternative", "combined-with", "before", "after", "compare", "part-of"] = "compare"
    """How they relate: `before` means that the other is tried first."""

    text: Text | None = None
    """Why, where a source says so."""

    citations: tuple[CitationText, ...] = ()
    """Sources of the reason."""
