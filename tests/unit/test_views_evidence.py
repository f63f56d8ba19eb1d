"""Ratings as badges: a value stays in its own scale, and a rating of a class is never shown as its own."""

from __future__ import annotations

import pytest

from generator.knowledge import KnowledgeBase
from generator.model.clinical import Rating
from generator.views import evidence
from generator.views.context import PageContext, SiteContext
from generator.views.parts import BadgeView


@pytest.fixture
def page(everything: KnowledgeBase) -> PageContext:
    return PageContext(SiteContext(everything), "techniques/x")


def badge(page: PageContext, body: str, value: object, **more: object) -> BadgeView:
    rating = Rating.model_validate({"text": "t", "body": body, "value": value} | more)
    return evidence.badge(page, rating, None)


def bars(view: BadgeView) -> list[str]:
    return [bar.state for bar in view.bars]


@pytest.mark.parametrize(
    ("value", "states"),
    [
        ("One", ["on", "off", "off"]),
        ("Two", ["on", "on", "off"]),
        ("Three", ["on", "on", "on"]),
        ({"stars": "Two"}, ["on", "on", "off"]),
        ({"stars": ["One", "Two"]}, ["on", "range", "off"]),
        ({"stars": ["One", "Three"]}, ["on", "range", "range"]),
        ({"stars": ["Three", "One"]}, ["on", "range", "range"]),
        ({"stars": ["Two", "Two"]}, ["on", "on", "off"]),
    ],
)
def test_the_meter_has_one_bar_for_each_step_of_the_bodys_own_scale(
    value: object, states: list[str], page: PageContext
) -> None:
    """Bars up to the value are on; those up to the upper end of a range look different."""
    assert bars(badge(page, "handbook", value)) == states


def test_the_meter_counts_the_part_that_the_scale_names(page: PageContext) -> None:
    """Level I of three, whatever the grade."""
    view = badge(page, "club", {"level": "I", "grade": "C"})
    assert (view.form, view.value, bars(view)) == ("own", "I / C", ["on", "on", "on"])


def test_without_the_part_of_the_meter_there_is_no_meter(page: PageContext) -> None:
    """A grade alone says nothing about the level."""
    view = badge(page, "club", {"grade": "A"})
    assert (view.form, view.value, view.bars) == ("words", "A", ())


def test_a_value_for_several_techniques_says_so(page: PageContext) -> None:
    """It would be read as a value of its own. Who shares it is in the words behind the badge."""
    view = badge(page, "handbook", "Two", together_with=("patch-a-tube", "quick-check"))
    assert view.source.endswith(", 3 techniques together")
    names = [page.kb.techniques[identifier].name for identifier in ("patch-a-tube", "quick-check")]
    assert view.label.endswith(f", one value together with {' and '.join(names)}")


def test_words_have_no_meter(page: PageContext) -> None:
    """A phrase is shown as the body prints it."""
    view = badge(page, "magazine", "Well worth it")
    assert (view.form, view.value, view.source, view.bars) == ("words", "Well worth it", "Magazine", ())


def test_a_badge_says_who_when_and_for_what(page: PageContext) -> None:
    """Body and year beside the value, the scope in names, all of it in one sentence as a label."""
    view = badge(page, "club", {"level": "II", "grade": "B"}, pain_sites=["tyre"], mechanisms=["impact"])
    assert (view.source, view.scope) == ("Club 2021", "tyre, impact")
    assert view.label.startswith("Evidence: II / B, Touring club 2021")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Moderate", "Moderate"),
        ({"level": "I", "grade": "A"}, "I / A"),
        ({"level": ("III", "I"), "grade": ("B", "A")}, "I–III / A–B"),
    ],
)
def test_a_value_is_printed_as_the_body_prints_it(value: object, words: str) -> None:
    """A range from its strong end."""
    assert evidence.value_in_words(value) == words  # type: ignore[arg-type]


def test_a_rating_of_the_class_is_never_shown_as_its_own(page: PageContext) -> None:
    """Another form, another source line, and a label that names the class."""
    (view,) = evidence.badges_for(page, page.kb.techniques["replace-a-tube"])
    assert (view.form, view.value, view.source) == ("class", "Two", "Handbook 2019, class")
    assert "given to the class Puncture repair" in view.label
    (column,) = evidence.columns(page, page.kb.techniques["replace-a-tube"])
    assert column.of_class is not None
    assert column.of_class.text == "Puncture repair"


def test_the_class_shows_the_same_rating_as_its_own(page: PageContext) -> None:
    """What is 'for the class' on a member is the class's own."""
    (view,) = evidence.badges_for(page, page.kb.techniques["puncture-repair"])
    assert (view.form, view.source) == ("own", "Handbook 2019")


def test_own_ratings_stand_before_those_of_the_class_body_by_body(page: PageContext) -> None:
    """In the order of the vocabulary: handbook, club, magazine."""
    ratings = evidence.ratings_of(page.kb, page.kb.techniques["patch-a-tube"])
    assert [(rating.body, parent and parent.id) for rating, parent in ratings] == [
        ("handbook", None),
        ("handbook", "puncture-repair"),
        ("club", None),
        ("magazine", None),
    ]


def test_a_small_box_shows_the_own_rating_of_each_body(page: PageContext) -> None:
    """One badge a body; the class steps back behind the technique."""
    found = evidence.one_badge_per_body(page, page.kb.techniques["patch-a-tube"])
    assert [(view.form, view.value) for view in found] == [
        ("own", "Three"),
        ("own", "II / B"),
        ("words", "Well worth it"),
    ]


def test_a_rating_for_some_sites_shows_only_there(page: PageContext) -> None:
    """The club rates patching for the tyre: there it stands first, and on the rim it is missing."""
    patch = page.kb.techniques["patch-a-tube"]
    on_tyre = [view.source for view in evidence.badges_for(page, patch, frozenset({"tyre"}))]
    on_rim = [view.source for view in evidence.badges_for(page, patch, frozenset({"rim"}))]
    assert on_tyre[0] == "Club 2021"
    assert on_rim == [source for source in on_tyre if source != "Club 2021"]


def test_for_a_site_the_class_stands_last(page: PageContext) -> None:
    """What was rated for the technique itself is nearer to the question."""
    replace = page.kb.techniques["replace-a-tube"]
    inherited = replace.model_copy(update={"evidence": page.kb.techniques["patch-a-tube"].evidence})
    assert inherited.inherits_from
    forms = [view.form for view in evidence.badges_for(page, inherited, frozenset({"tyre"}))]
    assert "class" in forms
    assert forms == sorted(forms, key=lambda form: form == "class")


def test_not_rated_is_said_in_words(page: PageContext) -> None:
    """An empty place would look like an oversight."""
    lubricate = page.kb.techniques["lubricate"]
    assert evidence.one_badge_per_body(page, lubricate) == (evidence.NOT_RATED,)
    assert evidence.badges_for(page, lubricate) == (evidence.NOT_RATED,)
    assert (evidence.NOT_RATED.form, evidence.NOT_RATED.value) == ("none", "Not rated")
    assert evidence.columns(page, lubricate) == ()


@pytest.mark.parametrize(
    ("technique", "differ"),
    [("patch-a-tube", True), ("replace-a-tube", False), ("lubricate", False), ("adjust-a-brake", True)],
)
def test_bodies_differ_when_several_speak_in_different_words(
    technique: str, differ: bool, page: PageContext
) -> None:
    """One body with two ratings does not differ from itself."""
    assert evidence.bodies_differ(page.kb, page.kb.techniques[technique]) is differ


def test_a_rating_carries_scope_citations_and_reason(page: PageContext) -> None:
    """What was rated, by which sources, and why."""
    first = evidence.columns(page, page.kb.techniques["patch-a-tube"])[0]
    assert first.scope.pieces[0].text == "Patching a tube."
    assert [piece.kind for piece in first.scope.pieces] == ["text", "cite"]
    assert [piece.kind for piece in first.reason] == ["text", "cite", "text"]
    assert first.scale == "Stars of the handbook"
