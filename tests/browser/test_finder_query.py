"""The finder's results, for every combination of two choices, are those that the records give in Python."""

from __future__ import annotations

from typing import Any

import pytest

from generator.knowledge import KnowledgeBase
from tests.browser.finder_query import Question, pairs
from tests.browser.visit import OpenPage, Visit

pytestmark = [pytest.mark.browser, pytest.mark.engine]

STATES = {
    "match": "m", "weak": "w", "no": "n", "silent": "s", "unclear": "u", "against": "a", "differ": "d",
    "partly": "p", "contraindicated": "c", "weigh": "h",
}  # fmt: skip
GROUPS = ("stated", "open", "silent", "weak", "out")

# Asks the script's own question for each set of choices; answers with the letters of GROUPS and STATES.
_ASK = """async ({ asked, letters }) => {
  const { load } = await import(new URL("../assets/js/finder-data.mjs", document.baseURI).href);
  const { NOTHING, query } = await import(new URL("../assets/js/finder-query.mjs", document.baseURI).href);
  const atlas = await load("../api/v1/finder.json", "../");
  return asked.map((pairs) => {
    const choice = { ...NOTHING, cautions: [] };
    for (const [facet, value] of pairs) {
      if (facet === "cautions") choice.cautions.push(value);
      else choice[facet] = value;
    }
    const groups = query(atlas, choice);
    return Object.values(groups).map((group) => group.map(({ technique, answers }) =>
      `${technique.id} ${answers.map((answer) => letters[answer.state]).join("")}`));
  });
}"""


@pytest.fixture
def finder(open_page: OpenPage) -> Visit:
    """The finder on a desk."""
    return open_page("finder/")


def ask(visit: Visit, asked: list[Any]) -> list[list[list[str]]]:
    """What the script answers: for each set of choices the five groups, each technique with its states."""
    found: list[list[list[str]]] = visit.page.evaluate(_ASK, {"asked": asked, "letters": STATES})
    return found


def expected(kb: KnowledgeBase, choices: Any) -> list[list[str]]:
    """The same from the records."""
    question = Question(kb, choices)
    return [
        [
            f"{identifier} {''.join(STATES[state] for _, state in question.states_of[identifier])}"
            for identifier in question.groups[group]
        ]
        for group in GROUPS
    ]


def test_every_combination_of_two_choices(finder: Visit, real: KnowledgeBase) -> None:
    """Groups, their order and the answer to each choice are equal; every state occurs."""
    asked = pairs(real)
    assert len(asked) > 5000
    seen: set[str] = set()
    for choices, answer in zip(asked, ask(finder, asked), strict=True):
        wanted = expected(real, choices)
        assert answer == wanted, choices
        seen.update("".join(item.partition(" ")[2] for group in wanted for item in group))
    assert set(STATES.values()) - seen <= {"d"}


def test_a_pain_site_alone_finds_as_many_as_its_page_counts(finder: Visit, real: KnowledgeBase) -> None:
    """Described techniques, as on the home page and the page of the site."""
    from generator.views.fits import technique_count

    sites = list(real.sites)
    answers = ask(finder, [[("site", site)] for site in sites])
    for site, (stated, opened, *_) in zip(sites, answers, strict=True):
        described = [item for item in (*stated, *opened) if item.partition(" ")[2][0] == "m"]
        assert len(described) == technique_count(real, site)


def test_nothing_is_lost(finder: Visit, real: KnowledgeBase) -> None:
    """Every technique stands in exactly one group, whatever is chosen."""
    everything = sorted(technique.id for technique in real.current_techniques())
    for answer in ask(finder, pairs(real)[:400]):
        assert sorted(item.partition(" ")[0] for group in answer for item in group) == everything
