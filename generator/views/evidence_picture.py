"""The evidence map as a drawing for a slide: one for each scale, whole and for each technique group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from generator.knowledge import KnowledgeBase
from generator.model.technique import Technique
from generator.views import evidence_cells as cells
from generator.views.context import SiteContext
from generator.views.evidence_cells import RAMP, Cell, ScaleChoice, by_group
from generator.views.evidence_map import picture_file
from generator.views.status import status_of_records

_NAMES, _COLUMN, _ROW = 250, 74, 30
_HEAD, _TITLE, _GROUP, _MARGIN = 62, 96, 34, 24
_FOOT = 74
_LINE, _SMALL = 11, 8.5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at its place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A cell at its place, with its lines of text."""

    x: float
    y: float
    look: str
    lines: tuple[Line, ...]
    small: tuple[Line, ...]
    also_against: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing."""

    width: float
    height: float
    title: str
    description: str
    subtitle: str
    heads: tuple[Line, ...]
    groups: tuple[Line, ...]
    names: tuple[Line, ...]
    boxes: tuple[Box, ...]
    gaps: tuple[Line, ...]
    key: tuple[Box, ...]
    key_words: tuple[Line, ...]
    foot: float
    checked: str
    reviewed: str
    box_width: float = _COLUMN - 4
    box_height: float = _ROW - 3


def pictures(site: SiteContext) -> Iterator[tuple[str, Picture]]:
    """File and drawing of every scale, whole and by group."""
    kb = site.kb
    techniques = list(kb.current_techniques())
    if not techniques:
        return
    found = {region.id: cells.cells(kb, region.id) for region in kb.regions()}
    for choice in cells.scale_choices(kb):
        yield _file(choice), _draw(kb, choice, found, techniques, "all techniques")
        for group, members in by_group(kb, techniques):
            yield _file(choice, group), _draw(kb, choice, found, members, kb.groups[group].short)


def _file(choice: ScaleChoice, group: str = "") -> str:
    return picture_file(choice.scale.id, group)


def _draw(
    kb: KnowledgeBase,
    choice: ScaleChoice,
    found: dict[str, dict[str, Cell]],
    techniques: Sequence[Technique],
    what: str,
) -> Picture:
    left = _MARGIN + _NAMES
    heads: list[Line] = []
    groups: list[Line] = []
    names: list[Line] = []
    boxes: list[Box] = []
    gaps: list[Line] = []
    for column, site in enumerate(found):
        lines = wrap(cells.column_name(kb, site), 11, break_long_words=False)
        for index, text in enumerate(lines):
            above = _TITLE + _HEAD - 8 - (len(lines) - 1 - index) * (_LINE + 1)
            heads.append(Line(left + column * _COLUMN + _COLUMN / 2, above, text))
    y = float(_TITLE + _HEAD)
    for group, members in by_group(kb, techniques):
        y += _GROUP
        groups.append(Line(_MARGIN, y - 10, kb.groups[group].name))
        for technique in members:
            names.extend(_lines(technique.name, 42, _MARGIN, y))
            for column, site in enumerate(found):
                x = left + column * _COLUMN + 2
                cell = found[site].get(technique.id)
                if cell is None:
                    gaps.append(Line(x + _COLUMN / 2 - 2, y + _ROW / 2, ""))
                    continue
                value = cells.value(kb, cell, choice.scale)
                also = bool(cell.against) and cell.standing != "against"
                small = ", ".join(part for part in (value.small, "partly not for" if also else "") if part)
                boxes.append(_box(x, y, _look(value), value.text, small, also_against=also))
            y += _ROW
    key, key_words, y = _key(choice, y + 26, left + len(found) * _COLUMN)
    status = status_of_records(techniques)
    assert status is not None
    count = sum(technique.id in column for technique in techniques for column in found.values())
    total = len(techniques) * len(found)
    return Picture(
        width=left + len(found) * _COLUMN + _MARGIN,
        height=y + _FOOT,
        title=f"Evidence map: {what}, {choice.label}",
        description=(
            f"{len(techniques)} techniques in rows, {len(found)} {kb.words.region.many} in columns; scale: "
            f"{choice.scale.name}. {count} cells with a source, {total - count} gaps."
        ),
        subtitle=f"Scale: {choice.scale.name}",
        heads=tuple(heads),
        groups=tuple(groups),
        names=tuple(names),
        boxes=tuple(boxes),
        gaps=tuple(gaps),
        key=key,
        key_words=key_words,
        foot=y + 16,
        checked=status.checked,
        reviewed=status.reviewed,
    )


def _look(value: cells.CellValue) -> str:
    return f"own step-{value.level}" if value.look == "own" else value.look


def _box(x: float, y: float, look: str, text: str, small: str = "", *, also_against: bool = False) -> Box:
    below = wrap(small, 15)
    lines = wrap(text, 13)[: 1 if below else 2]
    first = y + _ROW / 2 + 2.5 - (len(lines) - 1) * _LINE / 2 - len(below) * _SMALL / 2
    middle = x + _COLUMN / 2 - 2
    after = first + (len(lines) - 1) * _LINE
    return Box(
        x,
        y + 1,
        look,
        tuple(Line(middle, first + index * _LINE, line) for index, line in enumerate(lines)),
        tuple(Line(middle, after + (index + 1) * _SMALL, line) for index, line in enumerate(below)),
        also_against,
    )


def _lines(text: str, width: int, x: float, y: float) -> list[Line]:
    lines = wrap(text, width)[:2]
    first = y + _ROW / 2 + 3.5 - (len(lines) - 1) * 6.5
    return [Line(x, first + index * 13, line) for index, line in enumerate(lines)]


def _key(choice: ScaleChoice, y: float, right: float) -> tuple[tuple[Box, ...], tuple[Line, ...], float]:
    """The key below the map, in as many lines as it needs."""
    part = next((part for part in choice.scale.parts if part.id == choice.scale.meter), None)
    steps = part.steps if part else ()
    entries = [
        *(
            (f"own step-{-(-(place + 1) * RAMP // len(steps))}", step.value, "rated itself")
            for place, step in enumerate(steps)
        ),
        ("class", "class", "rated for its class"),
        ("unrated", "not rated", "described, not rated"),
        ("reported", "reported", "only reported"),
        ("title", "title only", "from a title only"),
        ("against", "not for", "a source speaks against"),
    ]
    boxes, words = [], []
    x = float(_MARGIN)
    for look, text, meaning in entries:
        width = _COLUMN + 12 + len(meaning) * 6
        if x + width > right:
            x, y = float(_MARGIN), y + _ROW + 6
        boxes.append(_box(x, y, look, text))
        words.append(Line(x + _COLUMN + 4, y + _ROW / 2 + 3.5, meaning))
        x += width
    return tuple(boxes), tuple(words), y + _ROW + 10
