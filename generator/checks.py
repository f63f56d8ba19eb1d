"""Checks that need more than one file: ids, citations, links, scales, circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

from pydantic import BaseModel

from generator import routes
from generator.diagnostics import Diagnostics, Location, did_you_mean, shown
from generator.inline import CitationGroup, CrossLink, parse_citation, parse_inline, suspects
from generator.knowledge import GENERATED_PAGE_NAMES
from generator.load.prose_file import ProsePage
from generator.load.sources import Loaded, Records
from generator.load.vocabulary import Vocabulary
from generator.model.base import CitationMark, Ref, Statement
from generator.model.clinical import PrognosisWindow, Rating, SpinalLevel
from generator.model.marks import Path, marked_values, records_within
from generator.model.technique import Technique
from generator.prose_markdown import link_problems
from generator.rating_check import one_sided, rating_problems

AnyLoaded: TypeAlias = "Loaded[Technique] | Loaded[BaseModel]"

Seen: TypeAlias = dict[str, tuple[AnyLoaded, Path]]

# What an id of each kind is called in a message; sites and levels have the words of the specialty.
_KIND_NAMES = {
    "technique": "technique",
    "variant": "technique",
    "mechanism": "mechanism",
    "cause": "cause",
    "group": "technique group",
    "setting": "setting",
    "guidance": "guidance",
    "contraindication-kind": "kind of contraindication",
    "grade": "grade",
    "scale": "evidence scale",
    "body": "evidence body",
    "term": "glossary term",
    "page": "page",
}
_LINKABLE = ("technique", "site", "term", "page")


def check(records: Records, vocabulary: Vocabulary, diagnostics: Diagnostics) -> None:
    """Report everything in the records that does not resolve or contradicts itself."""
    _Checker(records, vocabulary, diagnostics).run()


class _Checker:
    def __init__(self, records: Records, vocabulary: Vocabulary, diagnostics: Diagnostics) -> None:
        self._records = records
        self._vocabulary = vocabulary
        self._diagnostics = diagnostics
        self._scales = {scale.id: scale for scale in vocabulary.scales}
        self._scale_of_body = {body.id: self._scales.get(body.scale) for body in vocabulary.bodies}
        self._level_order = {level.id: number for number, level in enumerate(vocabulary.levels)}
        self._kinds = {loaded.record.id: loaded.record.kind for loaded in records.techniques}
        words = vocabulary.texts.words
        self._kind_names = {**_KIND_NAMES, "site": words.site.one, "level": words.level.one}
        self._keys = {reference.key for reference in records.references}
        techniques = {loaded.record.id for loaded in records.techniques} | records.unread_techniques
        variants = {variant.id for loaded in records.techniques for variant in loaded.record.variants}
        self._ids = vocabulary.ids() | {
            "technique": techniques,
            "variant": techniques | variants,
            "page": {*self._generated_pages(), *(page.id for page in records.pages)},
        }

    def _generated_pages(self) -> set[str]:
        made = set(GENERATED_PAGE_NAMES)
        return made if self._vocabulary.criteria else made - {routes.REFERRAL_CHECKLIST}

    def run(self) -> None:
        seen: Seen = {}
        for loaded in self._records.techniques:
            self._check_record(loaded)
            self._check_technique(loaded)
            self._unique(loaded, ("id",), loaded.record.id, seen)
            if loaded.record.id in routes.FRAMED:
                self._error(
                    loaded, ("id",), "duplicate-id", f"id {shown(loaded.record.id)} is that of a page"
                )
            for index, variant in enumerate(loaded.record.variants):
                self._unique(loaded, ("variants", index, "id"), variant.id, seen)
                for number, former in enumerate(variant.merged):
                    self._unique(loaded, ("variants", index, "merged", number), former, seen)
        for name, entry in self._records.vocabulary.items():
            self._check_record(entry)
            self._check_unique_ids(name, entry)
        for page in self._records.pages:
            self._check_page(page)
        self._check_page_names()
        by_id = {loaded.record.id: loaded for loaded in self._records.techniques}
        for owner, path, message in one_sided({key: loaded.record for key, loaded in by_id.items()}):
            self._error(by_id[owner], path, "one-sided-rating", message)
        self._check_cycles()

    # --- ids -----------------------------------------------------------------------------------

    def _check_unique_ids(self, name: str, loaded: Loaded[BaseModel]) -> None:
        seen: Seen = {}
        for path, record in records_within(loaded.record):
            identifier = getattr(record, "id", None)
            if isinstance(identifier, str) and len(path) == 2:
                self._unique(loaded, (*path, "id"), identifier, seen)
        for path, record in records_within(loaded.record):
            for number, former in enumerate(getattr(record, "merged", ())):
                self._unique(loaded, (*path, "merged", number), former, seen)

    def _unique(self, loaded: AnyLoaded, path: Path, identifier: str, seen: Seen) -> None:
        first = seen.setdefault(identifier, (loaded, path))
        if first[0] is not loaded or first[1] != path:
            place = first[0].document.locate(first[1])
            self._error(loaded, path, "duplicate-id", f"id {shown(identifier)} is already used at {place}")

    # --- references, citations, prose ------------------------------------------------------------

    def _check_record(self, loaded: AnyLoaded) -> None:
        record: BaseModel = loaded.record
        for mark, path, value in marked_values(record):
            if isinstance(mark, Ref):
                self._check_id(loaded, path, mark.kind, value)
            elif isinstance(mark, CitationMark):
                self._check_key(loaded, path, parse_citation(value).key, value)
            else:
                self._check_prose(loaded, path, value)
        for path, inner in records_within(record):
            if (
                isinstance(inner, Statement)
                and not inner.citations
                and not any(isinstance(span, CitationGroup) for span in parse_inline(inner.text))
            ):
                self._error(loaded, path, "uncited-statement", f"{shown(inner.text)} has no citation")

    def _check_id(self, loaded: AnyLoaded, path: Path, kind: str, value: str) -> None:
        if value not in self._ids[kind]:
            self._error(loaded, path, "unknown-id", self._unknown(kind, value))

    def _unknown(self, kind: str, value: str) -> str:
        return f"there is no {self._kind_names[kind]} {shown(value)}.{did_you_mean(value, self._ids[kind])}"

    def _check_key(self, loaded: AnyLoaded, path: Path, key: str, snippet: str) -> None:
        if self._knows_key(key):
            return
        location = loaded.document.within(path, snippet)
        self._diagnostics.error(
            location, "unknown-citation", self._unknown_key(key), loaded.document.source_line(location)
        )

    def _knows_key(self, key: str) -> bool:
        """Whether a key leads to a reference; with a broken bibliography every key passes."""
        return key in self._keys or self._records.bibliography_broken

    def _unknown_key(self, key: str) -> str:
        return f"there is no reference {shown(key)}.{did_you_mean(key, self._keys)}"

    def _check_prose(self, loaded: AnyLoaded, path: Path, text: str) -> None:
        for message, code, snippet in self._prose_problems(text):
            location = loaded.document.within(path, snippet)
            self._diagnostics.error(location, code, message, loaded.document.source_line(location))

    def _prose_problems(self, text: str) -> Iterable[tuple[str, str, str]]:
        for piece in suspects(text):
            yield (
                f"{shown(piece)} is neither a citation [@key] nor a link [[kind:id]]",
                "inline-syntax",
                piece,
            )
        for span in parse_inline(text):
            if isinstance(span, CitationGroup):
                for citation in span.citations:
                    if not self._knows_key(citation.key):
                        yield self._unknown_key(citation.key), "unknown-citation", f"@{citation.key}"
            elif isinstance(span, CrossLink):
                snippet = f"[[{span.kind}:{span.id}"
                if span.kind not in _LINKABLE:
                    allowed = ", ".join(_LINKABLE)
                    yield (
                        f"a link cannot lead to {shown(span.kind)}; allowed: {allowed}",
                        "unknown-id",
                        snippet,
                    )
                elif span.id not in self._ids["variant" if span.kind == "technique" else span.kind]:
                    yield self._unknown(span.kind, span.id), "unknown-id", snippet

    def _check_page(self, page: ProsePage) -> None:
        folder = page.id.rpartition("/")[0].partition("/")[0]
        if page.id in GENERATED_PAGE_NAMES or folder in routes.GENERATED_FOLDERS:
            self._diagnostics.error(
                Location(page.path),
                "duplicate-id",
                f"the address {shown(page.id)} belongs to a generated page",
            )
        loaded: Loaded[BaseModel] = Loaded(page.meta, page.document)
        for number, former in enumerate(page.meta.merged):
            if former in self._ids["page"]:
                self._error(loaded, ("merged", number), "duplicate-id", f"{shown(former)} is a page")
        self._check_record(loaded)
        reported = 0
        prose, lines = page.prose, page.body.split("\n")
        for message, code, snippet in self._prose_problems(prose):
            offset = prose.find(snippet, reported)
            offset = prose.find(snippet) if offset < 0 else offset
            reported = offset + 1
            location = page.locate(max(offset, 0))
            self._diagnostics.error(location, code, message, lines[location.line - page.body_line])
        for address, offset, problem in link_problems(page.body):
            location = page.locate(offset)
            source = lines[location.line - page.body_line]
            self._diagnostics.error(location, "malformed-link", f"{shown(address)} {problem}", source)

    def _check_page_names(self) -> None:
        loaded = self._records.vocabulary["page-texts"]
        for identifier in self._vocabulary.texts.page_names:
            if identifier not in GENERATED_PAGE_NAMES:
                hint = did_you_mean(identifier, GENERATED_PAGE_NAMES)
                message = f"no generated page is called {shown(identifier)}.{hint}"
                self._error(loaded, ("page_names", identifier), "unknown-id", message)

    # --- rules of techniques ---------------------------------------------------------------------

    def _check_technique(self, loaded: Loaded[Technique]) -> None:
        record = loaded.record
        parent = record.inherits_from
        if parent is not None and self._kinds.get(parent, "class") != "class":
            self._error(
                loaded, ("inherits_from",), "not-a-class", f"{shown(parent)} is not a class of techniques"
            )
        for path, inner in records_within(record):
            if isinstance(inner, Rating):
                scale = self._scale_of_body.get(inner.body)
                for message in rating_problems(inner, scale) if scale else ():
                    self._error(loaded, (*path, "value"), "unknown-value", message)
            elif isinstance(inner, SpinalLevel) and inner.to_level is not None:
                upper = self._level_order.get(inner.from_level)
                lower = self._level_order.get(inner.to_level)
                if upper is not None and lower is not None and upper > lower:
                    self._error(
                        loaded,
                        (*path, "from"),
                        "level-order",
                        f"{inner.from_level} lies below {inner.to_level}; name the upper level first",
                    )
            elif isinstance(inner, PrognosisWindow):
                needs_months = inner.limit in ("floor", "ceiling", "harm", "reference")
                if needs_months and not inner.months:
                    self._error(loaded, path, "prognosis-form", f"a {inner.limit} needs its months")
                if (inner.limit == "similar") != (inner.similar_to is not None):
                    self._error(loaded, path, "prognosis-form", "limit 'similar' and similar_to go together")

    def _check_cycles(self) -> None:
        for field in ("parent", "inherits_from", "replaced_by"):
            edges = {
                loaded.record.id: tuple(filter(None, (cast(str | None, getattr(loaded.record, field)),)))
                for loaded in self._records.techniques
            }
            for loaded in self._records.techniques:
                if (ring := _ring(loaded.record.id, edges)) is not None:
                    self._error(
                        loaded, (field,), "circular-relation", f"{field} runs in a circle: {' → '.join(ring)}"
                    )
        edges = {
            site.id: tuple(filter(None, (site.parent, *site.also_in))) for site in self._vocabulary.sites
        }
        loaded_sites = self._records.vocabulary["pain-sites"]
        for index, site in enumerate(self._vocabulary.sites):
            if (ring := _ring(site.id, edges)) is not None:
                self._error(
                    loaded_sites,
                    ("pain_sites", index, "parent"),
                    "circular-relation",
                    f"parent or also_in runs in a circle: {' → '.join(ring)}",
                )

    def _error(self, loaded: AnyLoaded, path: Path, code: str, message: str) -> None:
        location = loaded.document.locate(path)
        self._diagnostics.error(location, code, message, loaded.document.source_line(location))


def _ring(start: str, edges: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """A circle that leads from an id back to itself, if there is one."""
    seen: set[str] = set()
    waiting = [[start]]
    while waiting:
        way = waiting.pop()
        for following in edges.get(way[-1], ()):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                waiting.append([*way, following])
    return None
