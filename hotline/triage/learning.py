"""Learning the weights: a linear separator with a squared hinge, by coordinate steps in a fixed order. Standard library alone.

After Hsieh et al. (2008), "A dual coordinate descent method for large-scale linear SVM".
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from zlib import crc32

from hotline.triage.traits import DAMPING, IDEAS, PIECES, SHAPE, WEIGHTS, WORDS, size, views
from hotline.triage.traits import Message as Read

_ROUNDS = 25
_ENOUGH = 1e-3
_MOST_RARE = 10.0
Views = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Example:
    """One message as the model sees it; `weight`: how much it counts in learning."""

    views: Views
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """One head: a weight for each place, and what is added to all."""

    weights: array[float]
    bias: float


def example(message: Read, weight: float = 1.0) -> Example:
    """A message made ready for learning, compactly."""
    return Example(tuple(array("I", places) for places in views(message)), weight)  # type: ignore[arg-type]


def rarity(examples: Sequence[Example]) -> array[float]:
    """How telling a place is: the rarer among the examples, the more. 0: never seen, so it counts for nothing."""
    seen: Counter[int] = Counter()
    for one in examples:
        for places in one.views:
            seen.update(set(places))
    found = array("f", bytes(4 * size()))
    for place, times in seen.items():
        found[place] = min(_MOST_RARE, math.log((1 + len(examples)) / (1 + times)) + 1)
    for place in range(size() - 11, size()):
        found[place] = 1.0
    return found


def weighed(one: Example, rare: array[float]) -> tuple[array[int], array[float]]:
    """The places of an example with their values: within each view scaled to the same length, then by the view's weight."""
    values: dict[int, float] = {}
    for view in (PIECES, WORDS, IDEAS, SHAPE):
        places = one.views[view]
        length = math.sqrt(sum([rare[place] ** 2 for place in places]) + DAMPING[view])
        for place in places if length else ():
            if rare[place]:
                values[place] = values.get(place, 0.0) + WEIGHTS[view] * rare[place] / length
    return array("I", values), array("f", values.values())


def learn(rows: Sequence[tuple[array[int], array[float]]], positive: Sequence[bool], counts: Sequence[float], cost: float = 0.5) -> Learnt:
    """The weights that part the positive from the others. Deterministic; `counts` says how much each row counts."""
    share = _balance(positive, counts)
    weights, bias = [0.0] * size(), 0.0
    alphas = [0.0] * len(rows)
    damped = [1 / (2 * cost * share[is_] * count) for is_, count in zip(positive, counts, strict=True)]
    squares = [sum(map(mul, values, values)) + 1 + damp for (_, values), damp in zip(rows, damped, strict=True)]
    for turn in range(_ROUNDS):
        order = _shuffled(len(rows), turn)
        worst = 0.0
        for i in order:
            places, values = rows[i]
            sign = 1.0 if positive[i] else -1.0
            gap = sign * (sum(map(mul, map(weights.__getitem__, places), values)) + bias) - 1 + damped[i] * alphas[i]
            step = gap if alphas[i] > 0 else min(gap, 0.0)
            worst = max(worst, abs(step))
            if abs(step) < _ENOUGH:
                continue
            before, alphas[i] = alphas[i], max(0.0, alphas[i] - gap / squares[i])
            moved = (alphas[i] - before) * sign
            bias += moved
            for place, value in zip(places, values, strict=True):
                weights[place] += moved * value
        if worst < _ENOUGH * 50:
            break
    return Learnt(array("f", weights), bias)


def _shuffled(number: int, turn: int) -> list[int]:
    """An order that looks like chance and is the same at every learning."""
    keys = [crc32(b"%d.%d" % (turn, i)) for i in range(number)]
    return sorted(range(number), key=keys.__getitem__)


def _balance(positive: Sequence[bool], counts: Sequence[float]) -> dict[bool, float]:
    """Both sides count the same in all, whatever their number."""
    of = {side: sum(count for is_, count in zip(positive, counts, strict=True) if is_ is side) for side in (True, False)}
    return {side: sum(of.values()) / (2 * of[side]) if of[side] else 1.0 for side in (True, False)}


def judged(learnt: Learnt, row: tuple[array[int], array[float]]) -> float:
    """The score of a row: above nought on the positive side."""
    return float(sum(map(mul, map(learnt.weights.__getitem__, row[0]), row[1])) + learnt.bias)
