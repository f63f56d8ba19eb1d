"""Checks over many references: no key, DOI or PMID twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.diagnostics import Diagnostics, shown
from generator.model.reference import Reference

_IDENTITIES: tuple[tuple[str, str, Callable[[Reference], str]], ...] = (
    ("bib-duplicate-key", "key", lambda reference: reference.key),
    ("bib-duplicate-doi", "DOI", lambda reference: reference.doi),
    ("bib-duplicate-pmid", "PMID", lambda reference: reference.pmid),
)


def check_library(references: Iterable[Reference], diagnostics: Diagnostics) -> None:
    """Report keys, DOIs and PMIDs that stand in more than one file. `load_bibtex` checks within a file."""
    references = tuple(references)
    _report_repeats(references, diagnostics, across_files=True)
    _report_former_keys(references, diagnostics)


def _report_former_keys(references: Iterable[Reference], diagnostics: Diagnostics) -> None:
    """A former key leads to one entry, so that no other entry may have it or have had it."""
    references = tuple(references)
    taken = {reference.key: reference for reference in references}
    for reference in references:
        for former in reference.former_keys:
            owner = taken.setdefault(former, reference)
            if owner is not reference or former == reference.key:
                diagnostics.error(
                    reference.location,
                    "bib-duplicate-key",
                    f"the former key {shown(former)} of {shown(reference.key)} is used at {owner.location}",
                    reference.raw.partition("\n")[0],
                )


def check_one_file(references: Iterable[Reference], diagnostics: Diagnostics) -> None:
    """Report keys, DOIs and PMIDs that stand twice in one file."""
    _report_repeats(references, diagnostics, across_files=False)


def _report_repeats(references: Iterable[Reference], diagnostics: Diagnostics, *, across_files: bool) -> None:
    references = tuple(references)
    for code, label, value_of in _IDENTITIES:
        first: dict[str, Reference] = {}
        for reference in references:
            value = value_of(reference)
            earlier = first.setdefault(value.lower(), reference) if value else reference
            if earlier is reference:
                continue
            if across_files is (earlier.location.path == reference.location.path):
                continue
            whose = "" if label == "key" else f" of {shown(reference.key)}"
            by = "" if label == "key" else f" by {shown(earlier.key)}"
            case = f", as {shown(earlier.key)}," if label == "key" and value != earlier.key else ""
            diagnostics.error(
                reference.location,
                code,
                f"the {label} {shown(value)}{whose} is already used{case}{by} at {earlier.location}",
                reference.raw.partition("\n")[0],
            )
