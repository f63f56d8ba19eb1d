"""A prose page: YAML front matter and a Markdown body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostics, Location, shown
from generator.load.decode import decode
from generator.load.text_file import decode_text, place
from generator.load.yaml_file import YamlDocument, parse_yaml_text
from generator.model.page import PageMeta
from generator.prose_markdown import CODE

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_PAGE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")


@dataclass(frozen=True, slots=True)
class ProsePage:
    """A page as written: its front matter, its Markdown, and where each came from."""

    id: str
    """Address of the page, without slashes at its ends: `guides/when-to-refer`."""
    meta: PageMeta
    body: str
    path: str
    body_line: int
    """Line of the file on which the body starts, counted from 1."""
    document: YamlDocument

    @property
    def prose(self) -> str:
        """The body with blanks for code, which holds no citations and no links; places stay the same."""
        return CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), self.body)

    def locate(self, offset: int) -> Location:
        """The place in the file of a character offset in the body."""
        found = place(self.path, self.body, offset)
        return Location(self.path, found.line + self.body_line - 1, found.column)


def parse_prose(path: str, page_id: str, data: bytes, diagnostics: Diagnostics) -> ProsePage | None:
    """The page in a file, or None after reporting everything that is wrong with its front matter."""
    text = decode_text(path, data, diagnostics)
    if text is None:
        return None
    if not _PAGE_ID.fullmatch(page_id):
        diagnostics.error(
            Location(path),
            "malformed-id",
            f"{shown(page_id)} is not an address: lower-case letters, digits and single hyphens only",
        )
        return None
    match = _FRONT_MATTER.match(text)
    if match is None:
        diagnostics.error(
            Location(path, 1, 1),
            "missing-front-matter",
            "the page must start with a line '---', its front matter, and a line '---'",
        )
        return None
    document = parse_yaml_text(path, match[1], diagnostics, line_offset=1)
    if document is None:
        return None
    meta = decode(document, PageMeta, diagnostics)
    if meta is None:
        return None
    body = text[match.end() :]
    return ProsePage(
        page_id, meta, body, path, text.count("\n", 0, match.end()) + 1, replace(document, data="")
    )
