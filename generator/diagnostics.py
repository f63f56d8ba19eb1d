"""What is wrong with an author's file, where, and what would be right.

Every stage collects diagnostics instead of raising at the first one, so that an author
sees all of them at once, sorted by place.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

LONGEST_NAME = 100
"""Characters of the longest name for which a similar one is looked for."""
MANY_NAMES = 1_000
"""Among more names than this a similar one begins alike: thousands of errors stay a matter of seconds."""


class Severity(StrEnum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an author's file. Lines and columns count from 1; 0 means "the file as a whole"."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding: where, which kind, and a sentence an author can act on."""

    location: Location
    code: str
    message: str
    severity: Severity = Severity.ERROR
    source_line: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}[{self.code}]: {self.message}"


class BuildFailed(Exception):
    """The author's files hold errors. Carries all of them, sorted."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__(summary(self.diagnostics))


class Diagnostics:
    """A collector that every stage writes into."""

    def __init__(self) -> None:
        self._items: list[Diagnostic] = []

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(set(self._items)))

    def __len__(self) -> int:
        return len(self._items)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop a build, sorted by place."""
        return tuple(item for item in self if item.severity is Severity.ERROR)

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep one finding."""
        self._items.append(diagnostic)

    def extend(self, diagnostics: Diagnostics) -> None:
        """Keep what another collector has found."""
        self._items.extend(diagnostics._items)

    def error(self, location: Location, code: str, message: str, source_line: str = "") -> None:
        """Keep one error."""
        self.add(Diagnostic(location, code, message, Severity.ERROR, source_line))

    def warning(self, location: Location, code: str, message: str, source_line: str = "") -> None:
        """Keep one warning."""
        self.add(Diagnostic(location, code, message, Severity.WARNING, source_line))

    def raise_if_errors(self) -> None:
        """Raise `BuildFailed` with everything collected so far if an error is among it."""
        if self.errors:
            raise BuildFailed(self)


def did_you_mean(wrong: str, allowed: Iterable[str]) -> str:
    """A ready half sentence with the nearest allowed value, or an empty string."""
    near = _nearest(wrong, tuple(allowed)) if len(wrong) <= LONGEST_NAME else ""
    return f" Did you mean '{near}'?" if near else ""


@lru_cache(maxsize=4096)
def _nearest(wrong: str, allowed: tuple[str, ...]) -> str:
    if len(allowed) > MANY_NAMES:
        allowed = tuple(name for name in allowed if name[:1] == wrong[:1])
    return next(iter(difflib.get_close_matches(wrong, allowed, n=1, cutoff=0.6)), "")


def shown(value: object, limit: int = 60) -> str:
    """A value as it is quoted in a message: in single quotes, cut, on one line, nothing invisible."""
    text = " ".join(str(value)[: 100 * limit].split())
    return f"'{printable(text[: limit - 1])}…'" if len(text) > limit else f"'{printable(text)}'"


def some_of(names: Iterable[str], limit: int = 40) -> str:
    """Names as a message lists them: the first of them, and how many there are if more."""
    every = [shown(name)[1:-1] for name in names]
    return ", ".join(every[:limit]) + (f", … ({len(every)} in all)" if len(every) > limit else "")


def printable(text: str) -> str:
    """Text with an escape in place of each character that a terminal could obey or not show."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """The closing count: '3 errors, 1 warning'."""
    items = list(diagnostics)
    errors = sum(item.severity is Severity.ERROR for item in items)
    warnings = len(items) - errors
    parts = [
        f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n
    ]
    return ", ".join(parts) or "no errors"


def format_text(diagnostics: Iterable[Diagnostic], *, carets: bool) -> str:
    """One line a finding; with `carets`, the source line and a caret under the place."""
    lines = []
    for item in diagnostics:
        lines.append(str(item))
        if carets and item.source_line:
            number = f"{item.location.line:>5} | "
            start = max(item.location.column - 80, 0)
            excerpt = item.source_line[start : start + 120].replace("\t", " ")
            lines.append(f"{number}{excerpt}")
            lines.append(" " * (len(number) + max(item.location.column - 1 - start, 0)) + "^")
    return "\n".join(lines)


def format_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array, one object a finding, for other programs."""
    return json.dumps(
        [
            {
                "path": item.location.path,
                "line": item.location.line,
                "column": item.location.column,
                "severity": item.severity,
                "code": item.code,
                "message": item.message,
            }
            for item in diagnostics
        ],
        ensure_ascii=False,
        indent=2,
    )


def format_github(diagnostics: Iterable[Diagnostic]) -> str:
    """GitHub workflow commands, so that findings show beside the changed lines."""

    def escaped(text: str, *, is_property: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if is_property else text

    return "\n".join(
        f"::{item.severity} file={escaped(item.location.path, is_property=True)},"
        f"line={item.location.line},col={item.location.column},"
        f"title={escaped(item.code, is_property=True)}::{escaped(item.message)}"
        for item in diagnostics
    )
