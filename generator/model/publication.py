"""Who publishes a site, under which name, address and licence."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from generator.model.base import CitationText, Plain, Record

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"\\]+/$")]
WebPage = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"\\]+$")]


class Licence(Record):
    """Terms under which the content may be used."""

    name: Plain
    """As it is shown: `CC BY-NC 4.0`."""

    spdx: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.+-]+$")]
    """Its identifier in the SPDX list: `CC-BY-NC-4.0`."""

    url: WebPage
    """Where its text stands."""


SchemaType = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$")]


class StructuredData(Record):
    """What search engines are told that things are: types of schema.org. Without it, the general ones."""

    page: SchemaType = "WebPage"
    """A page: `MedicalWebPage` in a medical field."""

    technique: SchemaType = "Thing"
    """What a technique's page is about: `MedicalProcedure`."""

    audience: SchemaType = "Audience"
    """Those for whom it is written: `MedicalAudience`."""


class Publication(Record):
    """File `publication.yaml`."""

    name: Plain
    """Name of the site; `site_name` in mkdocs.yml says the same."""

    short_name: Plain
    """The name where there is little room: the header on a phone."""

    app_name: Plain | None = None
    """The name under an app's icon, where even the short name is too long: two words."""

    categories: tuple[Plain, ...] = ()
    """What the installed app is filed under, in a store's words: `medical`, `sports`."""

    description: Plain
    """One or two sentences: what it holds and for whom."""

    authors: Plain
    """Who is named as its author in a citation."""

    audience: Plain
    """Whom it is written for, in the plural: `teachers`."""

    caution: Plain
    """The sentence that stands wherever a part of it is shown apart from the rest: what it is not."""

    licence: Licence
    """Terms of the content."""

    credit: Annotated[tuple[CitationText, ...], Field(min_length=1)]
    """Keys of the sources whose licence asks for credit wherever the content is used."""

    structured_data: StructuredData = StructuredData()
    """What its pages and techniques are in the words of schema.org."""

    address: WebAddress | None = None
    """Where it is published, with a slash at its end. What needs a full address is made only with it."""
