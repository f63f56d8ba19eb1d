"""Lists the licences of all pinned packages in requirements/LICENCES.md: `python -m tests.licences`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
LIST = FOLDER / "LICENCES.md"
# Each package is listed with the first part of the work that needs it.
PARTS = {
    "site": "What makes the site",
    "handbook": "Besides, for the handbook",
    "engines": "Besides, for other engines",
    "online": "Besides, to ask what became of references",
    "all": "Besides, for tests and checks",
    "builder": "Besides, to install packages",
}
# Packages whose metadata says nothing, or that this Python does not install: read in their own licence file.
READ = {"axe-playwright-python": "MIT; the axe-core in it MPL-2.0", "brotlicffi": "MIT"}
_HEAD = """\
# Licences of what the atlas is made with

Made by `python -m tests.licences` with [pip-licenses](https://github.com/raimon49/pip-licenses) from the metadata of the packages
that are pinned here, in the words of each; a test holds it against them. `make sbom` writes the same, with versions, for programs.
The atlas itself: code MIT, content CC BY-NC 4.0 ([LICENSE](../LICENSE)).

## What becomes part of the published site

| part | licence | where |
|---|---|---|
| Pagefind: search script, WebAssembly, stemmers | MIT | `pagefind/` |
| Material for MkDocs: the frame's markup, none of its styles, scripts, fonts or icons | MIT | every page |
| Source Sans Pro, Source Serif Pro | SIL Open Font License 1.1 | drawn into link previews and PNG figures, embedded in the PDF; no font file is in the site |
| genanki: the form of the Anki deck | MIT | `study/*.apkg` |

Style sheets, scripts, drawings and icons are the atlas's own. Chromium, Java, and the Nu Html Checker (MIT) run in tests and ship with nothing.
"""  # noqa: E501 - rows of a table


def pinned(part: str) -> list[Requirement]:
    """The requirements of one file, with their versions and markers."""
    text = (FOLDER / f"{part}.txt").read_text("utf-8")
    return [Requirement(line.rstrip(" \\")) for line in re.findall(r"^\w.*$", text, re.MULTILINE)]


def licences() -> dict[str, str]:
    """What each installed package says of itself."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-system"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {
        canonicalize_name(item["Name"]): " ".join(item["License"].split()) for item in json.loads(output)
    }
    return {**found, **READ}


def listed() -> str:
    """The whole file."""
    known, seen, parts = licences(), set[str](), [_HEAD]
    for part, title in PARTS.items():
        names = sorted({canonicalize_name(item.name) for item in pinned(part)} - seen)
        seen.update(names)
        rows = "".join(f"| {name} | {known[name]} |\n" for name in names)
        parts.append(f"\n## {title}\n\n| package | licence |\n|---|---|\n{rows}")
    return "".join(parts)


if __name__ == "__main__":
    LIST.write_text(listed(), "utf-8")
