"""All files of the question bank: one bank, one module for each format."""

from __future__ import annotations

from collections.abc import Iterator

from generator import routes
from generator.artifacts import Artifact
from generator.exports import study_anki, study_csv, study_gift, study_json, study_moodle, study_qti
from generator.views.context import SiteContext
from generator.views.study_bank import bank_of


def study_files(site: SiteContext) -> Iterator[Artifact]:
    """The data of the study page, and what other programs import."""
    bank = bank_of(site)
    yield Artifact(routes.STUDY_DATA, study_json.study(site, bank))
    for path, made in (
        (routes.STUDY_ANKI, study_anki),
        (routes.STUDY_MOODLE, study_moodle),
        (routes.STUDY_GIFT, study_gift),
        (routes.STUDY_QTI, study_qti),
        (routes.STUDY_CSV, study_csv),
    ):
        yield Artifact(path, made.study(site, bank))
