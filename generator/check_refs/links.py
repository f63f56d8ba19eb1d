"""Whether an address still leads somewhere: HEAD first, GET where that is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from generator.check_refs.fetch import Answer, Fetcher, NoAnswer, NoSuchHost

ATTEMPTS = 3
_MOST_STEPS = 8
_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}

State = Literal["works", "gone", "moved", "failing"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of following an address."""

    state: State
    answer: str
    """Status, or fault in words."""
    leads_to: str = ""
    """Where it leads for good."""
    heard: bool = True
    """false where no server spoke at all: then what is at fault may be here."""


def follow(fetcher: Fetcher, url: str) -> Outcome:
    """What an address leads to. Only redirects that are for good count as moved."""
    here, moved, for_good, first = url, "", True, ""
    for _ in range(_MOST_STEPS):
        try:
            answer = _ask(fetcher, here)
        except NoSuchHost as fault:
            return Outcome("gone", str(fault), heard=False)
        except NoAnswer as fault:
            return Outcome("failing", str(fault), heard=False)
        if answer.status in _REDIRECTS and answer.headers.get("location"):
            here = urljoin(here, answer.headers["location"])
            if urlsplit(here).scheme not in ("http", "https"):
                return Outcome("failing", f"{answer.status} to another kind of address")
            for_good = for_good and answer.status in _PERMANENT
            if for_good:
                moved, first = here, first or str(answer.status)
            continue
        if answer.status in (404, 410):
            return Outcome("gone", str(answer.status))
        if answer.status >= 400:
            return Outcome("failing", str(answer.status))
        return Outcome("moved", first, moved) if moved else Outcome("works", str(answer.status))
    return Outcome("failing", "too many redirects")


def _ask(fetcher: Fetcher, url: str) -> Answer:
    """The answer to HEAD, or, where a server has none or refuses, to GET."""
    try:
        answer = fetcher.get(url, method="HEAD", follow=False, attempts=1, whole=False)
        if answer.status < 400:
            return answer
    except NoSuchHost:
        raise
    except NoAnswer:
        pass
    return fetcher.get(url, follow=False, attempts=ATTEMPTS, whole=False)
