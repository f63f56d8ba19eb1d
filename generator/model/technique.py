"""A technique: what it is for, on what evidence, how it is done, what it can harm."""

from __future__ import annotations

from typing import Annotated, Literal

from generator.model.base import Flag, Id, Plain, Record, Ref, Review, Statement
from generator.model.clinical import (
    Anatomy,
    Approach,
    BleedingRisk,
    Caution,
    Complication,
    Contraindication,
    Exclusion,
    Graded,
    GuidanceUse,
    Indication,
    PrognosisWindow,
    Rating,
    Relation,
    Result,
    SettingUse,
    TechniqueRef,
)


class Variant(Record):
    """A named approach, mode or combination that lives inside a technique, with its own anchor."""

    id: Id
    """Permanent id, in the same list of ids as the techniques."""

    name: Plain
    """Name as shown."""

    kind: Literal["approach", "mode", "combination", "device", "procedure", "adjunct"] = "approach"
    """What it is to the technique."""

    named_only: Flag = False
    """true when only titles of cited papers name it; shown as "named in the literature cited"."""

    abbreviations: tuple[Plain, ...] = ()
    """Abbreviations in use."""

    synonyms: tuple[Plain, ...] = ()
    """Other names and spellings."""

    merged: tuple[Id, ...] = ()
    """Former ids that now lead here."""

    summary: Statement
    """What it is."""

    indications: tuple[Indication, ...] = ()
    """Uses for which it is described."""

    guidance: tuple[GuidanceUse, ...] = ()
    """By what it is guided."""

    approach: tuple[Statement, ...] = ()
    """How it differs in the doing."""

    advantages: tuple[Statement, ...] = ()
    """What speaks for it."""

    limitations: tuple[Statement, ...] = ()
    """What limits it."""

    complications: tuple[Complication, ...] = ()
    """Harms named for it."""

    cautions: tuple[Caution, ...] = ()
    """Reasons for care."""


class Technique(Record):
    """A technique, or a class of techniques."""

    id: Id
    """Permanent id; the same as the file name without `.yaml`."""

    name: Plain
    """Name as shown, in full."""

    kind: Literal["class", "procedure", "device", "combination", "adjunct", "mode"]
    """`class` leads to its members; the others are individual techniques."""

    group: Annotated[Id, Ref("group")]
    """Technique group (id of content/vocabulary/technique-groups.yaml)."""

    parent: TechniqueRef | None = None
    """The class it belongs to."""

    inherits_from: TechniqueRef | None = None
    """The class whose rating, cost, risk, setting and prognosis hold for it too. They are then
    shown as "rated for the class", never as its own. Only where a source puts it in that class."""

    named_only: Flag = False
    """true when only titles of cited papers name it; shown as "named in the literature cited"."""

    abbreviations: tuple[Plain, ...] = ()
    """Abbreviations in use."""

    synonyms: tuple[Plain, ...] = ()
    """Other names and spellings."""

    summary: Statement
    """One or two sentences under the title: what it does."""

    indications: tuple[Indication, ...] = ()
    """Uses for which it is described."""

    not_indicated: tuple[Exclusion, ...] = ()
    """Uses against which a source speaks."""

    anatomy: Anatomy = Anatomy()
    """Target, levels, territory, neighbours."""

    approach: Approach = Approach()
    """How it is done."""

    variants: tuple[Variant, ...] = ()
    """Named approaches, modes and combinations."""

    advantages: tuple[Statement, ...] = ()
    """What speaks for it."""

    limitations: tuple[Statement, ...] = ()
    """What limits it."""

    complications: tuple[Complication, ...] = ()
    """Harms that a source names."""

    contraindications: tuple[Contraindication, ...] = ()
    """Reasons not to do it."""

    cautions: tuple[Caution, ...] = ()
    """Reasons for care, planning or another route."""

    bleeding_risk: tuple[BleedingRisk, ...] = ()
    """Bleeding-risk tiers by the bodies that classify it."""

    setting: tuple[SettingUse, ...] = ()
    """Where it is done."""

    prognosis: tuple[PrognosisWindow, ...] = ()
    """Windows of life expectancy and duration."""

    cost: tuple[Graded, ...] = ()
    """Cost, in the source's grade."""

    procedural_risk: tuple[Graded, ...] = ()
    """Procedural risk, in the source's grade."""

    evidence: tuple[Rating, ...] = ()
    """Ratings, one for each body and scope."""

    evidence_note: Statement | None = None
    """Why the ratings differ, where a source explains it."""

    results: tuple[Result, ...] = ()
    """Results of studies, as numbers."""

    related: tuple[Relation, ...] = ()
    """Other techniques to read next."""

    source_notes: tuple[Statement, ...] = ()
    """What a careful reader must know about the sources of this record: gaps, contradictions,
    citations that do not fit."""

    replaced_by: TechniqueRef | None = None
    """For a retired record: where its address now leads."""

    review: Review
    """Drafted from, checked, reviewed, due."""
