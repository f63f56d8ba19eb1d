"""The words of a specialty on generated pages: what the generator cannot know and a reader sees."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import Id, Plain, Record
from generator.model.ref_status import NoticeKind


class Noun(Record):
    """A word in its two forms, small as inside a sentence."""

    one: Plain
    """One of it: `site`."""

    many: Plain
    """Several: `sites`."""

    @property
    def head(self) -> str:
        """One of it, as a heading begins."""
        return self.one[:1].upper() + self.one[1:]

    @property
    def heads(self) -> str:
        """Several, as a heading begins."""
        return self.many[:1].upper() + self.many[1:]


class Words(Record):
    """Nouns and phrases that recur in labels, tables and sentences of all pages."""

    site: Noun
    """What a technique is for and by what a reader finds it; an entry of `pain-sites.yaml`."""

    region: Noun
    """A site at the top of the tree."""

    complaint: Noun
    """What brings a reader here, as in “not for this …”."""

    cause: Noun
    """An entry of `causes.yaml`."""

    area: Noun = Noun(one="region", many="regions")
    """A region where it stands alone, as in “by …”."""

    level: Noun = Noun(one="level", many="levels")
    """An entry of `vertebral-levels.yaml`."""

    subject: Noun = Noun(one="participant", many="participants")
    """Who is counted in a result."""

    work: Plain = "site"
    """What the site calls itself: atlas, handbook, guide."""

    time_left: Plain = "left"
    """What follows a number of months in a prognosis window: “more than 3 months …”."""

    review: Plain = "Expert review"
    """The label before the names of those who reviewed a record."""

    not_advice: Plain = "not advice for a single case"
    """What the site is not, after a comma."""


class Door(Record):
    """A way on from the home page."""

    title: Plain
    """One word for what the reader came to do."""

    text: Plain
    """What is behind it."""

    pages: tuple[Plain, ...] = ()
    """Ids of prose pages and generated pages, in this order; those that do not exist are left out."""

    data: bool = False
    """Whether a link to the data stands at its end."""


class BadgeText(Record):
    """An example of an evidence badge with what its form means."""

    form: Literal["own", "class"]
    """Rated itself, or rated for its class."""

    value: Plain
    """The rating, as a body of this site prints it."""

    source: Plain
    """The body and its year."""

    bars: tuple[Literal["on", "range", "off"], ...]
    """The bars of the meter from weak to strong."""

    text: Plain
    """What it means."""


class HomeTexts(Record):
    """The home page; its question is the page name `home`."""

    lead: Plain
    """The sentence under the question."""

    description: Plain
    """What search engines show."""

    doors: tuple[Door, ...] = ()
    """Ways on, for each kind of reader."""

    badges: tuple[BadgeText, ...] = ()
    """Examples of badges."""


class SitesTexts(Record):
    """The list of all sites."""

    lead: Plain
    """Under the title."""

    description: Plain
    """What search engines show."""


class SearchTexts(Record):
    """The search."""

    door: Plain
    """In the field that leads to the search."""

    field: Plain
    """The label of the field itself."""


class LostTexts(Record):
    """The page at an unknown address."""

    lead: Plain
    """What to do now."""

    sites: Plain
    """The link to all sites."""


class FootTexts(Record):
    """The foot of every page, and of what is taken from the site."""

    note: Plain
    """What the content is and is not."""

    credit: Plain
    """After the licence: whose work it is drawn from, in short."""

    credit_long: Plain
    """The same in full, for files that leave the site."""

    @property
    def credit_head(self) -> str:
        """The credit in full, as a sentence begins."""
        return self.credit_long[:1].upper() + self.credit_long[1:]


class ChecklistTexts(Record):
    """The checklist, of a site that has `referral-criteria.yaml`."""

    lead: Plain = "{count} criteria. Tick what applies; the source’s own rule stands beside it."
    """Under the title; `{count}` stands for the number of criteria."""

    description: Plain = "The source’s criteria with their logic and its own rule, to tick or to print."
    """What search engines show."""

    rule: Plain = "the source’s rule"
    """What the rule is called."""

    @property
    def rule_head(self) -> str:
        """The rule, as a heading begins."""
        return self.rule[:1].upper() + self.rule[1:]

    criterion: Plain = "Criterion"
    """Before the number of a criterion, where it is named elsewhere."""

    door: Plain = "Checklist"
    """One word for the foot of a phone's screen."""

    summary: Plain = "Summary of your ticks"
    """Heading of the summary on the page."""

    letter: Plain = "SUMMARY"
    """First line of the summary as text."""


class NoticeText(Record):
    """How the site speaks of a source of which something was published later."""

    word: Plain
    """Beside the number of every citation of it."""

    sentence: Plain
    """With the reference, wherever it is listed."""


class UpkeepTexts(Record):
    """What grows old: reviews that are due, notices on sources (`references/status.yaml`)."""

    retraction: NoticeText = NoticeText(
        word="retracted",
        sentence="Retracted. What it says must not be relied on.",
    )
    """Retracted, withdrawn or removed."""

    partial_retraction: NoticeText = NoticeText(
        word="partly retracted",
        sentence="Retracted in part. Read the notice before relying on it.",
    )
    """Retracted in part."""

    concern: NoticeText = NoticeText(
        word="concern",
        sentence="Its journal has published a concern about it. Read the notice before relying on it.",
    )
    """An expression of concern."""

    correction: NoticeText = NoticeText(
        word="corrected",
        sentence="Corrected after publication. Read it together with the correction.",
    )
    """A correction, corrigendum or erratum."""

    update: NoticeText = NoticeText(
        word="updated",
        sentence="Something was added to it after publication.",
    )
    """An addendum, a new version or another notice."""

    lead: Plain = (
        "What was checked and when, which reviews are due, and which sources were retracted or corrected "
        "after they were cited."
    )
    """Under the title of the page that lists the state of everything."""

    overdue: Plain = "Review overdue."
    """On a page whose date of review has passed."""

    overdue_advice: Plain = "Check the references before use."
    """What the reader is to do then."""

    def of(self, kind: NoticeKind) -> NoticeText:
        """The text for a kind of notice."""
        text: NoticeText = getattr(self, kind.replace("-", "_"))
        return text


class PageTexts(Record):
    """File `page-texts.yaml`: titles, leads and nouns of generated pages."""

    words: Words
    """Nouns and phrases that recur."""

    page_names: Annotated[dict[Id, Plain], Field(default_factory=dict)]
    """Names of generated pages, by their ids, where they differ from the generator's own."""

    figure: Plain = "The figure, front and back"
    """Title of the figure of `body-map.yaml`."""

    home: HomeTexts
    """The home page."""

    sites: SitesTexts
    """The list of all sites."""

    search: SearchTexts
    """The search."""

    lost: LostTexts
    """The page at an unknown address."""

    foot: FootTexts
    """The foot of every page."""

    timing: Plain = "Time"
    """What the axis of the timing windows shows, before “from one week to 24 months”."""

    checklist: ChecklistTexts = ChecklistTexts()
    """The checklist."""

    upkeep: UpkeepTexts = UpkeepTexts()
    """Reviews that are due, and sources of which something was published later."""
