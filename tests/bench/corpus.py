"""A synthetic project of any size: the real vocabulary, invented records and references.

Seeded, so that two runs measure the same files. A synthetic record holds eleven statements with four
references (1.5 KB of YAML); a record of the atlas holds two to ten times as much.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

_WORDS = """
the block reaches nerve plexus target under guidance and pain relief was reported in selected patients
after imaging with needle at level of vertebra while opioid use fell over weeks in a small series
""".split()


def make_project(root: Path, source: Path, records: int, seed: int = 1) -> None:
    """Write a project with `records` techniques and as many references into `root`."""
    rng = random.Random(seed)
    shutil.copytree(source / "content" / "vocabulary", root / "content" / "vocabulary")
    shutil.copytree(source / "site_templates", root / "site_templates")
    shutil.copytree(source / "references", root / "references")
    for name in ("techniques", "content/pages"):
        (root / name).mkdir(parents=True)
    shutil.copy(source / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copy(source / "content" / "pages" / "about.md", root / "content" / "pages" / "about.md")
    for page in (source / "content" / "pages").glob("*.md"):
        shutil.copy(page, root / "content" / "pages" / page.name)
    for record in (source / "techniques").glob("*.yaml"):
        shutil.copy(record, root / "techniques" / record.name)  # the pages and criteria link to them
    keys = [f"synthetic{number}study" for number in range(records)]
    (root / "references" / "synthetic.bib").write_text(
        "\n\n".join(_reference(rng, key, number) for number, key in enumerate(keys)), "utf-8"
    )
    for number in range(records):
        text = _record(rng, f"synthetic-{number:05}", number, keys)
        (root / "techniques" / f"synthetic-{number:05}.yaml").write_text(text, "utf-8")


def _sentence(rng: random.Random) -> str:
    words = rng.choices(_WORDS, k=rng.randint(8, 18))
    return " ".join(words).capitalize() + "."


def _reference(rng: random.Random, key: str, number: int) -> str:
    title = _sentence(rng).rstrip(".")
    return (
        f"@article{{{key},\n  author = {{Müller, Anna B. and García, Luis and Sjøgren, Per and others}},\n"
        f"  title = {{{title} {number}}},\n  journal = {{Journal of Synthetic Studies}},\n"
        f"  year = {{{rng.randint(1990, 2025)}}},\n  volume = {{{rng.randint(1, 90)}}},\n"
        f"  number = {{{rng.randint(1, 12)}}},\n"
        f"  pages = {{{100 + number}--{110 + number}}},\n  doi = {{10.5555/synthetic.{number}}}\n}}"
    )


def _record(rng: random.Random, identifier: str, number: int, keys: list[str]) -> str:
    sites = ["pancreas", "upper-abdomen", "perineum", "pelvis", "ribs", "face", "shoulder", "lower-limb"]

    own = rng.sample(keys, min(4, len(keys)))

    def cited() -> str:
        return f"citations: [{rng.choice(own)}]"

    def statements(count: int, indent: int, extra: str = "") -> list[str]:
        pad = " " * indent
        lines = []
        for _ in range(count):
            lines += [f"{pad}- text: {_sentence(rng)}", f"{pad}  {cited()}"]
            if extra:
                lines.append(f"{pad}  {extra}")
        return lines

    lines = [
        "# yaml-language-server: $schema=../content/schema/technique.schema.json",
        f"id: {identifier}",
        f"name: Synthetic technique {number}",
        "kind: procedure",
        "group: nerve-blocks-neurolysis-ablation",
        f"abbreviations: [ST{number}]",
        "summary:",
        f"  text: {_sentence(rng)}",
        f"  {cited()}",
        "indications:",
    ]
    for _ in range(2):
        lines += statements(1, 2, f"pain_sites: [{rng.choice(sites)}]")
    lines += ["anatomy:", "  target:", f"    text: {_sentence(rng)}", f"    {cited()}", "  levels:"]
    lines += statements(1, 4, "from: T5\n      to: T12\n      structure: Synthetic nerve")
    lines += ["approach:", "  guidance:", *statements(1, 4, "guidance: fluoroscopy")]
    lines += ["complications:", *statements(1, 2, "frequency: rare")]
    lines += ["contraindications:", *statements(1, 2, "strength: absolute\n    kind: coagulopathy")]
    lines += ["setting:", *statements(1, 2, "setting: outpatient")]
    lines += ["prognosis:", *statements(1, 2, "limit: floor\n    months: [6, 12]")]
    lines += ["evidence:", *statements(1, 2, "body: review-2025\n    value: Moderate")]
    lines += [
        "review:",
        "  drafted_from: [corriero2025missing]",
        "  checked: 2026-11-22",
        "  next_due: 2027-11-22",
        "",
    ]
    return "\n".join(lines)
