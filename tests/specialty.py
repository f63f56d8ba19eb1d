"""Words by which a reader would know the specialty of this repository, and the names that may hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator

WORDS = re.compile(
    r"\b(?:pains?|painful|cancers?|oncolog\w*|tumou?rs?|malignan\w*|metasta\w*|opioids?|analges\w*|ana?esthe\w*"
    r"|nerves?|neuroly\w*|coeliac|celiac|plexus|blockade|intrathecal|palliat\w*|hospice|survival|to live"
    r"|patients?|clinicians?|physicians?|health professionals?|spinal|vertebra\w*|corriero\w*)\b",
    re.IGNORECASE,
)

# Stable names of the data format, on every site: programs and links rely on them.
FORMAT = (
    "pain-sites",  # the address of all sites, its data file, its vocabulary file
    "vertebral-levels",  # the vocabulary file of levels, as a field's description names it
)
_FORMAT = re.compile("|".join(map(re.escape, FORMAT)))


def found_in(text: str) -> Iterator[str]:
    """Each word of the specialty, with what stands around it. A field name like `pain_sites` is no word."""
    without = _FORMAT.sub("", text)
    for match in WORDS.finditer(without):
        around = without[max(match.start() - 40, 0) : match.end() + 40]
        yield f"{match[0]}: …{' '.join(around.split())}…"
