"""The spine ruler: target levels of a record on a drawn column, with the same as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from generator.model.clinical import SpinalLevel
from generator.model.vocabulary import Level
from generator.views.parts import SpineMark, SpineRuler, SpineVertebra

State: TypeAlias = Literal["plain", "target", "entry"]

_HEIGHTS = {"cervical": 9.0, "thoracic": 12.0, "lumbar": 16.0, "sacral": 10.0, "coccygeal": 14.0}
_WIDTHS = {"cervical": 22.0, "thoracic": 27.0, "lumbar": 36.0, "sacral": 30.0, "coccygeal": 12.0}
_FUSED = frozenset({"sacral", "coccygeal"})
_CORNER = 2.5
_GAP = 2.0
_TOP = 12.0
_CENTRE = 66.0
_LABEL_GAP = 40.0
_WIDTH = 360.0


def level_text(level: SpinalLevel) -> str:
    """'T5–T12', 'L1'."""
    return f"{level.from_level}–{level.to_level}" if level.to_level else level.from_level


def ruler(all_levels: Sequence[Level], marked: Sequence[SpinalLevel], title: str) -> SpineRuler | None:
    """The ruler for the levels of one record; None when it names none."""
    if not marked:
        return None
    column = _column(tuple((level.id, level.region) for level in all_levels))
    order = column.order
    spans = [(order[level.from_level], order[level.to_level or level.from_level], level) for level in marked]
    targets = {i for low, high, level in spans if level.role == "target" for i in range(low, high + 1)}
    entries = {i for low, high, level in spans if level.role == "entry" for i in range(low, high + 1)}
    shown = {order[level.from_level] for level in marked}
    shown |= {order[level.to_level] for level in marked if level.to_level}
    vertebrae = list(column.bones)
    for index in shown | targets | entries:
        state: State = "target" if index in targets else "entry" if index in entries else "plain"
        bone = column.bones[index]
        vertebrae[index] = replace(bone, state=state, show_label=bone.show_label or index in shown)
    marks = _marks(spans, column.tops)
    height = max(column.height, max(mark.label_y for mark in marks) + 30)
    return SpineRuler(
        width=_WIDTH,
        height=round(height, 1),
        vertebrae=tuple(vertebrae),
        column="".join(
            outline for outline, bone in zip(column.outlines, vertebrae, strict=True) if bone.state == "plain"
        ),
        processes=column.processes,
        marks=marks,
        title=title,
        description=". ".join(f"{level.structure}: {level_text(level)} ({level.role})" for level in marked)
        + ".",
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """The unmarked column, which is the same under every record's marks."""

    order: dict[str, int]
    bones: tuple[SpineVertebra, ...]
    outlines: tuple[str, ...]
    processes: str
    tops: tuple[tuple[float, float], ...]
    height: float


@lru_cache(maxsize=4)
def _column(levels: tuple[tuple[str, str], ...]) -> _Column:
    """The column of levels given by id and region, from the top down."""
    bones: list[SpineVertebra] = []
    tops: list[tuple[float, float]] = []
    y = _TOP
    for index, (name, region) in enumerate(levels):
        height = _HEIGHTS[region]
        width = _WIDTHS[region]
        if region == "sacral":
            above = sum(bone.region == region for bone in bones)
            width = max(width - 4.0 * above, 2 * _CORNER)
        x = round(_CENTRE + _curve(index, len(levels)) - width / 2, 1)
        at_edge = index in (0, len(levels) - 1) or levels[index - 1][1] != region
        bones.append(SpineVertebra(name, x, round(y, 1), width, height, region, "plain", at_edge))
        tops.append((y, y + height))
        y += height + _GAP
    return _Column(
        order={name: index for index, (name, _) in enumerate(levels)},
        bones=tuple(bones),
        outlines=tuple(_outline(bone) for bone in bones),
        processes="".join(_process(bone) for bone in bones if bone.region not in _FUSED),
        tops=tuple(tops),
        height=y + _TOP,
    )


def _outline(bone: SpineVertebra) -> str:
    """A rectangle with round corners."""
    r = _CORNER
    across, down = round(bone.width - 2 * r, 1), round(bone.height - 2 * r, 1)
    return (
        f"M{round(bone.x + r, 1)} {bone.y}h{across}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1-{r} {r}"
        f"h{-across}a{r} {r} 0 0 1-{r}-{r}v{-down}a{r} {r} 0 0 1 {r}-{r}z"
    )


def _process(bone: SpineVertebra) -> str:
    """The spinous process, slanting down behind its vertebra."""
    x, y = round(bone.x + 1, 1), round(bone.y + bone.height * 0.4, 1)
    return f"M{x} {y}l-{round(bone.width * 0.28, 1)} {round(bone.height * 0.5, 1)}"


def _curve(index: int, count: int) -> float:
    """A gentle side-view sway of the column, in drawing units."""
    position = index / max(count - 1, 1)
    return round(
        7.0 * (1 - abs(position - 0.5) * 3.4) if position < 0.8 else -7.0 - 26.0 * (position - 0.8), 1
    )


def _marks(
    spans: Sequence[tuple[int, int, SpinalLevel]], tops: Sequence[tuple[float, float]]
) -> tuple[SpineMark, ...]:
    """Brackets in lanes where they overlap, and labels pushed apart so that none collide."""
    marks: list[SpineMark] = []
    lane_ends: list[int] = []
    label_y = 0.0
    for low, high, level in sorted(spans, key=lambda span: (span[0], span[1])):
        lane = next((i for i, end in enumerate(lane_ends) if end < low), len(lane_ends))
        if lane == len(lane_ends):
            lane_ends.append(high)
        else:
            lane_ends[lane] = high
        y1, y2 = tops[low][0], tops[high][1]
        label_y = max((y1 + y2) / 2, label_y + _LABEL_GAP if marks else 14.0)
        marks.append(
            SpineMark(
                round(y1, 1),
                round(y2, 1),
                round(label_y, 1),
                level.structure,
                level_text(level),
                level.role,
                lane,
            )
        )
    return tuple(marks)
