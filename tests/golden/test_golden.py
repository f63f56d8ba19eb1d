from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.golden import FIXTURE, make_tree, read_expected


def test_the_tree_is_the_one_that_was_accepted() -> None:
    """Every generated page and data file, byte for byte; a meant change is accepted with `make golden`."""
    made, expected = make_tree(), read_expected()
    assert sorted(made) == sorted(expected)
    for path, content in made.items():
        if content != expected[path]:
            difference = difflib.unified_diff(
                expected[path].decode().splitlines(),
                content.decode().splitlines(),
                f"accepted/{path}",
                f"made/{path}",
                lineterm="",
                n=1,
            )
            raise AssertionError("\n".join(list(difference)[:40]))


def digest_in_a_new_process(root: Path, seed: str) -> dict[str, str]:
    code = (
        "import hashlib, json, pathlib, sys\n"
        "from tests.golden import make_tree\n"
        "tree = make_tree(pathlib.Path(sys.argv[1]))\n"
        "print(json.dumps({path: hashlib.sha256(data).hexdigest() for path, data in tree.items()}))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(finished.stdout)
    return found


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Another folder and another hash seed change nothing."""
    elsewhere = tmp_path / "a" / "copy"
    shutil.copytree(FIXTURE, elsewhere)
    accepted = {path: hashlib.sha256(data).hexdigest() for path, data in read_expected().items()}
    assert accepted == digest_in_a_new_process(FIXTURE, "0")
    assert accepted == digest_in_a_new_process(elsewhere, "4711")
