"""Words of the specialty, and sites that do without a part of the vocabulary."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jinja2 import Environment

from generator.exports import wording
from generator.knowledge import GENERATED_PAGE_NAMES, KnowledgeBase
from generator.load.vocabulary import TOGETHER, WITHOUT
from generator.model.page_texts import Noun
from generator.pipeline import make_artifacts
from generator.views.coverage import silent_fields
from tests.conftest import FIXTURES, Findings, Load, MakeProject
from tests.golden import Fixture

VOCABULARY = "content/vocabulary"
OPTIONAL = [f"{VOCABULARY}/{name}.yaml" for name in WITHOUT]


def test_a_noun_begins_a_heading_without_losing_its_capitals() -> None:
    assert Noun(one="place on a BMX", many="places").head == "Place on a BMX"
    assert Noun(one="place", many="places of a BMX").heads == "Places of a BMX"


def test_page_names_are_the_generators_own_where_nothing_else_is_said(minimal: KnowledgeBase) -> None:
    assert minimal.page_names == GENERATED_PAGE_NAMES


def test_a_site_may_name_its_pages(everything: KnowledgeBase) -> None:
    assert everything.page_names["home"] == "What is broken?"
    assert everything.name("page", "pain-sites") == "Places"
    assert everything.page_names["finder"] == GENERATED_PAGE_NAMES["finder"]


def made(root: str, project_factory: MakeProject, load: Load, delete: list[str]) -> dict[str, str]:
    project = Fixture(project_factory(root, delete=delete).root)
    found = ((item.path, item.content) for item in make_artifacts(project, load(project)))
    return {path: content.decode() for path, content in found if not path.startswith("assets/")}


def test_a_site_without_all_that_it_may_do_without(project_factory: MakeProject, load: Load) -> None:
    """No page, file, link or drawing of it is left."""
    tree = made("minimal", project_factory, load, OPTIONAL)
    assert [path for path in tree if "referral" in path or "fhir" in path.lower()] == []
    pages = {path: text for path, text in tree.items() if path.endswith(".md")}
    assert pages
    for path, text in pages.items():
        assert "referral-checklist" not in text, path
        assert 'class="bodymap' not in text, path
    assert json.loads(tree["api/v1/index.json"])["referral_criteria"] == []
    assert [item["name"] for item in json.loads(tree["site.webmanifest"])["shortcuts"]] == ["Evidence map"]
    assert "By cause" not in tree["pain-sites/index.md"]
    assert 'data-l="Level"' not in tree["coverage/index.md"]


def test_the_regions_stand_on_the_home_page_with_and_without_a_figure(
    project_factory: MakeProject, load: Load, minimal: KnowledgeBase
) -> None:
    tree = made("minimal", project_factory, load, [f"{VOCABULARY}/body-map.yaml"])
    for region in minimal.regions():
        assert f'href="pain-sites/{region.id}/"' in tree["index.md"]
    assert "home__map" not in tree["index.md"]


def test_doors_lead_only_to_what_is_there(everything: KnowledgeBase) -> None:
    """A page that a door names and the site does not have is left out."""
    named = {page for door in everything.texts.home.doors for page in door.pages}
    assert named - everything.page_names.keys() - everything.pages.keys() == {"no-such-page"}
    home = (FIXTURES.parent / "golden" / "everything" / "index.md").read_text("utf-8")
    assert "no-such-page" not in home
    assert '<a href="finder/">' in home


@pytest.mark.parametrize("name", TOGETHER)
def test_one_half_of_the_checklist_asks_for_the_other(
    project_factory: MakeProject, findings: Findings, name: str
) -> None:
    (finding,) = findings(project_factory(delete=[f"{VOCABULARY}/{name}.yaml"]))
    assert (finding.location.path, finding.code) == (f"{VOCABULARY}/{name}.yaml", "missing-file")


@pytest.mark.parametrize("name", ["causes", "body-map"])
def test_a_broken_file_is_not_taken_for_one_that_is_left_out(
    project_factory: MakeProject, findings: Findings, name: str
) -> None:
    """Only its own error is told, none of what refers to it."""
    found = findings(project_factory("everything", files={f"{VOCABULARY}/{name}.yaml": "wrong: true\n"}))
    assert {finding.location.path for finding in found} == {f"{VOCABULARY}/{name}.yaml"}


def test_levels_are_named_in_the_words_of_the_site(everything: KnowledgeBase, minimal: KnowledgeBase) -> None:
    """Their absence is no gap of a technique."""
    for kb in (everything, minimal):
        for technique in kb.current_techniques():
            assert "Level" not in silent_fields(kb, technique)
    page = (FIXTURES.parent / "golden" / "everything" / "coverage" / "index.md").read_text("utf-8")
    assert 'data-l="Frame level"' in page


def test_the_words_of_scripts_and_frame(
    project_factory: MakeProject, load: Load, everything: KnowledgeBase
) -> None:
    """As text that a script and a template read back as it was written."""
    script = wording.script_words(everything).content.decode()
    told = json.loads(script.partition("export const WORDS = ")[2].rstrip().removesuffix(";"))
    assert (told["site"], told["ask"]) == ("Place", everything.texts.search.field)
    odd = """A "quote", a \\ {% raw %} and {{ braces }} ’ </script>"""
    foot = everything.texts.foot.model_copy(update={"note": odd})
    kb = replace(everything, texts=everything.texts.model_copy(update={"foot": foot}))
    frame = wording.frame_words(kb).content.decode()
    module = Environment().from_string(frame).module
    assert module.words["note"] == odd  # type: ignore[attr-defined]
    assert module.words["name"] == everything.publication.name  # type: ignore[attr-defined]
