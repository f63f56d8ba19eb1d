"""Reads a finished handbook with PDF libraries that have no part in making it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import Destination

# Numbers and ranges; after a number in words what became of its source.
CITED = re.compile(r"\[(\d[\d,–\s]*(?:[a-z][a-z ]*[\d,–\s]*)*)\]")
CONTENTS_LINE = re.compile(r"^(.+?)(?:\s*\.)+\s*(\d+)$")


def squeeze(text: str) -> str:
    """Text without white space, soft hyphens, joiners and citation numbers, as it is compared."""
    # The library gives a hyphen at the end of a line as U+0002.
    return re.sub(r"[\s\u00ad\u2060]", "", CITED.sub("", text).replace("\x02", "-"))


@dataclass(frozen=True)
class Pdf:
    """A PDF as a test asks it."""

    content: bytes

    @cached_property
    def reader(self) -> PdfReader:
        """The library's view of it."""
        return PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, as a viewer copies it."""
        document = pypdfium2.PdfDocument(self.content)
        return [page.get_textpage().get_text_bounded().replace("\r", "") for page in document]

    @cached_property
    def squeezed(self) -> list[str]:
        """The text of each page, squeezed."""
        return [squeeze(text) for text in self.pages]

    @cached_property
    def catalog(self) -> Any:
        """The root of the document."""
        return self.reader.trailer["/Root"]

    @cached_property
    def places(self) -> dict[str, int]:
        """Each named place with the number of its page."""
        return {
            name: (self.reader.get_destination_page_number(place) or 0) + 1
            for name, place in self.reader.named_destinations.items()
        }

    def links(self, number: int) -> Iterator[str]:
        """Name of the place, or address, to which each link of a page leads, in their order."""
        for reference in self.reader.pages[number - 1].get("/Annots", ()):
            annotation = reference.get_object()
            action = annotation.get("/A", {})
            yield str(annotation.get("/Dest") or action.get("/D") or action["/URI"])

    def outline(self) -> Iterator[tuple[int, str, int]]:
        """Depth, title and page of each bookmark."""

        def walk(items: list[Any], depth: int) -> Iterator[tuple[int, str, int]]:
            for item in items:
                if isinstance(item, Destination):
                    page = self.reader.get_destination_page_number(item)
                    yield depth, str(item.title), (page or 0) + 1
                else:
                    yield from walk(item, depth + 1)

        yield from walk(self.reader.outline, 1)

    def fonts(self) -> Iterator[tuple[str, bool]]:
        """Name of each font of each page, and whether its file is in the document."""
        for page in self.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                font = font.get_object()
                inner = [item.get_object() for item in font.get("/DescendantFonts", [font])]
                yield (
                    str(font["/BaseFont"]),
                    all(
                        any(f"/FontFile{form}" in item["/FontDescriptor"] for form in ("", "2", "3"))
                        for item in inner
                    ),
                )

    def contents(self) -> Iterator[tuple[str, int, str]]:
        """Each line of the contents: title, printed page, place to which it leads."""
        first_part = min(page for place, page in self.places.items() if place.startswith("part."))
        for number, text in enumerate(self.pages, 1):
            if not self.places["front.contents"] <= number < first_part:
                continue
            lines = [match for line in text.splitlines() if (match := CONTENTS_LINE.match(line.strip()))]
            if lines:
                places = [name for name in dict.fromkeys(self.links(number)) if name in self.places]
                assert len(lines) == len(places), (number, lines, places)
                yield from (
                    (match[1], int(match[2]), place) for match, place in zip(lines, places, strict=True)
                )

    def cited(self) -> Iterator[tuple[int, set[int]]]:
        """Page and the reference numbers in its brackets."""
        for number, text in enumerate(self.pages, 1):
            found: set[int] = set()
            for bracket in CITED.findall(text):
                for part in bracket.split(","):
                    ends = [int(end) for end in re.findall(r"\d+", part)]
                    if ends:
                        found.update(range(ends[0], ends[-1] + 1))
            if found:
                yield number, found
