"""The vocabulary files of a project, each under its own name and type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pydantic import BaseModel

from generator.model import vocabulary_files as files
from generator.model.body_map import BodyGeometry
from generator.model.page_texts import PageTexts
from generator.model.publication import Publication
from generator.model.referral import ReferralCriteria, ReferralDetails
from generator.model.study import WITHOUT_STUDY, Study

FILES: Mapping[str, type[BaseModel]] = {
    "pain-sites": files.PainSites,
    "mechanisms": files.Mechanisms,
    "causes": files.Causes,
    "technique-groups": files.Groups,
    "settings": files.Settings,
    "guidance": files.Guidances,
    "contraindication-kinds": files.ContraindicationKinds,
    "grades": files.Grades,
    "vertebral-levels": files.Levels,
    "evidence-scales": files.Scales,
    "evidence-bodies": files.Bodies,
    "glossary": files.Glossary,
    "referral-criteria": ReferralCriteria,
    "referral-details": ReferralDetails,
    "body-map": BodyGeometry,
    "search-words": files.SearchWords,
    "publication": Publication,
    "page-texts": PageTexts,
    "study": Study,
}

WITHOUT: Mapping[str, BaseModel | None] = {
    "mechanisms": files.Mechanisms(mechanisms=()),
    "causes": files.Causes(causes=()),
    "settings": files.Settings(settings=()),
    "guidance": files.Guidances(guidance=()),
    "contraindication-kinds": files.ContraindicationKinds(contraindication_kinds=()),
    "grades": files.Grades(grades=()),
    "vertebral-levels": files.Levels(levels=()),
    "search-words": files.SearchWords(),
    "study": WITHOUT_STUDY,
    "body-map": None,
    "referral-criteria": None,
    "referral-details": None,
}
"""Files that a site may do without, and what holds then: nothing of the kind is shown."""

TOGETHER = ("referral-criteria", "referral-details")
"""Files of which a site has both or none."""


class Vocabulary:
    """Typed access to the records of all vocabulary files; those not given are as `WITHOUT` says."""

    def __init__(self, given: Mapping[str, BaseModel]) -> None:
        records = {**WITHOUT, **given}
        self.sites = cast(files.PainSites, records["pain-sites"]).pain_sites
        self.mechanisms = cast(files.Mechanisms, records["mechanisms"]).mechanisms
        self.causes = cast(files.Causes, records["causes"]).causes
        self.groups = cast(files.Groups, records["technique-groups"]).groups
        self.settings = cast(files.Settings, records["settings"]).settings
        self.guidance = cast(files.Guidances, records["guidance"]).guidance
        self.contraindication_kinds = cast(
            files.ContraindicationKinds, records["contraindication-kinds"]
        ).contraindication_kinds
        self.grades = cast(files.Grades, records["grades"]).grades
        self.levels = cast(files.Levels, records["vertebral-levels"]).levels
        self.scales = cast(files.Scales, records["evidence-scales"]).scales
        self.bodies = cast(files.Bodies, records["evidence-bodies"]).bodies
        self.terms = cast(files.Glossary, records["glossary"]).terms
        self.criteria = cast(ReferralCriteria | None, records["referral-criteria"])
        self.details = cast(ReferralDetails | None, records["referral-details"])
        self.body = cast(BodyGeometry | None, records["body-map"])
        self.search_words = cast(files.SearchWords, records["search-words"])
        self.publication = cast(Publication, records["publication"])
        self.texts = cast(PageTexts, records["page-texts"])
        self.study = cast(Study, records["study"])

    def ids(self) -> dict[str, set[str]]:
        """The ids of each list, by the kind of reference that holds them."""
        return {
            "site": {site.id for site in self.sites},
            "mechanism": {term.id for term in self.mechanisms},
            "cause": {term.id for term in self.causes},
            "group": {term.id for term in self.groups},
            "setting": {term.id for term in self.settings},
            "guidance": {term.id for term in self.guidance},
            "contraindication-kind": {term.id for term in self.contraindication_kinds},
            "grade": {term.id for term in self.grades},
            "level": {level.id for level in self.levels},
            "scale": {scale.id for scale in self.scales},
            "body": {body.id for body in self.bodies},
            "term": {term.id for term in self.terms},
        }
