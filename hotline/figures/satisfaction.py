"""The satisfaction survey's figure: IKM and its grade, as Permenpan RB 14/2017 computes them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ELEMENTS = tuple(f"u{n}" for n in range(1, 10))
WEIGHT = 0.111
"""Of one element among nine, as the regulation rounds it."""
GRADES: tuple[tuple[float, str], ...] = ((88.31, "A"), (76.61, "B"), (65.0, "C"))
"""From which IKM on; below the last it is D."""
FEWEST = 5
"""Fewer answers than this are shown to nobody: few people could be told apart (domain I16)."""


Answers = Mapping[str, int | None]
"""Element -> grade 1 to 4 of one person, None where it was skipped."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How many answered, the mean of each element (1 to 4, None where too few answered it), the IKM (25 to 99.9) and its grade A to D."""

    people: int
    means: Mapping[str, float | None]
    ikm: float | None
    grade: str


@dataclass(frozen=True, slots=True)
class Period:
    """One or several months, such as 2027-03, whose answers are many enough to be shown together."""

    first: str
    last: str
    answers: tuple[Answers, ...]


def periods(months: Iterable[tuple[str, Sequence[Answers]]]) -> list[Period]:
    """Months that are over, the oldest first, as the periods that may be shown; the newest months stay back until they are many enough.

    Whoever takes one shown figure from another, or today's from yesterday's, is left with whole periods: never with a few people.
    """
    found, first, waiting = [], "", list[Answers]()
    for month, answers in months:
        first = first or month
        waiting += answers
        if _enough(waiting):
            found.append(Period(first, month, tuple(waiting)))
            first, waiting = "", []
    return found


def _enough(answers: Sequence[Answers]) -> bool:
    """Enough people, and enough or nobody for each element: a skipped question must not leave one person's grade alone."""
    counts = [sum(one.get(key) is not None for one in answers) for key in ELEMENTS]
    return len(answers) >= FEWEST and all(count == 0 or count >= FEWEST for count in counts)


def measured(answers: Sequence[Answers]) -> Satisfaction:
    """From each person's answers. IKM = sum(mean x 0.111) x 25; none before every element has an answer and enough people gave one."""
    given = {key: [grade for one in answers if (grade := one.get(key)) is not None] for key in ELEMENTS}
    means = {key: sum(grades) / len(grades) if len(grades) >= FEWEST else None for key, grades in given.items()}
    known = [mean for mean in means.values() if mean is not None]
    if len(answers) < FEWEST or len(known) < len(ELEMENTS):
        return Satisfaction(len(answers), means, None, "")
    ikm = round(sum(mean * WEIGHT for mean in known) * 25, 2)
    return Satisfaction(len(answers), means, ikm, next((grade for least, grade in GRADES if ikm >= least), "D"))
