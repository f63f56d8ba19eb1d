"""Records to a knowledge base: what the indices hold, and what no single file can show to be wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.config import Project
from generator.diagnostics import Diagnostic
from generator.knowledge import CitingPlace, KnowledgeBase

Findings = Callable[[Project], tuple[Diagnostic, ...]]
MakeProject = Callable[..., Project]


def test_fits_tell_techniques_and_variants_for_a_site(everything: KnowledgeBase) -> None:
    """Only for exactly that site; a variant is named beside its technique."""
    assert [(fit.technique, fit.variant) for fit in everything.fits["tyre"]] == [
        ("patch-a-tube", None),
        ("patch-a-tube", "self-adhesive-patch"),
        ("replace-a-tube", None),
    ]
    assert "wheel" not in everything.fits


def test_against_tells_what_a_source_speaks_against(everything: KnowledgeBase) -> None:
    """An exclusion is never among the fits."""
    assert [item.technique for item in everything.against["squeal"]] == ["patch-a-tube"]
    assert "patch-a-tube" not in [fit.technique for fit in everything.fits["squeal"]]


def test_members_are_the_techniques_of_a_class_by_name(everything: KnowledgeBase) -> None:
    """Parent to members, in the order of names."""
    assert dict(everything.members) == {
        "puncture-repair": ("patch-a-tube", "replace-a-tube"),
        "brake-service": ("adjust-a-brake",),
    }


def test_related_from_tells_who_names_a_technique(everything: KnowledgeBase) -> None:
    """The other direction of `related`."""
    assert everything.related_from["replace-a-tube"] == ("patch-a-tube",)
    assert everything.related_from["patch-a-tube"] == ("markup-in-text",)


def test_sites_lie_in_each_other(everything: KnowledgeBase) -> None:
    """A site lies in its parent and where it is also looked for, in the order of the file."""
    assert dict(everything.site_children) == {"wheel": ("tyre", "rim"), "brake": ("rim", "squeal")}
    assert everything.sites_below["wheel"] == ("wheel", "tyre", "rim")
    assert everything.sites_below["tyre"] == ("tyre",)
    assert [site.id for site in everything.regions()] == ["wheel", "brake", "first-ride"]


def test_cited_by_tells_every_place_once(everything: KnowledgeBase) -> None:
    """Kind, id, field and text of each statement that cites a reference, in the order of the site."""
    rides = everything.cited_by["lee2020rides"]
    assert rides[:3] == (
        CitingPlace("technique", "full-service", "summary", "Everything at once."),
        CitingPlace("technique", "lubricate", "summary", "Oil and patience."),
        CitingPlace("technique", "patch-a-tube", "indications", "A first ride, by its title."),
    )
    assert rides[-1] == CitingPlace("page", "guides/first-ride", "", "A page in a folder, with *emphasis*.")
    for places in everything.cited_by.values():
        assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("key", "kind", "identifier", "field"),
    [
        ("lee2020rides", "technique", "patch-a-tube", "results"),  # only in the caveat
        ("okafor2021tubes", "technique", "patch-a-tube", "evidence"),  # only in the reason
        ("brown2019wheels", "site", "wheel", ""),
        ("brown2019wheels", "term", "inner-tube", ""),  # only inside the definition
        ("brown2019wheels", "group", "hand-tools", ""),
        ("okafor2021tubes", "criterion", "ref-rim-bent", "context"),
        ("brown2019wheels", "page", "referral-checklist", ""),
        ("brown2019wheels", "page", "about", ""),
    ],
)
def test_no_citing_place_is_missed(
    key: str, kind: str, identifier: str, field: str, everything: KnowledgeBase
) -> None:
    """In a list or in text, in records, vocabulary and pages."""
    assert (kind, identifier, field) in {
        (item.kind, item.id, item.field) for item in everything.cited_by[key]
    }


def test_what_has_no_page_cites_nothing(everything: KnowledgeBase) -> None:
    """A retired record is left out, and so is what a record was drafted from."""
    places = {(item.id, item.field) for items in everything.cited_by.values() for item in items}
    assert not any(identifier == "glue-a-tyre" or field == "review" for identifier, field in places)


def test_code_in_a_page_cites_nothing(everything: KnowledgeBase) -> None:
    """A page may explain the syntax without using it."""
    assert "[@key]" in everything.pages["about"].body
    assert set(everything.cited_by) <= set(everything.references)


def test_a_retired_record_stays_but_is_not_listed(everything: KnowledgeBase) -> None:
    """Its id leads on; it fits nothing and belongs to nothing."""
    assert everything.techniques["glue-a-tyre"].replaced_by == "patch-a-tube"
    assert "glue-a-tyre" not in [technique.id for technique in everything.current_techniques()]


def test_techniques_terms_and_references_are_in_reading_order(everything: KnowledgeBase) -> None:
    """By name without regard to case, by term, by key."""
    names = [technique.name.casefold() for technique in everything.techniques.values()]
    terms = [term.term.casefold() for term in everything.terms.values()]
    assert names == sorted(names)
    assert terms == sorted(terms)
    assert list(everything.references) == sorted(everything.references)


def test_a_class_hands_on_its_rating_only_where_a_source_says_so(everything: KnowledgeBase) -> None:
    """By inherits_from, not by parent."""
    patch = everything.techniques["patch-a-tube"]
    assert everything.class_of(patch) is everything.techniques["puncture-repair"]
    assert everything.class_of(patch.model_copy(update={"inherits_from": None})) is None


def test_unreadable_records_and_broken_references_bring_no_second_finding(
    project_factory: MakeProject, findings: Findings
) -> None:
    """A link to a record that cannot be read, and a key that a broken entry may define, are not blamed."""
    project = project_factory(
        files={
            "techniques/broken.yaml": "id: [\n",
            "references/broken.bib": "@book{green2020, title = {Green}",
            "content/pages/guide.md": (
                "---\ntitle: Guide\nlead: See [[technique:broken]] [@green2020; @no].\nsection: learn\n"
                "review: {drafted_from: [green2020], checked: 2026-01-31, next_due: 2027-01-31}\n---\n"
            ),
        }
    )
    assert [item.code for item in findings(project)] == ["bib-syntax", "yaml-syntax"]


def test_a_file_whose_name_begins_with_a_dot_is_not_read(
    project_factory: MakeProject, findings: Findings
) -> None:
    """Editors leave such files behind."""
    files = {"techniques/.#patch.yaml": "[", "references/.x.bib": "@", "content/pages/.draft.md": "x"}
    assert findings(project_factory(files=files)) == ()
