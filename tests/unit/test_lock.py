"""One build at a time: others wait and say so, and a killed one blocks nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.lock import Busy, alone
from generator.parallel import map_in_order

HOLD = """
import sys, pathlib
from generator.lock import alone
with alone(pathlib.Path(sys.argv[1]), print):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def ending(process: subprocess.Popen[str], how: Callable[[], object]) -> None:
    how()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def test_a_second_one_waits_and_says_so(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    said: list[str] = []
    with pytest.raises(Busy, match="Let it end or stop it"), alone(tmp_path, said.append, patience=0.3):
        pytest.fail("two held the folder at once")
    assert said == [f"Another build works in {tmp_path}; waiting for it."]
    assert holder.stdin is not None
    ending(holder, holder.stdin.close)
    with alone(tmp_path, said.append):
        assert len(said) == 1


def test_a_killed_one_blocks_nobody(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    ending(holder, lambda: os.kill(holder.pid, signal.SIGKILL))
    said: list[str] = []
    with alone(tmp_path, said.append, patience=0.3):
        assert said == []


def test_workers_that_end_do_not_let_go(tmp_path: Path) -> None:
    """Forked workers share the file of the lock with the build; the lock stays with the build."""
    again = [sys.executable, "-c", HOLD.replace("print)", "print, patience=0.2)"), str(tmp_path)]
    with alone(tmp_path, print), alone(tmp_path, print):
        assert list(map_in_order(abs, [-1] * 8, worthwhile=2)) == [1] * 8
        finished = subprocess.run(again, input="", capture_output=True, text=True, check=False)
    assert "Busy" in finished.stderr
