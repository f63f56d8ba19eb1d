"""The atlas beside what its authors would use without it: `python -m tests.bench.peers [records ...]`.

The peer is MkDocs with Material and mkdocs-bibtex in an environment of its own; its pages are made from the
same records: a page for each technique with every statement and its citations, a page for each pain site with
its techniques, one bibliography. Both build from an empty folder, in turn; the ratio of the clock is printed.
What the peer does not make (tables, map, finder, data, study, frames, pages of references) is in the time of
the atlas.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.config import Project
from generator.engine import ENVIRONMENT
from generator.exports.records_json import JsonExport
from generator.knowledge import KnowledgeBase
from generator.pipeline import load_knowledge
from generator.views.context import SiteContext
from tests.bench.corpus import make_project

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT_OF_PEER = ROOT / "build" / "peer"
PEER = ("mkdocs>=1.6,<2", "mkdocs-material>=9.8,<10", "mkdocs-bibtex>=4,<5")
SIZES = (1_000,)
ROUNDS = 3
# Shares of the peer's time: with the search index, without it, and of one changed record.
WHOLE, WITHOUT_INDEX, EDIT = 0.25, 0.12, 0.08

_SETTINGS = """site_name: Peer
theme:
  name: material
nav:
  - Home: index.md
not_in_nav: |
  /techniques/*
  /pain-sites/*
plugins:
  - search
  - bibtex:
      bib_file: references.bib
"""


def peer() -> Path:
    """The peer's command; its environment is made once."""
    folder = Path("Scripts" if os.name == "nt" else "bin")
    command = ENVIRONMENT_OF_PEER / folder / "mkdocs"
    if not command.exists():
        venv.create(ENVIRONMENT_OF_PEER, with_pip=True, clear=True)
        python = ENVIRONMENT_OF_PEER / folder / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
    return command


def write_peer(kb: KnowledgeBase, bibliography: str, root: Path) -> None:
    """The same prose as an author would write it in plain Markdown."""
    shutil.rmtree(root, ignore_errors=True)
    docs = root / "docs"
    for folder in ("techniques", "pain-sites"):
        (docs / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(_SETTINGS, "utf-8")
    (root / "references.bib").write_text(bibliography, "utf-8")
    (docs / "index.md").write_text("# Home\n\n\\full_bibliography\n", "utf-8")
    export = JsonExport(SiteContext(kb))
    for technique in kb.techniques.values():
        lines = [f"# {technique.name}\n", *_sections(export.technique(technique)), "\n\\bibliography\n"]
        (docs / "techniques" / f"{technique.id}.md").write_text("\n".join(lines), "utf-8")
    for place in kb.sites.values():
        listed = [
            f"- [{technique.name}](../techniques/{technique.id}.md): {item.text}"
            for technique in kb.techniques.values()
            for item in technique.indications
            if place.id in item.pain_sites
        ]
        (docs / "pain-sites" / f"{place.id}.md").write_text(
            "\n".join((f"# {place.name}\n", *listed)) + "\n", "utf-8"
        )


def _sections(data: dict[str, Any]) -> Iterator[str]:
    for name, value in data.items():
        statements = list(_statements(value))
        if statements:
            yield f"\n## {name.replace('_', ' ').capitalize()}\n"
            yield from statements


def _statements(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _statements(item)
    elif isinstance(value, dict):
        if "text" in value and "citations" in value:
            cited = "; ".join(f"@{key}" for key in value["citations"])
            more = [str(item) for key, item in value.items() if key not in ("text", "citations") and item]
            yield f"- {value['text']} {', '.join(more)}" + (f" [{cited}]" if cited else "")
        else:
            for item in value.values():
                yield from _statements(item)


def clock(command: list[str | Path], folder: Path) -> float:
    """Seconds of a command that must succeed."""
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return time.perf_counter() - started


def build_atlas(root: Path) -> tuple[float, float]:
    """Seconds of the whole build from an empty folder, and of its index."""
    shutil.rmtree(root / "build", ignore_errors=True)
    program = (
        "import sys, time\n"
        "from generator import search_index\n"
        "from generator.cli import main\n"
        "build = search_index.build_index\n"
        "def timed(*arguments):\n"
        "    started = time.perf_counter()\n"
        "    found = build(*arguments)\n"
        "    print('INDEX', time.perf_counter() - started, file=sys.stderr)\n"
        "    return found\n"
        "search_index.build_index = timed\n"
        f"sys.argv = ['atlas', '--root', {str(root)!r}, 'build', '--quiet']\n"
        "main()\n"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"the atlas was not built:\n{done.stderr[-3000:]}")
    index = next(line for line in done.stderr.splitlines() if line.startswith("INDEX "))
    return took, float(index.split()[1])


def main() -> None:
    """Print the shares for each size; the exit code says whether all are within their limits."""
    command = peer()
    good = True
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root, other = Path(folder) / "atlas", Path(folder) / "peer"
            make_project(root, ROOT, size)
            kb, _ = load_knowledge(Project(root))
            write_peer(kb, (root / "references" / "synthetic.bib").read_text("utf-8"), other)
            whole, bare, theirs = [], [], []
            for _ in range(ROUNDS):
                theirs.append(clock([command, "build", "--quiet"], other))
                took, index = build_atlas(root)
                whole.append(took)
                bare.append(took - index)
            middle = statistics.median(theirs)
            print(f"{size:,} records: the peer {middle:.1f} s", flush=True)
            for name, times, limit in (
                ("whole", whole, WHOLE),
                ("without the search index", bare, WITHOUT_INDEX),
            ):
                share = statistics.median(times) / middle
                good &= share <= limit
                print(f"  {name}: {statistics.median(times):.1f} s, {share:.2f} of the peer (limit {limit})")
            print(f"  a change may take {EDIT * middle:.1f} s; measured by `python -m tests.bench.preview`")
    raise SystemExit(not good)


if __name__ == "__main__":
    main()
