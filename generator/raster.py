"""Drawings of the site as PNG, for programs that take no SVG; kept by the hash of what they show."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import font_source_sans_pro
import svg2png_py

from generator import routes
from generator.artifacts import Artifact
from generator.kept import made_or_kept
from generator.site_files import file_names

FAMILY = "Source Sans Pro"
ZOOM = 1.25
_WEIGHTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-It.ttf")


@cache
def _fonts() -> svg2png_py.FontDatabase:
    """Fonts that come with the build, and none of the machine, so that everyone draws the same bytes."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    fonts = svg2png_py.FontDatabase()
    for name in _WEIGHTS:
        fonts.load_font_file(str(folder / name))
    return fonts


def drawings(docs: Path, further: Iterable[str]) -> list[str]:
    """The SVG files of a generated tree that get a PNG beside them: its figures, and those that are named."""
    figures = docs / routes.FIGURES
    names = file_names(figures, ".svg") if figures.is_dir() else []
    return [*(f"{routes.FIGURES}/{name}" for name in names), *further]


def png(svg: str) -> bytes:
    """A drawing as PNG, in the fonts of the build. It names its own width and height."""
    # Asked for its size, the library would set all text a first time.
    drawing = ElementTree.fromstring(svg)
    width, height = float(drawing.attrib["width"]), float(drawing.attrib["height"])
    drawn: bytes = svg2png_py.svg_to_png(
        svg,
        _fonts(),
        transform=(ZOOM, 0, 0, 0, ZOOM, 0),
        bg_size=(round(width * ZOOM), round(height * ZOOM)),
        options=svg2png_py.RenderOptions(font_family=FAMILY),
    )
    return drawn


def draw(docs: Path, kept: Path, further: Iterable[str] = ()) -> tuple[list[Artifact], int]:
    """A PNG of every drawing, as a file of the built site, and how many are new.

    `kept` is the folder with those of former builds.
    """
    found = drawings(docs, further)
    maker = f"{version('svg2png-py')} {FAMILY} {ZOOM}"
    sources = [(docs / path).read_bytes() for path in found]
    drawn, new = made_or_kept(kept, maker, sources, lambda svg: png(svg.decode()), worthwhile=8)
    names = (path.removesuffix(".svg") + ".png" for path in found)
    return [Artifact(name, content) for name, content in zip(names, drawn, strict=True)], new
