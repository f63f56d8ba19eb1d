"""What the templates of parts that are shown elsewhere accept."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.views.parts import BadgeView, BodyMarks, Piece, StatementView, WindowView
from generator.views.qr import QrView
from generator.views.technique_view import Summary


@dataclass(frozen=True, slots=True)
class Source:
    """A source in the list of a file."""

    number: int
    anchor: str
    """Its entry in the live page's list of references."""
    short: str
    full: str
    href: str
    """Where it can be read; empty where no address is known."""


@dataclass(frozen=True, slots=True)
class Embed:
    """A view for a frame elsewhere."""

    title: str
    description: str
    kind: str
    lead: str
    """What it is in one line; empty where the content says it."""
    stylesheet: str
    live: str
    """The way to the live page."""
    canonical: str
    oembed: str
    """Full address of its oEmbed file; empty where the site's address is not known."""
    mark: str
    """The way to the site's mark."""


@dataclass(frozen=True, slots=True)
class Badges:
    """The badges of a technique, as many as have room."""

    badges: tuple[BadgeView, ...]
    more: int
    href: str
    """Where all stand side by side."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, the statements that have room, and how many more the page has."""

    title: str
    items: tuple[StatementView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A technique on one page of paper."""

    title: str
    abbreviations: tuple[str, ...]
    lead: tuple[Piece, ...]
    summary: Summary
    fits: Block
    levels: tuple[tuple[str, str], ...]
    more_levels: int
    windows: int
    """So many windows have room."""
    blocks: tuple[Block, ...]
    qr: QrView | None


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide before it is laid out: its title, its template and what that shows."""

    title: str
    template: str
    data: object


@dataclass(frozen=True, slots=True)
class DeckSlide:
    """A slide in its deck, with the sources that it cites."""

    title: str
    form: str
    content: Markup
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first slide shows beside the name."""

    abbreviations: tuple[str, ...]
    group: str
    lead: tuple[Piece, ...]
    body: BodyMarks | None
    body_label: str
    qr: QrView | None


@dataclass(frozen=True, slots=True)
class Timetable:
    """Windows on their axis, with setting, risk and cost."""

    windows: tuple[WindowView, ...]
    summary: Summary
