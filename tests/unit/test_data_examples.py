"""The worked examples of the data page: the very files, run on the data of the fixture and of the atlas."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula import Tokenizer

from generator.knowledge import KnowledgeBase
from tests.conftest import ROOT
from tests.published import exported

EXAMPLES = ROOT / "site_templates" / "pages" / "data" / "examples"


@pytest.fixture(params=["everything", "real"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the files, as it is published."""
    kb: KnowledgeBase = request.getfixturevalue(request.param)
    for name in ("indications.csv", "evidence.csv", "pain-sites.json"):
        (tmp_path / name).write_bytes(exported(kb)[name])
    return tmp_path


def rows(data: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((data / name).read_text("utf-8-sig"))))


def expected(data: Path) -> dict[str, tuple[str, str]]:
    """Pain site to its numbers of techniques and of bodies, counted without any of the tools."""
    named = defaultdict(set)
    for row in rows(data, "indications.csv"):
        if row["standing"] == "indicated" and row["pain_site"]:
            named[row["pain_site"]].add(row["technique"])
    bodies = defaultdict(set)
    for row in rows(data, "evidence.csv"):
        if row["technique"] == row["rated_for"]:
            bodies[row["technique"]].add(row["body"])
    return {
        site: (str(len(found)), str(len(set().union(*(bodies[item] for item in found)))))
        for site, found in named.items()
    }


def run(*command: str) -> str:
    finished = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def counted(text: str) -> dict[str, tuple[str, str]]:
    found = csv.DictReader(io.StringIO(text))
    return {row["pain_site"]: (row["techniques"], row["rating_bodies"]) for row in found}


def test_pandas(data: Path) -> None:
    """With the names of the pain sites from the JSON file."""
    text = run(sys.executable, str(EXAMPLES / "techniques_by_site.py"), str(data))
    assert counted(text) == expected(data)
    assert all(row["name"] for row in csv.DictReader(io.StringIO(text)))


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed (Debian: r-base-core)")
def test_r(data: Path) -> None:
    """The same answer."""
    text = run("Rscript", "--vanilla", str(EXAMPLES / "techniques_by_site.R"), f"{data}/")
    assert counted(text) == expected(data)


def workbook(data: Path) -> tuple[openpyxl.Workbook, list[dict[str, str]]]:
    """Two sheets with the data as text, and a third with the formulas."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name in ("indications", "evidence"):
        sheet = book.create_sheet(name)
        for row in csv.reader(io.StringIO((data / f"{name}.csv").read_text("utf-8-sig"))):
            sheet.append([value or None for value in row])
    formulas = list(csv.DictReader(io.StringIO((EXAMPLES / "techniques_by_site.csv").read_text("utf-8"))))
    result = book.create_sheet("result")
    for item in formulas:
        result[item["cell"]] = item["formula"]
    return book, formulas


def test_formulas_name_the_columns_that_they_mean(data: Path) -> None:
    """Each range of a formula is a column that its explanation, or the page, speaks of."""
    book, formulas = workbook(data)
    meant = {
        "indications!A:A": "technique", "indications!C:C": "standing", "indications!D:D": "pain_site",
        "evidence!A:A": "technique", "evidence!B:B": "rated_for", "evidence!F:F": "value",
    }  # fmt: skip
    used = {
        token.value.replace("D2:D9999", "D:D")
        for item in formulas
        for token in Tokenizer(item["formula"]).items
        if token.subtype == "RANGE" and ":" in token.value
    }
    assert used == set(meant)
    for place, name in meant.items():
        sheet, _, columns = place.partition("!")
        assert book[sheet][f"{columns[0]}1"].value == name
    assert book["evidence"]["E1"].value == "scale"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Calc is not installed")
def test_a_spreadsheet_computes_it(data: Path, tmp_path: Path) -> None:
    """LibreOffice opens the workbook and works the formulas out."""
    book, _ = workbook(data)
    book.active = book.index(book["result"])
    book.save(tmp_path / "book.xlsx")
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    third = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    convert = ("--convert-to", third, "--outdir", str(tmp_path))
    run("soffice", home, "--headless", *convert, str(tmp_path / "book.xlsx"))
    (made,) = tmp_path.glob("book*.csv")
    _, line = csv.reader(io.StringIO(made.read_text("utf-8")))
    said, ratings = rows(data, "indications.csv"), rows(data, "evidence.csv")
    site = next(row["pain_site"] for row in said if row["pain_site"])
    first = next(row["technique"] for row in said if row["pain_site"] == site)
    own = [row["value"] for row in ratings if row["technique"] == row["rated_for"] == first]
    assert line == [
        site,
        str(sum(row["pain_site"] == site and row["standing"] == "indicated" for row in said)),
        str(sum(row["pain_site"] == site and row["standing"] == "not indicated" for row in said)),
        first,
        str(len(own)),
        own[0] if own else "not rated",
    ]
