"""The cards, read back: size, what is drawn where, the same bytes again."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator import card_image, routes
from generator.knowledge import KnowledgeBase
from generator.views import cards
from generator.views.cards import Card
from generator.views.context import SiteContext

PAPER = (253, 252, 249)
# Of a card: title and badges, the figures, the lines at the foot.
TITLE, BADGES, BODY, FOOT = (0, 178, 780, 380), (0, 380, 780, 540), (800, 20, 1200, 550), (0, 562, 1200, 630)


@pytest.fixture
def card(everything: KnowledgeBase) -> Card:
    return cards.of_technique(SiteContext(everything), everything.techniques["patch-a-tube"])


def read(card: Card) -> Image.Image:
    return Image.open(BytesIO(card_image.draw(card))).convert("RGB")


def drawn(image: Image.Image, box: tuple[int, int, int, int] = (0, 0, 1200, 630)) -> Image.Image:
    """White wherever something other than paper is drawn."""
    part = image.crop(box)
    difference = ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).convert("L")
    return difference.point([0] * 24 + [255] * 232)


def differs(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return ImageChops.difference(one.crop(box), other.crop(box)).getbbox() is not None


def test_it_is_a_png_of_the_size_that_others_ask_for(card: Card) -> None:
    """1200 × 630, and light enough to be fetched for a preview."""
    content = card_image.draw(card)
    image = Image.open(BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(content) < 60_000


def test_same_card_same_bytes(card: Card) -> None:
    """Twice, and with nothing remembered."""
    first = card_image.draw(card)
    card_image._written.cache_clear()
    card_image._shape.cache_clear()
    assert card_image.draw(replace(card)) == first


def test_cards_are_kept_until_they_say_something_else(
    everything: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for each technique that is not retired, one for all other pages; another name draws one anew."""
    site = SiteContext(everything)
    first = card_image.cards(site, tmp_path)
    paths = [routes.card(technique.id) for technique in everything.current_techniques()]
    assert [card.path for card in first] == [routes.card(), *paths]
    drawn: list[str] = []

    def draw(card: Card) -> bytes:
        drawn.append(card.title)
        return b"drawn"

    monkeypatch.setattr(card_image, "draw", draw)
    assert card_image.cards(site, tmp_path) == first
    assert drawn == []
    technique = everything.techniques["patch-a-tube"]
    renamed = technique.model_copy(update={"name": "Patch it"})
    techniques = {**everything.techniques, "patch-a-tube": renamed}
    again = card_image.cards(SiteContext(replace(everything, techniques=techniques)), tmp_path)
    assert drawn == ["Patch it"]
    assert [card.content == b"drawn" for card in again].count(True) == 1


def test_each_part_is_drawn_in_its_place(card: Card) -> None:
    """Title, badges, body and foot: another text changes its own part only."""
    image = read(card)
    for box in (TITLE, BADGES, BODY, FOOT):
        assert drawn(image, box).getbbox() is not None
    for change, box in (
        ({"title": "Another name"}, TITLE),
        ({"badges": ()}, BADGES),
        ({"body": None}, BODY),
        ({"foot": "For others"}, FOOT),
    ):
        other = read(replace(card, **change))
        assert differs(image, other, box)
        if "foot" in change:
            assert not any(differs(image, other, part) for part in (TITLE, BADGES, BODY))


def test_it_says_how_a_technique_is_rated(card: Card) -> None:
    """Value and source of the badges on its page; where nobody rates, that too."""
    assert [badge.value for badge in card.badges][:1] != ["Not rated"]
    unrated = read(replace(card, badges=(cards.evidence.NOT_RATED,)))
    assert drawn(unrated, BADGES).getbbox() is not None
    assert differs(read(card), unrated, BADGES)


@pytest.mark.parametrize("title", ["A", "Word " * 24, "Donaudampfschifffahrtsgesellschaftskapitän"])
def test_a_name_of_any_length_stays_on_the_paper(card: Card, title: str) -> None:
    """It neither runs into the figures nor over the edge."""
    image = read(replace(card, title=title, body=None))
    left, _, right, _ = drawn(image, (0, 10, 1200, 630)).getbbox() or (0, 0, 1200, 0)
    assert left >= 60
    assert right <= 1140


def test_no_name_of_the_atlas_touches_the_figures(real: KnowledgeBase) -> None:
    """For each technique and the site itself: a free strip between words and body."""
    site = SiteContext(real)
    made = [cards.of_technique(site, technique) for technique in real.current_techniques()]
    for card in [*made, cards.of_site(site)]:
        image = read(card)
        assert drawn(image, (784, 20, 808, 550)).getbbox() is None, card.title
        assert drawn(image, TITLE).getbbox() is not None


def test_full_addresses_only_where_the_site_has_one(everything: KnowledgeBase) -> None:
    """A picture is described by the same words that it shows."""
    from generator.views import technique

    site = SiteContext(everything)
    page = technique.build(site, everything.techniques["patch-a-tube"])
    share = cards.share(site, page)
    assert share is not None
    assert share.image == "https://repair.example/guide/assets/cards/techniques/patch-a-tube.png"
    assert share.url == "https://repair.example/guide/techniques/patch-a-tube/"
    assert share.alt.startswith("Patch a tube. Evidence: ")
    unknown = everything.publication.model_copy(update={"address": None})
    assert cards.share(SiteContext(replace(everything, publication=unknown)), page) is None
