"""Every error code has a folder under fixtures/invalid that shows it, with the exact text an author reads.

A folder holds what differs from fixtures/minimal, `delete.txt` names files to leave out, and
`expected.txt` is what `atlas validate` prints in a pipe. `code--more` shows a code in another way.
"""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from generator.config import Project
from generator.diagnostics import BuildFailed, format_text
from generator.pipeline import load_knowledge

TESTS = Path(__file__).parent
INVALID = TESTS / "fixtures" / "invalid"
CASES = sorted(path.name for path in INVALID.iterdir())
OWN_FILES = ("expected.txt", "delete.txt")
OF_SEVERAL_CODES = {"many-files"}

# Files too large to keep in the repository.
LARGE_FILES = {
    "file-too-large": ("techniques/large.yaml", b"# all comment\n" * 150_000),
    "bib-too-large": ("references/large.bib", b"% all comment\n" * 1_500_000),
}

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_PREFIXED = re.compile(r"(bib|yaml|file)(-[a-z0-9]+)+")
# A warning stops no build, so no author meets it here: tests/unit/test_upkeep.py and others show theirs.
_REPORTING = {"error", "_error", "report", "_report"}


def make_case(case: str, root: Path) -> Project:
    """The minimal project with the files of a case over it."""
    shutil.copytree(TESTS / "fixtures" / "minimal", root)
    folder = INVALID / case
    shutil.copytree(
        folder, root, dirs_exist_ok=True, ignore=lambda where, _: OWN_FILES if Path(where) == folder else ()
    )
    if (folder / "delete.txt").exists():
        for name in (folder / "delete.txt").read_text("utf-8").split():
            (root / name).unlink()
    if case in LARGE_FILES:
        name, content = LARGE_FILES[case]
        (root / name).write_bytes(content)
    return Project(root)


def shown_findings(project: Project) -> str:
    """What is printed for a project that does not validate."""
    with pytest.raises(BuildFailed) as caught:
        load_knowledge(project)
    return format_text(caught.value.diagnostics, carets=False) + "\n"


def codes_in_source() -> set[str]:
    """Every code that stands in the source: where a finding is reported, or in what leads to one."""
    found = set()
    for path in (TESTS.parent / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found.update(_codes_at(node))
    return {code for code in found if not code.startswith("site-")}


def _codes_at(node: ast.AST) -> set[str]:
    candidates: list[ast.expr] = []
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "PydanticCustomError":
            return {str(ast.literal_eval(node.args[0])).replace("_", "-")}
        if name in _REPORTING:
            candidates = node.args
    elif isinstance(node, ast.Return | ast.Yield) and isinstance(node.value, ast.Tuple):
        candidates = node.value.elts
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _PREFIXED.fullmatch(node.value):
        return {node.value}
    texts = [item.value for item in candidates if isinstance(item, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and _CODE.fullmatch(text)}


@pytest.mark.parametrize("case", CASES)
def test_an_author_reads_exactly_this(case: str, tmp_path: Path) -> None:
    """The findings of a case are the text of its expected.txt."""
    expected = (INVALID / case / "expected.txt").read_text("utf-8")
    assert shown_findings(make_case(case, tmp_path / "project")) == expected


@pytest.mark.parametrize("case", sorted(set(CASES) - OF_SEVERAL_CODES))
def test_a_case_shows_its_own_code_only(case: str) -> None:
    """The folder is named after the only code that it shows."""
    shown = set(
        re.findall(r": error\[([a-z0-9-]+)\]: ", (INVALID / case / "expected.txt").read_text("utf-8"))
    )
    assert shown == {case.partition("--")[0]}


def test_every_code_has_a_case() -> None:
    """No code without a folder, and no folder without a code."""
    shown = {case.partition("--")[0] for case in CASES if case not in OF_SEVERAL_CODES}
    assert shown == codes_in_source()


def test_all_errors_come_at_once_and_sorted() -> None:
    """Errors in records, vocabulary, bibliography and pages stand in one sorted list."""
    lines = (INVALID / "many-files" / "expected.txt").read_text("utf-8").splitlines()
    places = [line.split(":")[:3] for line in lines]
    paths = [place[0] for place in places]
    assert len(set(paths)) > 4
    assert paths == sorted(paths)
    assert len({re.search(r"\[([a-z-]+)\]", line)[1] for line in lines}) > 4  # type: ignore[index]
