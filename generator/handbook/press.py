"""Lays HTML out on pages and writes them as one tagged PDF: the only module that knows the typesetter."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

# Open fonts (SIL Open Font License) that packages bring along, so that every machine sets the same pages.
_FONTS = {"Book Serif": "font_source_serif_pro", "Book Sans": "font_source_sans_pro"}
_FACES = {
    ("400", "normal"): "Regular",
    ("400", "italic"): "It",
    ("600", "normal"): "Semibold",
    ("600", "italic"): "SemiboldIt",
    ("700", "normal"): "Bold",
    ("700", "italic"): "BoldIt",
}
_INSTALL = (
    "The typesetter needs the libraries Pango and HarfBuzz, which this machine lacks. On Debian or Ubuntu: "
    "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; on a Mac: brew install pango."
)


class PressFailed(Exception):
    """The document cannot be set here, or the typesetter complained; the message says what to do."""


class Press:
    """Sets the pieces of one document, one by one, for each needs the page numbers of others."""

    def __init__(self, style: str) -> None:
        self._weasyprint = _typesetter()
        fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._fonts = fonts
        self._style = self._weasyprint.CSS(string=_font_faces() + style, font_config=fonts)
        self._complaints = _Complaints()

    def lay_out(self, html: str, first_page: int) -> Any:
        """A piece on pages of which the first has this number."""
        side = "right" if first_page % 2 else "left"
        number = self._weasyprint.CSS(
            string=f"@page :first {{ counter-reset: page {first_page} }} html {{ break-before: {side} }}"
        )
        with self._complaints:
            return self._weasyprint.HTML(string=html).render(
                stylesheets=[self._style, number], font_config=self._fonts
            )

    def bind(self, pieces: Sequence[Any], identifier: str) -> bytes:
        """The pieces as one PDF: the same pieces, the same bytes."""
        pages = [page for piece in pieces for page in piece.pages]
        with self._complaints:
            content: bytes = (
                pieces[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())
            )
        return content


def page_of_each_id(pieces: Iterable[Any]) -> dict[str, int]:
    """Id to the number of the page on which it starts; pages count from 1 through all pieces."""
    found: dict[str, int] = {}
    pages = (page for piece in pieces for page in piece.pages)
    for number, page in enumerate(pages, 1):
        for name in page.anchors:
            found.setdefault(name, number)
    return found


class _Complaints(logging.Handler):
    """Makes an error of what the typesetter only logs, such as a link that leads nowhere."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint. Pieces refer to each other, so links are judged when they are bound."""
        self._found.append(record.getMessage())

    def __enter__(self) -> None:
        self._found.clear()
        logging.getLogger("weasyprint").addHandler(self)

    def __exit__(self, kind: object, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)
        if kind is None and self._found:
            raise PressFailed("\n".join(dict.fromkeys(self._found)))


def _typesetter() -> Any:
    if importlib.util.find_spec("weasyprint") is None:
        raise PressFailed("The handbook needs packages of its own. Make it with: make handbook")
    try:
        import weasyprint
        import weasyprint.text.fonts
    except OSError as error:
        raise PressFailed(f"{_INSTALL}\n({str(error).splitlines()[0]})") from None
    return weasyprint


def _font_faces() -> str:
    """Style rules that name the files of the fonts."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"); '
        f"font-weight: {weight}; font-style: {style} }}\n"
        for family, package in _FONTS.items()
        for (weight, style), face in _FACES.items()
        for path in [next(_folder(package).glob(f"*-{face}.otf"))]
    )


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise PressFailed("The handbook needs packages of its own. Make it with: make handbook")
    return Path(found.origin).parent / "files"
