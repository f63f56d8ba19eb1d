"""The Markdown of prose pages: no HTML of an author in it, and no link but to places that are meant.

What is code is decided here alone. Code that holds a sign of HTML is made into finished, escaped HTML, so
that nothing depends on whether a Markdown parser would take the same signs for code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from generator.inline import KEY, CitationGroup, CrossLink, parse_inline

CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]*`)", re.DOTALL)
"""Code, which holds no citation and no link; one group, for `split`."""

INLINE = re.compile(rf"[ \t]*\[@{KEY}[^\]]*\]|\[\[[a-z]+:[a-z0-9/-]+(?:\\?\|[^\[\]|]+)?\]\]")
"""What may be a citation or a cross-link."""

EXTENSIONS = ("attr_list", "tables", "fenced_code")
"""As mkdocs.yml reads prose pages."""

SCHEMES = frozenset({"http", "https", "mailto"})

_FENCE = re.compile(r"(?:```|~~~)[^\n]*\n(.*?)\n?(?:```|~~~)", re.DOTALL)
# Kept of HTML and attribute lists: an address in angle brackets, the id of a heading.
_SIGN = re.compile(
    r"(?P<address><https?://[^\s<>\"'`\\{}]+>)|(?P<id>[ ]\{ ?#[A-Za-z][\w.-]* ?\}[ \t]*$)|[<{]", re.MULTILINE
)
_TAG = re.compile(r"(<[^>]*>)")
# The name of a record may hold any of them. Links and code are looked for even inside a tag.
_ANYWHERE = {ord(sign): f"&#{ord(sign)};" for sign in "{`[]\\"}
_IN_WORDS = {ord(sign): f"&#{ord(sign)};" for sign in "*_"}
_LITERAL = re.compile(r"[\\\[\]`*<]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
_SCHEME = re.compile(r"([^/?#:]*):")


def without_html(body: str, inline: Callable[[str], str]) -> str:
    """Markdown in which every `<` and `{` of the author is text.

    `inline` gives the finished HTML of a citation or a cross-link.
    """
    return "".join(
        _code(part) if index % 2 else _outside_code(part, inline)
        for index, part in enumerate(CODE.split(body))
    )


def literal(text: str) -> str:
    """Text of one line as Markdown in which nothing is a link, code, emphasis or HTML."""
    return _LITERAL.sub(r"\\\g<0>", text)


def link_problems(body: str) -> Iterator[tuple[str, int, str]]:
    """Each link or picture that leads where none may: its address, its offset in the body, a sentence."""
    last: dict[str, int] = {}
    lines: dict[str, int] | None = None
    for address, is_picture in _addresses(without_html(body, lambda _: "x")):
        if not (problem := address_problem(address, is_picture=is_picture)):
            continue
        offset = body.find(address, last.get(address, -1) + 1)
        if offset < 0:
            lines = _lines_of_addresses(body) if lines is None else lines
            offset = last.get(address, lines.get(address, 0))
        last[address] = offset
        yield address, offset, problem


def address_problem(address: str, *, is_picture: bool = False) -> str:
    """Why an address may not stand in a page; empty for http, https, mailto and the site's own pages."""
    allowed = "allowed are http, https, mailto and pages of this site"
    scheme = _SCHEME.match(address)
    name = scheme[1].lower() if scheme else ""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return f"is no address; {allowed}"
    if not address.isprintable() or " " in address or "\\" in address:
        return f"holds a space, a backslash or an invisible character; {allowed}"
    if address.startswith("//") or (scheme and name not in SCHEMES):
        return f"leads to {'another host' if not scheme else 'no web address'}; {allowed}"
    if is_picture and scheme:
        return "is a picture from another host; only pictures of this site are shown"
    if name in ("http", "https") and not (host and address[len(name) :].startswith("://")):
        return f"names no host; {allowed}"
    return ""


def _outside_code(text: str, inline: Callable[[str], str]) -> str:
    parts: list[str] = []
    end = 0
    for match in INLINE.finditer(text):
        spans = parse_inline(match[0])
        if len(spans) == 1 and isinstance(spans[0], CitationGroup | CrossLink):
            made = _settled(inline(match[0].strip()))
            parts += _as_text(text[end : match.start()]), made
            end = match.end()
    return "".join([*parts, _as_text(text[end:])])


def _settled(made: str) -> str:
    """Finished HTML in which Markdown, which reads on inside it, finds no link, code, emphasis or list."""
    parts = _TAG.split(made.translate(_ANYWHERE))
    return "".join(part if index % 2 else part.translate(_IN_WORDS) for index, part in enumerate(parts))


def _as_text(text: str) -> str:
    return _SIGN.sub(lambda sign: sign[0] if sign["address"] or sign["id"] else f"&#{ord(sign[0])};", text)


def _code(text: str) -> str:
    if "<" not in text and "{" not in text:
        return text
    fence = _FENCE.fullmatch(text)
    tags = ("\n\n<pre><code>", "</code></pre>\n\n") if fence else ("<code>", "</code>")
    content = fence[1] if fence else text.strip("`~")
    signs = (char if char.isalnum() or char in " \n" else f"&#{ord(char)};" for char in content)
    return "".join([tags[0], *signs, tags[1]])


def _addresses(text: str) -> Iterator[tuple[str, bool]]:
    """Each address that the engine's Markdown makes of a text, and whether it is that of a picture."""
    if "]" not in text and "<http" not in text:
        return
    import markdown
    from lxml import html

    made = markdown.markdown(text, extensions=list(EXTENSIONS))
    for element in html.fragment_fromstring(made, create_parent=True).iter():
        for name in ("href", "src"):
            if (address := element.get(name)) is not None:
                yield address, name == "src"


def _lines_of_addresses(body: str) -> dict[str, int]:
    """Where the line begins that makes an address which is written with entities or escapes."""
    found: dict[str, int] = {}
    start = 0
    for line in body.split("\n"):
        if "&" in line or "\\" in line:
            for address, _ in _addresses(without_html(line, lambda _: "x")):
                found.setdefault(address, start)
        start += len(line) + 1
    return found
