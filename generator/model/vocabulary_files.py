"""The vocabulary files: each holds one list."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.model.base import Plain, Record, Term
from generator.model.vocabulary import (
    Body,
    Cause,
    ContraindicationKind,
    GlossaryTerm,
    Group,
    Level,
    PainSite,
    Scale,
)


class PainSites(Record):
    """File `pain-sites.yaml`."""

    pain_sites: tuple[PainSite, ...]
    """All sites; regions first, each before those that lie in it."""


class Mechanisms(Record):
    """File `mechanisms.yaml`."""

    mechanisms: tuple[Term, ...]
    """Mechanisms."""


class Causes(Record):
    """File `causes.yaml`."""

    causes: tuple[Cause, ...]
    """Causes."""


class Groups(Record):
    """File `technique-groups.yaml`."""

    groups: tuple[Group, ...]
    """Technique groups in the order of the menus."""


class Settings(Record):
    """File `settings.yaml`."""

    settings: tuple[Term, ...]
    """Settings of care."""


class Guidances(Record):
    """File `guidance.yaml`."""

    guidance: tuple[Term, ...]
    """Kinds of guidance."""


class ContraindicationKinds(Record):
    """File `contraindication-kinds.yaml`."""

    contraindication_kinds: tuple[ContraindicationKind, ...]
    """Kinds of contraindication and caution."""


class Grades(Record):
    """File `grades.yaml`."""

    grades: tuple[Term, ...]
    """Grades of cost and risk, from low to high."""


class Levels(Record):
    """File `vertebral-levels.yaml`."""

    levels: tuple[Level, ...]
    """Levels from top to bottom."""


class Scales(Record):
    """File `evidence-scales.yaml`."""

    scales: tuple[Scale, ...]
    """Evidence scales."""


class Bodies(Record):
    """File `evidence-bodies.yaml`."""

    bodies: tuple[Body, ...]
    """Bodies that rate or classify."""


class Glossary(Record):
    """File `glossary.yaml`."""

    terms: tuple[GlossaryTerm, ...]
    """Terms."""


class SaidAs(Record):
    """What a reader types, and what the sources say for it."""

    asked: Plain
    """The reader's words."""

    means: Plain
    """The words that are searched as well."""


class SearchWords(Record):
    """File `search-words.yaml`: for the search only, shown on no page."""

    spellings: tuple[Annotated[tuple[Plain, ...], Field(min_length=2)], ...] = ()
    """Beginnings of words that are spelt in several ways; each finds all."""

    said_as: tuple[SaidAs, ...] = ()
    """What readers type for what the sources say."""

    unimportant: tuple[Plain, ...] = ()
    """Words that a search leaves out when others stand beside them."""
