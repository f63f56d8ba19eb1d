"""The build is strict, says where the site is, and never costs the last good one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.site_check import check_site
from tests.site.built import SOURCES, BuiltSite, assert_same_tree, atlas, copy, copy_fixture, tree

pytestmark = pytest.mark.engine

RECORD = "techniques/cordotomy.yaml"
INDEX = "search/pagefind/"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest project, built."""
    root = copy_fixture("minimal", tmp_path_factory.mktemp("small") / "project")
    assert atlas(root, "build").code == 0
    return root


def test_the_real_site_builds_without_a_word(site: BuiltSite) -> None:
    """Exit code 0, nothing on the error stream, and the last line names the page to open."""
    assert site.run.code == 0
    assert site.run.err == ""
    assert site.run.out.splitlines()[-1] == f"Open {site.folder / 'index.html'}"
    assert (site.folder / "index.html").is_file()


def test_the_checker_finds_nothing(site: BuiltSite) -> None:
    """No dead link, no doubled id, no markup left over; and it followed links in thousands."""
    diagnostics = Diagnostics()
    followed = check_site(site.folder, diagnostics)
    assert [str(item) for item in diagnostics] == []
    assert followed > 10_000


def test_nothing_but_the_site_stays_behind(site: BuiltSite) -> None:
    """No half-made folder lies beside the site."""
    assert sorted(path.name for path in (site.root / "build").iterdir()) == [
        ".lock",
        "cards",
        "docs",
        "drawings",
        "site",
        "templates",
        "theme",
        "twins",
    ]


def test_an_error_in_a_record_leaves_the_last_build(site: BuiltSite, tmp_path: Path) -> None:
    """Exit code 1, the place of the error, the old tree and the old site as they were."""
    root = tmp_path / "project"
    shutil.copytree(site.root, root)
    record = root / RECORD
    record.write_text(record.read_text("utf-8") + "surprise: true\n", "utf-8")
    line = record.read_text("utf-8").count("\n")
    run = atlas(root, "build")
    assert run.code == 1
    assert run.out == ""
    assert f"{RECORD}:{line}:1: error[unknown-field]: " in run.err
    assert f"The last good site is untouched: {root / 'build' / 'site'}" in run.err
    assert tree(root / "build") == tree(site.root / "build")


def test_a_dead_link_leaves_the_last_site(small: Path) -> None:
    """What only the check of the finished site can see stops the build as well."""
    before = tree(small / "build" / "site")
    frame = small / "site_templates" / "theme" / "main.html"
    good = frame.read_text("utf-8")
    assert '<a class="masthead"' in good
    frame.write_text(
        good.replace('<a class="masthead"', '<a href="../nowhere/">Nowhere</a><a class="masthead"'), "utf-8"
    )
    run = atlas(small, "build")
    frame.write_text(good, "utf-8")
    assert run.code == 1
    assert "error[site-dead-link]: link '../nowhere/' leads to no file of the site" in run.err
    assert tree(small / "build" / "site") == before


def test_a_warning_of_the_engine_leaves_the_last_site(small: Path) -> None:
    """The engine runs strictly: a navigation entry without a page is an error."""
    before = tree(small / "build" / "site")
    settings = small / "mkdocs.yml"
    good = settings.read_text("utf-8")
    settings.write_text(good.replace("about/index.md", "abuot/index.md"), "utf-8")
    run = atlas(small, "build")
    settings.write_text(good, "utf-8")
    assert run.code == 1
    assert run.err.startswith("The site engine stopped:\n")
    assert "abuot/index.md" in run.err
    assert tree(small / "build" / "site") == before


def test_a_build_replaces_the_whole_site(small: Path) -> None:
    """A page that is no longer made is gone; a build of the same sources gives the same bytes."""
    before = tree(small / "build" / "site")
    stale = small / "build" / "site" / "stale" / "index.html"
    stale.parent.mkdir()
    stale.write_text("old", "utf-8")
    assert atlas(small, "build").code == 0
    after = tree(small / "build" / "site")
    assert any(path.startswith(INDEX) for path in after)
    assert after == before


def test_another_folder_and_hash_seed_give_the_same_bytes(site: BuiltSite, tmp_path: Path) -> None:
    """Every page, style sheet, script and data file of the generated tree."""
    root = tmp_path / "else" / "where"
    for name in SOURCES:
        copy(site.root / name, root / name)
    assert atlas(root, "build", "--docs-only", environment={"PYTHONHASHSEED": "4711"}).code == 0
    assert_same_tree(root / "build" / "docs", site)


@pytest.mark.parametrize("arguments", [["build", "--format", "yaml"], ["bild"], ["build", "extra"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str], tmp_path: Path) -> None:
    """Wrong usage is told apart from errors in the sources."""
    run = atlas(tmp_path, *arguments)
    assert run.code == 2
    assert "Usage: " in run.err
