"""The geometry of the schematic body: data, so that another field can bring another figure."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from generator.model.base import Id, Plain, Record, Ref

SvgPath = Annotated[str, StringConstraints(pattern=r"^[MmLlHhVvCcSsQqTtAaZz0-9 ,.eE-]+$")]


class Side(Record):
    """A region on one side of the body."""

    shape: SvgPath
    """Outline as an SVG path."""

    dot: Annotated[tuple[float, float], Field()]
    """Where the leader line of the label ends."""


class Region(Record):
    """A region of the figure that leads to a site."""

    site: Annotated[Id, Ref("site")]
    """The site it leads to."""

    label: Plain
    """Short name beside the figure."""

    front: Side | None = None
    """Its shape on the front."""

    back: Side | None = None
    """Its shape on the back."""


class Detail(Record):
    """Lines that only help to read the figure."""

    front: tuple[SvgPath, ...] = ()
    """On the front."""

    back: tuple[SvgPath, ...] = ()
    """On the back."""


class BodyGeometry(Record):
    """File `body-map.yaml`."""

    silhouette: SvgPath
    """Outline of the whole figure, the same for front and back."""

    detail: Detail = Detail()
    """Lines that only help to read the figure."""

    regions: tuple[Region, ...]
    """Regions from head to foot: the order of the labels and of the keyboard."""
