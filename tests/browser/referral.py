"""The nine criteria of the review's Box 2, written down a second time, and a reader of the checklist."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

from playwright.sync_api import Locator

from tests.browser.visit import Visit
from tests.fhir import Json, items

ADDRESS = "referral-checklist/"
FHIR = Path("api/v1/fhir/Questionnaire-referral-checklist.json")
Answers: TypeAlias = dict[str, Any]
Rule: TypeAlias = Callable[[Callable[[str], bool], int | None], bool]

NRS = "nrs-five-or-more"

# By hand from the source, not from the records: `has` asks for a finding, `nrs` is the rating.
RULES: dict[str, Rule] = {
    "ref-uncontrolled-pain": lambda has, nrs: (
        has("moderate-to-severe-pain-persists")
        and nrs is not None
        and nrs >= 5
        and has("systemic-drugs-optimised")
        and has("opioids-included")
        and has("adjuvants-included")
    ),
    "ref-analgesic-adverse-effects": lambda has, nrs: (
        has("adverse-effects-from-analgesics")
        and (has("dose-escalation-limited") or has("quality-of-life-impaired-by-adverse-effects"))
    ),
    "ref-function-interference": lambda has, nrs: (
        has("interferes-with-daily-living") and has("interferes-with-quality-of-life")
    ),
    "ref-refractory-neuropathic-mixed": lambda has, nrs: (
        (has("neuropathic-pain-present") or has("mixed-pain-present"))
        and has("refractory-to-appropriate-drugs")
    ),
    "ref-rapid-control-needed": lambda has, nrs: has("rapid-pain-control-required"),
    "ref-survivor": lambda has, nrs: (
        has("cancer-survivor") and (has("persistent-pain") or has("recurrent-pain"))
    ),
    "ref-substance-use-history": lambda has, nrs: has("history-of-substance-use-disorder"),
    "ref-comorbidity-organ-failure": lambda has, nrs: (
        (has("significant-comorbidities") or has("organ-failure"))
        and (has("high-dose-analgesics-contraindicated") or has("high-dose-analgesics-poorly-tolerated"))
    ),
    "ref-patient-preference": lambda has, nrs: (
        has("wish-to-reduce-systemic-medicines") or has("wish-for-targeted-procedures")
    ),
}


def criteria_met(answers: Answers) -> list[str]:
    """Which of the nine hold, in their order."""
    rating = answers.get(NRS)
    return [
        name for name, rule in RULES.items() if rule(lambda finding: answers.get(finding) is True, rating)
    ]


def questionnaire(folder: Path) -> Json:
    """The published Questionnaire of a built site."""
    found: Json = json.loads((folder / FHIR).read_text("utf-8"))
    return found


def random_answers(asked: Json, seed: int, count: int) -> list[Answers]:
    """Answers to every kind of item, from nearly none to nearly all."""
    chance = random.Random(seed)
    return [_answers(asked, chance) for _ in range(count)]


def _answers(asked: Json, chance: random.Random) -> Answers:
    often = chance.choice([0.1, 0.5, 0.8, 0.9, 0.97])
    found: Answers = {}
    for item in items(asked):
        if chance.random() > often:
            continue
        if item["type"] == "boolean":
            found[item["linkId"]] = True
        elif item["type"] == "integer":
            found[item["linkId"]] = chance.choice([0, 4, 4, 5, 5, 6, 10])
        elif item["type"] == "choice":
            found[item["linkId"]] = _chosen(item, chance)
    return found


def _chosen(item: Json, chance: random.Random) -> list[str]:
    alone = [option["valueCoding"]["code"] for option in item["answerOption"] if "extension" in option]
    codes = [option["valueCoding"]["code"] for option in item["answerOption"]]
    if alone and chance.random() < 0.3:
        return [chance.choice(alone)]
    free = [code for code in codes if code not in alone]
    count = chance.randint(1, len(free)) if item["repeats"] else 1
    picked = set(chance.sample(free, count))
    return [code for code in codes if code in picked]


class Reader:
    """Fills in the checklist as a reader does."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page

    def field(self, name: str) -> Locator:
        """A box or a button of a row by its id."""
        return self.page.locator(f"[id='{name}']")

    def tick(self, *names: str) -> None:
        """Tick by pointer, on the words beside the box."""
        for name in names:
            self.page.locator("label", has=self.field(name)).click()

    def rate(self, value: int) -> None:
        """Rate the pain by pointer."""
        self.tick(f"{NRS}-{value}")

    def met(self) -> list[str]:
        """The numbers of the criteria that the page calls met."""
        return self.page.locator("[data-met] b").all_text_contents()

    def text(self) -> str:
        """The summary."""
        return self.page.locator("[data-letter-text]").text_content() or ""

    def said(self) -> str:
        """What the page said last."""
        return self.page.locator("[data-said]").text_content() or ""

    def press(self, name: str) -> None:
        """A button of the summary."""
        self.page.locator(f".letter button[data-{name}]").click()

    def ticked(self) -> list[str]:
        """The ids of all boxes and buttons that are on, without 'not rated', 'not stated' and 'keep'."""
        found: list[str] = self.page.evaluate(
            "() => [...document.querySelectorAll('[data-form] input:checked')]"
            ".filter((input) => input.value !== '').map((input) => input.id)"
        )
        return found

    def stored(self) -> dict[str, Any]:
        """Everything that lies on the device."""
        found: dict[str, Any] = self.page.evaluate(
            """async () => ({
              local: { ...localStorage },
              session: { ...sessionStorage }, cookies: document.cookie,
              databases: (await indexedDB.databases()).map((base) => base.name), caches: await caches.keys(),
            })"""
        )
        return found


NOTHING_STORED = {"local": {}, "session": {}, "cookies": "", "databases": [], "caches": []}


def pages_of(pdf: bytes) -> int:
    """How many sheets a print has."""
    return len([part for part in pdf.split(b"/Type /Page")[1:] if not part.startswith(b"s")])


def numbers(names: Iterable[str]) -> list[str]:
    """The numbers of criteria."""
    order = list(RULES)
    return [str(order.index(name) + 1) for name in names]
