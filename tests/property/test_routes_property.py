"""Any two addresses: the link between them leads where it says."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from generator import routes

SLUG = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
ADDRESS = st.just("") | st.lists(SLUG, min_size=1, max_size=4).map("/".join)
PREFIX = st.sampled_from(
    ["https://example.org/", "https://example.org/some/prefix/", "file:///home/me/site/"]
)


def url(prefix: str, address: str) -> str:
    return f"{prefix}{address}/" if address else prefix


@given(PREFIX, ADDRESS, ADDRESS, st.just("") | SLUG)
def test_a_link_leads_to_its_target_under_any_prefix(
    prefix: str, source: str, target: str, anchor: str
) -> None:
    """As a browser resolves it."""
    href = routes.relative(source, target, anchor)
    expected = url(prefix, target) + (f"#{anchor}" if anchor else "")
    assert urljoin(url(prefix, source), href) == expected


@given(PREFIX, ADDRESS, st.lists(SLUG, min_size=1, max_size=3).map("/".join))
def test_a_file_is_found_from_any_page(prefix: str, source: str, file: str) -> None:
    """Data files and style sheets."""
    assert (
        urljoin(url(prefix, source), routes.relative_file(source, f"{file}.json")) == f"{prefix}{file}.json"
    )


@given(ADDRESS, ADDRESS, st.just("") | SLUG)
def test_a_link_names_no_host_and_no_root(source: str, target: str, anchor: str) -> None:
    """Never empty, never absolute."""
    href = routes.relative(source, target, anchor)
    parts = urlsplit(href)
    assert href
    assert (parts.scheme, parts.netloc) == ("", "")
    assert not href.startswith("/")
