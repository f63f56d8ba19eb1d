"""The words of the specialty outside page templates: scripts, the theme's frame, the app's manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator import routes
from generator.artifacts import Artifact
from generator.knowledge import KnowledgeBase

# A site that has a page of this address is linked to it from the foot of every page.
ACCESSIBILITY = "accessibility"


def script_words(kb: KnowledgeBase) -> Artifact:
    """The module from which scripts take them."""
    words = {
        "site": kb.words.site.head,
        "sites": kb.words.site.heads,
        "allSites": f"All {kb.words.site.many}",
        "causes": kb.words.cause.heads,
        "complaint": kb.words.complaint.one,
        "work": kb.words.work,
        "ask": kb.texts.search.field,
    }
    text = "// The words of this site's specialty: content/vocabulary/page-texts.yaml.\n"
    return Artifact("assets/js/words.mjs", f"{text}export const WORDS = {_json(words)};\n".encode())


def frame_words(kb: KnowledgeBase) -> Artifact:
    """The template from which the theme's own take them, by an import: text, to be escaped there."""
    publication, texts = kb.publication, kb.texts
    words = {
        "name": publication.name,
        "short_name": publication.short_name,
        "description": publication.description,
        "audience": publication.audience,
        "licence": publication.licence.name,
        "licence_url": publication.licence.url,
        "note": texts.foot.note,
        "credit": texts.foot.credit,
        "work": kb.words.work,
        "accessibility": kb.pages[ACCESSIBILITY].meta.title if ACCESSIBILITY in kb.pages else "",
        "sites": kb.words.site.heads,
        "figure": "yes" if kb.body else "",
        "ask": texts.search.door,
        "lost": texts.lost.lead,
        "lost_sites": texts.lost.sites,
        "door": texts.checklist.door,
        "checklist": kb.page_names.get(routes.REFERRAL_CHECKLIST, ""),
    }
    return Artifact("frame.html", f"{{% set words = {_json(words)} %}}\n".encode())


def manifest(kb: KnowledgeBase, drawn: Mapping[str, Any]) -> Artifact:
    """The manifest of the installed app: how it is drawn, with names from the publication."""
    publication, names = kb.publication, kb.page_names
    shortcuts = (routes.REFERRAL_CHECKLIST, routes.EVIDENCE_MAP)
    app = {
        "id": "./",
        "name": publication.name,
        "short_name": publication.app_name or publication.short_name,
        "description": publication.description,
        **drawn,
        "categories": [*publication.categories, *drawn["categories"]],
        "shortcuts": [{"name": names[page], "url": f"{page}/"} for page in shortcuts if page in names],
    }
    return Artifact("site.webmanifest", (json.dumps(app, ensure_ascii=False, indent=2) + "\n").encode())


def _json(words: dict[str, str]) -> str:
    return json.dumps(words, ensure_ascii=False, indent=2)
