"""The vocabulary files of a project, each under its own name and type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pydantic import BaseModel

from generator.model import vocabulary as v
from generator.model.body_map import BodyGeometry

FILES: Mapping[str, type[BaseModel]] = {
    "pain-sites": v.PainSites,
    "mechanisms": v.Mechanisms,
    "causes": v.Causes,
    "technique-groups": v.Groups,
    "settings": v.Settings,
    "guidance": v.Guidances,
    "contraindication-kinds": v.ContraindicationKinds,
    "grades": v.Grades,
    "vertebral-levels": v.Levels,
    "evidence-scales": v.Scales,
    "evidence-bodies": v.Bodies,
    "glossary": v.Glossary,
    "referral-criteria": v.ReferralCriteria,
    "body-map": BodyGeometry,
}


class Vocabulary:
    """Typed access to the records of all vocabulary files; every file must be there."""

    def __init__(self, records: Mapping[str, BaseModel]) -> None:
        self.sites = cast(v.PainSites, records["pain-sites"]).pain_sites
        self.mechanisms = cast(v.Mechanisms, records["mechanisms"]).mechanisms
        self.causes = cast(v.Causes, records["causes"]).causes
        self.groups = cast(v.Groups, records["technique-groups"]).groups
        self.settings = cast(v.Settings, records["settings"]).settings
        self.guidance = cast(v.Guidances, records["guidance"]).guidance
        self.contraindication_kinds = cast(
            v.ContraindicationKinds, records["contraindication-kinds"]
        ).contraindication_kinds
        self.grades = cast(v.Grades, records["grades"]).grades
        self.levels = cast(v.Levels, records["vertebral-levels"]).levels
        self.scales = cast(v.Scales, records["evidence-scales"]).scales
        self.bodies = cast(v.Bodies, records["evidence-bodies"]).bodies
        self.terms = cast(v.Glossary, records["glossary"]).terms
        self.criteria = cast(v.ReferralCriteria, records["referral-criteria"])
        self.body = cast(BodyGeometry, records["body-map"])

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
