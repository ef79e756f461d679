"""How many cases a year had, by one trait at a time, told so that nobody can be picked out of the figures (I16). Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
"""Fewer cases than this are not told."""
OTHER = ""
"""The value of everything that the region's own lists do not name: words that a person wrote are never a row."""


class Trait(StrEnum):
    """What cases are counted by: the columns of the register that hold a category and no words."""

    LEVEL = "level"
    KIND = "kind"
    AREA = "area"
    REPORTER = "reporter"
    AGE = "age_band"
    STAGE = "stage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many cases of a track have this value of a trait."""

    track: str
    trait: Trait
    value: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure; None where it is not told, which may be a figure of FEWEST and more: never show it as fewer."""

    value: str
    cases: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A track's cases: all of them, and by each trait the values, the most frequent first, OTHER and what is not told last."""

    track: str
    cases: int | None
    by: Mapping[Trait, tuple[Cell, ...]]


def tallied(counted: Iterable[Counted], known: Mapping[tuple[str, Trait], Container[str]]) -> list[Tally]:
    """The figures of each track. `known` are the values that may be named, by track and trait."""
    sums: dict[str, dict[Trait, Counter[str]]] = defaultdict(lambda: {trait: Counter() for trait in Trait})
    for one in counted:
        value = one.value if one.value in known.get((one.track, one.trait), ()) else OTHER
        sums[one.track][one.trait][value] += one.cases
    return [_tally(track, sums[track]) for track in sorted(sums)]


def _tally(track: str, by: Mapping[Trait, Counter[str]]) -> Tally:
    cases = by[Trait.LEVEL].total()
    return Tally(
        track=track,
        cases=cases if cases >= FEWEST else None,
        by={trait: _cells(values) for trait, values in by.items()},
    )


def _cells(values: Counter[str]) -> tuple[Cell, ...]:
    """What is not told could be reckoned from the sum where it is one value alone, or few cases in all: the next smallest joins it."""
    ordered = sorted(values, key=lambda value: (values[value], value))
    hidden = [value for value in ordered if values[value] < FEWEST]
    while 0 < len(hidden) < len(ordered) and (len(hidden) == 1 or sum(values[value] for value in hidden) < FEWEST):
        hidden = ordered[: len(hidden) + 1]
    cells = [Cell(value=value, cases=None if value in hidden else values[value]) for value in values]
    return tuple(sorted(cells, key=lambda cell: (cell.cases is None, cell.value == OTHER, -(cell.cases or 0), cell.value)))
