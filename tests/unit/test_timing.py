"""The chart of prognosis windows: every printed window once, floors and ceilings apart, stripes explained."""

from __future__ import annotations

import pytest

from generator.knowledge import KnowledgeBase
from generator.views import timing
from generator.views.context import PageContext, SiteContext


@pytest.fixture(scope="module")
def chart(real: KnowledgeBase) -> timing.TimingChart:
    """The chart of the real records."""
    return timing.chart(PageContext(SiteContext(real), "timing-windows"))


def row(chart: timing.TimingChart, kind: str, name: str) -> timing.TimingRow:
    (group,) = [group for group in chart.groups if group.kind == kind]
    (found,) = [row for row in group.rows if row.technique.text == name]
    return found


def test_every_printed_window_stands_in_the_chart_once(
    chart: timing.TimingChart, real: KnowledgeBase
) -> None:
    """No window is lost or shown twice, and no technique is in two of: own, of its class, none."""
    printed = sum(len(technique.prognosis) for technique in real.current_techniques())
    rows = [row for group in chart.groups for row in group.rows]
    assert sum(len(row.statements) for row in rows) == printed
    named = [row.technique.text for row in rows]
    members = [link.text for row in rows for link in row.members]
    silent = [link.text for link in chart.without]
    everyone = sorted(technique.name for technique in real.current_techniques())
    assert sorted({*named, *members, *silent}) == everyone
    assert len(set(named)) + len(members) + len(silent) == len(everyone)


def test_the_table_says_the_same(chart: timing.TimingChart, real: KnowledgeBase) -> None:
    """Every technique, with every window of its own."""
    everyone = {technique.name for technique in real.current_techniques()}
    assert {row.technique.text for row in chart.table} == everyone
    own = [row for row in chart.table if row.statement is not None]
    assert len(own) == sum(len(technique.prognosis) for technique in real.current_techniques())
    assert {row.technique.text for row in chart.table if row.kind == "None"} == {
        link.text for link in chart.without
    }


def test_floors_and_ceilings_never_share_a_group(chart: timing.TimingChart) -> None:
    """The drawing is of the group's kind, or an outline after a technique of that group."""
    kinds = {group.kind: {row.drawing.kind for row in group.rows} for group in chart.groups}
    assert kinds["ceiling"] == {"ceiling"}
    assert kinds["floor"] == {"floor", "similar"}
    assert kinds["words"] == {"words"}


def test_places_that_differ_are_striped_and_explained(chart: timing.TimingChart) -> None:
    """Pumps: more than 3 months in Table 1, more than 6 in the text."""
    pump = row(chart, "floor", "Intrathecal drug delivery system")
    assert (pump.drawing.stripes, pump.drawing.start, pump.drawing.end) == ("differ", 54.4, 69.6)
    assert "more than 3 months to live (Table 1); more than 6 months to live (text)" in pump.explained


def test_a_printed_range_is_no_disagreement(chart: timing.TimingChart) -> None:
    """Spinal cord stimulation: more than 6–12 months, from one place."""
    stimulation = row(chart, "floor", "Spinal cord stimulation")
    assert (stimulation.drawing.stripes, stimulation.drawing.start) == ("range", 69.6)
    assert stimulation.drawing.end == 84.8
    assert "range" in stimulation.explained


def test_a_window_as_for_another_is_an_outline_from_there(chart: timing.TimingChart) -> None:
    """It has no number of its own and no stripes."""
    outline = row(chart, "floor", "Dorsal root ganglion stimulation").drawing
    assert (outline.kind, outline.stripes, outline.start, outline.end) == ("similar", "", 69.6, 100.0)


def test_a_harm_inside_the_window_is_said(chart: timing.TimingChart) -> None:
    """Cordotomy: under 6–9 months, and deafferentation pain from 3 months."""
    cordotomy = row(chart, "ceiling", "Cordotomy")
    assert [(mark.kind, mark.place) for mark in cordotomy.drawing.marks] == [("harm", 54.4)]
    assert "inside this window" in cordotomy.explained


def test_words_have_no_edge(chart: timing.TimingChart) -> None:
    """Nor does a reference point give them one."""
    words = row(chart, "words", "Plexus and sympathetic neurolysis")
    assert (words.drawing.stripes, words.drawing.start, words.drawing.end) == ("", 0, 100)
    assert [mark.kind for mark in words.drawing.marks] == ["reference"]
    assert words.labels == ()


def test_every_kind_of_window_of_the_fixture_is_drawn(everything: KnowledgeBase) -> None:
    """A technique with nothing but a mark still has a row."""
    made = timing.chart(PageContext(SiteContext(everything), "timing-windows"))
    shown = sum(len(row.statements) for group in made.groups for row in group.rows)
    assert shown == sum(len(technique.prognosis) for technique in everything.current_techniques())
