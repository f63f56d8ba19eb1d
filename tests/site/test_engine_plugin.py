"""The engine's plugin is a pure speed-up: the real site is the same, byte for byte, without it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.engine import DEFAULT, engine_command, environment
from generator.hosting.page_policy import write_policies
from tests.site.built import BuiltSite

pytestmark = pytest.mark.engine

PLUGIN = "plugins:\n  - atlas-finished-sections\n"


def test_every_page_is_the_same_without_it(site: BuiltSite, tmp_path: Path) -> None:
    """Built from the same generated pages by the engine alone."""
    settings = (site.root / "mkdocs.yml").read_text("utf-8")
    assert PLUGIN in settings
    plain = site.root / "mkdocs-plain.yml"
    plain.write_text(settings.replace(PLUGIN, "plugins: []\n"), "utf-8")
    finished = subprocess.run(
        engine_command(DEFAULT, "build", "--strict", "-f", str(plain)),
        cwd=site.root,
        env=environment(tmp_path / "site"),
        capture_output=True,
        text=True,
        check=False,
    )
    plain.unlink()
    assert finished.returncode == 0, finished.stderr
    write_policies(tmp_path / "site")
    without = {path.relative_to(tmp_path / "site"): path for path in (tmp_path / "site").rglob("*.html")}
    assert len(without) > 600
    for name, path in without.items():
        assert path.read_bytes() == (site.folder / name).read_bytes(), name
