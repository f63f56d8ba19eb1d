"""What a class says against a technique stands with each of its members, as said of the class, once."""

from __future__ import annotations

import pytest

from generator.knowledge import CLASS_FIELDS, KnowledgeBase
from generator.model.technique import Technique
from generator.views import technique_sections
from generator.views.context import PageContext, SiteContext

AGAINST = ("contraindications", "cautions", "bleeding_risk")


@pytest.fixture
def members(real: KnowledgeBase) -> list[Technique]:
    """Techniques whose class speaks against something."""
    techniques = real.current_techniques()
    found = [item for item in techniques if any(real.from_class(item, field) for field in AGAINST)]
    assert len(found) > 10
    return found


def test_a_page_warns_of_what_its_class_warns_of(real: KnowledgeBase, members: list[Technique]) -> None:
    """A reader of the member does not open the page of its class."""
    ctx = PageContext(SiteContext(real), "techniques/x")
    for technique in members:
        lists = technique_sections.contraindications(ctx, technique).lists
        views = [view for named in lists for view in named.items]
        given = [item for field in AGAINST for item in real.from_class(technique, field)]
        own = [item for field in AGAINST for item in getattr(technique, field)]
        assert sum(view.of_class is not None for view in views) == len(given), technique.id
        assert sum(view.of_class is None for view in views) == len(own), technique.id


def test_what_is_said_in_the_same_words_is_said_once(real: KnowledgeBase) -> None:
    """The technique's own word stands."""
    for technique in real.current_techniques():
        for field in CLASS_FIELDS:
            own = {item.text for item in getattr(technique, field)}
            assert not own & {item.text for item in real.from_class(technique, field)}
    augmentation = real.techniques["vertebroplasty"]
    assert augmentation.bleeding_risk
    assert real.from_class(augmentation, "bleeding_risk") == ()
