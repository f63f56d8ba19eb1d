"""What the export adds to records: addresses, look-ups, what a class hands on."""

from __future__ import annotations

from generator.model.base import Statement, Term
from generator.model.clinical import (
    BleedingRisk,
    Caution,
    Complication,
    Contraindication,
    Exclusion,
    Graded,
    Indication,
    PrognosisWindow,
    Rating,
    SettingUse,
)
from generator.model.ref_status import NoticeKind
from generator.model.vocabulary import (
    Body,
    Cause,
    ContraindicationKind,
    Group,
    Level,
    Scale,
)
from generator.published.shape import Shape


class FromClass(Shape):
    """What a class says for its members; empty where there is no class."""

    advantages: tuple[Statement, ...] = ()
    """What speaks for it."""

    limitations: tuple[Statement, ...] = ()
    """What limits it."""

    complications: tuple[Complication, ...] = ()
    """Harms that a source names."""

    contraindications: tuple[Contraindication, ...] = ()
    """What speaks against it."""

    cautions: tuple[Caution, ...] = ()
    """What asks for care."""

    bleeding_risk: tuple[BleedingRisk, ...] = ()
    """Tiers of bleeding risk."""

    setting: tuple[SettingUse, ...] = ()
    """Where it is done."""

    prognosis: tuple[PrognosisWindow, ...] = ()
    """Windows of life expectancy and duration."""

    cost: tuple[Graded, ...] = ()
    """Cost, in the source's grade."""

    procedural_risk: tuple[Graded, ...] = ()
    """Procedural risk, in the source's grade."""

    evidence: tuple[Rating, ...] = ()
    """Ratings of the class; never ratings of the member."""


class HasAddress(Shape):
    """A record with a place on the site."""

    url: str
    """Its address from the root of the site."""


class CitedNotice(Shape):
    """A source of which something was published after it."""

    citation: str
    """Its key."""

    kind: NoticeKind
    """Its gravest notice: `notices` in references.json."""


class AddedToTechnique(Shape):
    """Look-ups of a technique."""

    from_class: FromClass
    """What the class named in `inherits_from` says for it; never its own."""

    members: tuple[str, ...]
    """For a class: ids of its members."""

    citations: tuple[str, ...]
    """Keys of all sources cited anywhere in it, once, in the order of first use."""

    cited_notices: tuple[CitedNotice, ...]
    """Those of its sources of which something was published later: retractions, corrections, concerns."""

    url: str
    """Address of its page from the root of the site."""


class AddedToRating(Shape):
    """What the body of a rating says of itself."""

    scale: str
    """Id of the body's scale: `scales` in vocabulary.json."""

    year: int | None
    """Year of the body's document."""

    body_name: str
    """Name of the body."""


class SiteFit(Shape):
    """A technique that a source describes for the site."""

    technique: str
    """Id of the technique."""

    variant: str | None
    """Id of the variant of which it is said; null when it is said of the technique."""


class SiteAgainst(Shape):
    """A technique against which a source speaks for the site."""

    technique: str
    """Id of the technique."""


class AddedToSite(Shape):
    """Look-ups of a site."""

    children: tuple[str, ...]
    """Ids of the sites that lie in it."""

    techniques: tuple[SiteFit, ...]
    """What is described for exactly this site: the statements, each with its technique."""

    not_for: tuple[SiteAgainst, ...]
    """What a source speaks against for exactly this site."""

    technique_count: int
    """Number of techniques described for it and for what lies in it."""

    url: str
    """Address of its page from the root of the site."""


class Answer(Shape):
    """An answer to tick, as the FHIR code system names it."""

    code: str
    """Its permanent code."""

    label: str
    """As the reader sees it."""

    alone: bool
    """true when it excludes the other answers."""


class HasAnswers(Shape):
    """All answers of a question, also those that come from a list."""

    answers: tuple[Answer, ...]
    """All answers in the order of the page."""


class Vocabulary(Shape):
    """Every list that ids in other files refer to, but for sites and glossary, which have files."""

    mechanisms: tuple[Term, ...]
    """Mechanisms."""

    causes: tuple[Cause, ...]
    """Causes, each with the ids of the sites that go with it."""

    groups: tuple[Group, ...]
    """Technique groups in the order of the menus."""

    settings: tuple[Term, ...]
    """Settings of care."""

    guidance: tuple[Term, ...]
    """Kinds of guidance."""

    contraindication_kinds: tuple[ContraindicationKind, ...]
    """Kinds of contraindication and caution."""

    grades: tuple[Term, ...]
    """Grades of cost and risk, from low to high."""

    levels: tuple[Level, ...]
    """Levels from top to bottom."""

    scales: tuple[Scale, ...]
    """Evidence scales with their steps."""

    bodies: tuple[Body, ...]
    """Bodies that rate evidence or classify risk."""


_Joined = tuple[type[Shape] | type[Indication] | type[Exclusion], ...]

ADDED: dict[str, _Joined] = {
    "Technique": (AddedToTechnique,),
    "Variant": (HasAddress,),
    "Rating": (AddedToRating,),
    "PainSite": (AddedToSite,),
    "SiteFit": (Indication,),
    "SiteAgainst": (Exclusion,),
    "GlossaryTerm": (HasAddress,),
    "Criterion": (HasAddress,),
    "DetailQuestion": (HasAnswers,),
    "ReferralDetails": (HasAddress,),
}
"""Definition to the types whose fields the export adds to it."""
