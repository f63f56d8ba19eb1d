"""All files of the question bank: one bank, one module for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import routes
from generator.artifacts import Artifact
from generator.exports import study_anki, study_csv, study_gift, study_json, study_moodle, study_qti
from generator.parallel import map_in_order
from generator.views.context import SiteContext
from generator.views.study_bank import Bank, bank_of

_FORMATS: tuple[tuple[str, Callable[[SiteContext, Bank], bytes]], ...] = (
    (routes.STUDY_DATA, study_json.study),
    (routes.STUDY_ANKI, study_anki.study),
    (routes.STUDY_MOODLE, study_moodle.study),
    (routes.STUDY_GIFT, study_gift.study),
    (routes.STUDY_QTI, study_qti.study),
    (routes.STUDY_CSV, study_csv.study),
)
# From so many questions on, to write them on several cores is worth the start of the workers.
_MANY = 300


def study_files(site: SiteContext) -> Iterator[Artifact]:
    """The data of the study page, and what other programs import."""
    bank = bank_of(site)

    def made(form: tuple[str, Callable[[SiteContext, Bank], bytes]]) -> Artifact:
        path, write = form
        return Artifact(path, write(site, bank))

    return map_in_order(made, _FORMATS, 2 if len(bank.questions) >= _MANY else len(_FORMATS) + 1)
