"""The study pages in a reader's hands: a round, what is kept, without a script, on paper."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.kinds import sideways, violations
from tests.browser.stores import assert_private, stored
from tests.browser.visit import OpenPage, Visit
from tests.site.built import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.engine]

CELIAC = "celiac-plexus-neurolysis"
CARDS = f"study/{CELIAC}/"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
KEPT = "() => JSON.parse(localStorage.getItem('study-progress'))"
Study = Callable[..., Visit]


@pytest.fixture(scope="module")
def bank(site: BuiltSite) -> dict[str, Any]:
    """The data that the page reads."""
    found: dict[str, Any] = json.loads((site.folder / "api/v1/study.json").read_text("utf-8"))
    return found


@pytest.fixture
def study(open_page: OpenPage) -> Study:
    """The page, when it can be used."""

    def study(**settings: Any) -> Visit:
        visit = open_page("study/", **settings)
        visit.page.locator("atlas-study[data-ready]").wait_for()
        return visit

    return study


def begin(visit: Visit, *, what: str = "", kind: str = "", most: str = "10") -> None:
    for name, value in (("what", what), ("kind", kind), ("most", most)):
        visit.page.locator(f"#study-{name}").select_option(value)
    visit.page.get_by_role("button", name="Start").click()


def asked(visit: Visit, bank: dict[str, Any]) -> dict[str, Any]:
    """The question that stands there."""
    (text,) = visit.texts(".study__ask")
    found: dict[str, Any] = next(item for item in bank["questions"] if " ".join(item["ask"].split()) == text)
    return found


def option(visit: Visit, question: dict[str, Any], *, right: bool) -> Locator:
    places = [place for place in range(len(question["options"])) if (place == question["right"]) is right]
    return visit.page.locator(f"[data-option='{places[0]}']")


def test_a_round_of_choices(study: Study, bank: dict[str, Any]) -> None:
    """One is right and one is not; both show what the record says with sources; the end counts."""
    visit = study()
    begin(visit, kind="rating", what=f"technique:{CELIAC}", most="")
    count = sum(item["kind"] == "rating" and item["technique"] == CELIAC for item in bank["questions"])
    done = {"known": 0, "not": 0}
    for number in range(1, count + 1):
        question = asked(visit, bank)
        assert visit.texts(".study__count") == [f"Question {number} of {count} · Evidence"]
        assert visit.focused("element.className") == "study__ask"
        if "options" not in question:
            visit.page.get_by_role("button", name="Show the answer").click()
            visit.page.get_by_role("button", name="Not yet").click()
            done["not"] += 1
            continue
        assert sorted(visit.texts(".study__option")) == sorted(question["options"])
        right = done["known"] == 0
        option(visit, question, right=right).click()
        verdict = visit.page.locator(".study__verdict")
        expect(verdict).to_contain_text(
            "That is what the record says." if right else "Not what the record says."
        )
        expect(visit.page.locator(".study__option--right")).to_have_text(
            question["options"][question["right"]]
        )
        assert visit.page.locator(".study__option--wrong").count() == (not right)
        assert visit.page.locator(".study__option:enabled").count() == 0
        key = question["says"][0]["cite"][0].partition(",")[0]
        link = visit.page.locator(".study__sources a").first
        assert str(link.get_attribute("href")).endswith(f"{CARDS}#ref-{key}")
        assert visit.focused("element.textContent") == ("How it went" if number == count else "Next question")
        done["known" if right else "not"] += 1
        visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".study__ask")).to_have_text(f"You knew {done['known']} of {count}.")
    visit.page.get_by_role("button", name="Ask again what I did not know").click()
    assert visit.texts(".study__count") == [f"Question 1 of {done['not']} · Evidence"]
    assert_private(visit)


def test_a_round_by_keyboard_alone(study: Study, bank: dict[str, Any]) -> None:
    """From choosing to the result with tab, arrows, Enter and space; each answer is announced."""
    visit = study()
    page, keys = visit.page, visit.page.keyboard

    def tab_to(selector: str, at_most: int) -> None:
        for _ in range(at_most):
            keys.press("Tab")
            if visit.focused(f"element.matches({json.dumps(selector)})"):
                return
        raise AssertionError(f"{at_most} times the tab key do not lead to {selector}")

    tab_to("#study-what", 60)
    keys.type(bank["techniques"][CELIAC]["name"])
    expect(page.locator("#study-what")).to_have_value(f"technique:{CELIAC}")
    tab_to("#study-kind", 1)
    keys.type(bank["kinds"]["rating"])
    expect(page.locator("#study-kind")).to_have_value("rating")
    tab_to("#study-most", 1)
    keys.press("End")
    tab_to("[data-form] button", 1)
    keys.press("Enter")
    count = sum(item["kind"] == "rating" and item["technique"] == CELIAC for item in bank["questions"])
    assert count > 1
    known = 0
    # What a status says is heard only when it enters the page, or changes, while it is shown.
    page.evaluate(
        """() => {
          window.heard = [];
          new MutationObserver((changes) => {
            const nodes = changes.flatMap(({ addedNodes, target }) => [target, ...addedNodes]);
            const status = (node) => node.closest?.("[role=status]") ?? node.querySelector?.("[role=status]");
            const live = new Set(nodes.map(status));
            for (const part of live) if (part?.checkVisibility()) window.heard.push(part.textContent);
          }).observe(document.querySelector("atlas-study"), { childList: true, subtree: true });
        }"""
    )
    choices = 0
    for number in range(1, count + 1):
        question = asked(visit, bank)
        assert visit.focused("element.className") == "study__ask"
        assert visit.texts(".study__count")[0].startswith(f"Question {number} of {count} ")
        if "options" not in question:
            tab_to("[data-show]", 1)
            keys.press("Space")
            assert visit.focused("element.textContent") == "I knew it"
            keys.press("Enter")
            known += 1
            continue
        right = choices % 2 == 0
        choices += 1
        # The first of the wrong ones that the tab key comes to is as good as another.
        mark = f"[data-option='{question['right']}']"
        tab_to(mark if right else f"[data-option]:not({mark})", len(question["options"]))
        keys.press("Space" if right else "Enter")
        verdict = "That is what the record says." if right else "Not what the record says."
        expect(page.locator(".study__verdict")).to_contain_text(verdict)
        assert page.evaluate("() => window.heard.pop()").startswith(verdict)
        assert visit.focused("element.textContent") == ("How it went" if number == count else "Next question")
        known += right
        keys.press("Enter")
    assert choices
    assert visit.focused("element.textContent") == f"You knew {known} of {count}."
    tab_to("[data-more]", 2)
    keys.press("Enter")
    assert visit.texts(".study__count")[0].startswith(f"Question 1 of {count} ")
    assert_private(visit)
    assert visit.complaints == []


def test_an_open_question_is_judged_by_the_reader(study: Study, bank: dict[str, Any]) -> None:
    """Nothing of the answer is there before it is asked for."""
    visit = study()
    begin(visit, kind="harms")
    question = asked(visit, bank)
    assert visit.page.locator(".study__says").count() == 0
    visit.page.get_by_role("button", name="Show the answer").click()
    says = visit.texts(".study__says > li")
    assert len(says) == len(question["says"])
    assert all(
        " ".join(said["text"].split()) in text for said, text in zip(question["says"], says, strict=True)
    )
    assert visit.focused("element.textContent") == "I knew it"
    visit.page.keyboard.press("Enter")
    assert visit.texts(".study__count") == ["Question 2 of 10 · Complications"]
    assert_private(visit)


def test_a_source_leads_to_its_entry(study: Study, bank: dict[str, Any]) -> None:
    """On the page with the cards of the technique."""
    visit = study()
    begin(visit, kind="window")
    question = asked(visit, bank)
    visit.page.get_by_role("button", name="Show the answer").click()
    visit.page.locator(".study__sources a").first.click()
    visit.page.wait_for_url("**/study/*/#ref-*")
    assert visit.page.locator(":target").count() == 1
    assert question["technique"] in visit.page.url


def test_which_technique_is_no_question_of_one_technique(study: Study, bank: dict[str, Any]) -> None:
    """Where one technique is chosen, its name would be the answer; no front names it either."""
    visit = study()
    begin(visit, kind="site", what=f"technique:{CELIAC}")
    expect(visit.page.locator("[data-round]")).to_contain_text("No question of this kind")
    begin(visit, kind="site")
    question = asked(visit, bank)
    answer = question["options"][question["right"]]
    assert answer not in " ".join(visit.texts(".study__count, .study__ask"))
    assert_private(visit)


def test_the_questions_fit_what_was_chosen(study: Study, bank: dict[str, Any]) -> None:
    """A group, a kind, and no more than asked for."""
    visit = study()
    begin(visit, what="group:implantable-devices", most="20")
    question = asked(visit, bank)
    assert bank["techniques"][question["technique"]]["group"] == "implantable-devices"
    assert visit.texts(".study__count")[0].startswith("Question 1 of 20 ·")


def test_nothing_is_kept_unless_wanted(study: Study, bank: dict[str, Any]) -> None:
    """A round stores nothing; with the box ticked only what was known; clearing takes all away."""
    visit = study()
    keep = visit.page.locator("[data-keep]")
    clear = visit.page.locator("[data-clear]")
    expect(keep).not_to_be_checked()
    expect(clear).to_be_hidden()
    begin(visit, kind="target")
    assert stored(visit) == []
    keep.check()
    expect(visit.page.locator("[data-said]")).to_have_text("Kept on this device, and nowhere else.")
    assert visit.page.evaluate(KEPT) == {}
    first = asked(visit, bank)
    if "options" in first:
        option(visit, first, right=True).click()
    else:
        visit.page.get_by_role("button", name="Show the answer").click()
        visit.page.get_by_role("button", name="I knew it").click()
    assert visit.page.evaluate(KEPT) == {first["id"]: 1}
    assert stored(visit) == ["study-progress"]
    visit.page.reload()
    visit.page.locator("atlas-study[data-ready]").wait_for()
    expect(keep).to_be_checked()
    clear.click()
    expect(keep).not_to_be_checked()
    expect(clear).to_be_hidden()
    assert_private(visit)
    keep.check()
    keep.uncheck()
    assert_private(visit)


def test_what_was_known_comes_last(study: Study, bank: dict[str, Any]) -> None:
    """With ten of twelve known, a round of all begins nowhere else, but a short one holds the two others."""
    visit = study()
    of_kind = [item["id"] for item in bank["questions"] if item["kind"] == "window"]
    known = dict.fromkeys(of_kind[2:], 1) | {"no-such-question": 1}
    visit.page.evaluate("kept => localStorage.setItem('study-progress', JSON.stringify(kept))", known)
    found = visit.page.evaluate(
        """async ([kind, known]) => {
          const script = new URL("../assets/js/study-round.mjs", document.baseURI);
          const { fitting, round } = await import(script);
          const bank = await (await fetch(document.querySelector("atlas-study").dataset.source)).json();
          const fit = fitting(bank, { what: "", kind });
          const before = new Map(Object.entries(known).map(([id]) => [id, true]));
          return round(fit, 2, before).map((item) => item.id);
        }""",
        ["window", known],
    )
    assert sorted(found) == sorted(of_kind[:2])


@pytest.mark.parametrize("found", ["[1]", "not json", "null", '{"x": {}}', "7"])
def test_what_an_older_page_kept_does_no_harm(found: str, study: Study) -> None:
    """The page works and complains of nothing."""
    visit = study()
    visit.page.evaluate("found => localStorage.setItem('study-progress', found)", found)
    visit.page.reload()
    visit.page.locator("atlas-study[data-ready]").wait_for()
    begin(visit)
    expect(visit.page.locator(".study__ask")).to_be_visible()
    assert visit.complaints == []


def test_a_browser_that_refuses_storage(study: Study) -> None:
    """The page says so and goes on."""
    visit = study(permissions=[])
    visit.page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    visit.page.reload()
    visit.page.locator("atlas-study[data-ready]").wait_for()
    visit.page.locator("[data-keep]").click()
    expect(visit.page.locator("[data-keep]")).not_to_be_checked()
    expect(visit.page.locator("[data-said]")).to_contain_text("does not let the page keep anything")
    begin(visit)
    expect(visit.page.locator(".study__ask")).to_be_visible()


@pytest.mark.parametrize("answer", [{"status": 500}, {"body": '{"version": 99}'}, {"body": "not json"}])
def test_without_its_data_the_page_leads_to_the_cards(answer: dict[str, Any], open_page: OpenPage) -> None:
    """Refused, of another version, broken."""
    visit = open_page("learn/")
    visit.page.route("**/api/v1/study.json", lambda route: route.fulfill(**answer))
    visit.go("study/")
    expect(visit.page.locator("[data-failed]")).to_be_visible()
    expect(visit.page.locator("[data-form]")).to_be_hidden()
    assert visit.page.locator("[data-failed] a").get_attribute("href") == "#cards"


def test_every_question_is_readable_without_a_script(open_page: OpenPage, bank: dict[str, Any]) -> None:
    """From the list of techniques to each answer, opened by the browser itself."""
    visit = open_page("study/", java_script_enabled=False)
    assert "needs a script" in visit.page.locator("atlas-study noscript").inner_text()
    expect(visit.page.locator("[data-form]")).to_be_hidden()
    links = visit.page.locator(".studylist__items a").all()
    assert len(links) == len(bank["techniques"])
    visit.page.get_by_role("link", name=bank["techniques"][CELIAC]["name"], exact=True).last.click()
    questions = [item for item in bank["questions"] if item["technique"] == CELIAC]
    assert visit.texts(".studycard__ask") == [" ".join(item["ask"].split()) for item in questions]
    card = visit.page.locator(".studycard").first
    expect(card.locator(".studycard__says")).to_be_hidden()
    card.locator("summary").click()
    expect(card.locator(".studycard__says")).to_be_visible()
    for place, item in enumerate(questions):
        card = visit.page.locator(".studycard").nth(place)
        assert card.get_attribute("id") == item["id"].removeprefix(f"{CELIAC}.")
        assert card.locator(".studycard__options li").all_text_contents() == item.get("options", [])
        if "options" in item:
            assert card.locator(".studycard__right").text_content() == item["options"][item["right"]]
        assert card.locator(".studycard__says > li").count() == len(item["says"])


def test_the_cards_print_with_their_answers(open_page: OpenPage) -> None:
    """What is folded on the screen stands open on paper."""
    visit = open_page(CARDS)
    says = visit.page.locator(".studycard__says")
    expect(says.first).to_be_hidden()
    visit.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print")
    assert all(item.is_visible() for item in says.all())


def test_the_files_are_there_and_say_their_size(open_page: OpenPage, site: BuiltSite) -> None:
    """Each listed file with its own size; the learn page and the technique lead here."""
    visit = open_page("study/")
    rows = visit.page.locator("#files ~ div table tbody tr").all()
    assert len(rows) == 5
    for row in rows:
        path = str(row.locator("a").get_attribute("href")).removeprefix("../")
        size = -(-(site.folder / path).stat().st_size // 1000)
        assert f"{size} KB" in str(row.text_content())
    assert visit.page.locator("#files ~ div a[href$='api/v1/study.json']").count() == 1
    visit.go("learn/")
    assert visit.page.locator(".guides a[href='../study/']").count() == 1
    visit.go(f"techniques/{CELIAC}/")
    assert visit.page.locator(f"a[href='../../{CARDS}']").count() == 1


def test_the_data_stay_small(site: BuiltSite) -> None:
    """What the tool asks for beyond its page."""
    assert len(gzip.compress((site.folder / "api/v1/study.json").read_bytes(), 6)) < 60_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_round_on_a_phone(scheme: str, study: Study, bank: dict[str, Any]) -> None:
    """Answered and unanswered, nothing sticks out and nothing bars anyone."""
    visit = study(color_scheme=scheme, **PHONE)
    begin(visit, kind="level")
    assert sideways(visit) == []
    assert violations(visit, within="atlas-study") == []
    option(visit, asked(visit, bank), right=False).click()
    assert sideways(visit) == []
    assert violations(visit, within="atlas-study") == []
