"""`/llms.txt` (llmstxt.org): the way for a program that reads text. It leads to the Markdown twins."""

from __future__ import annotations

from collections.abc import Iterator

from generator import routes
from generator.artifacts import Artifact
from generator.exports.interface import credits_of
from generator.prose_markdown import literal
from generator.published.catalogue import files_made
from generator.views.context import SiteContext


def llms_txt(site: SiteContext) -> Artifact:
    """Name, description, terms, then every page and file by kind."""
    return Artifact(routes.LLMS_TXT, ("\n".join(_lines(site)) + "\n").encode())


def _lines(site: SiteContext) -> Iterator[str]:
    kb = site.kb
    publication = kb.publication
    yield from (f"# {literal(publication.name)}", "", f"> {literal(publication.description)}", "")
    yield f"- {literal(publication.caution)}"
    yield f"- Terms: [{literal(publication.licence.name)}]({publication.licence.url}), with credit to:"
    yield from (f"  - {literal(credit)}" for credit in credits_of(site))
    yield "- Each statement ends with the numbers of its sources, as in [1]; their list ends its page."
    yield "- A rating belongs to the body that gave it and to its scale; scales do not convert."
    yield "- What a page does not say, no source that was read says."
    yield from ("", f"## {literal(kb.name('page', 'techniques'))}", "")
    for technique in kb.current_techniques():
        yield _page(site, routes.technique(technique.id), technique.name, technique.summary.text)
    yield from ("", f"## {literal(kb.name('page', 'pain-sites'))}", "")
    for place in kb.sites.values():
        yield _page(site, routes.site(place.id), place.name, place.text or "")
    yield from ("", f"## {literal(kb.name('page', 'learn'))}", "")
    for page in kb.pages.values():
        yield _page(site, page.id, page.meta.title, page.meta.lead)
    yield from ("", "## Tools and lists", "")
    for identifier, name in kb.listed_pages():
        yield _page(site, routes.generated_page(identifier), name)
    yield from ("", f"## {literal(kb.name('page', 'data'))}", "")
    for entry in files_made(with_checklist=kb.criteria is not None):
        if "*" not in entry.path:
            yield _item(site, f"{routes.API}/{entry.path}", entry.path, entry.title)
    yield from ("", "## Optional", "")
    for group in kb.groups.values():
        yield _page(site, routes.group(group.id), group.name, group.text or "")


def _page(site: SiteContext, address: str, name: str, text: str = "") -> str:
    return _item(site, routes.twin(address), name, site.plain(text))


def _item(site: SiteContext, path: str, name: str, text: str) -> str:
    link = f"- [{literal(name)}]({site.kb.publication.address or ''}{path})"
    return f"{link}: {literal(text)}" if text else link
