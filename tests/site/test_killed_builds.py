"""A build that is killed costs nothing: the site is the last or the new one, the next build repairs.

`make test` kills a few dozen, `make test-long` five hundred; `python -m tests.site.test_killed_builds` does
the latter and prints the figures, which stand in tests/site/KILLS.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.site.killing import STAGES, Log, Workshop, kill_stages, kill_whole_builds, reader

pytestmark = pytest.mark.engine

SHARES = sum(share for _, _, share in STAGES)


def killed(folder: Path, rounds: int, each: int, whole: int) -> Log:
    workshop = Workshop(folder)
    with reader(workshop.project.site) as looks:
        kill_stages(workshop, rounds, each, seed=7)
        kill_whole_builds(workshop, whole, seed=7, every=8)
    workshop.log.looks = looks[0]
    return workshop.log


def test_a_few_dozen_kills_lose_nothing(tmp_path: Path) -> None:
    """Kills in every stage, the swap among them."""
    log = killed(tmp_path, rounds=1, each=1, whole=0)
    assert sum(log.stages.values()) >= SHARES - 6, "a moment may come too late"
    assert {stage.partition(" ")[0] for stage in log.stages} >= {"write_tree", "write_manifest", "publish"}
    assert log.repairs >= 1


@pytest.mark.long
def test_five_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    log = killed(tmp_path, rounds=5, each=6, whole=20)
    assert sum(log.stages.values()) >= 500


if __name__ == "__main__":
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log = killed(Path(folder), *map(int, sys.argv[1:] or (5, 6, 20)))
    print(f"{sum(log.stages.values())} kills in {time.monotonic() - started:.0f} s")
    for title, counted in (("how", log.kills), ("in which stage", log.stages)):
        print(f"\n{title}:")
        for name, count in sorted(counted.items()):
            print(f"  {count:4}  {name}")
    print(f"\n{log.repairs} builds after them repaired all; no look of {log.looks:,} missed the site")
