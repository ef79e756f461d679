"""Learning the second hearer: a network with one small hidden layer over the same traits, for what no single trait decides.

Needs numpy, the program does not. The steps are those of Kingma and Ba (2015), "Adam", of the rows met; a part of the traits and of the
hidden units is left out by chance at every step (Srivastava et al., 2014, "Dropout"). Deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.triage.learning import Row, Scale, Views, scale
from hotline.triage.model import NOTHING
from hotline.triage.network import PLACES, UNITS, Network

_ROUNDS, _BATCH = 6, 64
_STEP, _SLOW = 0.01, 0.3
"""How far a row of the table moves at a step, and how much less the few numbers behind it do."""
_LEFT_OUT = 0.3
_SOFT = 0.02
"""No message is wholly sure to be an emergency, or none: labels have errors."""
_LEVELS_COUNT = 0.3
_BETA1, _BETA2, _TINY = 0.9, 0.999, 1e-8
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Net:
    """What was learned: `table` has a row of units for each place; `out` weighs the units."""

    table: Floats
    bias: Floats
    out: Floats
    out_bias: float

    def judged(self, rows: Sequence[Row]) -> Floats:
        """How strongly each message sounds like an emergency."""
        units = np.stack([np.maximum(0, values.astype(np.float32) @ self.table[places] + self.bias) for places, values in rows])
        return units @ self.out + np.float32(self.out_bias)


@dataclass(frozen=True, slots=True)
class Learned:
    """A network and the measure of the messages it learned from."""

    net: Net
    size: Scale

    def judged(self, wholes: Sequence[Views]) -> list[float]:
        """Scores of whole messages."""
        return [float(score) for score in self.net.judged([self.size.row(_masked(views)) for views in wholes])]

    def network(self) -> Network:
        """As the program keeps it: a byte a weight."""
        table = self.net.table * self.size.rare[:, None].astype(np.float32)
        scales = np.maximum(np.abs(table).max(0), 1e-9) / 127
        steps = (np.round(table / scales) + NOTHING).astype(np.uint8)
        return Network(
            tables=tuple(steps[:, unit].tobytes() for unit in range(UNITS)),
            scales=tuple(scales.tolist()),
            biases=tuple(self.net.bias.tolist()),
            factors=self.size.factors,
            out=tuple(self.net.out.tolist()),
            out_bias=self.net.out_bias,
        )


def learned(wholes: Sequence[Views], positive: Sequence[bool], levels: Sequence[int], kinds: int) -> Learned:
    """The network that parts the positive from the others; `levels` (0 to `kinds` - 1) are learned beside, to tell grave from harmless."""
    own = [_masked(views) for views in wholes]
    size = scale(own, PLACES)
    return Learned(_Learner([size.row(views) for views in own], positive, levels, kinds).learned(), size)


class _Parameter:
    """Numbers that move together, with their momenta."""

    def __init__(self, start: Floats, step: float) -> None:
        self.value, self._step = start, step
        self._first, self._second = np.zeros_like(start), np.zeros_like(start)

    def move(self, slope: Floats, share: float, time: int, at: NDArray[np.int64] | slice = slice(None)) -> None:
        """One step against the slope, of the rows `at`."""
        self._first[at] = first = _BETA1 * self._first[at] + (1 - _BETA1) * slope
        self._second[at] = second = _BETA2 * self._second[at] + (1 - _BETA2) * slope * slope
        size = self._step * share * np.sqrt(1 - _BETA2**time) / (1 - _BETA1**time)
        self.value[at] -= (size * first / (np.sqrt(second) + _TINY)).astype(np.float32)


class _Learner:
    def __init__(self, rows: Sequence[Row], positive: Sequence[bool], levels: Sequence[int], kinds: int) -> None:
        self._chance = np.random.default_rng(0)
        met = np.bincount(np.concatenate([places for places, _ in rows]), minlength=PLACES)
        self._rows = [(places[met[places] > 1], values[met[places] > 1].astype(np.float32)) for places, values in rows]
        self._positive, self._levels = np.array(positive, np.float32), np.array(levels)
        start = self._chance.normal(0, 0.02, (PLACES, UNITS)).astype(np.float32)
        start[met < 2] = 0
        slow = _STEP * _SLOW
        self._table = _Parameter(start, _STEP)
        self._bias = _Parameter(np.zeros(UNITS, np.float32), slow)
        # The last column weighs for an emergency, the others for each level.
        bound = UNITS**-0.5
        self._out = _Parameter(self._chance.uniform(-bound, bound, (UNITS, kinds + 1)).astype(np.float32), slow)
        self._out_bias = _Parameter(np.zeros(kinds + 1, np.float32), slow)
        share = float(self._positive.mean())
        self._counts = np.where(self._positive > 0, 0.5 / share, 0.5 / (1 - share)).astype(np.float32)

    def learned(self) -> Net:
        steps, time = _ROUNDS * -(-len(self._rows) // _BATCH), 0
        for _ in range(_ROUNDS):
            order = self._chance.permutation(len(self._rows))
            for first in range(0, len(order), _BATCH):
                time += 1
                self._step(order[first : first + _BATCH], max(0.05, 1 - time / steps), time)
        out, bias = self._out.value, self._out_bias.value
        return Net(self._table.value, self._bias.value, out[:, -1], float(bias[-1]))

    def _step(self, batch: NDArray[np.int64], share: float, time: int) -> None:
        rows = [self._rows[i] for i in batch]
        sizes = np.array([len(places) for places, _ in rows])
        places, values = np.concatenate([p for p, _ in rows]), np.concatenate([v for _, v in rows])
        owner = np.repeat(np.arange(len(rows)), sizes)
        kept = self._chance.random(len(places)) >= _LEFT_OUT
        places, values, owner = places[kept], values[kept] / np.float32(1 - _LEFT_OUT), owner[kept]
        sums = _summed(self._table.value[places] * values[:, None], owner, len(rows)) + self._bias.value
        alive = (sums > 0) & (self._chance.random(sums.shape) >= _LEFT_OUT)
        units = np.where(alive, sums, 0) / np.float32(1 - _LEFT_OUT)
        slope = self._slope(units @ self._out.value + self._out_bias.value, batch)
        back = np.where(alive, slope @ self._out.value.T, 0) / np.float32(1 - _LEFT_OUT)
        self._out.move(units.T @ slope, share, time)
        self._out_bias.move(slope.sum(0), share, time)
        self._bias.move(back.sum(0), share, time)
        order = np.argsort(places, kind="stable")
        met, firsts = np.unique(places[order], return_index=True)
        self._table.move(np.add.reduceat((back[owner] * values[:, None])[order], firsts, 0), share, time, met)

    def _slope(self, said: Floats, batch: NDArray[np.int64]) -> Floats:
        """How the loss changes with each output: cross entropy of the levels, and of emergency or not, each side counting half."""
        slope = np.empty_like(said)
        levels = said[:, :-1]
        levels = np.exp(levels - levels.max(1, keepdims=True))
        levels /= levels.sum(1, keepdims=True)
        levels[np.arange(len(batch)), self._levels[batch]] -= 1
        wanted = self._positive[batch] * (1 - 2 * _SOFT) + _SOFT
        slope[:, :-1] = _LEVELS_COUNT * levels
        slope[:, -1] = self._counts[batch] * (1 / (1 + np.exp(-said[:, -1])) - wanted)
        return slope / np.float32(len(batch))


def _summed(parts: Floats, owner: NDArray[np.int64], number: int) -> Floats:
    """The rows of each owner added up; owners stand in order, some may have none."""
    found = np.zeros((number, parts.shape[1]), np.float32)
    if len(owner):
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        found[owner[first]] = np.add.reduceat(parts, first, 0)
    return found


def _masked(views: Views) -> Views:
    """The same traits in the network's fewer places."""
    return tuple([places & np.int32(PLACES - 1) for places in views])
