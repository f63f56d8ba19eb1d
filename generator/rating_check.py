"""Whether a rating stands in the scale of its body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.diagnostics import did_you_mean, shown
from generator.model.clinical import Rating
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
