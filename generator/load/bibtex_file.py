"""BibTeX files to references: the only module that knows pybtex.

pybtex reads tokens, values and macros, and splits names. What it does not do is done here: it keeps
no place of a field, loses fields after a missing comma, and reports an open brace at the next entry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pybtex.bibtex.utils import split_name_list, split_tex_string  # type: ignore[import-untyped]
from pybtex.database import Person  # type: ignore[import-untyped]
from pybtex.database.input.bibtex import LowLevelParser, month_names  # type: ignore[import-untyped]
from pybtex.scanner import PybtexSyntaxError, Token  # type: ignore[import-untyped]
from pybtex.utils import CaseInsensitiveDict  # type: ignore[import-untyped]

from generator.diagnostics import Diagnostics, did_you_mean, shown, some_of
from generator.load.bibtex_entry import RawEntry, RawField, read_entry
from generator.load.bibtex_library import check_library, check_one_file
from generator.load.bibtex_names import NameParts
from generator.load.bibtex_outside import ENTRY_LINE, MAX_NESTING, after_comment_command, next_entry
from generator.load.bibtex_rules import FIELDS, key_problem
from generator.load.bibtex_source import BibtexSource, FindingLimitError, open_source
from generator.model.reference import Reference

__all__ = ["check_library", "load_bibtex"]

MAX_EXPANSION = 20_000_000
"""Characters that @string macros of one file may expand to: a few lines could otherwise fill the memory."""

_KEY = re.compile(r"\s*([^\s,{}()=\"]*)\s*")
_TO_COMMA = re.compile(r"[^,\n]*")
_FIELD = re.compile(r"\s*([A-Za-z][\w:.-]*)\s*=\s*")
_FIELD_LINE = re.compile(r"\n[ \t]*(?=[A-Za-z][\w-]*[ \t]*=)")
_BETWEEN_FIELDS = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")
_HASH = re.compile(r"\s*#\s*")
_BRACES = re.compile(r"[{}]")
_BRACES_AND_QUOTES = re.compile(r"[{}\"]")
_SWALLOWED = re.compile(rf"[,\n][ \t]*({'|'.join(FIELDS)})\s*=\s*[{{\"]", re.IGNORECASE)


def load_bibtex(path_shown: str, data: bytes, diagnostics: Diagnostics) -> tuple[Reference, ...]:
    """Every entry of a .bib file, in its order, and every error in it at its place.

    Never raises. An entry with errors is returned with what could be read, so that citations of it
    do not fail as well; one without a key is left out.
    """
    source = open_source(path_shown, data, diagnostics)
    if source is None:
        return ()
    references: list[Reference] = []
    try:
        for entry in _EntryReader(source).entries():
            reference = read_entry(entry, source, _split_names)
            if reference.key:
                references.append(reference)
    except FindingLimitError:
        pass
    check_one_file(references, diagnostics)
    return tuple(references)


def _split_names(value: str) -> Iterator[NameParts | str]:
    return map(_split_name, split_name_list(value))


@lru_cache(maxsize=20_000)
def _split_name(text: str) -> NameParts | str:
    if text.count(",") > 2 and len(split_tex_string(text, ",")) > 3:
        return text
    person = Person(text)
    return NameParts(
        text,
        " ".join([*person.first_names, *person.middle_names]),
        *(" ".join(part) for part in (person.prelast_names, person.last_names, person.lineage_names)),
    )


class _UnreadableError(Exception):
    """What stands at an offset does not fit the syntax."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class _EntryReader(LowLevelParser):  # type: ignore[misc]
    """Reads entry by entry. While one is read, `end_pos` is where the next begins, so none swallows it."""

    def __init__(self, source: BibtexSource) -> None:
        super().__init__(source.text, macros=CaseInsensitiveDict(month_names))
        self.source = source
        self.text: str = source.text
        self.end_pos = len(source.text)
        self.starts = [match.end() for match in ENTRY_LINE.finditer(source.text)]
        self.pos = self.offset = 0
        self.title = ""
        self.closer = "}"
        self.resolved = True
        self.expanded = 0

    def entries(self) -> Iterator[RawEntry]:
        """The entries of the file, each with its fields; @string, @preamble and @comment are dealt with."""
        while start := next_entry(self.source, self.pos):
            self.offset, self.pos = start.start(), start.end()
            following = bisect_right(self.starts, self.offset)
            self.end_pos = self.starts[following] if following < len(self.starts) else len(self.text)
            self.closer = "}" if start[2] == "{" else ")"
            kind = start[1].lower()
            self.title = f"@{kind}"
            if kind == "comment":
                self.pos = after_comment_command(self.source, start)
            elif kind in ("string", "preamble"):
                self._read_command(kind)
            else:
                key = self._read_key(kind)
                self.title = f"entry {shown(key)}" if key else self.title
                fields, whole = self._read_fields()
                yield RawEntry(kind, key, self.offset, self.pos, fields, whole)

    def _read_command(self, kind: str) -> None:
        try:
            name = self._read_name() if kind == "string" else ""
            value = self._read_value(name or kind)
            self._skip(_BETWEEN_FIELDS)
            if not self._take_closer():
                raise _UnreadableError(self.pos, f"{self._found()}, expected '{self.closer}'")
        except _UnreadableError as error:
            self._report(error)
            self.pos = self.end_pos
        else:
            if name:
                self.macros[name] = value

    def _read_key(self, kind: str) -> str:
        match = _KEY.match(self.text, self.pos, self.end_pos)
        key = match[1] if match else ""
        after = match.end() if match else self.pos
        following = self.text[after : after + 1]
        if not key or following == "=":
            self.source.error(
                self.offset,
                "bib-missing-key",
                f"this @{kind} has no key; it comes first: @{kind}{{smith2020pain, …",
            )
            self.pos = self.pos if key else after
            return ""
        if following not in (",", self.closer) and not _FIELD.match(self.text, after, self.end_pos):
            rest = _TO_COMMA.match(self.text, after)
            after = rest.end() if rest else after
            key = self.text[self.pos : after].strip()
        elif following not in (",", self.closer):
            self.source.error(after, "bib-syntax", f"a comma is missing after the key {shown(key)}")
        if problem := key_problem(key):
            self.source.error(self.pos, "bib-syntax", problem)
        self.pos = after
        return key

    def _read_fields(self) -> tuple[tuple[RawField, ...], bool]:
        fields: list[RawField] = []
        whole = True
        while True:
            try:
                if self._at_end():
                    break
                self._read_field(fields)
            except _UnreadableError as error:
                whole = False
                self._report(error)
                resume = _FIELD_LINE.search(self.text, self.pos, self.end_pos)
                if resume is None:
                    self.pos = self.end_pos
                    break
                self.pos = resume.end()
        return tuple(fields), whole

    def _at_end(self) -> bool:
        while True:
            self._skip(_BETWEEN_FIELDS)
            if self.pos >= self.end_pos:
                raise _UnreadableError(self.offset, f"its closing '{self.closer}' is missing")
            if self.text[self.pos] != "%":
                return self._take_closer()
            self.source.error(
                self.pos,
                "bib-syntax",
                f"{self._where()}: BibTeX knows no comments inside an entry; delete this one",
            )
            end = self.text.find("\n", self.pos, self.end_pos)
            self.pos = self.end_pos if end < 0 else end

    def _read_field(self, fields: list[RawField]) -> None:
        name_start = self.pos
        name = self._read_name()
        value_start = self.pos
        self.resolved = True
        value = self._read_value(name)
        if "=" in value and (swallowed := _SWALLOWED.search(self.text, value_start + 1, self.pos)):
            self.pos = value_start + 1
            raise _UnreadableError(
                value_start,
                f"the value of {shown(name)} is not closed before the field {shown(swallowed[1])}",
            )
        value_end = self.pos
        fields.append(RawField(name.lower(), value, name_start, value_start, value_end, self.resolved))
        self._skip(_SPACE)
        following = self.text[self.pos : self.pos + 1]
        if self.pos >= self.end_pos or following in (",", self.closer, "%"):
            return
        if not _FIELD.match(self.text, self.pos, self.end_pos):
            raise _UnreadableError(self.pos, f"{self._found()}, expected ',' or '{self.closer}'")
        self.source.error(
            value_end, "bib-syntax", f"{self._where()}: a comma is missing after the field {shown(name)}"
        )

    def _read_name(self) -> str:
        match = _FIELD.match(self.text, self.pos, self.end_pos)
        if match is None:
            raise _UnreadableError(self.pos, f"{self._found()}, expected a name and '='")
        self.pos = match.end()
        return match[1]

    def _read_value(self, name: str) -> str:
        parts = []
        while True:
            try:
                parts.append(self.parse_value_part())
            except PybtexSyntaxError:
                raise _UnreadableError(
                    self.pos, f"{self._found()}, expected a value for {shown(name)} in braces or quotes"
                ) from None
            joint = _HASH.match(self.text, self.pos, self.end_pos)
            if joint is None:
                return "".join(parts)
            self.pos = joint.end()

    def parse_string(self, string_end: Any, level: int = 0, max_level: int = MAX_NESTING) -> list[Any]:
        """The rest of a value in braces or quotes, with its end. Replaces pybtex's recursive reading."""
        quoted = string_end is self.QUOTE
        opening = self.pos - 1
        for mark in (_BRACES_AND_QUOTES if quoted else _BRACES).finditer(self.text, self.pos, self.end_pos):
            if mark[0] == "{":
                level += 1
                if level > max_level:
                    raise _UnreadableError(mark.start(), f"braces are nested more than {max_level} deep")
            elif level == 0 and quoted and mark[0] == "}":
                raise _UnreadableError(mark.start(), "this '}' has no '{' in its quoted value")
            elif level == 0:
                start, self.pos = self.pos, mark.end()
                return [Token(self.text[start : self.pos], string_end)]
            elif mark[0] == "}":
                level -= 1
        raise _UnreadableError(opening, f"the {shown(self.text[opening])} opened here is never closed")

    def substitute_macro(self, name: str) -> str:
        """The text of an @string; an unknown one is reported and empty."""
        value: str | None = self.macros.get(name)
        start = self.pos - len(name)
        if value is None:
            self.resolved = False
            self.source.error(
                start,
                "bib-unknown-macro",
                f"{self._where()}: no @string is called {shown(name)}; defined: {some_of(self.macros)}. "
                f"Text goes in braces: {{{name}}}.{did_you_mean(name, self.macros)}",
            )
            return ""
        self.expanded += len(value)
        if self.expanded > MAX_EXPANSION:
            raise _UnreadableError(start, f"the @strings expand to more than {MAX_EXPANSION:,} characters")
        return value

    def update_lineno(self, value: str) -> None:
        """Places are computed from offsets, so lines need not be counted."""

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.pos, self.end_pos)
        self.pos = match.end() if match else self.pos

    def _take_closer(self) -> bool:
        found = self.pos < self.end_pos and self.text[self.pos] == self.closer
        self.pos += found
        return found

    def _found(self) -> str:
        rest = self.text[self.pos : min(self.pos + 80, self.end_pos)].strip().partition("\n")[0]
        return f"found {shown(rest, 30)}" if rest else "found the end"

    def _where(self) -> str:
        return f"{self.title} of line {self.source.line_number(self.offset)}"

    def _report(self, error: _UnreadableError) -> None:
        self.source.error(error.offset, "bib-syntax", f"{self._where()}: {error.message}")
