"""Learning the weights: a linear separator with a squared hinge, by coordinate steps in a fixed order. Needs numpy, the program does not.

After Hsieh et al. (2008), "A dual coordinate descent method for large-scale linear SVM"; the parts of long messages
after Andrews et al. (2003), "Support vector machines for multiple-instance learning".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotline.triage.traits import (
    DAMPING,
    PLACES,
    Message,
    pieces,
    shape,
    views_of,
)

WEIGHTS = (1.0, 1.0, 0.7, 0.5, 0.6, 0.15, 1.0)
"""How much each view of a message counts beside the others."""
_ROUNDS = 30
_ENOUGH = 0.05
_MOST_RARE = 10.0
Places = NDArray[np.int32]
Values = NDArray[np.float64]
Views = tuple[Places, ...]
Row = tuple[Places, Values]


@dataclass(frozen=True, slots=True)
class Learnt:
    """One head: a weight for each place, and what is added to all."""

    weights: Values
    bias: float


def seen(message: Message) -> list[Views]:
    """The places of each view, of the whole (each once) and of each part of a long message (with repetitions)."""
    letters = [pieces(word) for word in message.words]
    spoken, meant, bare = message.spoken, message.meant, message.bare
    found = [_arrays(views_of(message))]
    for one in message.stretches[1:]:
        places = [place for at in range(one.first, one.end) for place in letters[at]]
        found.append(_arrays([places, spoken.of(one), meant.of(one), [], [], shape(message, one), bare.of(one)]))
    return found


def _arrays(views: Sequence[Sequence[int]]) -> Views:
    return tuple([np.array(some, np.int32) for some in views])


@dataclass(frozen=True, slots=True)
class Scale:
    """How telling each place is (the rarer among the messages learned from, the more; 0: never seen), and how much each view counts."""

    rare: Values
    factors: tuple[float, ...]

    def row(self, views: Views) -> Row:
        """Places with their values: within each view scaled by the number of its traits, then by what the view counts."""
        shares = [
            np.full(len(places), factor / np.sqrt(max(1.0, len(places) + damping)))
            for places, factor, damping in zip(views, self.factors, DAMPING, strict=True)
        ]
        places, at = np.unique(np.concatenate(views), return_inverse=True)
        values = self.rare[places] * np.bincount(at, weights=np.concatenate(shares), minlength=len(places))
        return places[values > 0], values[values > 0]


def scale(wholes: Sequence[Views], size: int = PLACES) -> Scale:
    """How telling each of `size` places is, counted on whole messages."""
    times = np.bincount(np.concatenate([np.unique(np.concatenate(one)) for one in wholes]), minlength=size)
    rare = np.where(times > 0, np.minimum(_MOST_RARE, np.log((1 + len(wholes)) / (1 + times)) + 1), 0.0)
    factors = []
    for view, weight in enumerate(WEIGHTS):
        every = rare[np.concatenate([one[view] for one in wholes])]
        factors.append(weight / float(np.sqrt(np.mean(every**2))) if len(every) else weight)
    return Scale(rare, tuple(factors))


def learn(rows: Sequence[Row], positive: Sequence[bool], counts: Sequence[float], cost: float = 0.5) -> Learnt:
    """The weights that part the positive from the others. Deterministic; `counts` says how much each row counts."""
    signs = np.where(np.array(positive), 1.0, -1.0)
    damped = 1 / (2 * cost * _balanced(signs, np.array(counts)))
    weights, bias, alphas = np.zeros(PLACES), 0.0, np.zeros(len(rows))
    squares = np.array([np.sum(values * values) + 1 for _, values in rows]) + damped
    chance = np.random.default_rng(0)
    for _ in range(_ROUNDS):
        worst = 0.0
        for i in chance.permutation(len(rows)):
            places, values = rows[i]
            gap = signs[i] * (np.sum(weights[places] * values) + bias) - 1 + damped[i] * alphas[i]
            if alphas[i] == 0 and gap >= 0:
                continue
            worst = max(worst, abs(gap))
            after = max(0.0, alphas[i] - gap / squares[i])
            moved, alphas[i] = (after - alphas[i]) * signs[i], after
            bias += moved
            weights[places] += moved * values
        if worst < _ENOUGH:
            break
    return Learnt(weights, float(bias))


def _balanced(signs: Values, counts: Values) -> Values:
    """Both sides count the same in all, whatever their number."""
    return counts * np.where(signs > 0, counts.sum() / (2 * counts[signs > 0].sum()), counts.sum() / (2 * counts[signs < 0].sum()))


def judged(learnt: Learnt, row: Row) -> float:
    """The score of a row: above nought on the positive side."""
    return float(np.sum(learnt.weights[row[0]] * row[1]) + learnt.bias)


def together(scores: Sequence[float]) -> float:
    """The score of a message from those of the whole and of its parts, as `hotline.triage.model` has it."""
    return (scores[0] + max(scores[1:])) / 2 if len(scores) > 1 else scores[0]
