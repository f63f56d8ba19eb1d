"""A synthetic project of any size: invented records, references and vocabulary, real drawings.

Seeded, so that two runs measure the same files. A record holds eleven statements with four references
(1.5 KB of YAML, a page of about 30 KB); a record of the atlas holds two to ten times as much. Forty pain
sites in ten regions and sixty glossary terms stay the same at every size.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

SITES = 40
TERMS = 60
_WORDS = """
the block reaches nerve plexus target under guidance and pain relief was reported in selected patients
after imaging with needle at level of vertebra while opioid use fell over weeks in a small series
""".split()
_LEVELS = [f"T{number}" for number in range(1, 13)] + [f"L{number}" for number in range(1, 6)]
_STUDY = """title: Study
lead: Questions of a synthetic site.
deck: Synthetic
common_words: [nerve]
note: Nothing is true.
frequencies: {common: Common, uncommon: Uncommon, rare: Rare, not-stated: Not given}
roles: {target: target, entry: entry, origin: origin}
kinds:
""" + "".join(
    f"  - id: {kind}\n    name: {kind}\n"
    f"    choose: '{kind} {{technique}}?'\n    recall: '{kind} {{technique}}?'\n"
    for kind in "uses target level rating window harms frequency".split()
)
_REVIEW = "review:\n  drafted_from: [synthetic0study]\n  checked: 2026-11-22\n  next_due: 2027-11-22\n"


def make_project(root: Path, source: Path, records: int, seed: int = 1) -> None:
    """Write a project with `records` techniques and as many references into `root`.

    Templates, engine settings, the body and the spine are those of the project in `source`.
    """
    rng = random.Random(seed)
    vocabulary = root / "content" / "vocabulary"
    for folder in (vocabulary, root / "content" / "pages", root / "techniques", root / "references"):
        folder.mkdir(parents=True)
    shutil.copytree(source / "site_templates", root / "site_templates")
    shutil.copy(source / "mkdocs.yml", root / "mkdocs.yml")
    for name in ("body-map", "vertebral-levels", "search-words", "page-texts"):
        shutil.copy(source / "content" / "vocabulary" / f"{name}.yaml", vocabulary)
    publication = (source / "content" / "vocabulary" / "publication.yaml").read_text("utf-8")
    (vocabulary / "publication.yaml").write_text(
        publication[: publication.index("credit:")] + "credit: [synthetic0study]\n", "utf-8"
    )
    body = (vocabulary / "body-map.yaml").read_text("utf-8")
    regions = re.findall(r"^  - site: (\S+)", body, re.MULTILINE)
    sites = [*regions, *(f"site-{number}" for number in range(SITES - len(regions)))]
    for name, text in _vocabulary(rng, regions, sites).items():
        (vocabulary / f"{name}.yaml").write_text(text, "utf-8")
    (root / "content" / "pages" / "about.md").write_text(
        f"---\ntitle: About\nsection: about\nlead: A synthetic site.\n{_REVIEW}---\n\nNothing is true.\n",
        "utf-8",
    )
    keys = [f"synthetic{number}study" for number in range(records)]
    (root / "references" / "synthetic.bib").write_text(
        "\n\n".join(_reference(rng, key, number) for number, key in enumerate(keys)), "utf-8"
    )
    for number in range(records):
        text = _record(rng, f"synthetic-{number:05}", number, keys, sites)
        (root / "techniques" / f"synthetic-{number:05}.yaml").write_text(text, "utf-8")


def _vocabulary(rng: random.Random, regions: list[str], sites: list[str]) -> dict[str, str]:
    def terms(key: str, names: Iterable[str], more: Callable[[str], str] = lambda name: "") -> str:
        items = (
            f"  - id: {name}\n    name: {name.replace('-', ' ').title()}\n{more(name)}" for name in names
        )
        return f"{key}:\n" + "".join(items)

    def parent(name: str) -> str:
        return "" if name in regions else f"    parent: {rng.choice(regions)}\n"

    def statement(key: str, indent: str = "") -> str:
        return f"{indent}{key}:\n{indent}  text: {_sentence(rng)}\n{indent}  citations: [synthetic0study]\n"

    steps = "".join(f"          - value: {value}\n" for value in ("Low", "Fair", "Moderate", "High"))
    words = rng.sample(_WORDS, 12)
    glossary = "".join(
        f"  - id: term-{number}\n    term: {words[number % 12].title()} term {number}\n"
        f"    definition: {_sentence(rng)}\n"
        for number in range(TERMS)
    )
    return {
        "pain-sites": terms("pain_sites", sites, parent),
        "mechanisms": terms("mechanisms", ["visceral", "somatic", "neuropathic", "mixed"]),
        "causes": terms("causes", ["first-cause", "second-cause"]),
        "contraindication-kinds": terms("contraindication_kinds", ["coagulopathy", "infection", "position"]),
        "guidance": terms("guidance", ["fluoroscopy", "ultrasound", "ct"]),
        "settings": terms("settings", ["outpatient", "inpatient"]),
        "grades": terms("grades", ["low", "moderate", "high"]),
        "technique-groups": terms("groups", ["blocks", "devices"], lambda name: f"    short: {name}\n"),
        "evidence-scales": "scales:\n  - id: four\n    name: Four steps\n    defined: true\n    meter: step\n"
        f"    parts:\n      - id: step\n        name: Step\n        steps:\n{steps}",
        "evidence-bodies": "bodies:\n"
        + "".join(
            f"  - id: body-{number}\n    name: Body {number}\n    short: Body {number}\n    scale: four\n"
            for number in range(3)
        ),
        "glossary": f"terms:\n{glossary}",
        "study": _STUDY,
        "referral-criteria": statement("rule")
        + statement("status")
        + statement("why")
        + "criteria:\n  - id: ref-one\n    number: 1\n    title: One\n"
        + statement("statement", "    ")
        + "    logic:\n      id: is-one\n      label: It is one\n"
        + statement("explanation", "    ")
        + _REVIEW,
        "referral-details": f"title: Details\nlead: {_sentence(rng)}\n"
        + "topics:\n  - id: topic\n    title: Topic\n"
        + statement("why", "    ")
        + "    questions:\n      - id: question\n        label: Question\n        options:\n"
        "          - id: answer\n            label: Answer\n"
        "questionnaire:\n  canonical: urn:uuid:b8bb461f-47b5-42a5-8379-55a98130865d\n"
        "  answers: urn:uuid:b57fbd1c-0bd9-4719-88c0-06599592ff13\n  name: Synthetic\n  title: Synthetic\n"
        "  publisher: Synthetic\n  copyright: None\n" + _REVIEW,
    }


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


def _record(rng: random.Random, identifier: str, number: int, keys: list[str], sites: list[str]) -> str:
    own = rng.sample(keys, min(4, len(keys)))

    def cited() -> str:
        return f"citations: [{rng.choice(own)}]"

    def statements(indent: int, extra: str) -> list[str]:
        pad = " " * indent
        return [f"{pad}- text: {_sentence(rng)}", f"{pad}  {cited()}", f"{pad}  {extra}"]

    low, high = sorted(rng.sample(range(len(_LEVELS)), 2))
    first, second = rng.sample(sites, 2)
    lines = [
        "# yaml-language-server: $schema=../content/schema/technique.schema.json",
        f"id: {identifier}",
        f"name: Synthetic technique {number}",
        "kind: procedure",
        f"group: {rng.choice(['blocks', 'devices'])}",
        f"abbreviations: [ST{number}]",
        "summary:",
        f"  text: {_sentence(rng)}",
        f"  {cited()}",
        "indications:",
        *statements(2, f"pain_sites: [{first}]"),
        *statements(2, f"pain_sites: [{second}]"),
        "anatomy:",
        "  target:",
        f"    text: {_sentence(rng)}",
        f"    {cited()}",
        "  levels:",
        *statements(4, f"from: {_LEVELS[low]}\n      to: {_LEVELS[high]}\n      structure: Nerve {number}"),
        "approach:",
        "  guidance:",
        *statements(4, f"guidance: {rng.choice(['fluoroscopy', 'ultrasound', 'ct'])}"),
        "complications:",
        *statements(2, f"frequency: {rng.choice(['common', 'uncommon', 'rare'])}"),
        "contraindications:",
        *statements(2, f"strength: absolute\n    kind: {rng.choice(['coagulopathy', 'infection'])}"),
        "setting:",
        *statements(2, f"setting: {rng.choice(['outpatient', 'inpatient'])}"),
        "prognosis:",
        *statements(2, f"limit: {rng.choice(['floor', 'ceiling'])}\n    months: [{rng.randint(1, 6)}, 12]"),
        "evidence:",
        *statements(
            2, f"body: body-{rng.randrange(3)}\n    value: {rng.choice(['Low', 'Moderate', 'High'])}"
        ),
    ]
    return "\n".join(lines) + "\n" + _REVIEW
