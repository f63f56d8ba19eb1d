"""Bytes to text: UTF-8 only, no control characters, bounded, with the place of the first bad byte."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostics, Location

MAX_BYTES = 2_000_000
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def decode_text(path: str, data: bytes, diagnostics: Diagnostics) -> str | None:
    """The text of an author's file with `\\n` line ends, or None after reporting why not.

    Refused: more than `MAX_BYTES`, anything but UTF-8 (a byte order mark is dropped), control
    characters, and characters that turn the direction of text, because they can hide content.
    """
    if len(data) > MAX_BYTES:
        diagnostics.error(
            Location(path),
            "file-too-large",
            f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        diagnostics.error(
            Location(path, line, column),
            "file-not-utf8",
            f"byte 0x{data[error.start]:02x} is not UTF-8; save the file with the encoding UTF-8",
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        diagnostics.error(Location(path), "file-empty", "the file is empty")
        return None
    if found := _FORBIDDEN.search(text):
        diagnostics.error(
            place(path, text, found.start()), "file-control-character", forbidden_character(found[0])
        )
        return None
    return text


def forbidden_character(text: str) -> str:
    """A sentence about the first character of a text that may not stand in it, or an empty string."""
    found = _FORBIDDEN.search(text)
    return f"character U+{ord(found[0]):04X} is invisible and not allowed; delete it" if found else ""


def place(path: str, text: str, offset: int) -> Location:
    """The line and column of a character offset in a text."""
    return Location(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
