"""Fetch the packages of `packages.txt` with apt-get and pip; keep nothing of them but .bib files."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGES = Path(__file__).with_name("packages.txt")


def packages() -> Iterator[tuple[str, str]]:
    """Where each package is published, and its name."""
    for line in PACKAGES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            origin, name = line.split()
            yield origin, name


def gather(folder: Path) -> None:
    """Write the .bib files of every package under `folder`/<package>/. What is there is not fetched again."""
    with TemporaryDirectory() as state:
        options = _with_sources(Path(state))
        for origin, name in packages():
            if (folder / name).exists():
                continue
            with TemporaryDirectory() as fetched:
                if not _fetch(origin, name, Path(fetched), options):
                    print(f"{name}: not to be had", file=sys.stderr)
                    continue
                (folder / name).mkdir(parents=True)
                count = sum(_keep(archive, folder / name) for archive in sorted(Path(fetched).iterdir()))
            print(f"{name}: {count} files", flush=True)


def _with_sources(state: Path) -> list[str]:
    """Options for apt-get that also know source packages, without a change to the machine's lists."""
    lists, parts = state / "lists", state / "parts"
    (lists / "partial").mkdir(parents=True)
    parts.mkdir()
    for path in Path("/etc/apt/sources.list.d").glob("*.sources"):
        (parts / path.name).write_text(path.read_text().replace("Types: deb\n", "Types: deb deb-src\n"))
    for path in [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*.list")]:
        if path.exists():
            text = path.read_text()
            (parts / path.name).with_suffix(".list").write_text(text + text.replace("deb ", "deb-src "))
    options = [
        "-o", "Dir::Etc::SourceList=/dev/null", "-o", f"Dir::Etc::SourceParts={parts}",
        "-o", f"Dir::State::Lists={lists}", "-o", "APT::Sandbox::User=root",
    ]  # fmt: skip
    subprocess.run(["apt-get", *options, "-qq", "update"], check=True)
    return options


def _fetch(origin: str, name: str, folder: Path, options: list[str]) -> bool:
    commands = {
        "source": ["apt-get", *options, "-qq", "source", "--download-only", name],
        "deb": ["apt-get", *options, "-qq", "download", name],
        "sdist": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", name],
    }
    done = subprocess.run(
        commands[origin], cwd=folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )  # fmt: skip
    return done.returncode == 0


def _keep(archive: Path, folder: Path) -> int:
    """How many .bib files an archive held; other archives (changes, signatures) hold none."""
    count = 0
    for name, content in _files(archive, folder):
        target = folder / name.replace("/", "__")
        target.write_bytes(content)
        count += 1
    return count


def _files(archive: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as pack:
            yield from ((item, pack.read(item)) for item in pack.namelist() if item.endswith(".bib"))
        return
    if archive.suffix == ".deb":
        unpacked = archive.with_suffix(".tar")
        with unpacked.open("wb") as stream:
            subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], stdout=stream, check=True)
        archive = unpacked
    if not tarfile.is_tarfile(archive):
        return
    with tarfile.open(archive) as pack:
        for member in pack:
            if member.isfile() and member.name.endswith(".bib") and (stream := pack.extractfile(member)):
                yield member.name.removeprefix("./"), stream.read()
