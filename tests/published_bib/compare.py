"""Read .bib files of public projects; hold each field against bibtexparser and pylatexenc."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
import traceback
import unicodedata
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import bibtexparser
from bibtexparser.bparser import BibTexParser
from pylatexenc.latex2text import LatexNodes2Text

from generator.diagnostics import Diagnostics
from generator.load import bibtex_file, bibtex_source
from generator.load.bibtex_file import load_bibtex
from generator.model.reference import Name, Reference

# Each finding of a file is wanted here, however many there are.
bibtex_source.MAX_FINDINGS = sys.maxsize
_TEXT = LatexNodes2Text(keep_comments=True, math_mode="text")
_FIELDS = (
    "title",
    "year",
    "volume",
    "number",
    "publisher",
    "edition",
    "doi",
    "pmid",
    "pages",
    "author",
    "editor",
)


@dataclass
class Figures:
    """What was read, and how it came out."""

    files: int = 0
    entries: int = 0
    right: int = 0
    reported: int = 0
    crashed: int = 0
    fields: int = 0
    """Compared one by one in entries without a finding but of fields that we do not know."""
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    bytes: int = 0
    slowest: float = 0.0
    unread: int = 0
    """Entries of files that the other parser cannot read: not compared, not in `entries`."""


def read(path: Path, figures: Figures) -> None:
    """Add one file to the figures."""
    data = path.read_bytes()
    figures.files += 1
    figures.bytes += len(data)
    found = Diagnostics()
    started = time.perf_counter()
    try:
        references = load_bibtex(path.name, data, found)
    except Exception:
        figures.crashed += 1
        figures.wrong.append(f"{path}: {traceback.format_exc()}")
        return
    took = time.perf_counter() - started
    figures.seconds += took
    figures.slowest = max(figures.slowest, took)
    figures.codes.update(item.code for item in found)
    # A field that we do not know is said and passed over: the other fields are read, and so compared.
    lines = sorted({item.location.line for item in found if item.code != "bib-unknown-field"})
    others = _others(data)
    whole_file = lines[:1] == [0]
    starts = sorted(reference.location.line for reference in references)
    if others is None:
        figures.unread += len(references)
        return
    for reference in references:
        figures.entries += 1
        following = next((line for line in starts if line > reference.location.line), sys.maxsize)
        if whole_file or any(reference.location.line <= line < following for line in lines):
            figures.reported += 1
            continue
        twins = others.get(reference.key)
        if not twins:
            figures.wrong.append(f"{path}:{reference.location.line}: {reference.key}: only we read it")
            continue
        differing = _differing(reference, twins.pop(0), figures)
        if differing:
            figures.wrong.append(f"{path}:{reference.location.line}: {reference.key}: {'; '.join(differing)}")
        else:
            figures.right += 1
    read_keys = {reference.key for reference in references}
    for key in others.keys() - read_keys:
        figures.entries += 1
        # Without a key of ours an entry was reported where it stands or lies in a piece that was.
        if lines and not whole_file and not _reported(key, data, lines):
            figures.wrong.append(f"{path}: {key}: only the other parser read it")
        elif lines:
            figures.reported += 1
        else:
            figures.wrong.append(f"{path}: {key}: lost")


def _reported(key: str, data: bytes, lines: list[int]) -> bool:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for match in re.finditer(r"@\s*\w+\s*[{(]\s*" + re.escape(key), text):
        line = text.count("\n", 0, match.start()) + 1
        if any(line - 1 <= found <= line + 40 for found in lines):
            return True
    return False


def _others(data: bytes) -> dict[str, list[dict[str, str]]] | None:
    text = data.decode("utf-8-sig", "replace")
    parser = BibTexParser(ignore_nonstandard_types=False, common_strings=True, interpolate_strings=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            entries = bibtexparser.loads(text, parser).entries
    except Exception:
        return None
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for entry in entries:
        found[entry["ID"]].append(entry)
    return found


def _differing(reference: Reference, other: dict[str, str], figures: Figures) -> list[str]:
    differing = []
    for name in _FIELDS:
        value = other.get(name, "")
        if not value:
            continue
        figures.fields += 1
        ours = _ours(reference, name)
        theirs = _names(value) if name in ("author", "editor") else _plain(value)
        if _letters(ours) != _letters(theirs) and _letters(ours) != _letters(value):
            differing.append(f"{name}: {ours!r} | {value!r}")
    return differing


def _ours(reference: Reference, name: str) -> str:
    if name == "author":
        return " ".join(map(_name, reference.authors))
    if name == "editor":
        return " ".join(map(_name, reference.editors))
    return str(getattr(reference, name))


def _name(name: Name) -> str:
    return f"{name.given} {name.particle} {name.family} {name.suffix}"


def _names(value: str) -> str:
    names = re.split(r"\s+and\s+", " ".join(value.split()), flags=re.IGNORECASE)
    return " ".join(_plain(name) for name in names if name.lower() != "others")


def _plain(value: str) -> str:
    return str(_TEXT.latex_to_text(value))


def _letters(text: str) -> str:
    """Letters and digits of a text in any order of its words, for parsers set names apart differently."""
    text = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"\w", text)
    return "".join(sorted(char for char in words if not unicodedata.combining(char)))


def sums(folder: Path) -> dict[str, dict[str, object]]:
    """For each package: how many files, entries and the SHA-256 over its files."""
    found: dict[str, dict[str, object]] = {}
    for package in sorted(path for path in folder.iterdir() if path.is_dir()):
        files = sorted(package.glob("*.bib"))
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
        if files:
            found[package.name] = {"files": len(files), "sha256": digest}
    return found


def compare(folder: Path) -> Figures:
    """All files under a folder, package by package."""
    figures = Figures()
    assert bibtex_file.BibtexSource is bibtex_source.BibtexSource
    for number, path in enumerate(sorted(folder.rglob("*.bib"))):
        read(path, figures)
        if number % 20 == 0:
            print(number, path.parent.name, figures.entries, file=sys.stderr, flush=True)
    return figures


def report(figures: Figures) -> str:
    """The figures as JSON, without the list of what differs."""
    shown = {name: value for name, value in vars(figures).items() if name != "wrong"}
    return json.dumps(
        {**shown, "codes": dict(figures.codes.most_common()), "differing": len(figures.wrong)}, indent=2
    )
