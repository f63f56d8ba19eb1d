"""What a first search carries over the network: `python -m tests.bench.search [records]`.

The site is synthetic: copies of the atlas's own records and references under other names, sentences drawn
from all of them, so that words are as common as they are in the atlas. Its pages hold what the index reads.
"""

from __future__ import annotations

import dataclasses
import gzip
import html
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from generator.config import Project
from generator.exports import wording
from generator.knowledge import KnowledgeBase
from generator.load.assets import load_assets
from generator.model.base import Prose
from generator.model.marks import marked_values
from generator.pipeline import load_knowledge
from generator.render import Renderer
from generator.search_index import build_index
from generator.views import facets
from generator.views.context import SiteContext
from tests.browser.chromium import launch
from tests.browser.server import serve

ROOT = Path(__file__).resolve().parents[2]
MOST = 400_000
SENTENCES = 45
QUERIES = (
    "celiac plexus neurolysis",
    "pain",
    "RFA",
    "complications of cordotomy",
    "nerve block for pancreatic cancer",
    "bupivicaine",
)
SECTIONS = ("Indications", "Evidence", "Approach", "Complications", "Setting")


def grown(kb: KnowledgeBase, records: int, rng: random.Random) -> KnowledgeBase:
    """The knowledge base with as many techniques and as many references, under new names."""
    originals = list(kb.current_techniques())
    words = [word for technique in originals for word in technique.name.split()]
    techniques = dict(kb.techniques)
    while len(techniques) < records:
        number = len(techniques)
        name = " ".join((*rng.sample(words, 3), f"{number}"))
        abbreviation = "".join(word[0].upper() for word in name.split())
        change = {"id": f"technique-{number}", "name": name, "abbreviations": (f"{abbreviation}{number}",)}
        techniques[f"technique-{number}"] = rng.choice(originals).model_copy(
            update={**change, "variants": ()}
        )
    references = dict(kb.references)
    titles = [word for reference in references.values() for word in reference.title.split()]
    sources = list(references.values())
    while len(references) < records:
        key = f"key{len(references)}study"
        title = " ".join(rng.sample(titles, 12))
        references[key] = dataclasses.replace(rng.choice(sources), key=key, title=title)
    return dataclasses.replace(kb, techniques=techniques, references=references)


def page(title: str, found: facets.Facets, sentences: list[str]) -> str:
    """A page as the index reads it."""
    meta = "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{html.escape(value)}">'
        for name, values in found
        for value in values
    )
    share = -(-len(sentences) // len(SECTIONS))
    body = "".join(
        f'<h2 id="{name.lower()}">{name}</h2>'
        + "".join(f"<p>{html.escape(text)}</p>\n" for text in sentences[at * share : (at + 1) * share])
        for at, name in enumerate(SECTIONS)
    )
    return (
        f'<!doctype html><html lang="en"><head>{meta}<meta data-pagefind-meta="title[content]" '
        f'content="{html.escape(title)}"></head><body data-pagefind-body><h1>{html.escape(title)}</h1>{body}'
        '<script type="module" src="/assets/js/main.mjs"></script></body></html>'
    )


def write_site(root: Path, context: SiteContext, rng: random.Random) -> None:
    """Pages of all techniques and pain sites, and the scripts."""
    kb = context.kb
    sentences = sorted(_sentences(kb))
    for technique in kb.current_techniques():
        found = facets.of_page(kb.words, "technique", facets.of_technique(kb, technique))
        _write(
            root,
            f"techniques/{technique.id}",
            page(technique.name, found, rng.choices(sentences, k=SENTENCES)),
        )
    for place in kb.sites.values():
        found = facets.of_page(kb.words, "site", facets.of_site(kb, place.id))
        _write(root, f"pain-sites/{place.id}", page(place.name, found, rng.choices(sentences, k=SENTENCES)))
    for artifact in (*load_assets(ROOT / "site_templates"), wording.script_words(kb)):
        target = root / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(artifact.content)


def _sentences(kb: KnowledgeBase) -> Iterator[str]:
    for technique in kb.current_techniques():
        yield from (value for mark, _, value in marked_values(technique) if isinstance(mark, Prose))


def _write(root: Path, address: str, text: str) -> None:
    folder = root / address
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, "utf-8")


def first_results(browser: Browser, origin: str, query: str) -> tuple[int, int, float]:
    """Bytes, files and seconds from opening the search to its first results, nothing being in the cache."""
    context = browser.new_context()
    tab = context.new_page()
    tab.set_default_timeout(120_000)
    tab.goto(f"{origin}/pain-sites/pelvis/", wait_until="networkidle")
    answers = []
    tab.on("response", lambda answer: answers.append(answer))
    started = time.perf_counter()
    tab.keyboard.press("/")
    tab.locator("#search-words").fill(query)
    tab.locator(".hit").first.wait_for()
    seconds = time.perf_counter() - started
    tab.wait_for_load_state("networkidle")
    packed = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")
    sizes = [
        len(answer.body()) if answer.url.endswith(packed) else len(gzip.compress(answer.body(), 6))
        for answer in answers
    ]
    context.close()
    return sum(sizes), len(sizes), seconds


def main() -> None:
    """Print one line for each query; the exit code says whether all stay below the limit."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rng = random.Random(1)
    kb, _ = load_knowledge(Project(ROOT))
    context = SiteContext(grown(kb, records, rng))
    root = Path(tempfile.mkdtemp())
    try:
        write_site(root, context, rng)
        started = time.perf_counter()
        found = build_index(root, context, Renderer(ROOT / "site_templates", context.kb))
        print(f"{found:,} pages, terms and references indexed in {time.perf_counter() - started:.1f} s")
        with serve(root) as origin, sync_playwright() as playwright:
            browser = launch(playwright)
            worst = 0
            for query in QUERIES:
                size, files, seconds = first_results(browser, origin, query)
                worst = max(worst, size)
                print(f"{size / 1000:7.0f} KB in {files:3} files, {seconds:5.1f} s  {query}", flush=True)
            browser.close()
    finally:
        shutil.rmtree(root)
    raise SystemExit(worst > MOST)


if __name__ == "__main__":
    main()
