"""Puts hostile text into every text of a knowledge base, with a number that tells its field again.

What a field may hold is asked of the model itself: text that its type refuses (an id, an address, a choice)
is not planted, because the loader would have refused it too.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator.knowledge import KnowledgeBase
from generator.load.prose_file import ProsePage
from generator.model.base import CitationMark, Ref
from generator.model.published import Published

CALL = "plantedalert(1)"
MARKUP = (
    f"</p></td></script><script>{CALL}</script><img src=x onerror={CALL}>"
    f"<a href='javascript:{CALL}'>x</a> \"onmouseover=\"{CALL}\" ' x='"
    f" {{{{ 7 * 191 }}}} {{% raw %}} {{# no #}} %}} <javascript:{CALL}> ]]> --> &lt;b&gt; | #"
)
LINK = f" [y](javascript:{CALL})"

SAME_AS = {
    "Rating.value": "ScaleStep.value",
    "SpinalLevel.from_level": "Level.id",
    "SpinalLevel.to_level": "Level.id",
}
"""Texts that must equal another text of the site: planted alike."""

OF_RECORDS = {
    "Door.pages": "ids of pages; a door leads only to pages that there are",
    "Fit.technique": "made when records are linked: the id of a technique",
    "Fit.variant": "made when records are linked: the id of a variant",
    "Against.technique": "made when records are linked: the id of a technique",
    "CitingPlace.kind": "made when records are linked: one of the kinds of records",
    "CitingPlace.id": "made when records are linked: an id",
    "CitingPlace.field": "made when records are linked: the name of a field in a model",
}
"""Ids that no pattern holds."""

OF_THE_LOADER = {
    "Reference.key": "the loader takes letters, digits and _ : . - only",
    "Reference.year": "four digits",
    "Reference.date": "a date",
    "Reference.urldate": "a date",
    "Reference.url": "a web address without quotes, spaces and angle brackets",
    "Reference.doi": "a DOI without angle brackets",
    "Reference.pmid": "digits",
    "Reference.pmcid": "PMC and digits",
    "Reference.asked": "the day of a check",
    "Reference.raw": "the entry as it stands in its file, for messages; no reader sees it",
    "Reference.former_keys": "keys",
}
"""Texts of references that the reader of BibTeX lets through in one form alone."""

OF_RELEASES = {
    "Release.version": "written by `atlas release`: digits and stops",
    "Release.date": "written by `atlas release`: a day",
    "Release.previous": "a version",
    "Release.snapshot": "a checksum",
    "RecordChange.record": "the id of a record",
    "RecordChange.url": "made of ids; never shown",
    "FieldChange.anchor": "made of ids and a checksum",
    "Published.withdrawn": "former ids and addresses",
    "Published.snapshots": "versions",
}
"""Texts of `content/releases` that the generator itself writes from ids."""

PLACES_OF_FILES = {
    "ProsePage.id": "the address of a page",
    "ProsePage.path": "a path, for messages",
    "Location.path": "a path, for messages",
    "YamlDocument.path": "a path, for messages",
    "YamlDocument.text": "the file, for messages",
    "YamlDocument.data": "the file, for messages",
}
EXCEPTIONS = {**OF_RECORDS, **OF_THE_LOADER, **OF_RELEASES, **PLACES_OF_FILES}


@dataclass
class Planting:
    """One planting: what stands before and after each text, and the number of each field."""

    before: str = ""
    after: str = MARKUP + LINK
    numbers: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    """Fields whose type takes no such text."""

    def knowledge(self, kb: KnowledgeBase) -> KnowledgeBase:
        """The same knowledge with hostile text in every field."""
        skipped = {"variants", "members", "related_from", "site_children", "sites_below"}
        skipped.add("references_checked")
        changes = {
            item.name: self._value(getattr(kb, item.name))
            for item in dataclasses.fields(kb)
            if item.name not in skipped
        }
        changes["variants"] = {
            variant.id: (technique.id, variant)
            for technique in changes["techniques"].values()
            for variant in technique.variants
        }
        return dataclasses.replace(kb, **changes)

    def _mark(self, name: str) -> str:
        return f"planted{self.numbers.setdefault(name, len(self.numbers) + 100)}q"

    def _value(self, value: Any) -> Any:
        if isinstance(value, BaseModel):
            return self._record(value)
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        if isinstance(value, Mapping):
            return {key: self._value(item) for key, item in value.items()}
        if isinstance(value, Published):
            return dataclasses.replace(
                value, releases=tuple(map(self._value, value.releases)), records=self._data(value.records)
            )
        if isinstance(value, ProsePage):
            # A link that leads nowhere good is refused at load, so none is planted here.
            parts = [value.body, f"A {self._mark('ProsePage.body')} {MARKUP}", f"> {MARKUP}", f"    {MARKUP}"]
            body = "\n\n".join([*parts, f"```\n{MARKUP}\n```", "prose-->\n\n*after the sign*\n"])
            return dataclasses.replace(value, meta=self._record(value.meta), body=body)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return self._dataclass(value)
        return value

    def _data(self, value: Any) -> Any:
        """Texts of the last release, which stand beside the present ones where they differ."""
        if isinstance(value, Mapping):
            return {key: self._data(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._data(item) for item in value]
        # An id has no space.
        if isinstance(value, str) and " " in value:
            return f"{self.before}{value} {self._mark('Published.records')} {self.after}"
        return value

    def _dataclass(self, value: Any) -> Any:
        name = type(value).__name__
        if name in ("Location", "BodyGeometry"):
            return value
        changes = {}
        for item in dataclasses.fields(value):
            old = getattr(value, item.name)
            own = f"{name}.{item.name}"
            if isinstance(old, str):
                if old and own in text_fields() and own not in EXCEPTIONS:
                    changes[item.name] = f"{self.before}{old} {self._mark(own)} {self.after}"
            elif own not in EXCEPTIONS:
                changes[item.name] = self._value(old)
        return dataclasses.replace(value, **changes)

    def _record(self, record: BaseModel) -> BaseModel:
        changes = {}
        for name, info in type(record).model_fields.items():
            old = getattr(record, name)
            own = f"{type(record).__name__}.{name}"
            if own in EXCEPTIONS:
                continue
            changes[name] = self._field(own, info, old) if holds_text(info.annotation) else self._value(old)
        return record.model_copy(update=changes)

    def _field(self, own: str, info: FieldInfo, old: Any) -> Any:
        marks = _marks(info)
        if own not in SAME_AS and any(isinstance(mark, Ref) for mark in marks):
            self.refused.add(own)
            return self._value(old)
        cites = any(isinstance(mark, CitationMark) for mark in marks)

        def leaf(text: str, mark: str) -> str:
            after = self.after
            if own in ("StudyKind.choose", "StudyKind.recall", "StudyKind.objective"):
                after = after.replace("{", "{{").replace("}", "}}")
            if cites:
                return f"{text}{' ' if ',' in text else ', '}{mark} {after}"
            return f"{self.before}{text} {mark} {after}"

        if not _leaves(old):
            return self._value(old)
        try:
            _adapter(info).validate_python(_with_leaves(old, lambda text: leaf(text, "x")))
        except ValidationError:
            self.refused.add(own)
            return self._value(old)
        mark = self._mark(SAME_AS.get(own, own))
        return _with_leaves(old, lambda text: " ".join(leaf(text, mark).split()))


@cache
def text_fields() -> frozenset[str]:
    """'Model.field' of every field in a knowledge base that holds text, whatever its form."""
    found: set[str] = set()
    seen: set[Any] = set()

    def visit(kind: Any) -> None:
        if kind in seen:
            return
        seen.add(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, info in kind.model_fields.items():
                enter(f"{kind.__name__}.{name}", info.annotation)
        elif dataclasses.is_dataclass(kind):
            names = typing.get_type_hints(kind)
            for item in dataclasses.fields(kind):
                enter(f"{kind.__name__}.{item.name}", names[item.name])

    def enter(own: str, annotation: Any) -> None:
        if holds_text(annotation):
            found.add(own)
        for part in _parts(annotation):
            visit(part)

    visit(KnowledgeBase)
    return frozenset(name for name in found if not name.startswith("KnowledgeBase."))


def holds_text(annotation: Any) -> bool:
    """Whether a value of such a field may be, or hold, free text: no choice of given words."""
    return str in set(_parts(annotation))


def _parts(annotation: Any) -> Iterator[Any]:
    origin = typing.get_origin(annotation)
    if origin is typing.Literal:
        return
    arguments = typing.get_args(annotation)
    if origin is typing.Annotated:
        arguments = arguments[:1]
    if not arguments:
        yield annotation
    if origin in (dict, Mapping) or (origin is not None and issubclass_of_mapping(origin)):
        arguments = arguments[1:]  # keys are ids
    for argument in arguments:
        if not isinstance(argument, list) and argument is not types.EllipsisType:
            yield from _parts(argument)


def issubclass_of_mapping(origin: Any) -> bool:
    """Whether a generic type maps."""
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _marks(info: FieldInfo) -> list[Any]:
    found = list(info.metadata)

    def visit(annotation: Any) -> None:
        found.extend(getattr(annotation, "__metadata__", ()))
        for argument in typing.get_args(annotation):
            visit(argument)

    visit(info.annotation)
    return found


_ADAPTERS: dict[int, TypeAdapter[Any]] = {}


def _adapter(info: FieldInfo) -> TypeAdapter[Any]:
    if id(info) not in _ADAPTERS:
        _ADAPTERS[id(info)] = TypeAdapter(info.rebuild_annotation())
    return _ADAPTERS[id(info)]


def _leaves(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        return [leaf for item in value for leaf in _leaves(item)]
    return []


def _with_leaves(value: Any, change: typing.Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _with_leaves(item, change) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_with_leaves(item, change) for item in value)
    return value
