"""The tables open rightly where people open them: csv, pandas, a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from generator.exports.tables_csv import cell, table
from generator.knowledge import KnowledgeBase
from generator.published.catalogue import CSV, FILES
from tests.published import exported

TABLES = [entry for entry in FILES if entry.media_type == CSV and "*" not in entry.path]


@pytest.fixture(params=["everything", "real"])
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    kb: KnowledgeBase = request.getfixturevalue(request.param)
    return exported(kb)


def test_every_table_is_utf_8_with_a_mark_and_rfc_4180(files: dict[str, bytes]) -> None:
    """One byte order mark, lines ended by CR LF alone, rows of one length, quotation marks doubled."""
    for entry in TABLES:
        content = files[entry.path]
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\xef\xbb\xbf") == 1
        assert content.endswith(b"\r\n")
        assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
        found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        assert {len(row) for row in found} == {len(entry.table.columns)}  # type: ignore[union-attr]
        assert tuple(found[0]) == entry.table.header  # type: ignore[union-attr]


def test_no_cell_acts(files: dict[str, bytes]) -> None:
    """Nothing begins like a formula, and no control character hides in a cell."""
    for entry in TABLES:
        for row in csv.reader(io.StringIO(files[entry.path].decode("utf-8-sig"))):
            for value in row:
                assert not re.match(r"\s*[=+\-@＝＋－＠]", value), (entry.path, value)
                assert not re.search(r"[\x00-\x1f\x7f]", value), (entry.path, value)


@pytest.mark.parametrize("start", list("=+-@＝＋－＠"))
def test_a_formula_becomes_text(start: str) -> None:
    """Behind white space too."""
    assert cell(f"{start}1+1") == f"'{start}1+1"
    assert cell(f" \t{start}1") == f"'{start}1"
    assert cell(f"1 {start} 1") == f"1 {start} 1"


def test_quotation_marks_commas_and_lines_survive() -> None:
    """A line end within a cell becomes a space."""
    content = table(("a", "b"), [('say "x", y', "one\ntwo")])
    assert content == b'\xef\xbb\xbfa,b\r\n"say ""x"", y",one two\r\n'


def test_pandas_reads_what_csv_reads(files: dict[str, bytes]) -> None:
    """Without being told of the mark; the first column has its own name."""
    for entry in TABLES:
        frame = pd.read_csv(io.BytesIO(files[entry.path]), dtype=str, keep_default_na=False)
        known = list(csv.DictReader(io.StringIO(files[entry.path].decode("utf-8-sig"))))
        assert frame.to_dict("records") == known
        assert frame.columns[0] == entry.table.header[0]  # type: ignore[union-attr]


def test_every_cell_is_of_the_type_of_its_column(files: dict[str, bytes]) -> None:
    """As the table schema says: type, no empty cell where one is promised, ids that exist."""
    forms = {"string": r".*", "integer": r"-?\d+", "boolean": "true|false", "date": r"\d{4}-\d\d-\d\d"}
    frames = {
        entry.name: pd.read_csv(io.BytesIO(files[entry.path]), dtype=str, keep_default_na=False)
        for entry in TABLES
    }
    for entry in TABLES:
        schema, frame = json.loads(files[entry.schema_path]), frames[entry.name]
        assert [field["name"] for field in schema["fields"]] == list(frame.columns)
        for field in schema["fields"]:
            values = frame[field["name"]]
            filled = values[values != ""]
            wrong = filled[~filled.str.fullmatch(forms[field["type"]])]
            assert wrong.empty, (entry.path, field["name"], list(wrong)[:3])
            constraints = field.get("constraints", {})
            assert not constraints.get("required") or len(filled) == len(values), (entry.path, field["name"])
            assert not constraints.get("unique") or filled.is_unique
        for key in schema.get("foreignKeys", ()):
            other = frames[key["reference"]["resource"] or entry.name]
            used = set(frame[key["fields"]]) - {""}
            assert used <= set(other[key["reference"]["fields"]]), (entry.path, key["fields"])


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Calc is not installed")
def test_a_spreadsheet_shows_the_same_words(everything: KnowledgeBase, tmp_path: Path) -> None:
    """LibreOffice opens the file, as its dialogue proposes for one with a mark, and saves it: no formula."""
    files = exported(everything)
    for name in ("techniques", "indications", "evidence"):
        (tmp_path / f"{name}.csv").write_bytes(files[f"{name}.csv"])
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--infilter=CSV:44,34,76"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.csv"))], check=True, capture_output=True)
    for name in ("techniques", "indications", "evidence"):
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").worksheets[0]
        known = list(csv.reader(io.StringIO(files[f"{name}.csv"].decode("utf-8-sig"))))
        assert sheet.dimensions.startswith("A1:")
        for row, wanted in zip(sheet.iter_rows(), known, strict=True):
            for place, text in zip(row, wanted, strict=True):
                assert place.data_type != "f"
                if isinstance(place.value, str):
                    assert place.value == text
