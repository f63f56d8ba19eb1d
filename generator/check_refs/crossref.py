"""Crossref's REST API: a work with its updates, among them those of Retraction Watch.

Shape (api.crossref.org/works/{doi}): `message` holds `title` and `subtitle` as lists, `author` with `family`
or `name` and `sequence`, dates as `date-parts`, and `updated-by`: for each notice its `DOI`, `type`, `label`,
`updated` and `source`, which is `publisher` or `retraction-watch`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any, Literal

from generator.check_refs.printed import Printed, clean, marked_in_title
from generator.model.ref_status import Notice, NoticeKind

KINDS: Mapping[str, NoticeKind] = {
    "retraction": "retraction",
    "withdrawal": "retraction",
    "removal": "retraction",
    "partial-retraction": "partial-retraction",
    "expression-of-concern": "concern",
    "concern": "concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
}
"""Types of update, with hyphens; every other one (addendum, clarification, new version) is an update."""
_DATES = ("published", "published-print", "published-online", "issued")
_KEPT = ("DOI", "title", "subtitle", "original-title", *_DATES, "updated-by")


def work(body: bytes) -> dict[str, Any]:
    """The parts of an answer that matter, as they are kept. Raises `ValueError` for any other answer."""
    data = json.loads(body)
    message = data.get("message") if isinstance(data, dict) else None
    if not isinstance(message, dict) or not isinstance(message.get("DOI"), str):
        raise ValueError("no work in it")
    kept = {name: message[name] for name in _KEPT if message.get(name)}
    authors = [item for item in _items(message, "author") if item.get("family") or item.get("name")]
    if authors:
        kept["author"] = [
            {name: item[name] for name in ("family", "given", "name") if item.get(name)}
            for item in sorted(authors, key=lambda item: item.get("sequence") != "first")
        ]
    return kept


def agency(body: bytes) -> str:
    """Who registered a DOI. Raises `ValueError` for any other answer."""
    data = json.loads(body)
    try:
        name = data["message"]["agency"]["id"]
    except (KeyError, TypeError):
        raise ValueError("no agency in it") from None
    return clean(name)


def printed(kept: Mapping[str, Any]) -> Printed:
    """A kept work."""
    main = [clean(item) for item in _texts(kept, "title")]
    subtitles = [clean(item) for item in _texts(kept, "subtitle")]
    titles = [*main, *(f"{title}: {subtitle}" for title in main for subtitle in subtitles)]
    titles += [clean(item) for item in _texts(kept, "original-title")]
    years = {date[0] for name in _DATES if (date := _date_parts(kept.get(name)))}
    authors = (
        (clean(item.get("family")), clean(item.get("given")))
        if item.get("family")
        else (clean(item.get("name")), "")
        for item in _items(kept, "author")
    )
    notices = [notice for item in _items(kept, "updated-by") if (notice := _notice(item))]
    if any(map(marked_in_title, main)) and not any(notice.kind == "retraction" for notice in notices):
        mark = next(filter(None, map(marked_in_title, main)))
        notices.append(
            Notice(kind="retraction", label=f"Marked “{mark}” in its title", said_by=("crossref",))
        )
    return Printed(
        tuple(filter(None, titles)),
        tuple(sorted(years)),
        tuple(author for author in authors if author[0]),
        tuple(notices),
    )


def _notice(item: Mapping[str, Any]) -> Notice | None:
    kind = clean(item.get("type")).lower().replace("_", "-").replace(" ", "-")
    if not kind:
        return None
    source: Literal["retraction-watch", "crossref"] = (
        "retraction-watch" if item.get("source") == "retraction-watch" else "crossref"
    )
    parts = _date_parts(item.get("updated"))
    try:
        day = datetime.date(*parts) if len(parts) == 3 else None
    except ValueError:
        day = None
    return Notice(
        kind=KINDS.get(kind, "update"),
        label=clean(item.get("label"), 80) or kind.replace("-", " ").capitalize(),
        date=day,
        doi=clean(item.get("DOI"), 200).lower() or None,
        said_by=(source,),
    )


def _date_parts(value: Any) -> list[int]:
    """[2010, 2, 6] of `{"date-parts": [[2010, 2, 6]]}`; empty for anything else."""
    try:
        parts = value["date-parts"][0]
    except (KeyError, IndexError, TypeError):
        return []
    return list(parts) if parts and all(type(part) is int for part in parts) else []


def _items(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = data.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _texts(data: Mapping[str, Any], name: str) -> list[str]:
    found = data.get(name)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
