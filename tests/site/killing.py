"""Builds that are killed: at a random moment, at a write of theirs, at a write of their engine's.

A first process knows the program; each build is a fork of it, so that it starts at once. The sources change
between two states, and what lies in `build/site` after a kill must be one of the two sites that undisturbed
builds make of them, byte for byte.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import engine, manifest, search_index, write
from generator.config import Project
from generator.hosting import page_policy
from generator.offline import edition
from generator.reporter import Reporter
from generator.swap import put_in_place
from generator.whole_build import build_whole
from tests.site.built import copy_fixture, tree

INTERPOSED = Path(__file__).parent / "interposed"
STATES = ("Patch a tube", "Patch the other tube")
RECORD = "techniques/patch-a-tube.yaml"
SCHEMA = "content/schema/technique.schema.json"
LEFT = [".lock", "cards", "docs", "drawings", "site", "templates", "theme", "twins"]
"""What lies in `build/` after a whole build."""

ENDED = ", but it was done before"
STAGES = (
    (write, "write_tree", 2),
    (engine, "build_beside", 4),
    (page_policy, "write_policies", 3),
    (search_index, "build_index", 1),
    (edition, "write_edition", 3),
    (manifest, "write_manifest", 4),
    (engine, "publish", 6),
)
"""Where the stages of a build begin, and how many kills each gets for one of the dearest: 21 in all.

The last one is the swap with the removal of the former site.
"""

_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "subprocess.Popen"}


@dataclass(slots=True)
class Log:
    """What was done and seen."""

    kills: Counter[str] = field(default_factory=Counter)
    """How the builds ended, `whole` among them: those that were done before their moment came."""
    stages: Counter[str] = field(default_factory=Counter)
    """What stood in `build/` besides a whole site when they were killed."""
    repairs: int = 0
    looks: int = 0
    """How often a reader looked for the site meanwhile."""


class Workshop:
    """A project with two states, the sites that belong to them, and builds that can be killed."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(copy_fixture("minimal", folder / "project"))
        self.log = Log()
        self.seconds = 0.0
        """How long an undisturbed build takes."""
        self.writes = 0
        """How many changes of the file system an undisturbed build makes, without its engine."""
        self.engine_writes = 0
        self.folder = folder
        self.is_fork = False
        self.counted: tuple[Path, list[int]] | None = None
        self._whole: list[tuple[bytes, dict[str, str], bytes]] = []
        self._record = (self.project.root / RECORD).read_text("utf-8")
        counted = folder / "writes"
        for state in range(len(STATES)):
            self.write_state(state)
            started = time.monotonic()
            assert ended(self.start(counted=counted)) == 0, "an undisturbed build failed"
            self.seconds = time.monotonic() - started
            site = self.project.site
            docs = {**tree(self.project.docs), **tree(self.project.theme)}
            self._whole.append(
                ((site / manifest.NAME).read_bytes(), docs, (self.project.root / SCHEMA).read_bytes())
            )
        assert self._whole[0][0] != self._whole[1][0]
        self.writes = int(counted.read_text())
        self.engine_writes = sum(len(files) for _, _, files in os.walk(self.project.site)) // 2

    def write_state(self, state: int) -> None:
        """Let the sources be in one of the two states."""
        (self.project.root / RECORD).write_text(
            self._record.replace(f"name: {STATES[0]}", f"name: {STATES[state]}"), "utf-8"
        )

    def start(self, counted: Path | None = None, last: int = 0, engine_last: int = 0) -> int:
        """Start a build in a process of its own, which may be told when to die; returns the process."""
        process = os.fork()
        if process:
            return process
        code = 1
        try:
            os.setsid()
            silence()
            if engine_last:
                os.environ["PYTHONPATH"] = str(INTERPOSED)
                os.environ["ATLAS_TEST_LAST_WRITE"] = str(engine_last)
            seen = _count(last)
            self._build()
            if counted:
                counted.write_text(str(seen[0]))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _build(self) -> None:
        build_whole(self.project, Reporter("text", quiet=True), "text", engine.DEFAULT)

    def kill_along(self, state: int, kills: int, chance: random.Random, notes: Path) -> None:
        """One build of a state, forks of which are killed in every stage before it goes on; it ends whole.

        Each fork finds the same files, so that a kill costs a stage and not a build.
        """
        self.write_state(state)
        process = os.fork()
        if not process:
            code = 1
            try:
                os.setsid()
                silence()
                # A fork has another number and works on in the same folder.
                here = engine.next_site(self.project)
                engine.next_site = lambda project: here  # type: ignore[assignment]
                for module, name, share in STAGES:
                    stop = Stop(self, getattr(module, name), name, here, kills * share, chance, notes)
                    setattr(module, name, stop)
                self._build()
                self.tell_count()
                code = 0
            except BaseException:
                notes.write_text(traceback.format_exc())
            finally:
                os._exit(code)
        status = _wait(process)
        assert status == 0, notes.read_text() if notes.exists() else status
        for line in notes.read_text().splitlines():
            how, _, stage = line.partition("|")
            self.log.kills[how] += 1
            if not how.endswith(ENDED):
                self.log.stages[stage] += 1
        notes.unlink()

    def tell_count(self) -> None:
        """Let whoever started this fork know how many changes it has made, if that was asked."""
        if self.counted:
            self.counted[0].write_text(str(self.counted[1][0]))

    def look(self) -> int:
        """Which state the site is of. Fails when it is of none."""
        site = self.project.site
        found = manifest.check_folder(site)
        assert found.same, ["not one whole site", *found.lines()]
        listed = (site / manifest.NAME).read_bytes()
        (state,) = [number for number, whole in enumerate(self._whole) if whole[0] == listed]
        schema = (self.project.root / SCHEMA).read_bytes()
        assert schema in [whole[2] for whole in self._whole], "the schema beside the sources is half written"
        return state

    def repair(self, state: int) -> None:
        """A build that nobody disturbs leaves what it leaves after a good one, and nothing else."""
        self.write_state(state)
        assert ended(self.start()) == 0, "the next build failed"
        assert self.look() == state
        build = self.project.build
        assert sorted(path.name for path in build.iterdir()) == LEFT
        assert {**tree(self.project.docs), **tree(self.project.theme)} == self._whole[state][1]
        assert list(self.project.root.rglob("*.part")) == []
        self.log.repairs += 1

    def note(self, how: str, status: int) -> None:
        """Log how a build ended; one that was not killed must have ended well."""
        if killed(status):
            names = {path.name.partition("-")[0] for path in self.project.build.iterdir()}
            next_site = sorted(self.project.build.glob("site.next-*"))
            listed = any((path / manifest.NAME).exists() for path in next_site)
            self.log.stages[
                "at the swap" if listed else "after docs" if "site.next" in names else "docs"
            ] += 1
        self.log.kills[how if killed(status) else how + ENDED] += 1


class Stop:
    """A stage of a build that is run by forks which are killed, before it is run as it should be."""

    def __init__(
        self,
        workshop: Workshop,
        stage: Callable[..., Any],
        name: str,
        folder: Path,
        kills: int,
        chance: random.Random,
        notes: Path,
    ) -> None:
        self._workshop = workshop
        self._stage = stage
        self._name = name
        self._folder = folder
        self._kills = kills
        self._chance = chance
        self._notes = notes
        self._over = False

    def __call__(self, *arguments: Any, **further: Any) -> Any:
        """Run the stage, the first time after all kills; in a fork until it is killed."""
        workshop = self._workshop
        if self._over:
            return self._stage(*arguments, **further)
        if workshop.is_fork:  # a fork ends where the next stage begins
            workshop.tell_count()
            os.kill(os.getpid(), signal.SIGKILL)
        self._over = True
        kept, kept_site, counted = (workshop.folder / name for name in ("kept", "kept-site", "counted"))
        shutil.copytree(workshop.project.site, kept_site)
        if self._folder.exists():
            shutil.copytree(self._folder, kept)
        before = workshop.look()
        # The first fork runs the whole stage, and tells how many changes and how much time there are in it.
        writes, seconds = 1, 0.0
        for number in range(self._kills + 1):
            by_write = number % 4 != 3
            last = 1 + self._chance.randrange(writes) if number and by_write else 0
            moment = self._chance.random() * seconds
            started = time.monotonic()
            process = os.fork()
            if not process:
                os.setsid()
                workshop.is_fork = True
                workshop.counted = (counted, _count(last))
                return self._stage(*arguments, **further)
            if number and not by_write:
                time.sleep(moment)
                with suppress(ProcessLookupError):
                    os.killpg(process, signal.SIGKILL)
            status = _wait(process)
            with suppress(ProcessLookupError):  # an engine of its own would write into the next fork's folder
                os.killpg(process, signal.SIGKILL)
            after = workshop.look()
            if number:
                self._note(status, by_write, after != before)
            else:
                writes, seconds = int(counted.read_text()), time.monotonic() - started
                counted.unlink()
            self._put_back(kept, kept_site, swapped=after != before)
        for path in (kept, kept_site):
            shutil.rmtree(path, ignore_errors=True)
        return self._stage(*arguments, **further)

    def _put_back(self, kept: Path, kept_site: Path, *, swapped: bool) -> None:
        """Let the stage find again what it found."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if kept.exists():
            shutil.copytree(kept, self._folder)
        if swapped:
            back = kept.with_name("back")
            shutil.copytree(kept_site, back)
            put_in_place(back, self._workshop.project.site, kept.with_name("aside"))

    def _note(self, status: int, by_write: bool, swapped: bool) -> None:
        how = "at a write" if by_write else "at a moment"
        if not killed(status):
            assert status == 0
            how += ENDED
        with self._notes.open("a") as notes:
            notes.write(f"{how}|{self._name}{' and after the swap' if swapped else ''}\n")


def silence() -> None:
    """Let a fork say nothing."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)


def killed(status: int) -> bool:
    """Whether a process was killed."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def kill_stages(workshop: Workshop, rounds: int, kills: int, seed: int) -> None:
    """Builds of one state after the other, in every stage of which so many forks are killed."""
    chance = random.Random(seed)
    for number in range(rounds):
        wanted = 1 - workshop.look()
        workshop.kill_along(wanted, kills, chance, workshop.folder / "notes")
        assert workshop.look() == wanted
        workshop.repair(number % 2)


def kill_whole_builds(workshop: Workshop, kills: int, seed: int, every: int) -> None:
    """Kill so many builds from their start and look after each; let one end undisturbed after every few."""
    chance = random.Random(seed)
    state = workshop.look()
    done = 0
    while done < kills:
        number = sum(workshop.log.kills.values())
        wanted = number % 2
        workshop.write_state(wanted)
        how, status = _one(workshop, chance, number)
        workshop.note(how, status)
        done += killed(status)
        after = workshop.look()
        assert after in (state, wanted), "a site of neither build"
        assert killed(status) or (status == 0 and after == wanted)
        state = after
        if number % every == every - 1:
            state = chance.randrange(2)
            workshop.repair(state)
    workshop.repair(0)


def _one(workshop: Workshop, chance: random.Random, number: int) -> tuple[str, int]:
    kind = number % 8
    if kind in (0, 1, 2):
        return "at a write", _wait(workshop.start(last=1 + chance.randrange(workshop.writes)))
    if kind == 3:  # the swap and the removal of the former site are the last of them
        last = workshop.writes - chance.randrange(max(1, workshop.writes // 5))
        return "at one of the last writes", _wait(workshop.start(last=last))
    if kind == 4:
        last = 1 + chance.randrange(workshop.engine_writes)
        return "at a write of the engine", _wait(workshop.start(engine_last=last))
    process = workshop.start()
    time.sleep(chance.random() * workshop.seconds)
    alone = kind == 5
    with suppress(ProcessLookupError):
        (os.kill if alone else os.killpg)(process, signal.SIGKILL)
    return ("at a moment, its programs live on" if alone else "at a moment"), _wait(process)


def _wait(process: int) -> int:
    return os.waitpid(process, 0)[1]


def ended(process: int) -> int:
    """The exit code of a process when it has ended."""
    return os.waitstatus_to_exitcode(_wait(process))


def _count(last: int) -> list[int]:
    """Count changes of the file system from now on; die at a set one."""
    seen = [0]
    me = os.getpid()

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        writes = (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if os.getpid() == me and (writes or event in _CHANGES):
            seen[0] += 1
            if seen[0] == last:
                os.kill(me, signal.SIGKILL)

    sys.addaudithook(count)
    return seen


def source_files(root: Path) -> dict[str, str]:
    """The authors' files, without the record whose state changes and the schema that a build refreshes."""
    folders = ("content", "techniques", "references", "site_templates")
    found = {f"{name}/{path}": digest for name in folders for path, digest in tree(root / name).items()}
    return {path: digest for path, digest in found.items() if path not in (RECORD, SCHEMA)}


@contextmanager
def reader(site: Path) -> Iterator[list[int]]:
    """Somebody who looks for the site all the time and never misses it; yields how often, when it is over."""
    receiver, sender = os.pipe()
    stop_receiver, stop_sender = os.pipe()
    process = os.fork()
    if not process:
        os.close(stop_sender)
        os.set_blocking(stop_receiver, False)
        looks = misses = 0
        while True:
            looks += 1
            # The name may lead to the former site, which goes between the two steps of one look.
            if not (site / "index.html").is_file() and not (site / "index.html").is_file():
                misses += 1
            try:
                if os.read(stop_receiver, 1) == b"":
                    break
            except BlockingIOError:
                time.sleep(0.0005)
        os.write(sender, f"{looks} {misses}".encode())
        os._exit(0)
    os.close(stop_receiver)
    os.close(sender)
    looks_and_misses = [0, 0]
    try:
        yield looks_and_misses
    finally:
        os.close(stop_sender)
        answer = os.read(receiver, 100).decode()
        os.close(receiver)
        os.waitpid(process, 0)
        looks_and_misses[:] = map(int, answer.split())
    assert looks_and_misses[1] == 0, "the site was missing for a reader"
