"""The spine ruler: exactly the levels of the record are drawn, and the drawing can be read."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from generator.knowledge import KnowledgeBase
from generator.model.clinical import SpinalLevel
from generator.model.vocabulary import Level
from generator.views import spine
from generator.views.parts import SpineRuler

REGIONS = {"cervical": "C1 C2 C3 C4 C5 C6 C7", "thoracic": "T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12"}
REGIONS |= {"lumbar": "L1 L2 L3 L4 L5", "sacral": "S1 S2 S3 S4 S5", "coccygeal": "Coccyx"}
COLUMN = tuple(
    Level.model_validate({"id": name, "region": region})
    for region, names in REGIONS.items()
    for name in names.split()
)


def level(start: str, end: str | None = None, role: str = "target", structure: str = "Nerve") -> SpinalLevel:
    return SpinalLevel.model_validate(
        {"text": "t", "from": start, "to": end, "role": role, "structure": structure}
    )


def draw(*marked: SpinalLevel) -> SpineRuler:
    ruler = spine.ruler(COLUMN, marked, "Block")
    assert ruler is not None
    return ruler


def states(ruler: SpineRuler, state: str) -> list[str]:
    return [vertebra.label for vertebra in ruler.vertebrae if vertebra.state == state]


def test_no_levels_no_drawing() -> None:
    """A record that names no level gets no picture."""
    assert spine.ruler(COLUMN, (), "Block") is None


@pytest.mark.parametrize(
    ("marked", "filled"),
    [
        ([level("L1")], ["L1"]),
        ([level("T11", "L2")], ["T11", "T12", "L1", "L2"]),
        ([level("C6"), level("S4", "Coccyx")], ["C6", "S4", "S5", "Coccyx"]),
        ([level("T11", "L2", "origin"), level("L1", role="landmark")], []),
    ],
)
def test_exactly_the_target_levels_are_filled(marked: list[SpinalLevel], filled: list[str]) -> None:
    """Every level from the upper to the lower; origins and landmarks are bracketed only."""
    assert states(draw(*marked), "target") == filled


def test_entries_are_outlined_and_targets_win() -> None:
    """A level that is both is drawn as the target."""
    ruler = draw(level("L1", "L3", "entry"), level("L2"))
    assert states(ruler, "target") == ["L2"]
    assert states(ruler, "entry") == ["L1", "L3"]


def test_the_whole_column_is_drawn_from_top_to_bottom() -> None:
    """Every level of the vocabulary, none over another, all inside the drawing."""
    ruler = draw(level("L1"))
    assert [vertebra.label for vertebra in ruler.vertebrae] == [item.id for item in COLUMN]
    for upper, lower in pairwise(ruler.vertebrae):
        assert upper.y + upper.height < lower.y
    assert ruler.vertebrae[-1].y + ruler.vertebrae[-1].height < ruler.height
    assert all(0 < vertebra.x < vertebra.x + vertebra.width < ruler.width for vertebra in ruler.vertebrae)


def test_the_levels_named_are_labelled() -> None:
    """Both ends of a stretch carry their names, and the first level of each region."""
    ruler = draw(level("T5", "T9"))
    shown = {vertebra.label for vertebra in ruler.vertebrae if vertebra.show_label}
    assert {"T5", "T9", "C1", "T1", "L1", "S1", "Coccyx"} == shown


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_labels_do_not_collide(count: int) -> None:
    """Labels of marks at the same place are pushed apart and stay inside the drawing."""
    marked = [level("T12", "L1", structure=f"Nerve {number}") for number in range(count)]
    ruler = draw(*marked)
    heights = [mark.label_y for mark in ruler.marks]
    assert len(heights) == count
    assert all(lower - upper >= 30 for upper, lower in pairwise(heights))
    assert 0 < min(heights) <= max(heights) < ruler.height


def test_brackets_that_overlap_stand_in_lanes() -> None:
    """Two brackets in one lane never share a level."""
    marked = [level("T1", "T6"), level("T4", "T9"), level("T7", "T12"), level("T6"), level("L1")]
    ruler = draw(*marked)
    for one, other in combinations(ruler.marks, 2):
        if one.lane == other.lane:
            assert one.y2 < other.y1 or other.y2 < one.y1


def test_a_bracket_spans_its_levels() -> None:
    """From the top of the upper level to the foot of the lower one."""
    ruler = draw(level("L1", "L3"))
    places = {vertebra.label: vertebra for vertebra in ruler.vertebrae}
    (mark,) = ruler.marks
    assert (mark.y1, mark.y2) == (places["L1"].y, round(places["L3"].y + places["L3"].height, 1))


def test_the_drawing_says_in_words_what_it_shows() -> None:
    """Title and description for those who do not see it."""
    ruler = draw(level("T5", "T12", "origin", "Splanchnic nerves"), level("L1", structure="Ganglia"))
    assert ruler.title == "Block"
    assert ruler.description == "Splanchnic nerves: T5–T12 (origin). Ganglia: L1 (target)."


def test_every_real_record_can_be_drawn(real: KnowledgeBase) -> None:
    """Filled levels are the target levels of the record, for each technique."""
    order = [item.id for item in real.levels]
    drawn = 0
    for technique in real.techniques.values():
        levels = technique.anatomy.levels
        ruler = spine.ruler(real.levels, levels, technique.name)
        if ruler is None:
            continue
        drawn += 1
        targets = [item for item in levels if item.role == "target"]
        expected = {
            name
            for item in targets
            for name in order[
                order.index(item.from_level) : order.index(item.to_level or item.from_level) + 1
            ]
        }
        assert set(states(ruler, "target")) == expected, technique.id
    assert drawn > 10
