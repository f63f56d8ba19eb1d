"""What stands between the entries of a .bib file: comments, and text that BibTeX would drop in silence."""

from __future__ import annotations

import re

from generator.diagnostics import shown
from generator.load.bibtex_source import BibtexSource

ENTRY_START = re.compile(r"@\s*([A-Za-z][\w-]*)\s*([{(])")
ENTRY_LINE = re.compile(r"\n[ \t]*(?=@\s*[A-Za-z][\w-]*\s*[{(])")
MAX_NESTING = 30

_BRACE = re.compile(r"[{}]")
_COMMENT_LINES = re.compile(r"[^\n]*(?:\n[ \t]*%[^\n]*)*")
_LOOKS_LIKE_FIELDS = re.compile(r"\s*(?:,|[A-Za-z]+\s*=)")


def next_entry(source: BibtexSource, position: int) -> re.Match[str] | None:
    """The start of the next entry from `position` on: its type and opening bracket; None at the end.

    Reports text outside entries (`bib-syntax`) and entries in comment lines (`bib-commented-entry`).
    """
    text, reported = source.text, False
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        content = text[position:end].lstrip()
        if content.startswith("%"):
            position = _after_comment(source, position, end)
            continue
        start = _start_in_line(text, position, end)
        stray = text[position : start.start() if start else end]
        if stray.strip() and not reported:
            reported = True
            _report_stray(source, position + len(stray) - len(stray.lstrip()), stray.strip())
        if start:
            return start
        position = end + 1
    return None


def after_comment_command(source: BibtexSource, start: re.Match[str]) -> int:
    """The offset after `@comment{…}`, whose match is `start`. Reports an entry inside it."""
    if start[2] == "(":
        end: int | None = source.text.find(")", start.end()) + 1 or None
    else:
        end = _balanced_end(source.text, start.end() - 1, len(source.text))
    if end is None:
        source.error(
            start.start(),
            "bib-syntax",
            f"the '{start[2]}' of this @comment is never closed; close it or use '%' lines",
        )
        line_end = source.text.find("\n", start.end())
        return len(source.text) if line_end < 0 else line_end
    _report_commented(source, start.end(), end)
    return end


def _start_in_line(text: str, position: int, end: int) -> re.Match[str] | None:
    at = text.find("@", position, end)
    while at >= 0:
        if start := ENTRY_START.match(text, at):
            return start
        at = text.find("@", at + 1, end)
    return None


def _report_stray(source: BibtexSource, offset: int, stray: str) -> None:
    if stray.startswith("@"):
        advice = "an entry begins with its type, a brace and its key: @article{smith2020pain,"
    elif _LOOKS_LIKE_FIELDS.match(stray) or stray[0] in "{}":
        advice = "the entry before it has ended: is there a '}' too many?"
    else:
        advice = "begin the line with % if it is a comment"
    source.error(
        offset, "bib-syntax", f"{shown(stray)} stands outside of any entry and would be lost; {advice}"
    )


def _after_comment(source: BibtexSource, position: int, end: int) -> int:
    """The offset after a comment line, and after the entry that begins in it, if one does."""
    text = source.text
    start = _start_in_line(text, position, end)
    if start is None:
        return end + 1
    block = _COMMENT_LINES.match(text, position)
    block_end = block.end() if block else end
    _report_commented(source, position, block_end)
    level = 0
    for brace in _BRACE.finditer(text, start.start(), block_end):
        level += 1 if brace[0] == "{" else -1
    if level <= 0:
        return block_end
    # Only the first line was commented out: BibTeX reads the lines after it as part of the entry.
    following = ENTRY_LINE.search(text, block_end)
    limit = following.end() if following else len(text)
    return _balanced_end(text, start.end() - 1, limit) or limit


def _report_commented(source: BibtexSource, position: int, end: int) -> None:
    for start in ENTRY_START.finditer(source.text, position, end):
        source.error(
            start.start(),
            "bib-commented-entry",
            f"BibTeX ignores comment marks and reads this {shown('@' + start[1])} as an entry; "
            "delete it, or delete its '@'",
        )


def _balanced_end(text: str, opening: int, limit: int) -> int | None:
    """The offset after the brace that closes the one at `opening`; None without one or if nested too deep."""
    level = 0
    for brace in _BRACE.finditer(text, opening, limit):
        level += 1 if brace[0] == "{" else -1
        if level == 0:
            return brace.end()
        if level > MAX_NESTING:
            return None
    return None
