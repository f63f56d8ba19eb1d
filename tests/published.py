"""The files of the data interface of a project, made once for all tests."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from generator.exports.all import all_exports
from generator.exports.changes import changes_data, since_last
from generator.exports.study_files import study_files
from generator.knowledge import KnowledgeBase
from generator.views.context import SiteContext

_made: dict[int, dict[str, bytes]] = {}


def exported(kb: KnowledgeBase) -> dict[str, bytes]:
    """Content by path from the folder of the index."""
    if id(kb) not in _made:
        site = SiteContext(kb)
        changes = changes_data(site, since_last(site))
        files = all_exports(site, chain(study_files(site), changes))
        _made[id(kb)] = {item.path.removeprefix("api/v1/"): item.content for item in files}
    return _made[id(kb)]


def as_json(kb: KnowledgeBase, name: str) -> Any:
    """A file as plain data."""
    return json.loads(exported(kb)[name])
