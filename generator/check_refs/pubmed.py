"""PubMed's E-utilities: records by efetch, with what was published about them.

Shape (efetch.fcgi, db=pubmed, retmode=xml): one `PubmedArticle` each, `CommentsCorrections` with `RefType`
(`RetractionIn`, `ErratumIn`, `ExpressionOfConcernIn` …), its `RefSource` in words and the `PMID` of the
notice; a retracted paper also has the publication type `Retracted Publication`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from generator.check_refs.printed import Printed, clean
from generator.model.ref_status import Notice, NoticeKind

KINDS: Mapping[str, tuple[NoticeKind, str]] = {
    "RetractionIn": ("retraction", "Retraction"),
    "RetractedandRepublishedIn": ("retraction", "Retracted and republished"),
    "PartialRetractionIn": ("partial-retraction", "Partial retraction"),
    "ExpressionOfConcernIn": ("concern", "Expression of concern"),
    "ErratumIn": ("correction", "Erratum"),
    "CorrectedandRepublishedIn": ("correction", "Corrected and republished"),
    "UpdateIn": ("update", "Update"),
}
"""Types of reference that speak about the record itself; comments and related papers are left out."""
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_DAY = re.compile(r"\b([12][0-9]{3}) ([A-Z][a-z]{2}) ([0-9]{1,2})\b")
_DOI = re.compile(r"\bdoi:\s*(10\.\d{4,9}/\S+?)[.;,]?(?=\s|$)", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89][0-9]{2}|20[0-9]{2})\b")


def records(body: bytes) -> dict[str, dict[str, Any]]:
    """PubMed id to what is kept of its record. Raises `ValueError` for anything else than such an answer."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no XML: {error.msg}") from None
    if root.tag != "PubmedArticleSet":
        raise ValueError(f"<{root.tag}> instead of records")
    found = {}
    for article in root.iter("PubmedArticle"):
        pmid = _text(article.find("MedlineCitation/PMID"))
        if pmid:
            found[pmid] = _kept(article)
    return found


def _kept(article: etree._Element) -> dict[str, Any]:
    path = "MedlineCitation/Article"
    years = [
        _text(article.find(f"{path}/Journal/JournalIssue/PubDate/{name}")) for name in ("Year", "MedlineDate")
    ]
    years.append(_text(article.find(f"{path}/ArticleDate/Year")))
    authors = [
        (_text(author.find("LastName")), _text(author.find("ForeName")))
        if author.find("LastName") is not None
        else (_text(author.find("CollectiveName")), "")
        for author in article.iterfind(f"{path}/AuthorList/Author")
    ]
    return {
        "title": _text(article.find(f"{path}/ArticleTitle")),
        "own_title": _text(article.find(f"{path}/VernacularTitle")),
        "years": sorted({int(year) for text in years for year in _YEAR.findall(text)}),
        "authors": [author for author in authors if author[0]],
        "retracted": any(
            _text(item) == "Retracted Publication"
            for item in article.iterfind(f"{path}/PublicationTypeList/PublicationType")
        ),
        "notices": [
            {
                "type": item.get("RefType", ""),
                "source": _text(item.find("RefSource")),
                "pmid": _text(item.find("PMID")),
            }
            for item in article.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
            if item.get("RefType") in KINDS
        ],
    }


def printed(kept: Mapping[str, Any]) -> Printed:
    """A kept record."""
    notices = [_notice(item) for item in kept["notices"]]
    if kept["retracted"] and not any(notice.kind == "retraction" for notice in notices):
        notices.append(Notice(kind="retraction", label="Retracted publication", said_by=("pubmed",)))
    titles = (clean(kept["title"]).strip("[]").removesuffix("].").strip(), clean(kept["own_title"]))
    authors = tuple((clean(family), clean(given)) for family, given in kept["authors"])
    return Printed(tuple(filter(None, titles)), tuple(kept["years"]), authors, tuple(notices))


def _notice(item: Mapping[str, str]) -> Notice:
    kind, label = KINDS[item["type"]]
    found, doi = _DAY.search(item["source"]), _DOI.search(item["source"])
    day = None
    if found and found[2].lower() in _MONTHS:
        try:
            day = datetime.date(int(found[1]), _MONTHS[found[2].lower()], int(found[3]))
        except ValueError:
            day = None
    return Notice(
        kind=kind,
        label=label,
        date=day,
        doi=doi[1].lower() if doi else None,
        pmid=item["pmid"] if item["pmid"].isdecimal() else None,
        said_by=("pubmed",),
    )


def _text(element: etree._Element | None) -> str:
    return "" if element is None else clean("".join(element.itertext()))
