"""A prose page: its front matter. The body is Markdown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.base import Plain, Record, Review, Text

FormerPage = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$", max_length=160)
]


class PageMeta(Record):
    """Front matter of a file in content/pages/."""

    title: Plain
    """Title as shown."""

    lead: Text
    """One or two sentences under the title."""

    section: Literal["learn", "about"]
    """Menu under which the page stands."""

    order: Annotated[int, Field(ge=0)] = 100
    """Place in that menu; smaller first, then by title."""

    synonyms: tuple[Plain, ...] = ()
    """Other words by which a reader may search for it."""

    merged: tuple[FormerPage, ...] = ()
    """Former addresses that now lead here: `guides/old-name`."""

    review: Review
    """Drafted from, checked, reviewed, due."""
