"""Coverage-guided fuzzing of what authors write: `python -m tests.fuzz TARGET [SECONDS]`. See README.md."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

import atheris

# What is measured for coverage: our readers and the parsers below them that are written in Python.
MEASURED = (
    "generator.load.yaml_file", "generator.load.text_file", "generator.load.decode",
    "generator.load.prose_file",
    "generator.load.bibtex_file", "generator.load.bibtex_entry", "generator.load.bibtex_names",
    "generator.load.bibtex_outside", "generator.load.bibtex_rules", "generator.load.bibtex_source",
    "generator.load.bibtex_library", "generator.load.latex_text", "generator.inline", "generator.diagnostics",
    "pybtex.bibtex.utils", "pybtex.database", "pybtex.scanner", "generator.views.context",
    "generator.views.terms", "generator.views.prose",
)  # fmt: skip


def main(name: str, seconds: str = "60") -> None:
    """Run one target for so many seconds; a failing input is left as crash-… or timeout-… here."""
    with atheris.instrument_imports(include=list(MEASURED)):
        for module in MEASURED:
            importlib.import_module(module)
        targets = importlib.import_module("tests.fuzz.targets")
    target = targets.TARGETS[name]
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    for number, seed in enumerate(targets.seeds(name)):
        (corpus / str(number)).write_bytes(seed)
    atheris.Setup(
        [
            sys.argv[0], str(corpus), f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2000",
            "-max_len=8000", "-print_final_stats=1", "-seed=7", "-verbosity=0",
        ],
        target,
    )  # fmt: skip
    print(f"{name}: from {len(targets.seeds(name))} seeds, {seconds} s")
    atheris.Fuzz()


main(*sys.argv[1:])
