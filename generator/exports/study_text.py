"""What every study file says of a question beside its words: sources, explanation, licence."""

from __future__ import annotations

from generator.bibliography import plain_citation
from generator.inline import Citation
from generator.knowledge import KnowledgeBase
from generator.views.context import SiteContext
from generator.views.study_question import Question


class StudyText:
    """Plain words for one knowledge base; a reference is formatted once."""

    def __init__(self, site: SiteContext) -> None:
        self._kb: KnowledgeBase = site.kb
        self._references: dict[str, str] = {}

    def place(self, citation: Citation) -> str:
        """'key, Table 1': the source as the records name it."""
        return f"{citation.key}, {citation.locator}" if citation.locator else citation.key

    def source(self, citation: Citation) -> str:
        """'[key, Table 1] Author. Title. Journal.'"""
        known = self._references.get(citation.key)
        if known is None:
            known = self._references[citation.key] = plain_citation(self._kb.references[citation.key])
        return f"[{self.place(citation)}] {known}"

    def explanation(self, question: Question) -> str:
        """What the records say, statement by statement, then the sources, then where it stands."""
        lines = [said.line for said in question.says]
        lines += ["Sources:", *map(self.source, question.citations)]
        return "\n".join([*lines, f"{self.name(question)}. {self.terms}"])

    def name(self, question: Question) -> str:
        """The technique of a question."""
        return self._kb.techniques[question.technique].name

    def kind(self, question: Question) -> str:
        """What a question asks for, as the reader knows it."""
        return next(kind.name for kind in self._kb.study.kinds if kind.id == question.kind)

    @property
    def terms(self) -> str:
        """Site, licence and credit in one line."""
        publication = self._kb.publication
        address = f", {publication.address}" if publication.address else ""
        return f"{publication.name}{address}, {publication.licence.name}."

    @property
    def credit(self) -> str:
        """What goes with a whole file: note, licence, sources that ask for credit."""
        publication = self._kb.publication
        keys = (item.partition(",")[0].strip() for item in publication.credit)
        credit = " ".join(self.source(Citation(key)) for key in keys)
        return f"{self._kb.study.note} {self.terms} {publication.licence.url} {credit}"
