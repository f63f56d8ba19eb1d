"""Drawings of the built site as PNG, for programs that take no SVG; kept by the hash of what they show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import font_source_sans_pro
import svg2png_py

from generator import routes
from generator.parallel import map_in_order
from generator.write import write_if_changed

FAMILY = "Source Sans Pro"
ZOOM = 1.25
_DIGITS = 32
_WEIGHTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-It.ttf")


@cache
def _fonts() -> svg2png_py.FontDatabase:
    """Fonts that come with the build, and none of the machine, so that everyone draws the same bytes."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    fonts = svg2png_py.FontDatabase()
    for name in _WEIGHTS:
        fonts.load_font_file(str(folder / name))
    return fonts


def drawings(site: Path, further: Iterable[str]) -> list[Path]:
    """The SVG files of a site that have a PNG beside them: its figures, and those that are named."""
    return [*sorted((site / routes.FIGURES).rglob("*.svg")), *(site / name for name in further)]


def png(svg: str) -> bytes:
    """A drawing as PNG, in the fonts of the build."""
    width, height = svg2png_py.svg_intrinsic_size(svg, _fonts())
    drawn: bytes = svg2png_py.svg_to_png(
        svg,
        _fonts(),
        transform=(ZOOM, 0, 0, 0, ZOOM, 0),
        bg_size=(round(width * ZOOM), round(height * ZOOM)),
        options=svg2png_py.RenderOptions(font_family=FAMILY),
    )
    return drawn


def write_pngs(site: Path, kept: Path, further: Iterable[str] = ()) -> int:
    """Write a PNG beside every drawing; `kept` holds those of former builds. Returns how many are new.

    A kept file is called by what it shows and by its own hash; another content is drawn anew.
    """
    found = drawings(site, further)
    names = [_name(path.read_bytes()) for path in found]
    known = _known(kept, set(names))
    missing = sorted(
        {name: path for name, path in zip(names, found, strict=True) if name not in known}.items()
    )
    made = map_in_order(lambda item: png(item[1].read_text("utf-8")), missing, worthwhile=8)
    for (name, _), content in zip(missing, made, strict=True):
        write_if_changed(kept / f"{name}{_sum(content)}.png", content)
        known[name] = content
    for name, path in zip(names, found, strict=True):
        path.with_suffix(".png").write_bytes(known[name])
    return len(missing)


def _known(kept: Path, wanted: set[str]) -> dict[str, bytes]:
    """The kept drawings that are wanted and whole, by name; all other files go."""
    known = {}
    for path in sorted(kept.iterdir()) if kept.is_dir() else ():
        content = path.read_bytes()
        name = path.name[:_DIGITS]
        if name in wanted and path.name == f"{name}{_sum(content)}.png":
            known[name] = content
        else:
            path.unlink()
    return known


def _sum(content: bytes) -> str:
    return f"-{hashlib.sha256(content).hexdigest()[:_DIGITS]}"


def _name(svg: bytes) -> str:
    """What a drawing is kept under: what it shows, and what draws it."""
    drawn_by = f"{version('svg2png-py')} {FAMILY} {ZOOM}"
    return hashlib.sha256(drawn_by.encode() + svg).hexdigest()[:_DIGITS]
