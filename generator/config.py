"""Where everything lies: every directory name of the project, once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = "site_templates"
KEPT_TEMPLATES = "templates"
INSTALLED_TEMPLATES = Path(__file__).resolve().parent.parent / TEMPLATES
"""What comes with the generator, so that an upgrade reaches every site that has no templates of its own."""


@dataclass(frozen=True, slots=True)
class Project:
    """A knowledge site's directories, all derived from its root."""

    root: Path
    version: str = ""
    """What the content is called; empty when nothing says so (`load/version.py`)."""
    today: datetime.date | None = None
    """The day on which reviews are due or not; without it none is. It decides findings, never a file."""

    @property
    def techniques(self) -> Path:
        """One YAML file for each technique."""
        return self.root / "techniques"

    @property
    def vocabulary(self) -> Path:
        """The lists that techniques refer to."""
        return self.root / "content" / "vocabulary"

    @property
    def pages(self) -> Path:
        """Prose pages in Markdown."""
        return self.root / "content" / "pages"

    @property
    def technique_schema(self) -> Path:
        """The JSON Schema that editors read while a record is written."""
        return self.root / "content" / "schema" / "technique.schema.json"

    @property
    def releases(self) -> Path:
        """What was published before: written by `atlas release`, committed."""
        return self.root / "content" / "releases"

    @property
    def snapshots(self) -> Path:
        """The pages of former versions, one zip each; kept beside the sources, never committed."""
        return self.root / "releases"

    @property
    def references(self) -> Path:
        """BibTeX files."""
        return self.root / "references"

    @property
    def reference_status(self) -> Path:
        """What has become of the references: written by `atlas check-refs`, committed."""
        return self.references / "status.yaml"

    @property
    def reference_answers(self) -> Path:
        """What the services answered, one file each: the memory of `atlas check-refs`, committed."""
        return self.references / "answers"

    @property
    def templates(self) -> Path:
        """Page and component templates, style, scripts: the project's own, else the generator's."""
        own = self.root / TEMPLATES
        return own if own.is_dir() else INSTALLED_TEMPLATES

    @property
    def engine_settings(self) -> Path:
        """What the site engine is told."""
        return self.root / "mkdocs.yml"

    @property
    def sources(self) -> tuple[Path, ...]:
        """Everything that a site is made from."""
        return (
            self.techniques,
            self.root / "content",
            self.references,
            self.templates,
            self.engine_settings,
        )

    @property
    def build(self) -> Path:
        """Everything generated; never committed."""
        return self.root / "build"

    @property
    def docs(self) -> Path:
        """The tree an engine builds from."""
        return self.build / "docs"

    @property
    def theme(self) -> Path:
        """The frame around every page, as the engine reads it; `custom_dir` in mkdocs.yml names it."""
        return self.build / "theme"

    @property
    def kept_twins(self) -> Path:
        """Where Markdown twins stay from build to build."""
        return self.build / "twins"

    @property
    def kept_drawings(self) -> Path:
        """Drawings as PNG, by the hash of what they show, from build to build."""
        return self.build / "drawings"

    @property
    def kept_templates(self) -> Path:
        """Where compiled templates stay from build to build."""
        return self.build / KEPT_TEMPLATES

    @property
    def kept_cards(self) -> Path:
        """Where cards of link previews stay from build to build."""
        return self.build / "cards"

    @property
    def site(self) -> Path:
        """The last complete site."""
        return self.build / "site"

    @property
    def preview(self) -> Path:
        """The site of the live preview."""
        return self.build / "preview"

    @property
    def first_pages(self) -> Path:
        """The pages that the live preview builds before all others."""
        return self.build / "first-pages"

    @property
    def handbook(self) -> Path:
        """The whole site as one document to print."""
        return self.build / "handbook"

    def shown(self, path: Path) -> str:
        """A path as it is printed in messages: relative to the root, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()
