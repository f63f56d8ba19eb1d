"""Polite requests: one at a time, at the pace that a server asks for, patient with faults, bounded."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from urllib3.exceptions import NameResolutionError
from urllib3.util import Retry

MOST_BYTES = 8_000_000
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed."""


class NoAnswer(Exception):
    """A request failed for good in this run; the text says why."""


class NoSuchHost(NoAnswer):
    """The name of the server leads nowhere."""


class _Passing(Exception):
    """A fault that may pass, and how long the server asks to wait."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        self.why, self.wait = why, wait
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait; seconds."""

    connect: float = 10
    read: float = 30
    whole: float = 120
    """For one answer from its first byte to its last, so that a trickle ends."""
    attempts: int = 5
    first_wait: float = 1
    """After the first fault; it doubles with each further one, and chance adds up to as much again."""
    most_wait: float = 60
    most_asked_wait: float = 600
    """A server that asks for a longer one is left for this run."""


@dataclass(slots=True)
class Fetcher:
    """Sends requests, each in its turn."""

    contact: str
    """Address for the people who run the servers."""
    patience: Patience = Patience()
    pace: dict[str, float] = field(default_factory=dict)
    """Host to the seconds between two requests; a host without a line has a second."""
    sleep: Callable[[float], None] = time.sleep
    say: Callable[[str], None] = lambda _: None
    """Told when a wait is long enough to be noticed."""
    _session: requests.Session = field(default_factory=requests.Session)
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        agent = f"atlas-check-refs/1 (mailto:{self.contact})"
        self._session.headers["User-Agent"] = agent
        self._session.max_redirects = 8

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        follow: bool = True,
        read: Callable[[bytes], object] | None = None,
        attempts: int | None = None,
        whole: bool = True,
    ) -> Answer:
        """The answer, after as many attempts as patience allows. Raises `NoAnswer`.

        `read` is tried on the body of a good answer: a `ValueError` of it counts as a fault that may pass.
        Without `whole` the body is left unread.
        """

        def once() -> Answer:
            answer = self._once(method, url, params, headers, follow, whole)
            if answer.status in PASSING:
                raise _Passing(f"status {answer.status}", _asked_wait(answer))
            if read is not None and answer.status == 200:
                try:
                    read(answer.body)
                except ValueError as error:
                    raise _Passing(f"an answer that cannot be read ({error})") from None
            return answer

        retrying = Retrying(
            retry=retry_if_exception_type(_Passing),
            stop=stop_after_attempt(attempts or self.patience.attempts),
            wait=self._wait,
            sleep=self._told_sleep,
            reraise=True,
        )
        try:
            return retrying(once)
        except _Passing as fault:
            raise NoAnswer(fault.why) from None

    def _wait(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.wait if isinstance(fault, _Passing) else None
        if asked is not None:
            if asked > self.patience.most_asked_wait:
                raise NoAnswer(f"{fault}; the server asks to wait {asked:.0f} s")
            return asked
        grown = self.patience.first_wait * 2.0 ** (state.attempt_number - 1)
        return min(grown * (1 + random.random()), self.patience.most_wait)

    def _told_sleep(self, seconds: float) -> None:
        if seconds > 2:
            self.say(f"waiting {seconds:.0f} s")
        self.sleep(seconds)

    def _once(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        follow: bool,
        whole: bool,
    ) -> Answer:
        host = urlsplit(url).netloc
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if (rest := self.pace.get(host, 1.0) - since) > 0:
            self.sleep(rest)
        timeout = (self.patience.connect, self.patience.read)
        try:
            with self._session.request(
                method,
                url,
                params=params,
                headers=headers,
                timeout=timeout,
                allow_redirects=follow,
                stream=True,
            ) as response:
                lowered = {name.lower(): value for name, value in response.headers.items()}
                self._keep_pace(host, lowered)
                body = self._body(response) if whole else b""
                return Answer(response.status_code, body, lowered)
        except requests.exceptions.TooManyRedirects:
            raise NoAnswer("too many redirects") from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
            raise NoAnswer(f"no address to ask ({error})") from None
        except requests.exceptions.SSLError:
            raise NoAnswer("its certificate does not hold") from None
        except requests.exceptions.Timeout:
            raise _Passing("no answer in time") from None
        except requests.exceptions.RequestException as error:
            if _is_no_host(error):
                raise NoSuchHost("no such host") from None
            raise _Passing("the connection failed") from None
        finally:
            self._last[host] = time.monotonic()

    def _body(self, response: requests.Response) -> bytes:
        started, parts, size = time.monotonic(), [], 0
        for part in response.iter_content(65_536):
            size += len(part)
            parts.append(part)
            if size > MOST_BYTES:
                raise NoAnswer(f"an answer of more than {MOST_BYTES // 1_000_000} MB")
            if time.monotonic() - started > self.patience.whole:
                raise _Passing("no whole answer in time")
        return b"".join(parts)

    def _keep_pace(self, host: str, headers: Mapping[str, str]) -> None:
        """Crossref says `x-rate-limit-limit: 10` and `x-rate-limit-interval: 1s`; the slower pace is kept."""
        try:
            limit = float(headers["x-rate-limit-limit"])
            interval = float(headers["x-rate-limit-interval"].rstrip("s "))
        except (KeyError, ValueError):
            return
        if limit > 0 and 0 < interval <= 3600:
            self.pace[host] = max(interval / limit, self.pace.get(host, 0.0))


def _asked_wait(answer: Answer) -> float | None:
    """Seconds that `Retry-After` asks for, given as a number or a date."""
    value = answer.headers.get("retry-after")
    if value is None:
        return None
    try:
        return max(0.0, Retry().parse_retry_after(value))
    except Exception:
        return None  # a header that nobody can read asks for nothing


def _is_no_host(error: requests.exceptions.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NameResolutionError)
