"""Runs the command line in a child whose memory and processor time are bounded."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.cli import main

MEGABYTE = 1_000_000
CPU_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended. `signal` is not 0 if the system ended it: out of time or of memory."""

    code: int
    signal: int
    out: str
    err: str
    megabytes: int
    """The most memory it held."""


def atlas(*arguments: str, megabytes: int = 700, prepare: Callable[[], None] = lambda: None) -> Run:
    """Run a command with so much memory beside what is loaded. `prepare` runs in the child before it."""
    with tempfile.TemporaryFile("w+b") as out, tempfile.TemporaryFile("w+b") as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os._exit(_run(arguments, megabytes, prepare))
        _, status, usage = os.wait4(child, 0)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
    signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1
    return Run(code, signal, *texts, megabytes=usage.ru_maxrss * 1024 // MEGABYTE)


def _run(arguments: tuple[str, ...], megabytes: int, prepare: Callable[[], None]) -> int:
    with (
        open(1, "w", encoding="utf-8", closefd=False) as out,
        open(2, "w", encoding="utf-8", closefd=False) as err,
    ):
        sys.stdout, sys.stderr = out, err
        try:
            prepare()
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            limit = pages * resource.getpagesize() + megabytes * MEGABYTE
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
            main(arguments)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 0
        except BaseException:
            traceback.print_exc()
            return 70
    return 0
