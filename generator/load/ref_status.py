"""Reads `references/status.yaml`, which `atlas check-refs` writes. Without it nothing is known or said."""

from __future__ import annotations

from generator.config import Project
from generator.diagnostics import Diagnostics, Location
from generator.load.decode import decode
from generator.load.yaml_file import YamlDocument, parse_yaml
from generator.model.ref_status import StatusFile


def load_ref_status(project: Project, diagnostics: Diagnostics) -> tuple[StatusFile, YamlDocument] | None:
    """The file and its places; None where there is none, or after reporting what is wrong with it."""
    path = project.reference_status
    shown = project.shown(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        diagnostics.error(Location(shown), "file-unreadable", f"cannot be read: {error.strerror or error}")
        return None
    document = parse_yaml(shown, data, diagnostics)
    status = None if document is None else decode(document, StatusFile, diagnostics)
    return None if document is None or status is None else (status, document)
