"""Bytes to text: UTF-8 only, no control characters, bounded, with the place of the first bad byte."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostics, Location

MAX_BYTES = 2_000_000
INVISIBLE = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of text
    r"\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"  # no width, no character
    r"\U000e0000-\U000e007f"  # tags: a second text that only programs read
)
"""Characters that no source may hold, as the inside of a character class."""
_FORBIDDEN = re.compile(f"[{INVISIBLE}]")


def decode_text(path: str, data: bytes, diagnostics: Diagnostics) -> str | None:
    """The text of an author's file with `\\n` line ends, or None after reporting why not.

    Refused: more than `MAX_BYTES`, anything but UTF-8 (a byte order mark is dropped), control
    characters, and characters without width or that turn the direction of text: they can hide content.
    """
    if len(data) > MAX_BYTES:
        diagnostics.error(
            Location(path),
            "file-too-large",
            f"the file has more than {MAX_BYTES:,} bytes, and no more are read; split it or make it shorter",
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
