"""What the project takes from others: pinned, hashed, listed, no more than is needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import licences

ROOT = licences.ROOT
FILES = sorted(path.stem for path in licences.FOLDER.glob("*.txt"))
EXTRAS = {"site": [], "handbook": ["handbook"], "engines": ["engines"], "online": ["online"]}
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def declared(project: dict[str, Any], part: str) -> list[Requirement]:
    """What pyproject.toml asks for in a part of the work."""
    groups = project["optional-dependencies"]
    lines = [*project["dependencies"]]
    for extra in EXTRAS.get(part, groups):
        lines += groups[extra]
    return [Requirement(line) for line in lines]


def here(part: str) -> dict[str, str]:
    """Package → version of a file, for the Python and system of this run."""
    chosen = [item for item in licences.pinned(part) if item.marker is None or item.marker.evaluate()]
    found = {canonicalize_name(item.name): str(item.specifier).removeprefix("==") for item in chosen}
    assert len(found) == len(chosen), "two versions for one Python"
    return found


def needed(requirements: list[Requirement]) -> Iterator[str]:
    """The packages asked for and all that they ask for, as installed."""
    waiting, seen = [(item, "") for item in requirements], set()
    while waiting:
        item, extra = waiting.pop()
        if item.marker is not None and not item.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(item.name)
        for wanted in ("", *item.extras):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                asked = distribution(name).requires or []
                waiting += [(Requirement(line), wanted) for line in asked]
        yield name


# --- pins -----------------------------------------------------------------------------------------


def test_the_files_are_those_that_make_uses() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert set(re.findall(r"\$\(PINNED\) requirements/(\w+)\.txt", makefile)) == set(FILES)
    assert set(FILES) == set(licences.PARTS)
    assert all("--require-hashes" in line for line in makefile.splitlines() if line.startswith("PINNED"))
    for line in re.findall(r"^\t@\$\(INSTALL\).*$", makefile, re.MULTILINE):
        assert line == "\t@$(INSTALL) --no-deps --editable ."
    assert "pip install" not in makefile.replace("-m pip install --quiet --disable-pip-version-check", "", 1)


@pytest.mark.parametrize("part", FILES)
def test_each_line_is_a_pin_or_a_hash(part: str) -> None:
    """So no line names an index, an address or a path."""
    pin = r"[a-z0-9-]+==[\w.]+(?: ; [\w .'<>=!()]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    text = (licences.FOLDER / f"{part}.txt").read_text("utf-8")
    assert re.fullmatch(rf"(?:#.*\n)*(?:{pin})+", text)
    assert "://" not in text
    assert "make lock" in text.splitlines()[1]


@pytest.mark.parametrize("part", [part for part in FILES if part != "builder"])
def test_a_file_covers_what_is_declared_and_no_more(part: str, project: dict[str, Any]) -> None:
    """Every package of this Python, with all that it needs in turn, in the version that is installed."""
    found, asked = here(part), declared(project, part)
    for item in asked:
        assert item.specifier.contains(found[canonicalize_name(item.name)]), item
    assert set(needed(asked)) == set(found)
    assert {name: version(name) for name in found} == found


def test_the_files_agree() -> None:
    every = here("all")
    for part in EXTRAS:
        assert here(part).items() <= every.items()


def test_the_builder_is_the_one_declared() -> None:
    system = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]
    (item,) = [Requirement(line) for line in system["requires"]]
    assert item.specifier.contains(here("builder")[item.name])
    assert version(item.name) == here("builder")[item.name]


def test_what_is_declared_is_used_and_the_other_way_round() -> None:
    """deptry reads every import."""
    command = [sys.executable, "-m", "deptry", ".", "--no-ansi"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


# --- licences and bill of materials ---------------------------------------------------------------


def test_the_licences_are_listed() -> None:
    listed = licences.listed()
    assert licences.LIST.read_text("utf-8") == listed
    assert "UNKNOWN" not in listed


def test_the_bill_of_materials_is_complete_and_the_same_each_time(tmp_path: Path) -> None:
    """As `make sbom` asks for it, of what is installed here: names, versions, licences, no path."""
    script = (licences.FOLDER / "sbom.sh").read_text("utf-8")
    options = re.findall(r"--(?:mc-type application|output-reproducible|pyproject pyproject.toml)", script)
    assert len(options) == 3
    bills = []
    for number in range(2):
        target = tmp_path / f"{number}.json"
        command = [sys.executable, "-m", "cyclonedx_py", "environment", *" ".join(options).split()]
        subprocess.run(
            [*command, "--output-file", str(target), sys.executable],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        bills.append(target.read_text("utf-8"))
    assert bills[0] == bills[1]
    assert str(ROOT) not in bills[0]
    assert "file:" not in bills[0]
    found = {canonicalize_name(item["name"]): item for item in json.loads(bills[0])["components"]}
    for name, number in {**here("all"), **here("builder")}.items():
        assert found[name]["version"] == number
    assert all(found[name].get("licenses") for name in here("site"))


# --- workflows ------------------------------------------------------------------------------------


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(request.param.read_text("utf-8"))
    return found


def test_a_workflow_may_do_nothing_by_itself(workflow: dict[str, Any]) -> None:
    """Each job names what it needs; only the one that publishes may write, and it runs no code of ours."""
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        wanted = job["permissions"]
        writes = {scope for scope, access in wanted.items() if access == "write"}
        if name == "publish":
            assert wanted == {"pages": "write", "id-token": "write"}
            assert not any("run" in step or "checkout" in step["uses"] for step in job["steps"])
            assert job["if"] == "github.ref == 'refs/heads/main'"
        else:
            assert not writes
            assert wanted == {"contents": "read"}


def test_actions_are_pinned_to_a_release(workflow: dict[str, Any]) -> None:
    """To a tag with three numbers, of GitHub's own actions; a commit only with its release beside it."""
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", step["uses"])
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_nobody_elses_text_reaches_a_shell(workflow: dict[str, Any]) -> None:
    """Expressions stand in `env`, not in the text of a command; code of a fork gets no right to write."""
    triggers = workflow[True]  # YAML 1.1 reads `on` so
    assert "pull_request_target" not in triggers
    assert "workflow_run" not in triggers
    for job in workflow["jobs"].values():
        assert all("${{" not in step.get("run", "") for step in job["steps"])


def test_zizmor_finds_nothing_in_the_workflows() -> None:
    program = Path(sys.executable).with_name("zizmor")
    command = [str(program), "--offline", "--no-progress", "--persona=pedantic", "."]
    run = subprocess.run(command, cwd=ROOT / ".github", capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
