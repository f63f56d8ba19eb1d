"""The BibTeX loader: what it reads, and the exact words for everything an author can get wrong."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostic, Diagnostics, Location, Severity
from generator.load import bibtex_source
from generator.load.bibtex_file import check_library, load_bibtex
from generator.load.bibtex_rules import FIELDS, TYPES
from generator.model.reference import Name, Reference

ALLOWED_TYPES = ", ".join(TYPES)
ALLOWED_FIELDS = ", ".join(FIELDS)
NAME_RULE = "expected 'Family, Given', names separated by ' and ', a body in double braces"
MONTHS = "jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec"
NO_NOTE = ", or a note that says why there is none"


def load(text: str | bytes, path: str = "refs.bib") -> tuple[tuple[Reference, ...], list[str]]:
    diagnostics = Diagnostics()
    references = load_bibtex(path, text if isinstance(text, bytes) else text.encode(), diagnostics)
    return references, [finding(item) for item in diagnostics]


def finding(item: Diagnostic) -> str:
    """A finding as these tests write it: '1:20 bib-encoding: message'."""
    assert item.severity is Severity.ERROR
    return f"{item.location.line}:{item.location.column} {item.code}: {item.message}"


def one(text: str) -> Reference:
    references, findings = load(text)
    assert findings == []
    assert len(references) == 1
    return references[0]


def title(latex: str) -> str:
    return one(f"@misc{{a, title = {{{latex}}}}}").title


def authors(names: str) -> tuple[Name, ...]:
    return one(f"@misc{{a, title = {{T}}, author = {{{names}}}}}").authors


ERRORS = [
    pytest.param(
        b"@misc{a, title = {M\xfcller}}",
        [
            "1:20 bib-encoding: byte 0xFC is not UTF-8 (in Windows-1252 it would be 'ü'); "
            "save the file with the encoding UTF-8"
        ],
        id="latin-1",
    ),
    pytest.param(
        b"\n@misc{a, title = {x\x00y}}",
        ["2:20 bib-encoding: character U+0000 is invisible and not allowed; delete it"],
        id="nul",
    ),
    pytest.param(
        "@misc{a, title = {x\ufffdy}}",
        [
            "1:20 bib-encoding: character U+FFFD stands where a character was lost "
            "in an earlier conversion; write the right one"
        ],
        id="replacement-character",
    ),
    pytest.param(
        "@misc{a, title = {x}}".encode("utf-16"),
        [
            "1:1 bib-encoding: the file is encoded as UTF-16; save it with the encoding UTF-8",
        ],
        id="utf-16",
    ),
    pytest.param(
        "@misc{a,\n  title = {T}\n  year = 2000,\n  doi = {bad}\n}",
        [
            "2:14 bib-syntax: entry 'a' of line 1: a comma is missing after the field 'title'",
            "4:9 bib-malformed-doi: 'bad' is not a DOI; "
            "expected '10.', a number, '/' and a suffix: 10.1000/xyz123.",
        ],
        id="missing-comma",
    ),
    pytest.param(
        "@misc{a title = {T}}",
        ["1:9 bib-syntax: a comma is missing after the key 'a'"],
        id="missing-comma-after-key",
    ),
    pytest.param(
        "@misc{a,\n  title = {T {x},\n  year = {2000},\n}\n@misc{b, title = {B}}",
        ["2:11 bib-syntax: entry 'a' of line 1: the value of 'title' is not closed before the field 'year'"],
        id="unclosed-value-swallows-field",
    ),
    pytest.param(
        '@misc{a,\n  title = "T,\n  year = "2000",\n}',
        ["2:11 bib-syntax: entry 'a' of line 1: the value of 'title' is not closed before the field 'year'"],
        id="unclosed-quote",
    ),
    pytest.param(
        "@misc{a,\n  title = {T\n\n@misc{b, title = {B}}",
        ["2:11 bib-syntax: entry 'a' of line 1: the '{' opened here is never closed"],
        id="unclosed-value-at-next-entry",
    ),
    pytest.param(
        "@misc{a,\n  title = {T},\n\n@misc{b, title = {B}}",
        ["1:1 bib-syntax: entry 'a' of line 1: its closing '}' is missing"],
        id="unclosed-entry",
    ),
    pytest.param(
        "@misc{a,\n  title = {T}},\n  year = {2000},\n}\n@misc{b, title = {B}}",
        [
            "2:15 bib-syntax: ',' stands outside of any entry and would be lost; "
            "the entry before it has ended: is there a '}' too many?"
        ],
        id="brace-too-many",
    ),
    pytest.param(
        "remember this\n@misc{b, title = {B}}",
        [
            "1:1 bib-syntax: 'remember this' stands outside of any entry and would be lost; "
            "begin the line with % if it is a comment"
        ],
        id="text-outside",
    ),
    pytest.param(
        "@article smith, title = {B}}",
        [
            "1:1 bib-syntax: '@article smith, title = {B}}' stands outside of any entry and "
            "would be lost; an entry begins with its type, a brace and its key: @article{smith2020pain,"
        ],
        id="entry-without-brace",
    ),
    pytest.param(
        "@misc{a,\n  title = {T},\n  % year = 1999,\n}",
        ["3:3 bib-syntax: entry 'a' of line 1: BibTeX knows no comments inside an entry; delete this one"],
        id="comment-inside",
    ),
    pytest.param(
        "@misc{a, title = , year = 2000}",
        [
            "1:18 bib-syntax: entry 'a' of line 1: "
            "found ', year = 2000}', expected a value for 'title' in braces or quotes"
        ],
        id="no-value",
    ),
    pytest.param(
        "@misc{a, title = {T} x}",
        ["1:22 bib-syntax: entry 'a' of line 1: found 'x}', expected ',' or '}'"],
        id="junk-after-value",
    ),
    pytest.param(
        "@misc{a, {T}}",
        ["1:10 bib-syntax: entry 'a' of line 1: found '{T}}', expected a name and '='"],
        id="no-field-name",
    ),
    pytest.param(
        '@misc{a, title = "x } y"}',
        ["1:21 bib-syntax: entry 'a' of line 1: this '}' has no '{' in its quoted value"],
        id="stray-brace-in-quotes",
    ),
    pytest.param(
        "@misc{a, title = {" + "{" * 31 + "x" + "}" * 31 + "}}",
        ["1:49 bib-syntax: entry 'a' of line 1: braces are nested more than 30 deep"],
        id="nesting",
    ),
    pytest.param(
        "@string{j = {J} x}\n@misc{a, title = j}",
        [
            "1:17 bib-syntax: @string of line 1: found 'x}', expected '}'",
            f"2:18 bib-unknown-macro: entry 'a' of line 2: no @string is called 'j'; "
            f"defined: {MONTHS}. Text goes in braces: {{j}}.",
        ],
        id="broken-string",
    ),
    pytest.param(
        "@comment{ never closed",
        [
            "1:1 bib-syntax: the '{' of this @comment is never closed; close it or use '%' lines",
        ],
        id="unclosed-comment",
    ),
    pytest.param(
        "@misc{müller, title = {T}}",
        [
            "1:7 bib-syntax: the key 'müller' may hold only letters from A to Z, digits and "
            "_ : . - and begins with a letter or digit"
        ],
        id="key-with-umlaut",
    ),
    pytest.param(
        "@misc{my key, title = {T}}",
        [
            "1:7 bib-syntax: the key 'my key' may hold only letters from A to Z, digits and "
            "_ : . - and begins with a letter or digit"
        ],
        id="key-with-space",
    ),
    pytest.param(
        "@misc{a, title = {T}, reviewnumber = {x1}}",
        ["1:38 bib-syntax: 'x1' is not a number; expected digits without a leading zero"],
        id="review-number",
    ),
    pytest.param(
        "@misc{title = {T}}",
        [
            "1:1 bib-missing-key: this @misc has no key; it comes first: @misc{smith2020pain, …",
        ],
        id="missing-key",
    ),
    pytest.param(
        "@misc{, title = {T}}",
        [
            "1:1 bib-missing-key: this @misc has no key; it comes first: @misc{smith2020pain, …",
        ],
        id="empty-key",
    ),
    pytest.param(
        "@misc{a, title = {T}}\n@misc{a, title = {U}}",
        ["2:1 bib-duplicate-key: the key 'a' is already used at refs.bib:1:1"],
        id="duplicate-key",
    ),
    pytest.param(
        "@misc{a, title = {T}}\n@misc{A, title = {U}}",
        ["2:1 bib-duplicate-key: the key 'A' is already used, as 'a', at refs.bib:1:1"],
        id="duplicate-key-by-case",
    ),
    pytest.param(
        "@misc{a, title = {T},\n  Title = {U}}",
        ["2:3 bib-duplicate-field: the field 'title' stands twice in 'a'; the first is on line 1"],
        id="duplicate-field",
    ),
    pytest.param(
        "@misc{a, title={T}, doi={10.1000/Ab}}\n@misc{b, title={U}, doi={https://doi.org/10.1000/aB}}",
        ["2:1 bib-duplicate-doi: the DOI '10.1000/aB' of 'b' is already used by 'a' at refs.bib:1:1"],
        id="duplicate-doi",
    ),
    pytest.param(
        "@misc{a, title={T}, pmid=12}\n@misc{b, title={U}, pmid={12}}",
        ["2:1 bib-duplicate-pmid: the PMID '12' of 'b' is already used by 'a' at refs.bib:1:1"],
        id="duplicate-pmid",
    ),
    pytest.param(
        "@article{a, doi = {10.1000/x}}",
        [
            f"1:1 bib-missing-field: 'a' has no author; an article needs its authors{NO_NOTE}",
            f"1:1 bib-missing-field: 'a' has no journal; an article needs its journal{NO_NOTE}",
            "1:1 bib-missing-field: 'a' has no title; every entry needs one",
            f"1:1 bib-missing-field: 'a' has no year; an article needs its year{NO_NOTE}",
        ],
        id="article-without-fields",
    ),
    pytest.param(
        "@incollection{a, title = {T}}\n@online{b, title = {T}}",
        [
            "1:1 bib-missing-field: 'a' has no booktitle; "
            f"a part of a book needs the title of the book{NO_NOTE}",
            f"2:1 bib-missing-field: 'b' has no url; a web page needs its address{NO_NOTE}",
        ],
        id="chapter-and-web-without-fields",
    ),
    pytest.param(
        "@misc{a, titel = {T}, title = {T}}",
        [f"1:10 bib-unknown-field: unknown field 'titel'; allowed: {ALLOWED_FIELDS}. Did you mean 'title'?"],
        id="unknown-field",
    ),
    pytest.param(
        "@misc{a, title = {T}, issue = {T}}",
        [f"1:23 bib-unknown-field: unknown field 'issue'; allowed: {ALLOWED_FIELDS}. Did you mean 'number'?"],
        id="field-of-another-dialect",
    ),
    pytest.param(
        "@artcle{a, title = {T}}\n@conference{b, title = {T}}",
        [
            f"1:1 bib-unknown-type: unknown entry type 'artcle'; allowed: {ALLOWED_TYPES}. "
            "Did you mean 'article'?",
            f"2:1 bib-unknown-type: unknown entry type 'conference'; allowed: {ALLOWED_TYPES}. "
            "Did you mean 'inproceedings'?",
        ],
        id="unknown-type",
    ),
    pytest.param(
        "@misc{a, title = {T}, doi = {10.1000/xyz.}}",
        [
            "1:29 bib-malformed-doi: '10.1000/xyz.' is not a DOI; "
            "expected '10.', a number, '/' and a suffix: 10.1000/xyz123. Did you mean '10.1000/xyz'?"
        ],
        id="malformed-doi",
    ),
    pytest.param(
        "@misc{a, title = {T}, pmid = {PMID 123}}",
        [
            "1:30 bib-malformed-pmid: 'PMID 123' is not a PMID; "
            "expected 1 to 8 digits without a leading zero. Did you mean '123'?"
        ],
        id="malformed-pmid",
    ),
    pytest.param(
        "@misc{a, title = {T}, pmcid = {1234}}",
        [
            "1:31 bib-malformed-pmcid: '1234' is not a PMCID; "
            "expected PMC and digits: PMC1234567. Did you mean 'PMC1234'?"
        ],
        id="malformed-pmcid",
    ),
    pytest.param(
        "@misc{a, title={T}, url={www.who.int}}\n@misc{b, title={T}, url={javascript:alert(1)}}",
        [
            "1:25 bib-malformed-url: 'www.who.int' is not a web address; "
            "expected http:// or https://, a host and no spaces. Did you mean 'https://www.who.int'?",
            "2:25 bib-malformed-url: 'javascript:alert(1)' is not a web address; "
            "expected http:// or https://, a host and no spaces.",
        ],
        id="malformed-url",
    ),
    pytest.param(
        "@misc{a, title = {T}, year = {20x5}, urldate = {2024-02-30}}",
        [
            "1:30 bib-malformed-year: '20x5' is not a year; expected four digits from 1500 to 2099",
            "1:48 bib-malformed-year: '2024-02-30' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD",
        ],
        id="malformed-year",
    ),
    pytest.param(
        "@misc{a, title = {T}, year = {2023}, date = {2024-02}}",
        ["1:45 bib-malformed-year: the date '2024-02' is not in the year '2023'; expected one year"],
        id="date-outside-year",
    ),
    pytest.param(
        "@misc{a, title = {T}, author = {A, B, C, D and Smith, J. and }}",
        [
            f"1:32 bib-bad-name: 'A, B, C, D' has more than two commas; {NAME_RULE}",
            f"1:32 bib-bad-name: an empty name beside 'and' ('Smith, J. and'); {NAME_RULE}",
        ],
        id="three-commas",
    ),
    pytest.param(
        "@misc{a, title={T},\nauthor={Corriero A and Smith J, Doe K and Roe, L. et al and Poe, E; Doe, J}}",
        [
            f"2:8 bib-bad-name: 'Corriero A' would have the family name 'A'; {NAME_RULE}",
            f"2:8 bib-bad-name: 'Poe, E; Doe, J' holds ';'; {NAME_RULE}",
            "2:8 bib-bad-name: 'Roe, L. et al' ends in 'et al'; write ' and others' instead",
            f"2:8 bib-bad-name: 'Smith J, Doe K' looks like a list with commas; {NAME_RULE}",
        ],
        id="names-from-elsewhere",
    ),
    pytest.param(
        "@misc{a, title = {T}, editor = {others}, author = {, John and others and Doe, J.}}",
        [
            "1:32 bib-bad-name: 'others' stands alone; name at least one person before it",
            f"1:51 bib-bad-name: ', John' has no family name; {NAME_RULE}",
            "1:51 bib-bad-name: 'Doe, J.' stands after 'and others', which must come last",
        ],
        id="others",
    ),
    pytest.param(
        "@string{jpsm = {J}}\n@misc{a, title = {T} # jpms, note = {n}}",
        [
            "2:24 bib-unknown-macro: entry 'a' of line 2: no @string is called 'jpms'; "
            f"defined: {MONTHS}, jpsm. Text goes in braces: {{jpms}}. Did you mean 'jpsm'?"
        ],
        id="unknown-macro",
    ),
    pytest.param(
        "@misc{a, title = {T}, note = { }, edition = {{}}, volume = {\\relax}}",
        [
            "1:23 bib-empty-value: the field 'note' is empty; give it a value or delete it",
            "1:35 bib-empty-value: the field 'edition' is empty; give it a value or delete it",
            "1:51 bib-empty-value: the field 'volume' is empty; give it a value or delete it",
        ],
        id="empty-value",
    ),
    pytest.param(
        "% kept for later: @article{a, title = {T}}\n@comment{@misc{b, title = {T}}}\n@misc{c, title = {T}}",
        [
            "1:19 bib-commented-entry: BibTeX ignores comment marks and reads this '@article' "
            "as an entry; delete it, or delete its '@'",
            "2:10 bib-commented-entry: BibTeX ignores comment marks and reads this '@misc' "
            "as an entry; delete it, or delete its '@'",
        ],
        id="commented-entry",
    ),
    pytest.param(
        "@misc{a, title = {T \\textmicron x $5}, author = {\\foo{Doe}, J.}}",
        [
            "1:21 bib-unknown-latex: the field 'title' holds '\\textmicron', "
            "which has no plain text; write the character itself in UTF-8. Did you mean '\\textomicron'?",
            "1:35 bib-unknown-latex: the field 'title' holds '$', which has no plain text; "
            "a dollar sign is written \\$.",
            "1:50 bib-unknown-latex: the field 'author' holds '\\foo', "
            "which has no plain text; write the character itself in UTF-8.",
        ],
        id="unknown-latex",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ERRORS)
def test_error_text(text: str | bytes, expected: list[str]) -> None:
    assert load(text)[1] == expected


def test_every_code_has_a_case() -> None:
    shown = {line.split(" ")[1].rstrip(":") for case in ERRORS for line in case.values[1]}
    assert shown == {
        "bib-encoding", "bib-syntax", "bib-missing-key", "bib-duplicate-key", "bib-duplicate-field",
        "bib-duplicate-doi", "bib-duplicate-pmid", "bib-missing-field", "bib-unknown-field",
        "bib-unknown-type", "bib-malformed-doi", "bib-malformed-pmid", "bib-malformed-pmcid",
        "bib-malformed-url", "bib-malformed-year", "bib-bad-name", "bib-unknown-macro", "bib-empty-value",
        "bib-commented-entry", "bib-unknown-latex",
    }  # fmt: skip


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex_source, "MAX_BYTES", 1_000)
    references, findings = load(b"x" * 1_001)
    assert references == ()
    assert findings == [
        "0:0 bib-too-large: the file has more than 1,000 bytes, and no more are read; "
        "split it into several files"
    ]


def test_too_many_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex_source, "MAX_FINDINGS", 2)
    references, findings = load("@misc{a}\n" * 5)
    assert [reference.key for reference in references] == ["a", "a"]
    assert "3:1 bib-too-large: more than 2 errors in this file; what follows was not checked" in findings


def test_macros_that_grow_without_bound() -> None:
    lines = ["@string{a0 = {0123456789}}"]
    lines += [f"@string{{a{n} = " + " # ".join([f"a{n - 1}"] * 10) + "}" for n in range(1, 12)]
    findings = load("\n".join(lines))[1]
    assert "8:14 bib-syntax" in findings[0]
    assert "the @strings expand to more than 20,000,000 characters" in findings[0]


def test_errors_carry_the_source_line_and_its_place() -> None:
    diagnostics = Diagnostics()
    load_bibtex("refs.bib", b"@misc{a,\n\ttitle = {T},\n\tpmid = {x}\n}", diagnostics)
    (item,) = diagnostics
    assert item.location == Location("refs.bib", 3, 9)
    assert item.source_line == " pmid = {x}"
    assert str(item).startswith("refs.bib:3:9: error[bib-malformed-pmid]: 'x' is not a PMID; ")


def test_broken_entry_is_returned_with_what_could_be_read() -> None:
    references, findings = load("@misc{a,\n  title = {T {x},\n  year = {2000},\n}\n@misc{b, title = {B}}")
    assert len(findings) == 1
    assert [(reference.key, reference.year) for reference in references] == [("a", "2000"), ("b", "")]


@pytest.mark.parametrize(
    "text", ["", " \n\n", "% a comment, mail a@example.org\n", "\ufeff", "@comment{jabref: 1}"]
)
def test_files_without_entries(text: str) -> None:
    assert load(text) == ((), [])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_mark(line_end: str) -> None:
    references, findings = load(
        f"\ufeff@misc{{a,{line_end}  title = {{T}},{line_end}  pmid = {{x}}{line_end}}}"
    )
    assert [item.partition(" ")[0] for item in findings] == ["3:10"]
    assert references[0].raw == "@misc{a,\n  title = {T},\n  pmid = {x}\n}"


def test_all_fields_of_an_article() -> None:
    reference = one(
        """
@string{jpsm = "Journal of Pain \\& Symptom Management"}
@Article{smith2020pain,
  Author = {Smith, Jr, Jane A. and {World Health Organization} and others},
  title = {{TENS} for
     pain},
  journal = jpsm, year = 2020, month = mar, volume = 12, number = {3}, pages = {12--15},
  doi = {https://doi.org/10.1000/A_b}, pmid = 123, pmcid = {PMC45}, url = {https://example.org/a_b?x=1&y=%20~z},
  urldate = {2024-01-02}, note = {A note.}, reviewnumber = {7}, design = {trial}, samplesize = {20},
  keyresult = {Half were better.}, keywords = {k}, abstract = {50\\undefined}, language = {en},
}"""
    )
    assert reference == Reference(
        key="smith2020pain",
        type="article",
        title="TENS for pain",
        location=Location("refs.bib", 3, 1),
        authors=(Name("Smith", "Jane A.", suffix="Jr"), Name("World Health Organization")),
        and_others=True,
        container="Journal of Pain & Symptom Management",
        year="2020",
        volume="12",
        number="3",
        pages="12–15",
        date="2020-03",
        url="https://example.org/a_b?x=1&y=%20~z",
        urldate="2024-01-02",
        doi="10.1000/A_b",
        pmid="123",
        pmcid="PMC45",
        note="A note.",
        review_number=7,
        design="trial",
        sample_size="20",
        key_result="Half were better.",
        raw=reference.raw,
    )
    assert reference.raw.startswith("@Article{smith2020pain,\n  Author")
    assert reference.raw.endswith("language = {en},\n}")


@pytest.mark.parametrize(
    ("entry", "kind", "container"),
    [
        ("@inbook{a, title={T}, booktitle={B}}", "chapter", "B"),
        ("@incollection{a, title={T}, booktitle={B}}", "chapter", "B"),
        ("@inproceedings{a, title={T}, booktitle={B}}", "chapter", "B"),
        ("@book{a, title={T}}", "book", ""),
        ("@online{a, title={T}, url={https://a.org}}", "web", ""),
        ("@online{a, title={T}, note={gone}}", "web", ""),
        ("@techreport{a, title={T}, institution={I}}", "report", ""),
        ("@report{a, title={T}}", "report", ""),
        ("@misc(a, title={T})", "other", ""),
        ("@article{a, title={T}, note={Printed without journal or year.}}", "article", ""),
    ],
)
def test_types(entry: str, kind: str, container: str) -> None:
    reference = one(entry)
    assert (reference.type, reference.container) == (kind, container)


def test_where_it_was_published_decides_between_address_and_note() -> None:
    assert one(r"@misc{a, title={T}, howpublished={\url{https://a.org/x_y}}}").url == "https://a.org/x_y"
    assert (
        one("@misc{a, title={T}, howpublished={Leaflet.}, note={Out of print.}}").note
        == "Leaflet. Out of print."
    )


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"Sj{\o}gren {\O}", "Sjøgren Ø"),
        (r"\'e {\'e} \'{e} {\'{e}} \'{\i} \'\i{} \"{o} \^o \~n \=a \.{I} \`a", "é é é é í í ö ô ñ ā İ à"),
        (r"\u{g} \v{s} \H{o} \c{c} \c c \k{a} \r{a} \d{a} \b{d} \t{oo}", "ğ š ő ç ç ą å ạ ḏ o͡o"),
        (r"\ss \ae \AE \oe \aa \AA \l \L \i \j \o", "ßæÆœåÅłŁıȷø"),
        (r"{\ss} {\ae} {\l}", "ß æ ł"),
        ("{TENS} and {C}OVID", "TENS and COVID"),
        ("12--15 --- a-b", "12–15 — a-b"),
        ("``quoted'' `single' don't", "“quoted” ‘single’ don't"),
        (r"A~B\ C\,D\\E", "A B C D E"),
        (r"50\% A\&B a\_b \#1 \$5 \{x\}", "50% A&B a_b #1 $5 {x}"),
        ("100 % A & B #1", "100 % A & B #1"),
        (r"\emph{a} \textit{b} {\em c} {\bf d} \textbf{\emph{e}}", "a b c d e"),
        (r"CO\textsubscript{2} \textsuperscript{18}F 1\textsuperscript{st}", "CO₂ ¹⁸F 1st"),
        (r"H$_2$O CD4$^+$ 10$^{-3}$ $2^x$ 37$^\circ$C VO$_{2max}$", "H₂O CD4⁺ 10⁻³ 2^x 37°C VO2max"),
        (r"\alpha-blocker $\beta$ \textmu g $\mu$ \Delta $\Omega$", "α-blocker β µg μ ΔΩ"),
        (r"$<$ 5, $p \leq 0.05$, $\geq 3$, $-2$, \(x\)", "< 5, p ≤ 0.05, ≥3, −2, x"),
        (r"\texttrademark{} \textregistered{} \copyright{} \textdegree C", "™ ® © °C"),
        (r"\url{http://a.org/b_c--d} \href{http://a.org}{the page}", "http://a.org/b_c--d the page"),
        (r"\textbackslash{}x \~{} \^{} -{}- '{}'", "\\x ~ ^ -- ''"),
        ("é é  x", "é é x"),
    ],
)
def test_latex(latex: str, plain: str) -> None:
    assert title(latex) == plain


def test_latex_that_nests_without_braces_ends() -> None:
    findings = load("@misc{a, title = {" + r"\'" * 50_000 + "}}")[1]
    assert [item.partition(" ")[2].partition(";")[0] for item in findings] == [
        "bib-unknown-latex: the field 'title' holds '\\'', which has no plain text"
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Jane A. Smith", [Name("Smith", "Jane A.")]),
        ("Smith, Jane and Doe, John", [Name("Smith", "Jane"), Name("Doe", "John")]),
        (
            "van den Beuken-van Everdingen, Marieke H. J.",
            [Name("Beuken-van Everdingen", "Marieke H. J.", "van den")],
        ),
        ("Lo Bianco, Giuliano", [Name("Lo Bianco", "Giuliano")]),
        ("King, Jr., Martin", [Name("King", "Martin", suffix="Jr.")]),
        ("{World Health Organization}", [Name("World Health Organization")]),
        ("{Barnes and Noble, Inc.} and WHO", [Name("Barnes and Noble, Inc."), Name("WHO")]),
        (r"Sara{\c{c}}o{\u{g}}lu, {\.I}smail", [Name("Saraçoğlu", "İsmail")]),
        (r"Gr{\"o}nemeyer, J{\"o}rg~Peter", [Name("Grönemeyer", "Jörg Peter")]),
        ("Ludwig van Beethoven", [Name("Beethoven", "Ludwig", "van")]),
    ],
)
def test_names(names: str, expected: list[Name]) -> None:
    assert authors(names) == tuple(expected)


def test_editors() -> None:
    reference = one("@book{a, title = {T}, editor = {Doe, J. and Roe, R.}}")
    assert reference.editors == (Name("Doe", "J."), Name("Roe", "R."))


@pytest.mark.parametrize(
    ("value", "pages"),
    [
        ("12--15", "12–15"),
        ("12 - 15", "12–15"),
        ("12 – 15", "12–15"),
        ("1070-1090.e9", "1070–1090.e9"),
        ("E49--E56", "E49–E56"),
        ("90--101; quiz 102-3", "90–101; quiz 102–3"),
        ("sjpain-2023-0107", "sjpain-2023-0107"),
        ("984570", "984570"),
    ],
)
def test_pages(value: str, pages: str) -> None:
    assert one(f"@misc{{a, title = {{T}}, pages = {{{value}}}}}").pages == pages


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.1000/xyz", "10.1000/xyz"),
        ("https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("http://dx.doi.org/10.1000%2Fxyz", "10.1000/xyz"),
        ("doi: 10.1000/xyz", "10.1000/xyz"),
        (r"10.1007/978-3-319-60361-2\_29", "10.1007/978-3-319-60361-2_29"),
        (
            "10.1002/(SICI)1097-0142(19960315)77:6<1004::AID-CNCR1>3.0.CO;2-B",
            "10.1002/(SICI)1097-0142(19960315)77:6<1004::AID-CNCR1>3.0.CO;2-B",
        ),
    ],
)
def test_doi(value: str, doi: str) -> None:
    assert one(f"@misc{{a, title = {{T}}, doi = {{{value}}}}}").doi == doi


@pytest.mark.parametrize("month", ["mar", "{March}", "3", "{03}", '"Mar."'])
def test_month_and_year_make_a_date(month: str) -> None:
    assert one(f"@misc{{a, title = {{T}}, year = 2020, month = {month}}}").date == "2020-03"


def test_a_date_gives_the_year() -> None:
    reference = one("@article{a, title={T}, author={Doe, J.}, journal={J}, date={2020-03-04}}")
    assert (reference.year, reference.date) == ("2020", "2020-03-04")


def test_library_across_files() -> None:
    first, _ = load("@misc{a, title={T}, doi={10.1000/x}, pmid=1}", "a.bib")
    second, _ = load("\n@misc{A, title={T}, doi={10.1000/X}, pmid=1}\n@misc{b, title={T}}", "b.bib")
    diagnostics = Diagnostics()
    check_library([*first, *second], diagnostics)
    assert [str(item) for item in diagnostics] == [
        "b.bib:2:1: error[bib-duplicate-doi]: the DOI '10.1000/X' of 'A' is already used by 'a' at a.bib:1:1",
        "b.bib:2:1: error[bib-duplicate-key]: the key 'A' is already used, as 'a', at a.bib:1:1",
        "b.bib:2:1: error[bib-duplicate-pmid]: the PMID '1' of 'A' is already used by 'a' at a.bib:1:1",
    ]
    assert {item.source_line for item in diagnostics} == {"@misc{A, title={T}, doi={10.1000/X}, pmid=1}"}


def test_one_file_alone_has_no_findings_across_files() -> None:
    references, findings = load("@misc{a, title={T}}\n@misc{a, title={T}}")
    diagnostics = Diagnostics()
    check_library(references, diagnostics)
    assert len(findings) == 1
    assert list(diagnostics) == []
