"""`python -m tests.published_bib gather|compare FOLDER`. See README.md."""

from __future__ import annotations

import json
import sys
from pathlib import Path

what, folder = sys.argv[1], Path(sys.argv[2])
if what == "gather":
    from tests.published_bib.gather import gather

    gather(folder)
else:
    from tests.published_bib.compare import compare, report, sums

    figures = compare(folder)
    print(report(figures))
    (folder / "differing.txt").write_text("\n".join(figures.wrong) + "\n", "utf-8")
    (folder / "packages.json").write_text(json.dumps(sums(folder), indent=1) + "\n", "utf-8")
