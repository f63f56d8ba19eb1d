"""Whether a rating stands in the scale of its body, and whether those who share one all say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import did_you_mean, shown
from generator.model.clinical import Rating
from generator.model.marks import Path, records_within
from generator.model.technique import Technique
from generator.model.vocabulary import Scale


def rating_problems(rating: Rating, scale: Scale) -> Iterable[str]:
    """What is wrong with a value in its scale, in the author's words."""
    if not scale.parts:
        if not isinstance(rating.value, str):
            yield f"scale {shown(scale.id)} has no parts: write the value as one phrase"
        return
    parts = {part.id: [step.value for step in part.steps] for part in scale.parts}
    if isinstance(rating.value, str):
        if len(parts) != 1:
            yield f"scale {shown(scale.id)} has the parts {', '.join(parts)}: write one value for each"
            return
        values: Mapping[str, str | tuple[str, str]] = {next(iter(parts)): rating.value}
    else:
        values = rating.value
    if not values:
        yield f"scale {shown(scale.id)} has the parts {', '.join(parts)}: write a value for one at least"
    for part, value in values.items():
        if part not in parts:
            yield f"scale {shown(scale.id)} has no part {shown(part)}.{did_you_mean(part, parts)}"
            continue
        ends = (value,) if isinstance(value, str) else value
        for end in ends:
            if end not in parts[part]:
                yield (
                    f"{shown(end)} is not a value of scale {shown(scale.id)}; allowed: "
                    f"{', '.join(parts[part])}.{did_you_mean(end, parts[part])}"
                )


def one_sided(techniques: Mapping[str, Technique]) -> Iterator[tuple[str, Path, str]]:
    """Ratings that name a technique which does not name them: whose it is, its place, the author's words."""
    ratings = [
        (technique.id, path, inner)
        for technique in techniques.values()
        for path, inner in records_within(technique)
        if isinstance(inner, Rating) and inner.together_with
    ]
    said: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for owner, _, rating in ratings:
        said[owner, rating.body, str(rating.value)].update(rating.together_with)
    for owner, path, rating in ratings:
        for number, other in enumerate(rating.together_with):
            if other in techniques and owner not in said[other, rating.body, str(rating.value)]:
                message = f"{shown(other)} has no rating by {rating.body} of this value with {shown(owner)}"
                yield owner, (*path, "together_with", number), message
