"""YAML to plain data: the only module that parses YAML.

Scalars stay the text the author typed (`no` is "no", `1.10` is "1.10"); the record types decide
what a field means. Places are looked up only when something is wrong, so a good file costs one
pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import yaml

from generator.diagnostics import Diagnostics, Location, shown
from generator.load.text_file import decode_text, forbidden_character

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Data: TypeAlias = "dict[str, Data] | list[Data] | str"
Path: TypeAlias = tuple[str | int, ...]
Report: TypeAlias = Callable[[Any, str, str], None]

MAX_DEPTH = 24
MAX_VALUES = 50_000
"""Values and fields of one file: each costs a kilobyte when something is wrong with it."""
MAX_FINDINGS = 5_000
"""More than this from one file help nobody; reading stops."""
_OPEN_KEY = "\0"  # stands for a field name that is a collection, until it ends
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class YamlDocument:
    """One parsed file: its data, and the place of each value on demand."""

    path: str
    text: str
    data: Data
    line_offset: int = 0

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self.text, Loader=_Loader)

    @cached_property
    def _pairs(self) -> dict[int, dict[Any, Any]]:
        """The pairs of mappings that were asked for, by name: a long one may be asked ten thousand times."""
        return {}

    def _pair(self, node: yaml.MappingNode, name: str | int) -> tuple[yaml.Node, yaml.Node] | None:
        pairs = self._pairs.get(id(node))
        if pairs is None:
            pairs = self._pairs[id(node)] = {pair[0].value: pair for pair in node.value}
        return pairs.get(name)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def locate(self, path: Path, *, key: bool = False) -> Location:
        """The place of the value at a path of keys and indices, or of its key.

        A path that goes on below a scalar (a union branch, a missing field) gives the last place
        that exists.
        """
        node = self._root
        assert node is not None, "only documents with data are kept"
        found = node
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = self._pair(node, step)
                if pair is None:
                    break
                found, node = pair if key and step == path[-1] else (pair[1], pair[1])
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node = node.value[step]
            else:
                break
        mark = found.start_mark
        return Location(self.path, mark.line + 1 + self.line_offset, mark.column + 1)

    def within(self, path: Path, snippet: str) -> Location:
        """The place of a snippet inside the scalar at a path; the scalar's own place if not found."""
        start = self.locate(path)
        first = start.line - 1 - self.line_offset
        for number in range(first, min(first + 60, len(self._lines))):
            column = self._lines[number].find(snippet, start.column - 1 if number == first else 0)
            if column >= 0:
                return Location(self.path, number + 1 + self.line_offset, column + 1)
        return start

    def source_line(self, location: Location) -> str:
        """The line of the file at a place, for the caret."""
        index = location.line - 1 - self.line_offset
        return self._lines[index] if 0 <= index < len(self._lines) else ""


def parse_yaml(path: str, data: bytes, diagnostics: Diagnostics) -> YamlDocument | None:
    """Parse one file, or report everything that keeps it from being read."""
    text = decode_text(path, data, diagnostics)
    return None if text is None else parse_yaml_text(path, text, diagnostics)


def parse_yaml_text(
    path: str, text: str, diagnostics: Diagnostics, line_offset: int = 0
) -> YamlDocument | None:
    """Parse text that starts at line `line_offset` + 1 of its file (front matter)."""
    lines = text.split("\n")
    findings = 0

    def report(mark: Any, code: str, message: str) -> None:
        nonlocal findings
        findings += 1
        if findings == MAX_FINDINGS:
            raise _TooMuchError(mark, f"more than {MAX_FINDINGS:,} errors in this file")
        line, column = (mark.line, mark.column) if mark else (0, 0)
        source = lines[line] if line < len(lines) else ""
        diagnostics.error(Location(path, line + 1 + line_offset, column + 1), code, message, source)

    before = len(diagnostics)
    try:
        data = _build(text, report)
    except _TooMuchError as error:
        report(error.mark, "file-too-large", str(error))
        return None
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, lines, report)
        return None
    except yaml.YAMLError as error:
        report(None, "yaml-syntax", f"not valid YAML: {error}")
        return None
    if len(diagnostics) > before:
        return None
    if data is None:
        diagnostics.error(Location(path), "file-empty", "the file holds no data")
        return None
    return YamlDocument(path, text, data, line_offset)


class _TooMuchError(Exception):
    """A file holds more than is read."""

    def __init__(self, mark: Any, what: str) -> None:
        super().__init__(f"{what}; what follows was not read")
        self.mark = mark


class _Frame:
    """A collection that is still open: its values, the key that waits, the line of each key."""

    __slots__ = ("items", "key", "lines")

    def __init__(self, items: dict[str, Data] | list[Data]) -> None:
        self.items = items
        self.key: str | None = None
        self.lines: dict[str, int] = {}

    def add(self, value: Data | None) -> None:
        """Take a finished value; None stands for one that was reported."""
        items = self.items
        if type(items) is list:
            if value is not None:
                items.append(value)
        elif self.key == _OPEN_KEY:
            self.key = ""
        else:
            if value is not None and self.key is not None:
                items[self.key] = value  # type: ignore[call-overload]
            self.key = None


def _build(text: str, report: Report) -> Data | None:
    """The data of the only document in a text, from the parser's events; None when there is none.

    Events instead of a tree of nodes: no recursion, so that a file of brackets cannot exhaust the
    stack, and anchors, aliases and tags are still visible.
    """
    base = _Frame([])
    stack = [base]
    next_event: Callable[[], Any] = _Loader(text).get_event
    events = 0
    while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
        events += 1
        if events > MAX_VALUES:
            raise _TooMuchError(event.start_mark, f"the file holds more than {MAX_VALUES:,} values")
        frame = stack[-1]
        in_mapping = type(frame.items) is dict
        if kind is yaml.ScalarEvent:
            if event.anchor or event.tag:
                _refuse(event, report)
            value: str = event.value
            if event.style == '"' and (forbidden := forbidden_character(value)):
                report(event.start_mark, "file-control-character", forbidden)  # written as an escape
            if in_mapping and frame.key is None:
                if value in frame.lines:
                    report(
                        event.start_mark,
                        "yaml-duplicate-key",
                        f"field {shown(value)} appears twice; the first is on line {frame.lines[value]}",
                    )
                else:
                    frame.lines[value] = event.start_mark.line + 1
                frame.key = value
            elif value in _NULL and event.implicit[0]:
                report(event.start_mark, "empty-value", "the value is empty; fill it in or delete the line")
                frame.add(None)
            else:
                frame.add(value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor or event.tag:
                _refuse(event, report)
            if in_mapping and frame.key is None:
                report(event.start_mark, "yaml-key", "a field name must be plain text")
                frame.key = _OPEN_KEY
            if len(stack) > MAX_DEPTH:
                report(event.start_mark, "yaml-too-deep", f"nested more than {MAX_DEPTH} levels deep")
                return None
            stack.append(_Frame({} if kind is yaml.MappingStartEvent else []))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            finished = stack.pop()
            stack[-1].add(finished.items)
        elif kind is yaml.AliasEvent:
            _refuse(event, report)
            if in_mapping and frame.key is None:
                frame.key = ""
            else:
                frame.add(None)
        elif kind is yaml.DocumentStartEvent and base.items:
            report(event.start_mark, "yaml-syntax", "a second document starts here; one file, one record")
            break
    assert isinstance(base.items, list)
    return base.items[0] if base.items else None


def _refuse(event: Any, report: Report) -> None:
    """Report an anchor, an alias or a tag."""
    if isinstance(event, yaml.AliasEvent):
        report(event.start_mark, "yaml-alias", f"alias '*{event.anchor}' is not allowed; write the value out")
    elif event.anchor:
        report(
            event.start_mark, "yaml-alias", f"anchor '&{event.anchor}' is not allowed; write the value out"
        )
    else:
        tag = str(event.tag).removeprefix("tag:yaml.org,2002:")
        report(event.start_mark, "yaml-tag", f"tag {shown(tag)} is not allowed; put text in quotes")


def _report_syntax(error: yaml.MarkedYAMLError, lines: list[str], report: Report) -> None:
    mark = error.problem_mark or error.context_mark
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in str(error.problem):
        report(mark, "yaml-tab", "a tab character is used for indentation; use spaces")
        return
    problem = str(error.problem or error.context or "not valid YAML").replace("found ", "", 1)
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = "; put text that holds a colon and a space in double quotes"
    elif any(words in problem for words in ("expected <block end>", "expected key", "'-' indicator")):
        hint = "; check that this line is indented like the lines above it"
    elif "expected ':'" in problem:
        hint = "; the line above it is neither a field with its colon nor an item with its dash"
    elif "alphabetic or numeric" in problem or "cannot start any token" in problem:
        hint = "; put text that starts with a special character in double quotes"
    elif any(words in problem for words in ("end of stream", "',' or", "node content")) or (
        "quoted scalar" in str(error.context)
    ):
        hint = "; a quote or bracket is not closed"
    report(mark, "yaml-syntax", f"not valid YAML: {problem}{hint}")
