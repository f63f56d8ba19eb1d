"""What a page holds and asks for decides its policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.config import Project
from generator.hosting import page_policy as policies
from generator.hosting.host_files import HOST_FILES, write_host_files
from generator.knowledge import KnowledgeBase
from generator.render import Renderer

# `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`
ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
PAGE = "<!doctype html><html><head>{}</head><body>{}</body></html>"


def policy(body: str = "", head: str = "") -> dict[str, str]:
    """The policy of a page with this content, source lists by directive."""
    text = policies.written(policies.page_policy(PAGE.format(head, body)))
    return dict(part.split(" ", 1) for part in text.split("; "))


def test_a_page_without_scripts_may_run_none() -> None:
    assert policy("<p>Hello</p>") == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_a_page_with_a_script_may_run_those_of_the_site() -> None:
    """Pagefind is WebAssembly; nothing inline and no `eval`."""
    found = policy('<script src="a.js"></script>')
    assert found["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert found["connect-src"] == found["worker-src"] == found["manifest-src"] == "'self'"
    assert "unsafe-inline" not in str(found)


@pytest.mark.parametrize(
    "script",
    [
        "<script>alert(1)</script>",
        '<SCRIPT type="text/javascript" data-x="a>b">alert(1)</SCRIPT >',
        "<script type=module>alert(1)</script>",
    ],
)
def test_an_inline_script_is_allowed_by_its_hash_alone(script: str) -> None:
    assert policy(script)["script-src"] == ALERT


def test_an_inline_style_is_allowed_by_its_hash() -> None:
    assert policy(head="<style>alert(1)</style>")["style-src"] == f"'self' {ALERT}"


def test_line_ends_count_as_a_browser_reads_them() -> None:
    assert policy("<script>a\r\nb\rc</script>") == policy("<script>a\nb\nc</script>")


@pytest.mark.parametrize("kind", ["application/json", "application/ld+json", "text/plain"])
def test_data_in_a_page_needs_no_leave(kind: str) -> None:
    assert "script-src" not in policy(f'<script type="{kind}">alert(1)</script>')


def test_a_picture_in_the_page_itself() -> None:
    assert policy(head='<link rel="icon" href="data:,">')["img-src"] == "'self' data:"
    assert policy("<p>data: nothing</p>")["img-src"] == "'self'"


def test_the_policy_stands_first_and_once() -> None:
    """However often it is written, also when the page changed in between."""
    once = policies.with_policy(PAGE.format('<meta charset="utf-8">', ""))
    assert re.search(
        r'<head><meta http-equiv="Content-Security-Policy" content="[^"]+"><meta name="ref', once
    )
    assert policies.with_policy(once) == once
    changed = policies.with_policy(once.replace("</body>", "<script>alert(1)</script></body>"))
    assert changed.count("http-equiv") == 1
    assert ALERT in changed


def test_a_page_that_can_hold_no_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="<head>"):
        policies.with_policy("<p>no head</p>")


def test_a_copy_in_a_folder_may_read_its_files() -> None:
    page = policies.with_policy(PAGE.format("", '<script defer src="a.js"></script>'))
    found = policies.with_folder_policy(page)
    assert found.count("http-equiv") == 1
    assert "script-src 'self' 'wasm-unsafe-eval' blob: file:;" in found
    assert "unsafe-inline" not in found


def test_a_drawing_is_allowed_its_own_style() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><style>alert(1)</style><script>x</script></svg>'
    assert policies.written(policies.drawing_policy(svg)) == f"default-src 'none'; style-src {ALERT}"


def hosted(folder: Path, kb: KnowledgeBase, files: dict[str, str], address: str = "") -> dict[str, str]:
    """What hosts are told about a site of these files."""
    for name, content in {"redirects.nginx": "", "index.html": PAGE, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    write_host_files(folder, Renderer(Project(folder).templates, kb), address)
    return {name: (folder / name).read_text("utf-8") for name in HOST_FILES}


def test_what_stands_inline_in_one_folder_is_allowed_there_alone(
    tmp_path: Path, minimal: KnowledgeBase
) -> None:
    inline = PAGE.format("", "<script>alert(1)</script>")
    found = hosted(tmp_path, minimal, {"odd.one/a/index.html": inline, "b/index.html": PAGE})
    lines = [line for line in found["headers.nginx"].splitlines() if ALERT in line]
    assert len(lines) == 1
    assert lines[0].startswith(r'  "~^/odd\.one/.*\.html$" "default-src ')
    blocks = found["_headers"].split("\n/")
    assert [block.split("\n")[0] for block in blocks if ALERT in block] == ["odd.one/*"]


def test_only_frames_may_be_framed(tmp_path: Path, minimal: KnowledgeBase) -> None:
    found = hosted(tmp_path, minimal, {"embed/a/index.html": PAGE, "b/index.html": PAGE})
    for line in found["headers.nginx"].splitlines():
        if r"\.html$" in line and "default-src" in line:
            assert ("frame-ancestors 'none'" in line) != ("/embed/" in line)
    for block in found["_headers"].split("\n/"):
        if "Content-Security-Policy" in block:
            assert ("frame-ancestors 'none'" in block) != block.startswith("embed/")


def test_no_address_is_told_one_header_twice(tmp_path: Path, minimal: KnowledgeBase) -> None:
    """Hosts join what several rules say: two policies would both hold, two other values make none."""
    found = hosted(
        tmp_path, minimal, {"embed/a/index.html": PAGE, "v/1.0/a/index.html": PAGE, "b/c.svg": SVG}
    )
    rules: dict[str, list[str]] = {}
    for line in found["_headers"].splitlines():
        if line.startswith("/"):
            rules[line] = rules.get(line, [])
            names = rules[line]
        elif line.startswith("  "):
            names.append(line.split(":")[0].strip())
    for rule, names in rules.items():
        assert len(set(names)) == len(names), rule
        for other, others in rules.items():
            if other != rule and rule.endswith("*") and other.startswith(rule[:-1]):
                assert not set(names) & set(others), (rule, other)


SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_rules_are_led_by_the_path_of_the_site(tmp_path: Path, minimal: KnowledgeBase) -> None:
    found = hosted(tmp_path, minimal, {"embed/a/index.html": PAGE}, "https://example.org/at.las/")
    assert "\n/at.las/embed/*\n" in found["_headers"]
    assert r'"~^/at\.las/embed/' in found["headers.nginx"]
    assert "error_page 404 /at.las/404.html;" in found["server.nginx"]
    assert "  Content-Security-Policy" in found["_headers"]
