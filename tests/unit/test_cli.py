"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli import main
from generator.config import Project

MakeProject = Callable[..., Project]
BROKEN = {"techniques/patch-a-tube.yaml": "id: patch-a-tube\nkind: procedur\n"}
GOOD, AUTHOR_ERRORS, WRONG_USAGE = 0, 1, 2


def atlas(*arguments: object, project: Project | None = None) -> Result:
    root = ["--root", str(project.root)] if project else []
    result = CliRunner().invoke(main, [*root, *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def good(project_factory: MakeProject) -> Project:
    return project_factory()


@pytest.fixture
def bad(project_factory: MakeProject) -> Project:
    return project_factory(files=BROKEN)


def test_validate_says_what_it_found_good(good: Project) -> None:
    """One line for people, exit code 0 for programs."""
    result = atlas("validate", project=good)
    assert (result.exit_code, result.stderr) == (GOOD, "")
    assert result.stdout == "1 techniques, 2 places, 1 references: no errors\n"


def test_validate_prints_findings_apart_from_results(bad: Project) -> None:
    """Findings and their count on the error stream, one line each in a pipe."""
    result = atlas("validate", project=bad)
    assert (result.exit_code, result.stdout) == (AUTHOR_ERRORS, "")
    lines = result.stderr.splitlines()
    assert lines[0] == "techniques/patch-a-tube.yaml:1:1: error[missing-field]: field 'group' is missing"
    assert lines[-1] == "5 errors"
    assert len(lines) == 6


def test_findings_for_programs(bad: Project) -> None:
    """JSON on the output, nothing else beside it."""
    result = atlas("validate", "--format", "json", project=bad)
    assert (result.exit_code, result.stderr) == (AUTHOR_ERRORS, "")
    assert json.loads(result.stdout)[-1] == {
        "path": "techniques/patch-a-tube.yaml",
        "line": 2,
        "column": 7,
        "severity": "error",
        "code": "unknown-value",
        "message": "field 'kind' has the value 'procedur'; allowed: class, procedure, device, combination, "
        "adjunct, mode. Did you mean 'procedure'?",
    }


def test_findings_for_github(bad: Project) -> None:
    """Workflow commands, which show beside the changed lines."""
    result = atlas("validate", "--format", "github", project=bad)
    assert result.exit_code == AUTHOR_ERRORS
    assert result.stdout.splitlines()[0] == (
        "::error file=techniques/patch-a-tube.yaml,line=1,col=1,title=missing-field::field 'group' is missing"
    )


def test_a_good_project_in_json_is_an_empty_list(good: Project) -> None:
    """A program need not tell cases apart."""
    result = atlas("validate", "--format", "json", project=good)
    assert (result.exit_code, json.loads(result.stdout)) == (GOOD, [])


def test_quiet_leaves_findings_only(good: Project) -> None:
    """Nothing to say, nothing said."""
    assert atlas("validate", "--quiet", project=good).output == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["validat"],
        ["validate", "--format", "xml"],
        ["--root", "/no/such/folder", "validate"],
        ["new"],
        ["export"],
        ["build", "extra"],
    ],
)
def test_wrong_usage_has_its_own_code(arguments: list[str]) -> None:
    """2, with a hint on the error stream."""
    result = atlas(*arguments)
    assert (result.exit_code, result.stdout) == (WRONG_USAGE, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize(
    "command", [[], ["validate"], ["build"], ["serve"], ["new"], ["schema"], ["export"]], ids=str
)
def test_every_command_explains_itself(command: list[str]) -> None:
    """--help and -h, also in a folder that holds no project."""
    result = atlas(*command, "--help")
    assert result.exit_code == GOOD
    assert result.stdout.startswith("Usage: ")
    assert atlas(*command, "-h").stdout == result.stdout


def test_the_version_is_that_of_the_package() -> None:
    """For reports of errors."""
    assert atlas("--version").stdout == f"atlas, version {__version__}\n"


# --- new


def test_new_writes_a_record_and_says_what_to_do(good: Project) -> None:
    """The file to fill in and the next command."""
    result = atlas("new", "true-a-wheel", project=good)
    assert (result.exit_code, result.stdout) == (
        GOOD,
        "Wrote techniques/true-a-wheel.yaml. Fill it in, then run: atlas validate\n",
    )
    assert (good.techniques / "true-a-wheel.yaml").is_file()


def test_new_never_overwrites(good: Project) -> None:
    """A record that is there stays as it is."""
    before = (good.techniques / "patch-a-tube.yaml").read_bytes()
    result = atlas("new", "patch-a-tube", project=good)
    assert (result.exit_code, result.stdout) == (AUTHOR_ERRORS, "")
    assert result.stderr == "techniques/patch-a-tube.yaml exists already and was not changed\n"
    assert (good.techniques / "patch-a-tube.yaml").read_bytes() == before


@pytest.mark.parametrize("identifier", ["True a wheel", "../x", "a--b", "a_b", "x" * 300, "a\n", ""])
def test_new_refuses_what_is_no_id(identifier: str, good: Project) -> None:
    """Nothing is written, and the form of an id is explained."""
    result = atlas("new", identifier, project=good)
    assert result.exit_code == WRONG_USAGE
    assert "is not an id: lower-case letters, digits and single hyphens only" in result.stderr
    assert [path.name for path in good.techniques.iterdir()] == ["patch-a-tube.yaml"]


# --- schema and export


def test_schema_writes_and_checks(good: Project) -> None:
    """--check changes nothing and says whether the file is up to date."""
    result = atlas("schema", "--check", project=good)
    assert (result.exit_code, good.technique_schema.exists()) == (AUTHOR_ERRORS, False)
    assert result.stderr == "content/schema/technique.schema.json is out of date; run: atlas schema\n"
    assert atlas("schema", project=good).stdout == "Wrote content/schema/technique.schema.json\n"
    assert atlas("schema", "--check", project=good).exit_code == GOOD


def test_export_writes_the_data_files(good: Project, tmp_path: Path) -> None:
    """Without a site."""
    result = atlas("export", tmp_path / "out", project=good)
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert (result.exit_code, result.stdout) == (
        GOOD,
        f"Wrote {len(written)} files into {tmp_path / 'out'}\n",
    )
    assert (tmp_path / "out" / "api" / "v1" / "techniques" / "patch-a-tube.json").is_file()


@pytest.mark.parametrize("command", [["schema"], ["export", "out"], ["build", "--docs-only"]], ids=str)
def test_nothing_is_written_from_records_with_errors(
    command: list[str], bad: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings and exit code 1, as for validate; the lock of a build is no work of it."""
    monkeypatch.chdir(bad.root)
    (bad.build / ".lock").parent.mkdir()
    (bad.build / ".lock").touch()
    before = sorted(bad.root.rglob("*"))
    result = atlas(*command, project=bad)
    assert result.exit_code == AUTHOR_ERRORS
    assert "5 errors" in result.stderr
    assert sorted(bad.root.rglob("*")) == before
