"""Files that no author would write, or that came broken: `atlas validate` says where, and neither falls nor fills."""

# ruff: noqa: E501 (cases read best on one line)
from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import Project
from generator.load.bibtex_source import MAX_BYTES as BIBTEX_BYTES
from generator.load.bibtex_source import MAX_FINDINGS
from generator.load.text_file import MAX_BYTES as TEXT_BYTES
from generator.load.yaml_file import MAX_VALUES
from generator.pipeline import load_knowledge
from tests.conftest import FIXTURES
from tests.hostile import Run, atlas

MakeProject = Callable[..., Project]
RECORD = """id: mend
name: Mend
kind: procedure
group: hand-tools
summary:
  text: {text}
  citations: [brown2019wheels]
review:
  drafted_from: [brown2019wheels]
  checked: 2026-01-31
  next_due: 2027-01-31
"""
PAGE = """---
title: Guide
lead: A guide.
section: learn
review:
  drafted_from: [brown2019wheels]
  checked: 2026-01-31
  next_due: 2027-01-31
---

"""
REFERENCE = "@misc{%s, title = {%s}, note = {A note.}}\n"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
FINDING = re.compile(r"[^:]+(:\d+:\d+)?: (error|warning)\[[a-z0-9-]+\]: .+")


def validate(project: Project, prepare: Callable[[], None] = lambda: None) -> Run:
    """The command, which ends by itself with errors of authors, each on a line with its place."""
    run = atlas("--root", str(project.root), "validate", prepare=prepare)
    assert (run.code, run.signal, run.out) == (1, 0, ""), run.err[-3000:]
    *findings, total = run.err.splitlines()
    assert "Traceback" not in run.err
    assert all(FINDING.fullmatch(line) for line in findings), run.err[:3000]
    assert all(line.isprintable() and len(line) < 6_000 for line in findings)
    assert re.fullmatch(r"[\d,]+ errors?(, \d+ warnings?)?", total)
    return run


CASES: dict[str, tuple[str, bytes, str]] = {
    "alias bomb": ("techniques/mend.yaml", BOMB.encode(), "mend.yaml:1:4: error[yaml-alias]: anchor '&a'"),
    "deep nesting": ("techniques/mend.yaml", b"a: " + b"[" * 900_000, "mend.yaml:1:27: error[yaml-too-deep]"),
    "deep nesting by indentation": (
        "techniques/mend.yaml",
        "".join(f"{' ' * level}a:\n" for level in range(1_000)).encode(),
        "mend.yaml:25:25: error[yaml-too-deep]",
    ),
    "deep braces": ("references/x.bib", REFERENCE.encode() % (b"a", b"{" * 1_000_000), "x.bib:1:"),
    "deep front matter": ("content/pages/guide.md", b"---\na: " + b"{a: " * 9_000 + b"\n---\n", "guide.md:2:"),
    "NUL": ("techniques/mend.yaml", RECORD.format(text="a\0b").encode(), "mend.yaml:6:10: error[file-control"),
    "NUL as an escape": (
        "techniques/mend.yaml",
        RECORD.format(text='"a\\0b"').encode(),
        "mend.yaml:6:9: error[file-control-character]: character U+0000",
    ),
    "NUL in a bibliography": ("references/x.bib", REFERENCE.encode() % (b"a", b"T\0T"), "x.bib:1:20: error[bib-encoding]"),
    "lone surrogate as bytes": (
        "techniques/mend.yaml",
        RECORD.format(text="a").encode() + b"# \xed\xa0\x80\n",
        "mend.yaml:12:3: error[file-not-utf8]",
    ),
    "lone surrogate as an escape": (
        "techniques/mend.yaml",
        RECORD.format(text='"a\\ud800b"').encode(),
        "mend.yaml:6:13: error[yaml-syntax]: not valid YAML: invalid Unicode character escape code",
    ),
    "lone surrogate in a bibliography": (
        "references/x.bib",
        REFERENCE.encode() % (b"a", b"T\xed\xa0\x80"),
        "x.bib:1:20: error[bib-encoding]",
    ),
    "bidi control": (
        "techniques/mend.yaml",
        RECORD.format(text="not \u202eevitceffe\u202c").encode(),
        "mend.yaml:6:13: error[file-control-character]: character U+202E",
    ),
    "bidi mark": ("content/pages/guide.md", f"{PAGE}a\u200eb\n".encode(), "guide.md:11:2: error[file-control-character]"),
    "bidi control in a bibliography": (
        "references/x.bib",
        REFERENCE.encode() % (b"a", "T\u2066T".encode()),
        "x.bib:1:20: error[bib-encoding]",
    ),
    "hidden tags": (
        "techniques/mend.yaml",
        RECORD.format(text="a\U000e0041b").encode(),
        "mend.yaml:6:10: error[file-control-character]: character U+E0041",
    ),
    "Latin-1": ("techniques/mend.yaml", RECORD.format(text="caf\xe9").encode("latin-1"), "mend.yaml:6:12: error[file-not-utf8]"),
    "Latin-1 in a bibliography": (
        "references/x.bib",
        REFERENCE.encode() % (b"a", "caf\xe9".encode("latin-1")),
        "x.bib:1:22: error[bib-encoding]: byte 0xE9 is not UTF-8 (in Windows-1252 it would be 'é')",
    ),
    "UTF-16": ("techniques/mend.yaml", RECORD.format(text="a").encode("utf-16"), "mend.yaml:1:1: error[file-not-utf8]"),
    "UTF-16 in a bibliography": ("references/x.bib", "@misc{a}".encode("utf-16"), "x.bib:1:1: error[bib-encoding]"),
    "mixed line ends": (
        "techniques/mend.yaml",
        b"id: mend\r\nname: Mend\rkind: procedure\n\rzzz: 1\r\n",
        "mend.yaml:5:1: error[unknown-field]: unknown field 'zzz'",
    ),
    "mixed line ends in a bibliography": (
        "references/x.bib",
        b"@misc{a,\r\n title = {T},\r note = {N},\n\r zzz = {Z}}\r\n",
        "x.bib:5:2: error[bib-unknown-field]: unknown field 'zzz'",
    ),
    "byte order mark": ("techniques/mend.yaml", b"\xef\xbb\xbfzzz: 1\n", "mend.yaml:1:1: error[unknown-field]"),
    "byte order mark in a bibliography": ("references/x.bib", b"\xef\xbb\xbf@misc{}\n", "x.bib:1:1: error[bib-missing-key]"),
    "second byte order mark": ("techniques/mend.yaml", b"\xef\xbb\xbf\xef\xbb\xbfid: 1\n", "mend.yaml:1:1: error[file-control"),
    "key of a megabyte": ("techniques/mend.yaml", b"? " + b"k" * 1_000_000 + b"\n: 1\n", "mend.yaml:1:3: error[unknown-field]"),
    "key of a megabyte in a bibliography": ("references/x.bib", REFERENCE.encode() % (b"k" * 1_000_000 + b"!", b"T"), "x.bib:1:7: error[bib-syntax]"),
    "citation of a megabyte": ("content/pages/guide.md", f"{PAGE}[@{'k' * 1_000_000}]\n".encode(), "guide.md:11:2: error[unknown-citation]"),
    "name of a field of a megabyte": ("references/x.bib", b"@misc{a, title = {T}, " + b"k" * 1_000_000 + b" = {1}}", "x.bib:1:23: error[bib-unknown-field]"),
    "50 MB record": ("techniques/mend.yaml", b"a: b\n" * 10_000_000, f"more than {TEXT_BYTES:,} bytes"),
    "50 MB page": ("content/pages/guide.md", PAGE.encode() + b"word " * 10_000_000, f"more than {TEXT_BYTES:,} bytes"),
    "50 MB bibliography": ("references/x.bib", b"% word\n" * 7_500_000, f"more than {BIBTEX_BYTES:,} bytes"),
    "50 MB line": ("references/x.bib", b"x" * 50_000_000, f"more than {BIBTEX_BYTES:,} bytes"),
    "too many values": ("techniques/mend.yaml", b"a: [" + b"x," * 900_000 + b"]", f"more than {MAX_VALUES:,} values"),
    "blank lines in a value": ("references/x.bib", REFERENCE.encode() % (b"a", b"a = b" + b"\n" * 2_000_000 + b"$"), "x.bib:2000001:1: error[bib-unknown-latex]"),
    "many @strings": (
        "references/x.bib",
        "".join(f"@string{{s{n} = {{x}}}}\n" for n in range(20_000)).encode() + b"@misc{a, title = zzz # yyy # xxx}",
        "x.bib:20001:18: error[bib-unknown-macro]",
    ),
    "@strings that double": (
        "references/x.bib",
        b"@string{a0 = {xxxxxxxxxx}}\n" + b"".join(b"@string{a%d = a%d # a%d}\n" % (n + 1, n, n) for n in range(40)),
        "the @strings expand to more than",
    ),
    "escape in a tag": ("techniques/mend.yaml", b"id: !<%1b%5b31m> x\n", "mend.yaml:1:5: error[yaml-tag]: tag '\\x1b[31m'"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_at_its_place(case: str, project_factory: MakeProject) -> None:
    """Exit code 1, the place, no traceback, bounded memory and time."""
    name, content, expected = CASES[case]
    run = validate(project_factory(files={name: content}))
    assert expected in run.err, run.err[:3000]


MANY = {
    "unknown fields": ("techniques/mend.yaml", "".join(f"field-{n}: 1\n" for n in range(10_000)), "unknown-field"),
    "wrong values": ("techniques/mend.yaml", "synonyms:\n" + "- []\n" * 10_000, "wrong-type"),
    "anchors": ("techniques/mend.yaml", "synonyms:\n" + "- &a x\n" * 10_000, "yaml-alias"),
    "unknown citations": ("content/pages/guide.md", PAGE + "".join(f"[@wheel{n}] [[site:rim-{n}]]\n" for n in range(5_000)), "unknown-citation"),
    "citations of a record": ("techniques/mend.yaml", RECORD.format(text="\n    ".join(f"a [@wheel{n}]" for n in range(10_000))), "unknown-citation"),
    "links of a page": ("content/pages/guide.md", PAGE + "[a](javascript:x)\n\n" * 10_000, "malformed-link"),
    "entries": ("references/x.bib", "".join(f"@misc{{a{n}, titel = {{T}}}}\n" for n in range(10_000)), "bib-missing-field"),
    "commands": ("references/x.bib", "".join(f"@misc{{a{n}, title = {{\\zz{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)} x}}}}\n" for n in range(10_000)), "bib-unknown-latex"),
}  # fmt: skip


@pytest.mark.parametrize("case", MANY)
def test_ten_thousand_errors_at_once(case: str, project_factory: MakeProject) -> None:
    """All of them, or as many as help, and then a line that says so."""
    name, content, code = MANY[case]
    run = validate(project_factory(files={name: content}))
    assert run.err.count(f"error[{code}]") >= min(MAX_FINDINGS // 2, 5_000)
    assert len(run.err.splitlines()) >= MAX_FINDINGS


def test_a_byte_order_mark_and_any_line_end_are_fine(project_factory: MakeProject) -> None:
    """What editors on other systems write is read."""
    record = b"\xef\xbb\xbf" + RECORD.format(text="Fine.").replace("\n", "\r\n").encode()
    files = {"techniques/mend.yaml": record, "references/x.bib": b"\xef\xbb\xbf@misc{a,\r title = {T}}\r"}
    run = atlas("--root", str(project_factory(files=files).root), "validate")
    assert (run.code, run.err) == (0, "")


def test_links_to_themselves_are_reported(project_factory: MakeProject) -> None:
    """A file that is a circle of links, and folders that hold themselves."""
    project = project_factory()
    (project.techniques / "round.yaml").symlink_to("trip.yaml")
    (project.techniques / "trip.yaml").symlink_to("round.yaml")
    (project.pages / "again").symlink_to(".")
    (project.pages / "loop.md").symlink_to("loop.md")
    (project.references / "lost.bib").symlink_to("nowhere.bib")
    err = validate(project).err
    assert (
        "techniques/round.yaml: error[file-unreadable]: cannot be read: Too many levels of symbolic links"
        in err
    )
    assert "content/pages/loop.md: error[file-unreadable]" in err
    assert "references/lost.bib: error[file-unreadable]: cannot be read: No such file" in err
    assert err.splitlines()[-1] == "4 errors"


def test_a_link_out_of_the_site_is_not_read(project_factory: MakeProject, tmp_path: Path) -> None:
    """Nothing of the machine that builds is published by a record that is a link to it."""
    (tmp_path / "secret.yaml").write_text("secret: hunter2\n")
    project = project_factory()
    (project.techniques / "mend.yaml").symlink_to(tmp_path / "secret.yaml")
    (project.techniques / "within.yaml").symlink_to("patch-a-tube.yaml")
    err = validate(project).err
    assert "techniques/mend.yaml: error[file-unreadable]: it is a link that leads out of the folder" in err
    assert "hunter2" not in err
    assert "within.yaml: error[file-unreadable]" not in err


def test_a_pipe_or_a_device_is_not_read(project_factory: MakeProject) -> None:
    """Neither would ever end."""
    project = project_factory()
    os.mkfifo(project.techniques / "pipe.yaml")
    os.mkfifo(project.references / "pipe.bib")
    (project.pages / "zero.md").symlink_to("/dev/zero")
    err = validate(project).err
    assert "techniques/pipe.yaml: error[file-unreadable]: cannot be read: it is no file" in err
    assert "references/pipe.bib: error[file-unreadable]" in err
    assert "content/pages/zero.md: error[file-unreadable]" in err


def test_files_without_permission_are_reported() -> None:
    """As a user who may not read them; a child gives the rights of root away, where the tests have them."""
    names = ("techniques/mend.yaml", "references/x.bib", "content/pages/x.md")
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        shutil.copytree(FIXTURES / "minimal", project.root)
        for name in names:
            (project.root / name).write_text("x")
            (project.root / name).chmod(0)
        Path(folder).chmod(0o755)
        err = validate(project, prepare=_become_nobody).err
    for name in names:
        assert f"{name}: error[file-unreadable]: cannot be read: Permission denied" in err


def _become_nobody() -> None:
    load_knowledge(Project(FIXTURES / "minimal"))  # what is imported late is imported now
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def test_names_that_differ_by_case_or_ending_are_reported(project_factory: MakeProject) -> None:
    """On some systems two such names are one file, and a page would take the place of another."""
    record = RECORD.format(text="a")
    project = project_factory(
        files={
            "techniques/mend.yaml": record,
            "techniques/Mend.yaml": record,
            "techniques/MEND.YAML": record,
            "techniques/other.yml": record,
            "references/x.bib": REFERENCE % ("same2020key", "T") + REFERENCE % ("Same2020Key", "U"),
            "references/X.BIB": "",
            "content/pages/About.md": PAGE,
            "content/pages/about.MD": PAGE,
        }
    )
    err = validate(project).err
    assert "techniques/Mend.yaml:1:5: error[id-mismatch]" in err
    assert "techniques/mend.yaml:1:5: error[duplicate-id]" in err
    for name in (
        "techniques/MEND.YAML",
        "techniques/other.yml",
        "references/X.BIB",
        "content/pages/about.MD",
    ):
        assert f"{name}: error[unknown-file]: is not read, because its name does not end in" in err
    assert "references/x.bib:2:1: error[bib-duplicate-key]" in err
    assert "content/pages/About.md: error[malformed-id]" in err


@pytest.mark.parametrize("name", [b"caf\xe9", b"a\nb", b"a\x1b[31mb", "a\u202eb".encode()])
def test_a_name_that_cannot_be_shown_is_reported(name: bytes, project_factory: MakeProject) -> None:
    """Latin-1, a line feed, an escape sequence and a turn of direction in the names of files."""
    project = project_factory()
    for folder, ending in (
        (project.techniques, b".yaml"),
        (project.references, b".bib"),
        (project.pages, b".md"),
    ):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name + ending)).write_text("x")
    err = validate(project).err
    assert err.count("error[file-unreadable]: its name holds characters that cannot be shown") == 3


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b"\xff",
        b"{",
        b"[]",
        b'{"version": 5}',
        b'{"version": "\\ud800"}',
        b"9" * 5_000,
        b"NaN",
        b"null",
    ],
)
def test_a_broken_release_is_reported(content: bytes, project_factory: MakeProject) -> None:
    """What `atlas release` wrote and something else changed."""
    err = validate(project_factory("everything", files={"content/releases/1.0.json": content})).err
    assert "content/releases/1.0.json: error[release-unreadable]" in err
