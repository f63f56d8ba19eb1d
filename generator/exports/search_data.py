"""What the search needs beside the index of the pages: names, words, and records that have no page."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from pydantic_core import to_json

from generator import routes
from generator.artifacts import Artifact
from generator.model.base import Prose
from generator.model.marks import marked_values
from generator.model.vocabulary import GlossaryTerm
from generator.views import facets
from generator.views.context import SiteContext

_NO_WORD = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_MARKUP = re.compile(r"\[@[^\]]*\]|\[\[[a-z]+:[^\]|]*\|?")
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """Something to find that is a part of a page: a glossary term, a reference."""

    address: str
    """From the root of the site, with its anchor."""
    title: str
    kind: str
    content: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name under which something can be found at once."""

    words: str
    kind: str
    title: str
    address: str
    note: str = ""


def folded(text: str) -> str:
    """Small letters without accents, single spaces; the script of the search folds in the same way."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", plain.lower()).strip()


def search_records(site: SiteContext) -> Iterator[SearchRecord]:
    """Glossary terms and references: each is found by itself, not as a part of a long page."""
    for term in site.kb.terms.values():
        yield SearchRecord(
            routes.from_root(routes.GLOSSARY, term.id),
            term.term,
            facets.TERM,
            f"{term.term}. {site.definitions[term.id]} {site.plain(term.ambiguous or '')}".strip(),
            (*term.abbreviations, *term.synonyms),
        )
    for key, reference in site.formatted.items():
        yield SearchRecord(
            routes.from_root(*site.addresses.reference(key)),
            reference.title,
            facets.REFERENCE,
            f"{reference.title} {reference.authors} {reference.source}",
        )


def search_data(site: SiteContext, folder: str) -> Iterator[Artifact]:
    """The data files of the search: names in one file for each first letter, and everything about words."""
    shelves: dict[str, list[Name]] = defaultdict(list)
    for name in sorted(set(_names(site))):
        shelves[name.words[0]].append(name)
    for letter, names in sorted(shelves.items()):
        rows = [[name.words, name.kind, name.title, name.address, name.note] for name in names]
        yield Artifact(f"{folder}/names-{ord(letter):x}.json", to_json(rows))
    spoken = site.kb.search_words
    words = {
        "first": sorted(f"{ord(letter):x}" for letter in shelves),
        "spellings": spoken.spellings,
        "saidAs": [[folded(item.asked), folded(item.means)] for item in spoken.said_as],
        "unimportant": spoken.unimportant,
        "mistaken": dict(sorted(_mistaken(site))),
        "words": " ".join(sorted(_words(site))),
        "inNames": " ".join(sorted({word for name in _names(site) for word in _WORD.findall(name.words)})),
    }
    yield Artifact(f"{folder}/words.json", to_json(words))


def _names(site: SiteContext) -> Iterator[Name]:
    """Every name, synonym and abbreviation, with what it leads to."""
    kb = site.kb

    def led_to(names: Iterable[str], kind: str, title: str, href: str, note: str = "") -> Iterator[Name]:
        for name in names:
            for words in {folded(name), folded(_IN_BRACKETS.sub("", name))} - {""}:
                yield Name(words, kind, title, href, note)

    for technique in kb.current_techniques():
        href = routes.from_root(routes.technique(technique.id))
        names = (technique.name, *technique.abbreviations, *technique.synonyms)
        yield from led_to(names, facets.TECHNIQUE, technique.name, href)
        for variant in technique.variants:
            names = (variant.name, *variant.abbreviations, *variant.synonyms)
            href = routes.from_root(routes.technique(technique.id), variant.id)
            yield from led_to(names, facets.TECHNIQUE, variant.name, href, f"On the page {technique.name}")
    for group in kb.groups.values():
        names = (group.name, group.short, *group.synonyms)
        yield from led_to(names, facets.TECHNIQUE, group.name, routes.from_root(routes.group(group.id)))
    for place in kb.sites.values():
        names = (place.name, *place.synonyms)
        yield from led_to(names, kb.words.site.head, place.name, routes.from_root(routes.site(place.id)))
    for cause in kb.causes.values():
        for identifier in cause.pain_sites:
            title, href = kb.sites[identifier].name, routes.from_root(routes.site(identifier))
            yield from led_to(
                (cause.name, *cause.synonyms), kb.words.site.head, title, href, f"Cause: {cause.name}"
            )
    for term in kb.terms.values():
        names = (term.term, *term.abbreviations, *term.synonyms)
        yield from led_to(names, facets.TERM, term.term, routes.from_root(routes.GLOSSARY, term.id))
    for page in kb.pages.values():
        names = (page.meta.title, *page.meta.synonyms)
        yield from led_to(names, facets.GUIDE, page.meta.title, routes.from_root(page.id))
    for criterion in kb.criteria.criteria if kb.criteria else ():
        href = routes.from_root(routes.REFERRAL_CHECKLIST, criterion.id)
        yield from led_to(
            (criterion.title,), facets.TOOL, criterion.title, href, kb.texts.checklist.criterion
        )
    for identifier, title in kb.listed_pages():
        yield from led_to((title,), facets.TOOL, title, routes.from_root(routes.generated_page(identifier)))


def _mistaken(site: SiteContext) -> Iterator[tuple[str, dict[str, object]]]:
    """Abbreviations with several meanings, or with a warning in the glossary: all meanings, never one."""
    kb = site.kb
    meanings: dict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
    warnings: dict[str, list[str]] = defaultdict(list)

    def note(abbreviation: str, name: str, kind: str, href: str) -> None:
        meanings[folded(abbreviation)].setdefault(folded(_IN_BRACKETS.sub("", name)), (name, kind, href))

    def note_term(abbreviation: str, term: GlossaryTerm) -> None:
        note(abbreviation, term.term, facets.TERM, routes.from_root(routes.GLOSSARY, term.id))

    by_name = {folded(_IN_BRACKETS.sub("", item.name)): item for item in kb.current_techniques()}
    for technique in kb.current_techniques():
        for abbreviation in technique.abbreviations:
            note(
                abbreviation,
                technique.name,
                facets.TECHNIQUE,
                routes.from_root(routes.technique(technique.id)),
            )
    for term in kb.terms.values():
        for abbreviation in term.abbreviations:
            note_term(abbreviation, term)
            if not term.ambiguous:
                continue
            warning = site.plain(term.ambiguous)
            warnings[folded(abbreviation)].append(warning)
            for other in (kb.terms[identifier] for identifier in term.see_also):
                if not any(name in warning for name in (other.term.lower(), *other.abbreviations)):
                    continue
                if same := by_name.get(folded(other.term)):
                    note(
                        abbreviation, same.name, facets.TECHNIQUE, routes.from_root(routes.technique(same.id))
                    )
                else:
                    note_term(abbreviation, other)
    for abbreviation, found in meanings.items():
        if len(found) > 1 or warnings[abbreviation]:
            yield abbreviation, {"say": warnings[abbreviation], "meanings": [*found.values()]}


def _words(site: SiteContext) -> set[str]:
    """Every word of four letters and more that the records, pages and references use."""
    kb = site.kb
    texts = chain(
        (name.words for name in _names(site)),
        (page.body for page in kb.pages.values()),
        (item.asked for item in kb.search_words.said_as),
        *((item.authors, item.title) for item in site.formatted.values()),
        *(
            [value for mark, _, value in marked_values(record) if isinstance(mark, Prose)]
            for record in chain(kb.current_techniques(), kb.terms.values(), kb.sites.values())
        ),
    )
    found: set[str] = set()
    for text in texts:
        found.update(_WORD.findall(_MARKUP.sub(" ", text).lower()))
    return {folded(word) for word in found}
