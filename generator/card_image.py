"""Draws the cards of `views/cards.py` as PNG: in our fonts, of few colours, the same bytes for the same card.

A card is a picture of at most 256 colours. Each ink has a row of them, from the paper to itself, so that the
soft edges of letters and shapes cost nothing: a shape is a mask, and its grey values choose the colour in the
row of its ink.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from math import ceil
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont
from svg.path import Move, parse_path

from generator.artifacts import Artifact
from generator.kept import made_or_kept
from generator.views.cards import HEIGHT, WIDTH, Card, of_site, of_technique
from generator.views.context import SiteContext
from generator.views.parts import BadgeView, BodyMarks

_PAPER = "#fdfcf9"
# Ink and what it stands on: as in the light palette of the style sheet.
_INKS = {
    "ink": ("#13202a", _PAPER),
    "ink-2": ("#43515b", _PAPER),
    "ink-3": ("#5f6b74", _PAPER),
    "accent": ("#0b5566", _PAPER),
    "line": ("#bdb8ab", _PAPER),
    "body": ("#e7e2d6", _PAPER),
    "region": ("#33798a", "#e7e2d6"),
}
_STEPS = 8
_COVERED = [255 if grey * (_STEPS - 1) * 2 > 255 else 0 for grey in range(256)]
_LINE = 1.14
_FONTS = {
    "serif": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "sans": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "bold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
}
_LEFT, _RIGHT, _TOP = 72, 1128, 66
# Baselines of the line above the title and of the last badge; what a badge takes.
_OVER, _LAST_BADGE, _BADGE = 168, 522, 47
_BADGE_SIZES = (32, 30, 28, 26, 24)
_TITLE_SIZES = (80, 72, 64, 56, 50, 44, 38)
# The two figures of the body: where they stand, and how large a unit of the drawing is.
_BODY_AT, _BODY_SCALE, _FINE = ((816, 118), (972, 118)), 0.5, 3
_FIGURE, _MIDDLE_OF_FIGURE = (312, 808), 156


def cards(site: SiteContext, kept: Path) -> list[Artifact]:
    """The card of every technique, and the one that stands for all other pages.

    `kept` is the folder with those of former builds.
    """
    found = [of_site(site), *(of_technique(site, technique) for technique in site.kb.current_techniques())]
    by_source = {repr(card).encode(): card for card in found}
    packages = sorted({"pillow", "svg.path", *(package for package, _ in _FONTS.values())})
    maker = f"{[version(package) for package in packages]} {Path(__file__).read_text('utf-8')}"
    drawn, _ = made_or_kept(
        kept, maker, list(by_source), lambda source: draw(by_source[source]), worthwhile=8
    )
    return [Artifact(card.path, png) for card, png in zip(by_source.values(), drawn, strict=True)]


def draw(card: Card) -> bytes:
    """The card as a PNG file."""
    sheet = _Sheet()
    sheet.image.paste(sheet.solid("accent"), (0, 0, WIDTH, 10))
    if card.body:
        sheet.body(card.body)
    room = (_BODY_AT[0][0] - 36 if card.body else _RIGHT) - _LEFT
    sheet.mark(_LEFT, _TOP, 42 if card.site else 72)
    sheet.text((_LEFT + 58, _TOP + 33), card.site, "bold", 30, "accent")
    sheet.text((_LEFT, _OVER), _cut(card.over, "sans", 28, room), "sans", 28, "ink-3")
    first_badge = _LAST_BADGE - _BADGE * (len(card.badges) - 1)
    size, lines = _title(card.title, room, first_badge - 48 - _OVER)
    y = sheet.lines((_LEFT, _OVER + 20 + round(size * 0.86)), lines, "serif", size, "ink")
    if card.text:
        sheet.lines((_LEFT, y + 20), _wrap(card.text, "sans", 32, room), "sans", 32, "ink-2")
    for index, badge in enumerate(card.badges):
        sheet.badge(_LEFT, first_badge + _BADGE * index, badge, room)
    sheet.image.paste(sheet.solid("line"), (_LEFT, 558, _RIGHT, 560))
    sheet.text((_LEFT, 598), card.foot, "sans", 26, "ink-3")
    sheet.text((_RIGHT, 598), card.host, "sans", 26, "ink-3", "rs")
    return sheet.png()


class _Sheet:
    """Paper on which inks are laid."""

    def __init__(self) -> None:
        self.image = Image.new("P", (WIDTH, HEIGHT), 0)
        self.image.putpalette(_palette())

    def png(self) -> bytes:
        """The file."""
        stream = BytesIO()
        self.image.save(stream, "PNG", compress_level=3)
        return stream.getvalue()

    def solid(self, ink: str) -> int:
        """The colour of an ink where it covers all."""
        return _colours(ink)[255]

    def lay(self, mask: Image.Image, at: tuple[int, int], ink: str) -> None:
        """An ink wherever the mask is not black."""
        self.image.paste(mask.point(_colours(ink)), at, mask.point(_COVERED))

    def text(
        self, at: tuple[int, int], words: str, face: str, size: int, ink: str, anchor: str = "ls"
    ) -> None:
        """One line; `at` is where its baseline starts, or ends with the anchor `rs`."""
        if not words:
            return
        mask, left, top = _written(words, face, size, anchor)
        self.lay(mask, (at[0] + left, at[1] + top), ink)

    def lines(self, at: tuple[int, int], lines: list[str], face: str, size: int, ink: str) -> int:
        """Lines below each other; returns where the baseline of a further one would be."""
        x, y = at
        for line in lines:
            self.text((x, y), line, face, size, ink)
            y += round(size * _LINE)
        return y

    def mark(self, x: int, y: int, size: int) -> None:
        """The site's mark: a needle that leads to a place."""
        unit = size * _FINE / 26
        mask = Image.new("L", (size * _FINE, size * _FINE))
        pen = ImageDraw.Draw(mask)
        ring, dot = (round(1.8 * unit), 3.2 * unit)
        pen.ellipse([2 * unit, 6 * unit, 20 * unit, 24 * unit], outline=255, width=ring)
        pen.ellipse([11 * unit - dot, 15 * unit - dot, 11 * unit + dot, 15 * unit + dot], fill=255)
        pen.line([11 * unit, 15 * unit, 24 * unit, 2 * unit], fill=255, width=ring)
        self.lay(mask.reduce(_FINE), (x, y), "accent")

    def badge(self, x: int, y: int, badge: BadgeView, room: int) -> None:
        """Meter, value and source on one line; what has no room is cut and says so."""
        end = x + room
        x += max(self._meter(x, y, badge), 54) + 20
        self.text((x, y), badge.value, "bold", 32, "ink" if badge.form != "none" else "ink-2")
        x += ceil(_font("bold", 32).getlength(f"{badge.value} "))
        rest = f"· {badge.source}{f' for {badge.scope}' if badge.scope else ''}"
        fits = (size for size in _BADGE_SIZES if x + _font("sans", size).getlength(rest) <= end)
        size = next(fits, _BADGE_SIZES[-1])
        self.text((x, y), _cut(rest, "sans", size, end - x), "sans", size, "ink-2")

    def _meter(self, x: int, y: int, badge: BadgeView) -> int:
        """A bar for each step of the scale, as beside a badge on a page; returns its width."""
        pen = ImageDraw.Draw(self.image)
        accent, line = self.solid("accent"), self.solid("line")
        if badge.form == "none":
            for index in range(3):
                pen.rectangle([x + 18 * index, y - 4, x + 18 * index + 11, y - 2], fill=line)
        if badge.form == "words":
            for index, width in enumerate((50, 50, 30)):
                pen.rectangle([x, y - 24 + 10 * index, x + width, y - 21 + 10 * index], fill=line)
        for index, bar in enumerate(badge.bars):
            height = round(30 * (0.28 + 0.72 * index / max(len(badge.bars) - 1, 1)))
            left = x + 14 * index
            if bar.state == "off":
                pen.rectangle([left, y - 3, left + 9, y], fill=line)
            elif bar.state == "range" or badge.form == "class":
                pen.rectangle([left, y - height, left + 9, y], outline=accent, width=2)
            else:
                pen.rectangle([left, y - height, left + 9, y], fill=accent)
        return 14 * len(badge.bars)

    def body(self, marks: BodyMarks) -> None:
        """The figure from the front and from the back, with the regions of its pain sites."""
        for at, shapes in zip(_BODY_AT, (marks.front, marks.back), strict=True):
            self.lay(_shape((marks.silhouette,)), at, "body")
            if shapes:
                self.lay(_shape(shapes), at, "region")


@lru_cache(maxsize=512)
def _written(words: str, face: str, size: int, anchor: str) -> tuple[Image.Image, int, int]:
    """A line of text as a mask, and where its corner lies from the anchor."""
    font = _font(face, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(words, anchor=anchor))
    mask = Image.new("L", (right - left + 2, bottom - top + 2))
    ImageDraw.Draw(mask).text((1 - left, 1 - top), words, fill=255, font=font, anchor=anchor)
    return mask, left - 1, top - 1


@cache
def _shape(paths: tuple[str, ...]) -> Image.Image:
    """Outlines, filled, as a mask of one figure."""
    width, height = (round(side * _BODY_SCALE) * _FINE for side in _FIGURE)
    mask = Image.new("L", (width, height))
    pen = ImageDraw.Draw(mask)
    for path in paths:
        for outline in _outlines(path):
            pen.polygon([(_fine(x + _MIDDLE_OF_FIGURE), _fine(y)) for x, y in outline], fill=255)
    return mask.reduce(_FINE)


def _fine(value: float) -> float:
    return value * _BODY_SCALE * _FINE


@cache
def _outlines(path: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """An SVG path as polygons."""
    found: list[list[tuple[float, float]]] = []
    for segment in parse_path(path):
        if isinstance(segment, Move):
            found.append([])
        points = (segment.point(step / 6) for step in range(1, 7))
        found[-1].extend((point.real, point.imag) for point in points)
    return tuple(tuple(outline) for outline in found if len(outline) > 2)


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    package, name = _FONTS[face]
    # Without the system's text layout, which differs from machine to machine.
    path = str(files(package) / "files" / name)
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _title(words: str, room: int, height: int) -> tuple[int, list[str]]:
    """The largest size in which a title fits, and its lines."""
    for size in _TITLE_SIZES:
        lines = _wrap(words, "serif", size, room)
        wide = max(_font("serif", size).getlength(line) for line in lines)
        if wide <= room and len(lines) * size * _LINE <= height:
            break
    return size, lines


def _wrap(words: str, face: str, size: int, room: int) -> list[str]:
    """Words in lines that fit; a word that is wider than the room stands alone."""
    font = _font(face, size)
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(words: str, face: str, size: int, room: int) -> str:
    font = _font(face, size)
    if font.getlength(words) <= room:
        return words
    while words and font.getlength(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


@cache
def _colours(ink: str) -> list[int]:
    """The colour of an ink for each grey of a mask."""
    row = list(_INKS).index(ink) * _STEPS
    return [row + round(grey * (_STEPS - 1) / 255) for grey in range(256)]


@cache
def _palette() -> bytes:
    """A row of colours for each ink, from what it stands on to itself."""
    return bytes(value for ink in _INKS.values() for value in _row(*ink))


def _row(ink: str, ground: str) -> Iterator[int]:
    end, start = ImageColor.getrgb(ink), ImageColor.getrgb(ground)
    for step in range(_STEPS):
        for first, last in zip(start, end, strict=False):
            yield round(first + (last - first) * step / (_STEPS - 1))
