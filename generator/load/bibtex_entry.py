"""One parsed entry to one `Reference`: every field checked, decoded and put into its normal form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.diagnostics import did_you_mean, shown
from generator.load import bibtex_rules as rules
from generator.load.bibtex_names import SplitNames, read_names
from generator.load.bibtex_source import BibtexSource
from generator.load.latex_text import decode_latex, known_commands, tidy
from generator.model.reference import Name, Reference

_BLANK = "{} \t\n~"
_EMPTY = "the field {} is empty; give it a value or delete it"
_VERBATIM_ESCAPES = {
    r"\_": "_", r"\%": "%", r"\&": "&", r"\#": "#", r"\$": "$", r"\~{}": "~", r"{\textasciitilde}": "~",
    r"\textasciitilde{}": "~", r"\textasciitilde": "~", r"$\sim$": "~", r"\{": "{", r"\}": "}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as it stands: lower-case name, joined value, and where name and value begin and end."""

    name: str
    value: str
    offset: int
    value_start: int
    value_end: int
    resolved: bool = True
    """False if the value names an undefined @string, which was reported."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it stands. `key` is empty if there is none, `whole` false if part could not be read."""

    type: str
    key: str
    offset: int
    end: int
    fields: tuple[RawField, ...]
    whole: bool = True


def read_entry(entry: RawEntry, source: BibtexSource, split: SplitNames) -> Reference:
    """The reference an entry describes; what is wrong is reported and left empty."""
    kind = rules.TYPES.get(entry.type, "other")
    if entry.type not in rules.TYPES:
        source.error(
            entry.offset,
            "bib-unknown-type",
            f"unknown entry type {shown(entry.type)}; allowed: {', '.join(rules.TYPES)}."
            f"{rules.suggested_type(entry.type)}",
        )
    fields = _distinct_fields(entry, source)
    if entry.whole:
        what = shown(entry.key) if entry.key else f"this @{entry.type}"
        for name, sentence in rules.missing_fields(kind, frozenset(fields)):
            source.error(entry.offset, "bib-missing-field", f"{what} has no {name}; {sentence}")
    reader = _FieldReader(
        {name: field for name, field in fields.items() if field.value.strip()}, source, split
    )
    authors, and_others = reader.names("author")
    editors, _ = reader.names("editor")
    year, date = _dates(reader)
    journal, booktitle = reader.text("journal"), reader.text("booktitle")
    url, note = _url_and_note(reader)
    return Reference(
        key=entry.key,
        type=kind,
        title=reader.text("title"),
        location=source.place(entry.offset),
        authors=authors,
        and_others=and_others,
        editors=editors,
        container=(journal or booktitle) if kind == "article" else (booktitle or journal),
        year=year,
        volume=reader.text("volume"),
        number=reader.text("number"),
        pages=rules.tidy_pages(reader.text("pages")),
        publisher=reader.text("publisher"),
        address=reader.text("address"),
        edition=reader.text("edition"),
        organization=reader.text("organization") or reader.text("institution"),
        date=date,
        urldate=reader.checked("urldate", rules.read_date, "bib-malformed-year"),
        url=url,
        doi=reader.checked("doi", rules.read_doi, "bib-malformed-doi"),
        pmid=reader.checked("pmid", rules.read_pmid, "bib-malformed-pmid"),
        pmcid=reader.checked("pmcid", rules.read_pmcid, "bib-malformed-pmcid"),
        isbn=reader.text("isbn"),
        note=note,
        review_number=reader.number("reviewnumber"),
        design=reader.text("design"),
        sample_size=reader.text("samplesize"),
        key_result=reader.text("keyresult"),
        former_keys=tuple(reader.text("ids").replace(",", " ").split()),
        raw=source.text[entry.offset : entry.end],
    )


def _distinct_fields(entry: RawEntry, source: BibtexSource) -> dict[str, RawField]:
    fields: dict[str, RawField] = {}
    for field in entry.fields:
        if field.name not in rules.FIELD_SET:
            source.error(
                field.offset,
                "bib-unknown-field",
                f"unknown field {shown(field.name)}; allowed: {', '.join(rules.FIELDS)}."
                f"{rules.suggested_field(field.name)}",
            )
        if first := fields.get(field.name):
            source.error(
                field.offset,
                "bib-duplicate-field",
                f"the field {shown(field.name)} stands twice in {shown(entry.key)}; "
                f"the first is on line {source.line_number(first.offset)}",
            )
            continue
        fields[field.name] = field
        if field.resolved and not field.value.strip(_BLANK):
            source.error(field.offset, "bib-empty-value", _EMPTY.format(shown(field.name)))
    return fields


def _dates(reader: _FieldReader) -> tuple[str, str]:
    year = reader.checked("year", rules.read_year, "bib-malformed-year")
    date = reader.checked("date", rules.read_date, "bib-malformed-year")
    if year and date and not date.startswith(year):
        reader.error(
            "date",
            "bib-malformed-year",
            f"the date {shown(date)} is not in the year {shown(year)}; expected one year",
        )
        return year, ""
    month = rules.read_month(reader.text("month"))
    if year and month and not date:
        date = f"{year}-{month}"
    return year or date[:4], date


def _url_and_note(reader: _FieldReader) -> tuple[str, str]:
    """The address and the note; what 'howpublished' says goes to the one or the other."""
    url, note = reader.checked("url", rules.read_url, "bib-malformed-url"), reader.text("note")
    how = reader.text("howpublished")
    if how and not url and not rules.read_url(how)[1]:
        return how, note
    return url, ". ".join(part for part in (how.rstrip(".") if note else how, note) if part)


class _FieldReader:
    """Reads fields of one entry by name and reports what is wrong at the field's place."""

    def __init__(self, fields: Mapping[str, RawField], source: BibtexSource, split: SplitNames) -> None:
        self.fields = fields
        self.source = source
        self.split = split

    def text(self, name: str) -> str:
        """Plain text of a field, '' if it is absent."""
        field = self.fields.get(name)
        if field is None:
            return ""
        decoded = decode_latex(field.value)
        if decoded.unknown:
            self._report_latex(field, decoded.unknown)
        elif not decoded.text and field.value.strip(_BLANK):
            self.source.error(field.offset, "bib-empty-value", _EMPTY.format(shown(name)))
        return decoded.text

    def checked(self, name: str, read: Callable[[str], tuple[str, str]], code: str) -> str:
        """A field of a fixed form, in its normal form, '' if it is absent or wrong."""
        field = self.fields.get(name)
        if field is None or not field.resolved:
            return ""
        text = _verbatim(field.value)
        if not text:
            return ""
        value, problem = read(text)
        if problem:
            self.error(name, code, problem)
        return value

    def number(self, name: str) -> int | None:
        """A whole number, None if it is absent or wrong."""
        field = self.fields.get(name)
        text = _verbatim(field.value) if field else ""
        if not text:
            return None
        number, problem = rules.read_number(text)
        if problem:
            self.error(name, "bib-syntax", problem)
        return number

    def names(self, name: str) -> tuple[tuple[Name, ...], bool]:
        """People and bodies, and whether 'and others' ends the list."""
        field = self.fields.get(name)
        if field is None or not field.value.strip(_BLANK):
            return (), False
        found = read_names(field.value, self.split)
        if field.resolved:
            for problem in found.problems:
                self.error(name, "bib-bad-name", problem)
        if found.unknown_latex:
            self._report_latex(field, found.unknown_latex)
        return found.names, found.and_others

    def error(self, name: str, code: str, message: str) -> None:
        """Report a finding where the value of a field begins."""
        self.source.error(self.fields[name].value_start, code, message)

    def _report_latex(self, field: RawField, unknown: tuple[str, ...]) -> None:
        for command in unknown:
            found = self.source.text.find(command, field.value_start, field.value_end)
            advice = (
                "a dollar sign is written \\$" if command == "$" else "write the character itself in UTF-8"
            )
            self.source.error(
                field.value_start if found < 0 else found,
                "bib-unknown-latex",
                f"the field {shown(field.name)} holds {shown(command)}, which has no plain text; {advice}."
                f"{_suggested_command(command)}",
            )


def _suggested_command(command: str) -> str:
    """' Did you mean …?' for a command word; a nearest name of two letters would only mislead."""
    return did_you_mean(command[1:], known_commands()).replace("'", "'\\", 1) if len(command) > 3 else ""


def _verbatim(value: str) -> str:
    """A value in which '_', '~', '%' and '--' mean themselves: an address, an identifier, a number."""
    text = tidy(value)
    for wrapper in (r"\url{", "{"):
        if text.startswith(wrapper) and text.endswith("}") and "{" not in text[len(wrapper) :]:
            text = text[len(wrapper) : -1].strip()
    if "\\" in text or "{" in text or "$" in text:
        for escape, char in _VERBATIM_ESCAPES.items():
            text = text.replace(escape, char)
    return text
