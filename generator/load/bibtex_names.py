"""People and bodies in an author or editor field: checked, decoded, in parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from generator.diagnostics import shown
from generator.load.latex_text import decode_latex
from generator.model.reference import Name

MAX_CHARACTERS = 100_000


class NameParts(NamedTuple):
    """A person's name as BibTeX splits it, still in LaTeX; the text it came from comes first."""

    text: str
    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""


class NameList(NamedTuple):
    """The names of one field, whether 'and others' ended it, and what is wrong with them."""

    names: tuple[Name, ...]
    and_others: bool
    problems: tuple[str, ...]
    unknown_latex: tuple[str, ...]


SplitNames = Callable[[str], Iterable[NameParts | str]]
"""Splits a field at 'and', and each name into parts; a name that cannot be split comes back as text."""

_EXPECTED = "expected 'Family, Given', names separated by ' and ', a body in double braces"
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,3}")
_FAMILY_AND_INITIALS = re.compile(r"\S.*\s(?!(?:II|III|IV)$)(?:[A-Z]\.?){1,3}")
_PARTICLE = re.compile(r"(?:[^\W\d_]|['’. -])+")
_OUTSIDE_BRACES = re.compile(r"\{[^{}]*\}")


def read_names(value: str, split: SplitNames) -> NameList:
    """Read the value of an author or editor field, LaTeX and all."""
    value = " ".join(value.split())
    if len(value) > MAX_CHARACTERS:
        return NameList((), False, (f"more than {MAX_CHARACTERS:,} characters of names",), ())
    names: list[Name] = []
    problems: list[str] = []
    unknown: list[str] = []
    others = False
    for parts in split(value):
        text = parts if isinstance(parts, str) else parts.text
        if text.lower() == "others":
            others = True
            continue
        if others:
            problems.append(f"{shown(text)} stands after 'and others', which must come last")
        if isinstance(parts, str):
            problems.append(f"{shown(text)} has more than two commas; {_EXPECTED}")
            continue
        name, problem, unknown_in_name = _read(parts)
        unknown.extend(unknown_in_name)
        if problem:
            problems.append(problem)
        else:
            names.append(name)
    if others and not names and not problems:
        problems.append("'others' stands alone; name at least one person before it")
    return NameList(tuple(names), others, tuple(problems), tuple(dict.fromkeys(unknown)))


@lru_cache(maxsize=20_000)
def _read(parts: NameParts) -> tuple[Name, str, tuple[str, ...]]:
    """The name, what is wrong with it, and LaTeX in it that is unknown. Authors recur, so this is kept."""
    decoded = [decode_latex(part) for part in parts[1:]]
    given, particle, family, suffix = (part.text for part in decoded)
    family, particle = _settle_particle(family, particle)
    name = Name(family=family, given=given, particle=particle, suffix=suffix)
    return name, _problem(parts.text, name), tuple(command for part in decoded for command in part.unknown)


def _settle_particle(family: str, particle: str) -> tuple[str, str]:
    """Keep as particle only what reads as one again when it is written out as plain text."""
    if not particle:
        return family, ""
    words = particle.split()
    kept = len(words)
    while kept and not _starts_lower(words[kept - 1]):
        kept -= 1
    if not _PARTICLE.fullmatch(particle) or "and" in particle.lower().split():
        kept = 0
    return " ".join([*words[kept:], family]).strip(), " ".join(words[:kept])


def _starts_lower(word: str) -> bool:
    if word[0].isupper():
        return False
    return word[0].islower() or next((char for char in word if char.isalpha()), "").islower()


def _problem(text: str, name: Name) -> str:
    if not text or text.lower() == "and" or text.lower().startswith("and ") or text.lower().endswith(" and"):
        return f"an empty name beside 'and' ({shown(text)}); {_EXPECTED}"
    if not name.family:
        return f"{shown(text)} has no family name; {_EXPECTED}"
    bare = text
    while "{" in bare:
        bare, before = _OUTSIDE_BRACES.sub("", bare), bare
        if bare == before:
            break
    if ";" in bare:
        return f"{shown(text)} holds ';'; {_EXPECTED}"
    if re.search(r"\bet al\b", bare, re.IGNORECASE):
        return f"{shown(text)} ends in 'et al'; write ' and others' instead"
    if not name.given or not bare.strip(" ,"):
        return ""
    if "," not in bare and _INITIALS.fullmatch(name.family):
        return f"{shown(text)} would have the family name {shown(name.family)}; {_EXPECTED}"
    if "," in bare and "{" not in text and _FAMILY_AND_INITIALS.fullmatch(name.family):
        return f"{shown(text)} looks like a list with commas; {_EXPECTED}"
    return ""
