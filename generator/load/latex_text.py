r"""LaTeX in a BibTeX value to plain Unicode text: accents, symbols, simple mathematics, no markup left.

`decode_latex` never raises. What it cannot say in plain text it reports by name and leaves out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from latexcodec.codec import load_unicode_latex_table

MAX_DEPTH = 60

_NEEDS_READING = re.compile(r"[\\$~`]|--|''")
_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)\*?[ \t\n]*"
    r"|\\(?P<symbol>.)"
    r"|(?P<ligature>---|--|``|'')"
    r"|(?P<special>[{}$~`'^_])"
    r"|(?P<plain>[^\\{}$~`'^_-]+|-|\\)",
    re.DOTALL,
)
_BRACE = re.compile(r"[{}]")
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”"}
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_ALONE = {
    "`": "`", "'": "´", "^": "^", "~": "~", "=": "¯", "u": "˘", ".": "˙", '"': "¨", "r": "˚", "H": "˝",
    "v": "ˇ", "c": "¸", "k": "˛",
}  # fmt: skip
_TRANSPARENT = frozenset({
    "emph", "textit", "textbf", "textrm", "textsf", "texttt", "textsc", "textsl", "textup", "textmd",
    "textnormal", "text", "mbox", "hbox", "underline", "ensuremath", "mathrm", "mathit", "mathbf", "mathsf",
    "mathtt", "mathnormal", "operatorname", "boldsymbol", "nocase",
})  # fmt: skip
_SILENT = frozenset({
    "it", "em", "bf", "rm", "sf", "tt", "sc", "sl", "itshape", "bfseries", "upshape", "scshape", "slshape",
    "normalfont", "relax", "protect", "left", "right", "displaystyle", "textstyle",
})  # fmt: skip
_VERBATIM = frozenset({"url", "path", "nolinkurl"})
_OWN_SYMBOLS = {
    "mu": "μ", "textmu": "µ", "upmu": "μ", "varepsilon": "ε", "vartheta": "ϑ", "varsigma": "ς", "varrho": "ϱ",
    "varpi": "ϖ", "le": "≤", "ge": "≥", "ne": "≠", "lt": "<", "gt": ">", "ll": "≪", "gg": "≫", "equiv": "≡",
    "simeq": "≃", "cong": "≅", "sim": "∼", "mp": "∓", "to": "→", "leftrightarrow": "↔", "uparrow": "↑",
    "downarrow": "↓", "prime": "′", "circ": "∘", "cdots": "⋯", "dots": "…", "textellipsis": "…",
    "textless": "<", "textgreater": ">", "textbar": "|", "vert": "|", "mid": "|", "textbackslash": "\\",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textasciitilde": "~",
    "textasciicircum": "^", "textasciigrave": "`", "textquotesingle": "'", "textquotedbl": '"',
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "lq": "‘", "rq": "’", "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«",
    "guillemotright": "»", "textdollar": "$", "textunderscore": "_", "textpercent": "%", "textnumero": "№",
    "texteuro": "€", "euro": "€", "degree": "°", "textcelsius": "°C", "textonehalf": "½",
    "textonequarter": "¼", "textthreequarters": "¾", "texttimes": "×", "textdiv": "÷", "textdagger": "†",
    "textdaggerdbl": "‡", "dagger": "†", "ddagger": "‡", "textsection": "§", "textparagraph": "¶",
    "textordmasculine": "º", "textordfeminine": "ª", "TM": "™", "i": "ı", "j": "ȷ", "TeX": "TeX",
    "LaTeX": "LaTeX", "slash": "/", "newline": " ", "linebreak": " ", "par": " ", "quad": " ", "qquad": " ",
    "space": " ", "thinspace": " ", "log": "log", "ln": "ln", "min": "min", "max": "max", "exp": "exp",
    " ": " ", "\n": " ", "\t": " ", ",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "",
    "\\": " ", "&": "&", "%": "%", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", "|": "‖",
}  # fmt: skip
_SUPERSCRIPT = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED = {"∘": "°", "∗": "*", "TM": "™", "st": "st", "nd": "nd", "rd": "rd", "th": "th"}
_DOTTED = {"ı": "i", "ȷ": "j"}


class Decoded(NamedTuple):
    """Plain text, and the LaTeX in it that has no plain equivalent."""

    text: str
    unknown: tuple[str, ...] = ()


_EMPTY = Decoded("")


def decode_latex(source: str) -> Decoded:
    r"""Plain text of a BibTeX value: composed Unicode, single spaces, none at the ends.

    >>> decode_latex(r"Sj{\o}gren, {WHO}: H$_2$O --- 5\,\textmu g").text
    'Sjøgren, WHO: H₂O — 5 µg'
    """
    if not source:
        return _EMPTY
    if _NEEDS_READING.search(source):
        reader = _Reader(source)
        text, unknown = reader.run("", math=False), tuple(dict.fromkeys(reader.unknown))
    else:
        text, unknown = source.replace("{", "").replace("}", ""), ()
    return Decoded(tidy(text), unknown)


def tidy(text: str) -> str:
    """Composed Unicode with single spaces: no line end, no non-breaking or thin space."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


@cache
def known_commands() -> tuple[str, ...]:
    """Names of the command words that can be decoded, without their backslash, for suggestions."""
    words = {*_symbols(), *_TRANSPARENT, *_SILENT, *_VERBATIM, "href", "enquote", "frac", "textsuperscript"}
    return tuple(sorted(word for word in words if word.isalpha() and len(word) > 2))


@cache
def _symbols() -> dict[str, str]:
    table = {
        entry.latex[1:]: entry.unicode
        for entry in load_unicode_latex_table()
        if entry.decode and re.fullmatch(r"\\([A-Za-z]+|[^A-Za-z])", entry.latex)
    }
    greek = {
        f"{mode}{name}": char for mode in ("text", "up") for name, char in table.items() if _is_greek(char)
    }
    return {**greek, **table, **_OWN_SYMBOLS}


def _is_greek(text: str) -> bool:
    return len(text) == 1 and "Α" <= text <= "ω"


class _Reader:
    """One pass over one value. Position and findings are its only state."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.depth = 0
        self.quoted = False
        self.unknown: list[str] = []

    def run(self, end: str, *, math: bool) -> str:
        """Text up to the token `end` ('}', '$' or '\\)'), or to the end of the value."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.unknown.append("{" * 5 + "…")
            self.position = len(self.source)
        pieces = []
        while token := _TOKEN.match(self.source, self.position):
            self.position = token.end()
            if end and token[0] == end:
                break
            pieces.append(self._piece(token, math=math))
        else:
            if end in ("$", r"\)"):
                self.unknown.append("$" if end == "$" else r"\(")
        self.depth -= 1
        return "".join(pieces)

    def _piece(self, token: re.Match[str], *, math: bool) -> str:
        kind = token.lastgroup or ""
        piece = token[kind]
        if kind in ("word", "symbol"):
            text = self._command(piece, math=math)
            # TeX sets a relation in mathematics with space around it: 'p \leq 0.05'.
            spaced = math and token[0][-1].isspace() and self.source[token.start() - 1].isspace()
            return f"{text} " if spaced else text
        if kind == "special":
            return self._special(piece, math=math)
        if kind == "ligature":
            return "″" if math and piece == "''" else _LIGATURES[piece]
        if piece == "\\":
            self.unknown.append("\\")
            return ""
        return "−" if math and piece == "-" else piece

    def _special(self, piece: str, *, math: bool) -> str:
        if piece == "{":
            return self.run("}", math=math)
        if piece == "$" and not math:
            return self.run("$", math=True)
        if piece in "}$":
            self.unknown.append(piece)
            return ""
        if piece == "~":
            return " "
        if piece in "^_" and math:
            return _script(self._argument(math=True), raised=piece == "^", math=True)
        if piece == "`":
            self.quoted = True
            return "‘"
        if piece == "'" and math:
            return "′"
        if piece == "'" and self.quoted and not self.source[self.position : self.position + 1].isalnum():
            self.quoted = False
            return "’"
        return piece

    def _command(self, name: str, *, math: bool) -> str:
        if name in _COMBINING:
            return self._accent(name, math=math)
        if name in _TRANSPARENT:
            return self._argument(math=math and name.startswith(("math", "ensure", "operator", "bold")))
        if name in _SILENT:
            return ""
        if name in _VERBATIM:
            return self._verbatim()
        if name == "(" and not math:
            return self.run(r"\)", math=True)
        match name:
            case "href":
                self._verbatim()
                return self._argument(math=math)
            case "textsuperscript" | "textsubscript":
                return _script(self._argument(math=math), raised=name == "textsuperscript", math=False)
            case "enquote":
                return f"“{self._argument(math=math)}”"
            case "frac":
                return f"{self._argument(math=math)}/{self._argument(math=math)}"
            case "not":
                return self._argument(math=math) + "\u0338"
        symbol = _symbols().get(name)
        if symbol is None:
            self.unknown.append(f"\\{name}")
            return ""
        return symbol

    def _accent(self, name: str, *, math: bool) -> str:
        base = self._argument(math=math)
        if not base:
            alone = _ALONE.get(name, "")
            if not alone:
                self.unknown.append(f"\\{name}")
            return alone
        if not base[0].isalpha():
            self.unknown.append(f"\\{name}")
            return base
        return unicodedata.normalize("NFC", _DOTTED.get(base[0], base[0]) + _COMBINING[name]) + base[1:]

    def _argument(self, *, math: bool) -> str:
        """The next group, command or single character."""
        while self.source[self.position : self.position + 1].isspace():
            self.position += 1
        token = _TOKEN.match(self.source, self.position)
        if token is None or token[0] == "}":
            return ""
        if token.lastgroup in ("plain", "ligature") and token[0] != "\\":
            self.position += 1
            return token[0][0]
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.unknown.append(token[0].strip())
            self.position = len(self.source)
            piece = ""
        else:
            self.position = token.end()
            piece = self._piece(token, math=math)
        self.depth -= 1
        return piece

    def _verbatim(self) -> str:
        """The next group as it stands: an address, where '_', '--' and '%' mean themselves."""
        if not self.source.startswith("{", self.position):
            return self._argument(math=False)
        start, level = self.position + 1, 0
        for brace in _BRACE.finditer(self.source, self.position):
            level += 1 if brace[0] == "{" else -1
            if level == 0:
                self.position = brace.end()
                return re.sub(r"\\([%_#&~$])(?:\{\})?", r"\1", self.source[start : brace.start()])
        self.position = len(self.source)
        return self.source[start:]


def _script(text: str, *, raised: bool, math: bool) -> str:
    """Superscript or subscript in plain text: small digits where Unicode has them."""
    if text in _RAISED and raised:
        return _RAISED[text]
    table = _SUPERSCRIPT if raised else _SUBSCRIPT
    if text and all(ord(char) in table for char in text):
        return text.translate(table)
    if raised and math and text.isalnum():
        return f"^{text}" if len(text) == 1 else f"^({text})"
    return text
