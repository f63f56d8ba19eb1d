"""Every address of the site: the only module that joins URLs.

An address is the path of a page's folder from the site's root, without slashes at its ends:
`techniques/cordotomy`; the home page is the empty string. Links between pages are relative, so
that the site works under any prefix and from a file system.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

HOME = ""
TECHNIQUES = "techniques"
PAIN_SITES = "pain-sites"
REFERENCES = "references"
GLOSSARY = "glossary"
REFERRAL_CHECKLIST = "referral-checklist"
COVERAGE = "coverage"
LEARN = "learn"
FINDER = "finder"
COMPARE = "compare"
CONCORDANCE = "concordance"
EVIDENCE_MAP = "evidence-map"
TIMING_WINDOWS = "timing-windows"
SEARCH = "search"
CHANGES = "changes"
FEED = f"{CHANGES}/feed.xml"
OFFLINE = "offline"
STATUS = "status"
STUDY = "study"
DATA = "data"
API = "api/v1"
CARDS = "assets/cards"
EXAMPLES = f"{API}/examples"
LLMS_TXT = "llms.txt"
TWIN = "index.html.md"
# Parts of the site to be shown elsewhere.
EMBED = "embed"
OEMBED = "oembed.json"
# Pages with a view for a frame beside those of the techniques, whose ids therefore differ from these.
FRAMED = (TECHNIQUES, EVIDENCE_MAP, PAIN_SITES, REFERRAL_CHECKLIST, TIMING_WINDOWS)
SHEETS = "sheets"
SLIDES = "slides"
FIGURES = "figures"
SHOWN_ELSEWHERE = (EMBED, SHEETS, SLIDES, FIGURES)
GENERATED_FOLDERS = frozenset({TECHNIQUES, PAIN_SITES, "groups", *SHOWN_ELSEWHERE})
# The whole site to download; made after the pages.
ZIP = f"{OFFLINE}/atlas.zip"
QUESTIONNAIRE = f"{API}/fhir/Questionnaire-referral-checklist.json"
QUESTIONNAIRE_ANSWERS = f"{API}/fhir/CodeSystem-referral-checklist.json"
STUDY_DATA = f"{API}/study.json"
STUDY_ANKI = f"{API}/study/study.apkg"
STUDY_MOODLE = f"{API}/study/study.moodle.xml"
STUDY_GIFT = f"{API}/study/study.gift.txt"
STUDY_QTI = f"{API}/study/study.qti.zip"
STUDY_CSV = f"{API}/study/study.csv"

MOST_REFERENCES_ON_A_PAGE = 150
"""With more, the reference list only names them, and each has a page of its own."""

MOST_NAMES_ON_A_PAGE = 650
"""With more references, the list that names them goes on on further pages."""

# Anchor of the section in which a field of a technique record is shown.
SECTION_OF_FIELD = {
    "summary": "",
    "indications": "indications",
    "not_indicated": "not-indicated",
    "anatomy": "anatomy",
    "approach": "approach",
    "variants": "variants",
    "advantages": "advantages",
    "limitations": "limitations",
    "complications": "complications",
    "contraindications": "contraindications",
    "cautions": "contraindications",
    "bleeding_risk": "contraindications",
    "setting": "setting",
    "prognosis": "setting",
    "cost": "setting",
    "procedural_risk": "setting",
    "evidence": "evidence",
    "evidence_note": "evidence",
    "results": "results",
    "related": "related",
    "source_notes": "source-notes",
}


def technique(identifier: str) -> str:
    """Address of a technique page."""
    return f"techniques/{identifier}"


def site(identifier: str) -> str:
    """Address of a site page."""
    return f"pain-sites/{identifier}"


def group(identifier: str) -> str:
    """Address of a technique-group page."""
    return f"groups/{identifier}"


def study(identifier: str) -> str:
    """Address of the study cards of a technique."""
    return f"{STUDY}/{identifier}"


def generated_page(identifier: str) -> str:
    """Address of a page that the generator makes, by the id that links use."""
    return HOME if identifier == "home" else identifier


def version(name: str) -> str:
    """Address of the pages of a former version."""
    return f"v/{name}"


def changes(name: str) -> str:
    """Address of what changed in a version; `next` is what no version has yet."""
    return f"{CHANGES}/{name}"


def reference(key: str) -> str:
    """Address of a reference that has a page of its own."""
    return f"{REFERENCES}/{key}"


def references_file(address: str, suffix: str) -> str:
    """The references of a page as a file beside it."""
    return f"{address}/references.{suffix}" if address else f"references.{suffix}"


def card(identifier: str = "") -> str:
    """The picture that stands for a technique, or for every other page, where a link to it is shown."""
    return f"{CARDS}/techniques/{identifier}.png" if identifier else f"{CARDS}/site.png"


def twin(address: str) -> str:
    """The Markdown twin of a page, from the root of the site."""
    return f"{address}/{TWIN}" if address else TWIN


def compared(*techniques: str) -> str:
    """The fragment with which the comparison starts. A fragment with `=` is a state, never an anchor."""
    return f"ids={','.join(techniques)}"


def embed(identifier: str, part: str = "") -> str:
    """Address of the view of a technique or page for a frame elsewhere; `part` is `badge` or nothing."""
    return "/".join(filter(None, (EMBED, identifier, part)))


def sheet(identifier: str) -> str:
    """Address of the one-page sheet of a technique."""
    return f"{SHEETS}/{identifier}"


def slides(identifier: str) -> str:
    """File of the slides of a technique."""
    return f"{SLIDES}/{identifier}.html"


def figure(name: str, form: str) -> str:
    """File of a figure, as `svg`, `png` or `csv`."""
    return f"{FIGURES}/{name}.{form}"


def reference_list(part: int) -> str:
    """Address of a part of the reference list, counted from 0."""
    return f"reference-list/{part + 1}" if part else REFERENCES


def reference_anchor(key: str) -> str:
    """Anchor of a reference, the same on the reference list and on the page that cites it."""
    return f"ref-{key}"


def from_root(address: str, anchor: str = "") -> str:
    """The href of a page, or of a place on it, after the way to the root of the site."""
    fragment = f"#{anchor}" if anchor else ""
    return f"{address}/{fragment}" if address else fragment


@lru_cache(maxsize=65536)
def relative(source: str, target: str, anchor: str = "") -> str:
    """The href that leads from one page's folder to another page, or to a place on it."""
    fragment = f"#{anchor}" if anchor else ""
    if source == target:
        return fragment or "./"
    up = "../" * (source.count("/") + 1 if source else 0)
    return f"{up}{target}/{fragment}" if target else f"{up or './'}{fragment}"


def target(source: str, href: str) -> tuple[str, str] | None:
    """Address and anchor to which an href of a page leads; None when it leaves the site's pages.

    The inverse of `relative`; hrefs that start with a scheme, or lead to a file, are not of the pages.
    """
    path, _, anchor = href.partition("#")
    if not path:
        return source, anchor
    if ":" in path or not path.endswith("/"):
        return None
    parts = source.split("/") if source else []
    for step in path.rstrip("/").split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step != ".":
            parts.append(step)
    return "/".join(parts), anchor


def relative_file(source: str, file: str) -> str:
    """The href that leads from a page's folder to a file, for example of the data interface."""
    return "../" * (source.count("/") + 1 if source else 0) + file


class Addresses:
    """Addresses of linkable records, by the kinds that the inline syntax knows."""

    def __init__(self, variants: dict[str, str], pages: Collection[str], references: int) -> None:
        self._variants = variants
        self._pages = pages
        self.references_apart = references > MOST_REFERENCES_ON_A_PAGE

    def reference(self, key: str) -> tuple[str, str]:
        """Address and anchor of a reference with everything that is known of it."""
        return (reference(key), "") if self.references_apart else (REFERENCES, reference_anchor(key))

    def resolve(self, kind: str, identifier: str) -> tuple[str, str]:
        """Address and anchor of a record."""
        if kind == "technique":
            if identifier in self._variants:
                return technique(self._variants[identifier]), identifier
            return technique(identifier), ""
        if kind == "site":
            return site(identifier), ""
        if kind == "term":
            return GLOSSARY, identifier
        if kind == "criterion":
            return REFERRAL_CHECKLIST, identifier
        if kind == "group":
            return group(identifier), ""
        return (identifier if identifier in self._pages else generated_page(identifier)), ""
