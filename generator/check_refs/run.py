"""One run, concluded: the status file written, the findings handed back."""

from __future__ import annotations

from collections.abc import Sequence

from generator.check_refs.ask import Asker
from generator.check_refs.conclude import Conclusions, findings
from generator.check_refs.store import write_status
from generator.config import Project
from generator.diagnostics import Diagnostic, Diagnostics
from generator.knowledge import KnowledgeBase
from generator.load.ref_status import load_ref_status
from generator.model.ref_status import ReferenceStatus, StatusFile
from generator.model.reference import Reference


class NothingAnswered(Exception):
    """Not one of the questions was answered; the text says what became of the first."""


def conclude(
    project: Project, kb: KnowledgeBase, asker: Asker, chosen: Sequence[Reference]
) -> tuple[StatusFile, tuple[Diagnostic, ...]]:
    """Write the status file. Entries of references that were not chosen stay; those of no reference go.

    Raises `BuildFailed` for a status file that cannot be read, `NothingAnswered` when nothing was learned.
    """
    if asker.asked and not asker.answered:
        raise NothingAnswered(next(iter(asker.faults.values()), "no answer"))
    problems = Diagnostics()
    loaded = load_ref_status(project, problems)
    problems.raise_if_errors()
    known = loaded[0] if loaded else None
    present = {former: key for key, item in kb.references.items() for former in (*item.former_keys, key)}
    before = {present[item.key]: item for item in (known.references if known else ()) if item.key in present}
    conclusions = Conclusions(asker.store, asker.faults.keys(), before)
    picked = {reference.key for reference in chosen}
    entries: dict[str, ReferenceStatus] = {}
    for key, reference in kb.references.items():
        entry = before.get(key) if key not in picked and key in before else conclusions.entry(reference)
        if entry is not None:
            entries[key] = entry.model_copy(update={"key": key})
    whole = len(picked) == len(kb.references) or known is None
    status = StatusFile(
        checked=asker.today if whole or known is None else known.checked,
        references=tuple(entries[key] for key in sorted(entries)),
    )
    write_status(project.reference_status, status)
    return status, tuple(findings(chosen, entries, asker.faults))
