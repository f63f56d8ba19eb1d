"""The parts that pages are made of: what the component macros accept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.views.qr import QrView


class Link(NamedTuple):
    """A link with its text."""

    href: str
    text: str


class CiteMark(NamedTuple):
    """One number of a citation mark."""

    number: int | str
    href: str
    """The entry in the page's list of references."""
    id: str
    """Anchor of this place, to which the list leads back."""
    locator: str = ""
    hidden: bool = False
    """true inside a range (1–4): only the anchor is placed."""
    range_start: bool = False
    """true when a dash and the end of the range follow."""
    notice: str = ""
    """What became of the source, in a word: 'retracted'."""
    kind: str = ""
    """Kind of that notice."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of inline content, the same on every page (see `page_marks`)."""

    kind: Literal["text", "em", "link", "term", "term-link", "cite"]
    """`term` becomes a link where it is the first of its page, `term-link` always."""
    text: str = ""
    """For `cite`: the mark that the page's own numbers replace."""
    href: str = ""
    title: str = ""
    """For a term: the definition, in plain words."""
    term: str = ""


class StatementView(NamedTuple):
    """A statement with its citations as its last piece."""

    pieces: tuple[Piece, ...]
    tag: str = ""
    """A short remark in words: 'from a title only', 'serious', 'rare'."""
    of_class: Link | None = None
    """Set when the statement was made for a class: shown as "for the class …"."""
    anchor: str = ""
    """Set on the page where the statement is at home: its place there (`views/anchors.py`)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a badge's meter."""

    state: Literal["on", "range", "off"]


@dataclass(frozen=True, slots=True)
class BadgeView:
    """An evidence badge: meter, value in words, body and year."""

    form: Literal["own", "class", "words", "none"]
    """`own` solid, `class` outlined, `words` three lines, `none` dashes."""
    value: str
    source: str
    """Body and year: 'Review 2025'."""
    bars: tuple[Bar, ...] = ()
    label: str = ""
    """The whole meaning in one sentence, for assistive technology and as a title."""
    scope: str = ""
    """'spinal metastases' or the like, when the rating is limited."""


@dataclass(frozen=True, slots=True)
class WindowView:
    """A prognosis window on the time axis; positions in per cent of the axis."""

    kind: Literal["floor", "ceiling", "words", "similar", "harm", "reference"]
    label: str
    """In words: 'more than 6–12 months', and what is left."""
    start: float | None
    end: float | None
    statement: StatementView


@dataclass(frozen=True, slots=True)
class SpineVertebra:
    """One vertebra of the ruler, in the units of the drawing."""

    label: str
    x: float
    y: float
    width: float
    height: float
    region: str
    state: Literal["plain", "target", "entry"]
    show_label: bool


@dataclass(frozen=True, slots=True)
class SpineMark:
    """A bracket with its label beside the ruler."""

    y1: float
    y2: float
    label_y: float
    structure: str
    level: str
    role: str
    lane: int


@dataclass(frozen=True, slots=True)
class SpineRuler:
    """The spine ruler, drawn from the levels of a record."""

    width: float
    height: float
    vertebrae: tuple[SpineVertebra, ...]
    column: str
    """Outlines of all vertebrae that are not marked, as one SVG path."""
    processes: str
    """The spinous processes behind them, as one SVG path."""
    marks: tuple[SpineMark, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class BodyRegion:
    """A region of the body map: shapes per side, its label, its link."""

    id: str
    label: str
    href: str
    count: int
    count_text: str
    front: str
    back: str
    """SVG paths; empty where the region is not on that side."""
    front_dot: tuple[float, float] | None
    back_dot: tuple[float, float] | None
    row: int


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The schematic body."""

    silhouette: str
    front_detail: tuple[str, ...]
    back_detail: tuple[str, ...]
    regions: tuple[BodyRegion, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class BodyMarks:
    """The small body of a summary: the outline, and the shapes of the chosen regions on each side."""

    silhouette: str
    front: tuple[str, ...]
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What became of a source after it was published."""

    kind: str
    word: str
    sentence: str
    links: tuple[Link, ...]
    """The notices themselves: what each is, and when."""


@dataclass(frozen=True, slots=True)
class ReferenceCard:
    """A reference as every page shows it."""

    id: str
    key: str
    authors: str
    title: str
    source: str
    links: tuple[Link, ...]
    note: str
    page: Link
    """Its entry on the reference page."""
    notice: NoticeView | None = None


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """One entry of a page's list of references."""

    number: int
    card: ReferenceCard
    backlinks: tuple[Link, ...]
    """'a', 'b', 'c': back to each place in the text."""


@dataclass(frozen=True, slots=True)
class StatusView:
    """The line under every title: who reviewed, what it was checked against, when it is due."""

    reviewed: str
    is_reviewed: bool
    checked: str
    checked_iso: str
    next_due: str
    next_due_iso: str
    drafted_from: tuple[Piece, ...]
    """Empty on a page made from several records; each has its own sources."""
    records: str = ""
    """On a page made from several records: how many."""
    reviewed_iso: str = ""
    """The day of the latest clinical review of a page's one record."""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page: a heading and the template that makes its body from `data`."""

    id: str
    title: str
    template: str
    data: object
    level: int = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page."""

    address: str
    kind: str
    title: str
    description: str
    sections: tuple[Section, ...]
    abbreviations: tuple[str, ...] = ()
    lead: tuple[Piece, ...] = ()
    lead_anchor: str = ""
    """Set where the lead is a statement of the page's own record."""
    breadcrumbs: tuple[Link, ...] = ()
    status: StatusView | None = None
    synonyms: tuple[str, ...] = ()
    root: str = ""
    """Prefix that leads from this page to the root of the site: '../../'."""
    markdown: str = ""
    """Prose pages: the Markdown that stands between the head and the references."""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By what the search tells it apart and narrows, beside its kind: name and values."""
    sections_first: bool = False
    """true when the generated sections stand before the Markdown."""
    record: tuple[str, str] | None = None
    """Kind and id of the one record that the page shows."""
    qr: QrView | None = None
    """Its address as a QR code, for paper."""
    oembed: str = ""
    """Full address of the oEmbed file of its view for a frame elsewhere."""
    show_head: bool = True
    """false when the first section makes the title itself (home)."""
