"""The handbook of a small site: one PDF whose numbers, links and structure are right."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import Any

import pytest

from generator import routes
from generator.handbook import book, lists
from generator.handbook.bind import Leaf, bind
from generator.handbook.press import Press, PressFailed
from generator.knowledge import KnowledgeBase
from generator.model.base import Record, Statement
from generator.page_marks import ROOT
from generator.views.context import SiteContext
from generator.views.parts import Link, ReferenceItem
from tests.conftest import ROOT as REPOSITORY
from tests.conftest import MakeProject
from tests.handbook_pdf import Pdf, squeeze
from tests.unit.test_cli import atlas

TEMPLATES = REPOSITORY / "site_templates"


def make(kb: KnowledgeBase) -> book.Handbook:
    return book.make(SiteContext(kb), TEMPLATES, lambda _: None)


@pytest.fixture(scope="module")
def made(everything: KnowledgeBase) -> book.Handbook:
    return make(everything)


@pytest.fixture(scope="module")
def pdf(made: book.Handbook) -> Pdf:
    return Pdf(made.content)


def statements(value: object) -> Iterator[Statement]:
    """Every statement in a record, however deep."""
    if isinstance(value, Statement):
        yield value
    if isinstance(value, Record):
        for name in type(value).model_fields:
            yield from statements(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from statements(item)


def test_it_is_named_and_dated_by_its_content(made: book.Handbook, pdf: Pdf) -> None:
    """Title, author, licence and date come from the publication and the last check, not from a clock."""
    assert made.name == "the-bicycle-repair-guide.pdf"
    assert made.pages == len(pdf.pages)
    found = pdf.reader.metadata
    assert found is not None
    assert (found.title, found.author) == ("The Bicycle Repair Guide", "The Pedal Press")
    assert found.subject == "Repairs of bicycles, by place and by method."
    assert made.version in found["/Keywords"]
    assert "CC BY 4.0" in found["/Keywords"]
    assert found["/CreationDate"] == found["/ModDate"] == "D:20260131"


def test_the_same_records_make_the_same_bytes(minimal: KnowledgeBase) -> None:
    """Nothing in it depends on the hour or on the order in which memory was given."""
    assert make(minimal).content == make(minimal).content


def test_it_is_tagged(pdf: Pdf) -> None:
    """A screen reader gets headings, lists and tables, the language and the title."""
    assert pdf.catalog["/Lang"] == "en"
    assert pdf.catalog["/MarkInfo"]["/Marked"]
    assert pdf.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in pdf.catalog["/Metadata"].get_data()
    kinds: set[str] = set()

    def walk(element: object) -> None:
        for item in element if isinstance(element, list) else [element]:
            item = item.get_object() if hasattr(item, "get_object") else item
            if isinstance(item, dict):
                kinds.add(str(item.get("/S")))
                walk(item.get("/K", []))

    walk(pdf.catalog["/StructTreeRoot"]["/K"])
    assert kinds >= {"/Document", "/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link"}


def test_every_font_is_in_it(pdf: Pdf) -> None:
    """A printer needs no font of its own, and only the two families of the book are used."""
    fonts = set(pdf.fonts())
    assert all(embedded for _, embedded in fonts), fonts
    assert {name.split("+")[1].split("-")[1] for name, _ in fonts} == {"Serif", "Sans"}


def test_the_contents_give_the_right_pages(pdf: Pdf, everything: KnowledgeBase) -> None:
    """Each line names the page that it leads to, and there stands what it names."""
    lines = list(pdf.contents())
    assert len(lines) > len(everything.techniques)
    for title, page, place in lines:
        assert pdf.places[place] == page, title
        assert squeeze(title) in pdf.squeezed[page - 1], (title, page)


def test_bookmarks_follow_the_contents(pdf: Pdf, everything: KnowledgeBase) -> None:
    """Parts, chapters and entries, each at its page."""
    outline = list(pdf.outline())
    assert {depth for depth, _, _ in outline} >= {1, 2, 3}
    titles = {squeeze(title) for _, title, _ in outline}
    for record in everything.current_techniques():
        assert any(title.startswith(squeeze(record.name)) for title in titles), record.name
    for _, title, page in outline:
        assert squeeze(title) in pdf.squeezed[page - 1], (title, page)


def test_every_link_leads_somewhere(pdf: Pdf) -> None:
    """Inside, to a place that is there; outside, to an address of the web."""
    targets = [target for number in range(1, len(pdf.pages) + 1) for target in pdf.links(number)]
    inside = {target for target in targets if "://" not in target}
    assert inside <= pdf.places.keys(), inside - pdf.places.keys()
    assert any(target.startswith("page.techniques.") for target in inside)
    assert any(target.startswith("page.pain-sites.") for target in inside)
    assert any(target.startswith("page.glossary.") for target in inside)


def test_references_are_numbered_through(pdf: Pdf) -> None:
    """1, 2, 3 in the order of reading, without a gap; each has its entry, and the entry its pages."""
    last = 0
    for page, numbers in pdf.cited():
        new = {number for number in numbers if number > last}
        assert new == set(range(last + 1, last + 1 + len(new))), (page, new)
        last += len(new)
    assert last == sum(name.startswith("ref-") for name in pdf.places)
    first = pdf.places["back.references"]
    listed = "".join(pdf.squeezed[first - 1 : pdf.places["back.places"] - 1])
    assert all(str(number) in listed for number in range(1, last + 1))


def test_the_indexes_give_the_right_pages(pdf: Pdf, everything: KnowledgeBase) -> None:
    """Each number of a technique in the index is a page that names it."""
    text = "".join(pdf.squeezed[pdf.places["back.techniques"] - 1 :])
    for record in everything.current_techniques():
        page = pdf.places[f"page.techniques.{record.id}"]
        assert f"{squeeze(record.name)},{page}" in text, record.name
        assert squeeze(record.name) in pdf.squeezed[page - 1]
    text = "".join(pdf.squeezed[pdf.places["back.places"] - 1 : pdf.places["back.techniques"] - 1])
    for place in everything.sites.values():
        assert f"{squeeze(place.name)},{pdf.places[f'page.pain-sites.{place.id}']}" in text, place.name


def test_everything_that_a_record_states_is_in_it(pdf: Pdf, everything: KnowledgeBase) -> None:
    """Every statement of every technique, word for word."""
    site, text = SiteContext(everything), "".join(pdf.squeezed)
    found = [statement.text for record in everything.current_techniques() for statement in statements(record)]
    assert len(found) > 50
    assert [item for item in found if squeeze(site.plain(item)) not in text] == []


@pytest.mark.parametrize(
    ("source", "href", "target"),
    [
        ("techniques/a", "../../pain-sites/b/#c", ("pain-sites/b", "c")),
        ("techniques/a", "#c", ("techniques/a", "c")),
        ("techniques/a", "../b/", ("techniques/b", "")),
        ("", "techniques/a/", ("techniques/a", "")),
        ("about", "../", ("", "")),
        ("about", "https://example.org/", None),
        ("about", "../api/v1/index.json", None),
    ],
)
def test_an_href_is_read_as_the_place_to_which_it_leads(
    source: str, href: str, target: tuple[str, str] | None
) -> None:
    """The inverse of `routes.relative`."""
    assert routes.target(source, href) == target


@pytest.mark.parametrize(
    ("web", "beyond"), [(None, "<a>"), ("https://a.example/", '<a href="https://a.example/finder/#x">')]
)
def test_links_stay_inside_where_they_can(web: str | None, beyond: str) -> None:
    """To the place, else to its page; to the web, or nowhere, where the document does not hold it."""
    expected = {
        '<h2 id="x">': '<h4 id="page.a.x">',
        '<p id="ref-own">': '<p id="page.a.ref-own">',
        '<a href="#ref-own">': '<a href="#page.a.ref-own">',
        '<a href="#x">': '<a href="#page.a.x">',
        '<a href="../b/#gone">': '<a href="#page.b">',
        f'<a href="{ROOT}b/">': '<a href="#page.b">',
        '<a href="../finder/#x">': beyond,
        '<a href="#ref-key" id="cite-1-2">': '<a href="#ref-key" id="cite-1-2">',
        '<a href="../api/v1/data.csv">': "<a>",
        '<a href="https://example.org/?a&amp;b">': '<a href="https://example.org/?a&amp;b">',
    }
    first, _ = bind([Leaf("a", "".join(expected), 2), Leaf("b", "", 1)], web, {})
    assert first == "".join(expected.values())


def test_a_drawing_brings_its_style() -> None:
    """The typesetter sets each drawing by itself; one inside another shares the style."""
    html = '<svg class="meter"><svg x="1"><path class="meter__on"/></svg></svg><svg class="icon"></svg>'
    bound = bind([Leaf("a", html, 0)], None, {"meter": "<style></style>"})
    assert bound == [html.replace('<svg class="meter">', '<svg class="meter"><style></style>')]


def test_pages_that_follow_one_another_are_one_range(everything: KnowledgeBase) -> None:
    """'2–4, 7', each linked to the first citation on the first page."""
    card = SiteContext(everything).cards["brown2019wheels"]
    places = tuple(Link(f"#cite-1-{index}", "a") for index in range(1, 6))
    pages = {"cite-1-1": 2, "cite-1-2": 2, "cite-1-3": 3, "cite-1-4": 4, "cite-1-5": 7}
    (listed,) = lists.references([ReferenceItem(1, card, places)], pages)
    assert listed.pages == (Link("#cite-1-1", "2–4"), Link("#cite-1-5", "7"))


def test_a_machine_without_the_packages_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, project_factory: MakeProject
) -> None:
    """One sentence with the command, no trace."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = atlas("handbook", project=project_factory())
    assert (result.exit_code, result.stdout) == (1, "")
    assert "make handbook" in result.stderr


def test_a_machine_without_pango_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries are named as the system's package manager knows them."""
    real = builtins.__import__

    def without_pango(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(PressFailed, match=r"apt-get install libpango-1\.0-0"):
        Press("")


def test_no_template_is_left_over() -> None:
    """Every template of the handbook is used by it."""
    used = "\n".join(path.read_text("utf-8") for path in (REPOSITORY / "generator" / "handbook").glob("*.py"))
    unused = [
        path.name
        for path in (TEMPLATES / "handbook").glob("*.j2")
        if f"handbook/{path.name.removesuffix('.html.j2')}" not in used
    ]
    assert unused == []
