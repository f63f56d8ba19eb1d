"""The text of one .bib file with its places: bytes to checked text, offsets to line and column, findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostics, Location
from generator.load.text_file import INVISIBLE

MAX_BYTES = 20_000_000
MAX_FINDINGS = 5_000
"""More than this from one file help nobody; reading stops."""
MAX_ENCODING_FINDINGS = 50
MAX_SHOWN_LINE = 400

_UNREADABLE = re.compile(rf"[\udc80-\udcff]+|[\ufffd{INVISIBLE}]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class FindingLimitError(Exception):
    """The file holds more errors than are worth reporting; the last one says so."""


@dataclass(slots=True)
class BibtexSource:
    """One .bib file: its text with `\\n` line ends, and where its findings go."""

    path: str
    text: str
    diagnostics: Diagnostics
    _starts: list[int] = field(default_factory=list)
    _findings: int = 0

    def place(self, offset: int) -> Location:
        """Line and column of a character offset."""
        line = self.line_number(offset)
        return Location(self.path, line, offset - self._starts[line - 1] + 1)

    def line_number(self, offset: int) -> int:
        """The line, from 1, of a character offset."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in re.finditer(r"\n", self.text))]
        return bisect_right(self._starts, offset)

    def line_text(self, offset: int) -> str:
        """The line around an offset, for display under a message; empty if it is too long to show."""
        start = self._starts[self.line_number(offset) - 1]
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return "" if end - start > MAX_SHOWN_LINE else self.text[start:end].replace("\t", " ")

    def error(self, offset: int, code: str, message: str) -> None:
        """Report one error at an offset.

        Raises:
            FindingLimitError: when this file has used up its share.
        """
        self._findings += 1
        if self._findings > MAX_FINDINGS:
            self.diagnostics.error(
                self.place(offset),
                "bib-too-large",
                f"more than {MAX_FINDINGS:,} errors in this file; what follows was not checked",
            )
            raise FindingLimitError
        self.diagnostics.error(self.place(offset), code, message, self.line_text(offset))


def open_source(path: str, data: bytes, diagnostics: Diagnostics) -> BibtexSource | None:
    """A file's text, ready to parse, or None if there is no point in going on.

    Reports `bib-too-large` and `bib-encoding`. Bytes that are not UTF-8 and control characters are
    reported one by one and replaced, so that the other errors of the file are found in the same run.
    """
    if len(data) > MAX_BYTES:
        diagnostics.error(
            Location(path),
            "bib-too-large",
            f"the file has more than {MAX_BYTES:,} bytes, and no more are read; split it into several files",
        )
        return None
    if data.startswith(_UTF16_MARKS):
        diagnostics.error(
            Location(path, 1, 1),
            "bib-encoding",
            "the file is encoded as UTF-16; save it with the encoding UTF-8",
        )
        return None
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    source = BibtexSource(path, text.replace("\r\n", "\n").replace("\r", "\n"), diagnostics)
    # The test of the whole text costs a tenth of the search, and passes for almost every file.
    plain = source.text.replace("\n", "").replace("\t", "")
    if not plain.isprintable() or "\ufffd" in plain:
        _check_characters(source)
        source.text = _UNREADABLE.sub(lambda bad: "?" * len(bad[0]), source.text)
    return source


def _check_characters(source: BibtexSource) -> None:
    for count, bad in enumerate(_UNREADABLE.finditer(source.text)):
        if count == MAX_ENCODING_FINDINGS:
            source.diagnostics.error(
                source.place(bad.start()),
                "bib-encoding",
                "more unreadable characters follow; the first "
                f"{MAX_ENCODING_FINDINGS} are listed. Save the file with the encoding UTF-8",
            )
            return
        source.diagnostics.error(source.place(bad.start()), "bib-encoding", _unreadable(bad[0]))


def _unreadable(found: str) -> str:
    if "\udc80" <= found[0] <= "\udcff":
        raw = bytes(ord(char) - 0xDC00 for char in found)
        meant = raw.decode("cp1252", "replace")
        guess = (
            f" (in Windows-1252 it would be '{meant}')"
            if meant.isprintable() and "\ufffd" not in meant
            else ""
        )
        name = " ".join(f"0x{byte:02X}" for byte in raw[:4]) + (" …" if len(raw) > 4 else "")
        return f"byte {name} is not UTF-8{guess}; save the file with the encoding UTF-8"
    if found == "\ufffd":
        return (
            "character U+FFFD stands where a character was lost in an earlier conversion; write the right one"
        )
    return f"character U+{ord(found):04X} is invisible and not allowed; delete it"
