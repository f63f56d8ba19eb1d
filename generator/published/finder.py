"""Shape of finder.json: what the finder and the comparison read. Fields without content are absent."""

from __future__ import annotations

from pydantic import Field

from generator.published.shape import Shape


class Said(Shape):
    """A statement with its sources."""

    text: str
    """The statement."""
    cite: tuple[str, ...] = ()
    """Keys of its sources, each with its place after a comma."""
    tag: str = ""
    """A remark in words: where in the source it stands, when not in its text."""


class Fit(Said):
    """A use that is described."""

    sites: tuple[str, ...] = ()
    """Ids of sites."""
    mechanisms: tuple[str, ...] = ()
    """Ids of mechanisms."""
    causes: tuple[str, ...] = ()
    """Ids of causes."""
    standing: str = ""
    """`reported` or `title` where a source does not describe it; absent where one does."""
    variant: str = ""
    """Id of the variant of which it is said."""


class SaidAgainst(Said):
    """A use against which a source speaks."""

    sites: tuple[str, ...] = ()
    """Ids of sites."""
    mechanisms: tuple[str, ...] = ()
    """Ids of mechanisms."""


class SaidCaution(Said):
    """A contraindication or caution."""

    kind: str = ""
    """Id of its kind: key of `cautions`."""
    strength: str = ""
    """absolute, relative, not-stated or caution."""
    variant: str = ""
    """Id of the variant of which it is said."""


class SaidTier(Said):
    """The bleeding-risk tier that a body gives to it."""

    tier: str = ""
    """The tier as the body names it."""
    body: str = ""
    """Id of the body: key of `bodies`."""


class SaidHarm(Said):
    """A complication."""

    how: str = ""
    """Frequency and weight in words."""


class SaidGrade(Said):
    """A setting or a grade."""

    is_: str = Field("", alias="is")
    """Id of the setting or grade: key of `settings` or `grades`."""


class SaidWindow(Said):
    """A window of prognosis."""

    limit: str = ""
    """floor, ceiling, words, similar, harm or reference."""
    months: tuple[int, ...] = ()
    """The limit in months; two values for a range."""
    label: str = ""
    """The window in words."""


class Badge(Said):
    """A rating as its badge shows it."""

    form: str
    """own, class, words or none."""
    value: str
    """The value in the body's own words."""
    bars: str = ""
    """One letter for each step of the scale: 1 on, r range, 0 off."""
    scope: str = ""
    """What the rating is limited to."""
    sites: tuple[str, ...] = ()
    """Ids of the sites to which it is limited."""
    body: str
    """Id of the body: key of `bodies`."""
    of_class: bool = False
    """true for a rating of the class."""
    together: int = 0
    """How many techniques share this one value, where the source does not split it."""
    scale: str = ""
    """Id of the scale: key of `scales`."""
    step: int = 0
    """Place of the rating's strongest end on the scale, counted from 0."""


class FinderTechnique(Shape):
    """A technique with what is said for and against it."""

    id: str
    """Permanent id."""
    name: str
    """Name as shown."""
    abbreviations: tuple[str, ...] = ()
    """Abbreviations in use."""
    group: str
    """Short name of its group."""
    kind: str = ""
    """`class` for a class."""
    of_class: str = ""
    """Id of the class whose statements hold for it too."""
    named_only: bool = False
    """true when only titles of cited papers name it."""
    retired: bool = False
    """true for a retired record that still hands on what it says."""
    variants: dict[str, str] = Field({})
    """Variant id to name."""
    fits: tuple[Fit, ...] = ()
    """Uses that are described, reported or named."""
    against: tuple[SaidAgainst, ...] = ()
    """Uses against which a source speaks."""
    cautions: tuple[SaidCaution, ...] = ()
    """Contraindications and cautions."""
    bleeding: tuple[SaidTier, ...] = ()
    """Bleeding-risk tiers."""
    limits: tuple[Said, ...] = ()
    """What limits it."""
    harms: tuple[SaidHarm, ...] = ()
    """Complications, the weightiest first."""
    settings: tuple[SaidGrade, ...] = ()
    """Where it is done."""
    windows: tuple[SaidWindow, ...] = ()
    """Windows of prognosis."""
    risk: tuple[SaidGrade, ...] = ()
    """Procedural risk."""
    cost: tuple[SaidGrade, ...] = ()
    """Cost."""
    badges: tuple[Badge, ...] = ()
    """Ratings, its own and those of its class."""


class FinderSite(Shape):
    """A site to choose."""

    id: str
    """Permanent id."""
    name: str
    """Name as shown."""
    below: tuple[str, ...]
    """Its own id and those of all sites that lie in it."""


class FinderCause(Shape):
    """A cause to choose."""

    id: str
    """Permanent id."""
    name: str
    """Name as shown."""
    sites: tuple[str, ...]
    """Ids of the sites that go with it."""


class Band(Shape):
    """A band of prognosis to choose, in months."""

    id: str
    """Its id."""
    name: str
    """Name as shown."""
    from_: float = Field(alias="from")
    """Start."""
    to: float | None
    """End; null for one that is open."""


class BodyName(Shape):
    """A body that rates."""

    name: str
    """Full name."""
    source: str
    """Short name with the year."""


class Finder(Shape):
    """Everything the finder needs, in one compact file; statements of a class stand on the class alone."""

    version: int
    """Version of this file's form; the finder alone relies on it."""
    sites: tuple[FinderSite, ...]
    """Sites."""
    causes: tuple[FinderCause, ...]
    """Causes."""
    prognosis: tuple[Band, ...]
    """Bands of prognosis."""
    mechanisms: dict[str, str]
    """Id to name."""
    settings: dict[str, str]
    """Id to name."""
    cautions: dict[str, str]
    """Id of a kind of caution to its name."""
    bleeding: tuple[str, ...] = ()
    """Ids of the kinds of caution of which a bleeding-risk tier says something."""
    guidance: dict[str, str]
    """Id to name."""
    grades: dict[str, str]
    """Id to name."""
    scales: dict[str, str]
    """Id to name."""
    bodies: dict[str, BodyName]
    """Id to names."""
    references: dict[str, str]
    """Key to authors and year in short."""
    techniques: tuple[FinderTechnique, ...]
    """Techniques."""
