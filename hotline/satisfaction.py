"""The satisfaction survey's figure: IKM and its grade, as Permenpan RB 14/2017 computes them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ELEMENTS = tuple(f"u{n}" for n in range(1, 10))
WEIGHT = 0.111
"""Of one element among nine, as the regulation rounds it."""
GRADES: tuple[tuple[float, str], ...] = ((88.31, "A"), (76.61, "B"), (65.0, "C"))
"""From which IKM on; below the last it is D."""
FEWEST = 5
"""Fewer answers than this are shown to nobody: few people could be told apart (domain I16)."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How many answered, the mean of each element (1 to 4, None where nobody answered it), the IKM (25 to 99.9) and its grade A to D."""

    people: int
    means: Mapping[str, float | None]
    ikm: float | None
    grade: str


def measured(answers: Sequence[Mapping[str, int | None]]) -> Satisfaction:
    """From each person's answers. IKM = sum(mean x 0.111) x 25; none before every element has an answer and enough people gave one."""
    given = {key: [grade for one in answers if (grade := one.get(key)) is not None] for key in ELEMENTS}
    means = {key: sum(grades) / len(grades) if grades else None for key, grades in given.items()}
    known = [mean for mean in means.values() if mean is not None]
    if len(answers) < FEWEST or len(known) < len(ELEMENTS):
        return Satisfaction(len(answers), means if len(answers) >= FEWEST else dict.fromkeys(ELEMENTS), None, "")
    ikm = round(sum(mean * WEIGHT for mean in known) * 25, 2)
    return Satisfaction(len(answers), means, ikm, next((grade for least, grade in GRADES if ikm >= least), "D"))
