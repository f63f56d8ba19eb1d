"""Every HTML file of the built site is held against the standard by the Nu Html Checker."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.site.built import BuiltSite

pytestmark = [pytest.mark.engine, pytest.mark.long]

FOLDER = Path(__file__).parents[1] / "validator"
CHECKER = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
Message = dict[str, Any]


@pytest.fixture(scope="module")
def allowed() -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.safe_load((FOLDER / "allowed.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def checker() -> Path:
    got = subprocess.run(["sh", str(FOLDER / "get.sh")], capture_output=True, text=True, check=False)
    assert got.returncode == 0, got.stderr
    return CHECKER


def check(checker: Path, target: Path) -> list[Message]:
    """What the checker says of a file or of all HTML files of a folder."""
    command = ["java", "-Xss8m", "-jar", str(checker), "--skip-non-html", "--stdout", "--format", "json"]
    run = subprocess.run(
        [*command, "--exit-zero-always", str(target)], capture_output=True, text=True, check=True
    )
    found: list[Message] = json.loads(run.stdout)["messages"]
    return found


def reason(message: Message, allowed: list[dict[str, str]]) -> str:
    """Who causes what may be; empty when it may not be."""
    for item in allowed:
        in_place = re.search(item.get("extract", ""), message.get("extract", ""))
        if in_place and re.search(item["message"], message["message"]):
            return item["cause"]
    return ""


def test_every_page_is_valid(site: BuiltSite, checker: Path, allowed: list[dict[str, str]]) -> None:
    """`-s` shows how many files were read, and how often what is allowed was found."""
    messages = check(checker, site.folder)
    causes = Counter(reason(item, allowed) or "not allowed" for item in messages)
    print(f"\n{len(list(site.folder.rglob('*.html')))} files: {dict(causes)}")
    faults = [
        (item["url"].rpartition("/site/")[2], item.get("lastLine"), item["message"], item.get("extract"))
        for item in messages
        if not reason(item, allowed)
    ]
    assert faults == []
    for item in allowed:
        assert any(reason(message, [item]) for message in messages), f"is found no more: {item['message']}"


def test_the_checker_finds_what_is_wrong(
    checker: Path, tmp_path: Path, allowed: list[dict[str, str]]
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>Page</title><ul><p>no item</p></ul></html>", "utf-8")
    faults = [item for item in check(checker, page) if not reason(item, allowed)]
    assert any("not allowed as child" in item["message"] for item in faults)
