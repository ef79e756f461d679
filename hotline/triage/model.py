"""The learned model: what each trait of a message weighs, read from one file of small whole numbers. Standard library alone."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from operator import itemgetter

from hotline.triage.traits import (
    BONES,
    DAMPING,
    ENDS,
    IDEAS,
    PIECES,
    PLACES,
    SHAPE,
    SIZED,
    WORDS,
    Message,
    Run,
    Stretch,
    about,
    ends,
    pieces,
    shape,
    size_of,
    sized,
)

FILE = "weights.bin"
EMERGENCY = "DARURAT"
HEADS = (EMERGENCY, "TINGGI", "SEDANG", "RENDAH")
"""What is learned: is a message this grave or graver? The first is the one that the hotline listens with."""
SHORT = 6
"""Up to so many words a message is an everyday answer as a rule, and must sound graver before it counts."""
FULL = 10
"""From so many words on the threshold of longer messages holds whole; between, it falls evenly from that of the short ones."""
DOUBT = 0.3
"""Nearer to its threshold than this, the linear model's word is not taken alone."""
LONG = 60
"""A message of more words is heard in parts by the linear model, and the network, which hears wholes only, adds nothing."""
NOTHING = 128
"""The byte of a weight of nought; so weights from -127 to 127 are bytes."""
Weighed = tuple[int, Run, Sequence[int]]
_MOST_KEPT = 4096
_MOST_NAMED = 4


class ModelUnreadable(Exception):
    """The weights of the triage model are damaged or belong to another version: run `teduh triage --train`."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score a message sounds like an emergency: a short one, and any other."""

    short: float
    long: float
    both: float = 0.0
    """The one for both scores of a longer message together, where the linear one leaves a doubt."""
    share: float = 0.0
    """How much the network's score counts beside the linear one."""

    def above(self, score: float, words: int, second: Callable[[], float]) -> float:
        """How far a message of so many words lies above its threshold. `second` gives the network's score, asked for only in doubt."""
        eased = (self.short - self.long) * min(1.0, max(0.0, (FULL - words) / (FULL - SHORT)))
        far = score - self.long - eased
        if SHORT < words <= LONG and self.share and abs(far) <= DOUBT:
            return score + self.share * second() - self.both - eased
        return far


class Model:
    """One head of the model."""

    def __init__(self, weights: bytes, factors: Sequence[float], bias: float, thresholds: Thresholds) -> None:
        self._weights, self._factors, self._bias = weights, tuple(factors), bias
        self.thresholds = thresholds
        self._kept: dict[str, tuple[int, int]] = {}

    def score(self, message: Message) -> float:
        """How much the message sounds like the head's level: the whole, and in a long one the gravest of its parts, count half each."""
        letters = [self._of(word) for word in message.words]
        runs = [
            (view, run, self._weigh(run.places)) for view, run in ((WORDS, message.spoken), (IDEAS, message.meant), (BONES, message.bare))
        ]
        whole, *parts = message.stretches
        score = self._whole(message, whole, letters, runs)
        return (score + max(self._parts(message, parts, letters, runs))) / 2 if parts else score

    def weighing(self, message: Message) -> tuple[str, ...]:
        """The roots that spoke most for it, the heaviest first; only roots that the list of ideas knows, so never a name."""
        named: dict[str, float] = {}
        for root, share in zip(message.roots, self._shares(message), strict=True):
            if root.ideas and share > 0:
                named[root.text] = max(share, named.get(root.text, 0.0))
        return tuple(sorted(named, key=lambda text: -named[text])[:_MOST_NAMED])

    def _whole(self, message: Message, whole: Stretch, letters: Sequence[tuple[int, int]], runs: Sequence[Weighed]) -> float:
        """A trait that comes again in the whole counts once."""
        found = dict(zip(message.words, letters, strict=True)).values()
        score = self._bias + self._share(PIECES, sum([weight for weight, _ in found]), sum([number for _, number in found]))
        for view, run, weighed in runs:
            once = dict(zip(run.places, weighed, strict=True))
            if view == IDEAS:
                once |= {place: self._weights[place] for place in about(message)}
            score += self._share(view, sum(once.values()) - NOTHING * len(once), len(once))
        score += self._sum(SIZED, set(sized(message, size_of(whole)).places))
        return score + self._sum(ENDS, set(ends(message, whole))) + self._sum(SHAPE, shape(message, whole))

    def _parts(
        self, message: Message, parts: Sequence[Stretch], letters: Sequence[tuple[int, int]], runs: Sequence[Weighed]
    ) -> list[float]:
        """Each part of a long message, by its pieces, words, ideas and consonants; traits that come again count again."""
        scores = [self._bias + self._sum(SHAPE, shape(message, part)) for part in parts]
        summed = [(PIECES, [0, *accumulate([weight for weight, _ in letters])], [0, *accumulate([number for _, number in letters])])]
        for view, run, weighed in runs:
            summed.append((view, self._sums(run, weighed), run.starts))
        for view, weights, numbers in summed:
            factor, damping = self._factors[view], DAMPING[view]
            for at, part in enumerate(parts):
                first, end = part.first, part.end
                scores[at] += (weights[end] - weights[first]) * factor / math.sqrt(numbers[end] - numbers[first] + damping)
        return scores

    def _weigh(self, places: Collection[int]) -> Sequence[int]:
        """The bytes of several places; an item getter takes them in a third of a loop's time."""
        return itemgetter(*places)(self._weights) if len(places) > 1 else [self._weights[place] for place in places]

    @staticmethod
    def _sums(run: Run, weighed: Sequence[int]) -> list[int]:
        """What all words before each word weigh, and what all weigh together."""
        sums = [0, *accumulate(weighed)]
        return [sums[start] - NOTHING * start for start in run.starts]

    def _sum(self, view: int, places: Collection[int]) -> float:
        return self._share(view, sum(self._weigh(places)) - NOTHING * len(places), len(places))

    def _share(self, view: int, weight: int, number: int) -> float:
        return weight * self._factors[view] / math.sqrt(number + DAMPING[view]) if number else 0.0

    def _shares(self, message: Message) -> list[float]:
        """What each word adds to the whole: its pieces, itself, and what it says together with the next words."""
        letters = [self._of(word) for word in message.words]
        unit = self._factors[PIECES] / math.sqrt(sum([number for _, number in letters]) + DAMPING[PIECES])
        shares = [weight * unit for weight, _ in letters]
        own = sized(message, size_of(message.stretches[0]))
        for view, run in ((WORDS, message.spoken), (IDEAS, message.meant), (SIZED, own), (BONES, message.bare)):
            unit = self._factors[view] / math.sqrt(len(run.places) + DAMPING[view])
            sums = self._sums(run, self._weigh(run.places))
            shares = [share + (after - before) * unit for share, (before, after) in zip(shares, pairwise(sums), strict=True)]
        return shares

    def _of(self, word: str) -> tuple[int, int]:
        """A word's pieces together. Kept for the words that come again; what is kept never grows without bound."""
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            places = pieces(word)
            found = self._kept[word] = (sum(self._weigh(places)) - NOTHING * len(places), len(places))
        return found


def packed(learnt: Mapping[str, tuple[Sequence[float], float]], factors: Sequence[float], thresholds: Thresholds) -> bytes:
    """The file: one line that describes it, then a byte a place for each head.

    `learnt`: each head's weights, and what is added to all; `factors`: how much each view counts.
    """
    scales, bodies = {}, []
    for name in HEADS:
        weights, _ = learnt[name]
        scales[name] = max(map(abs, weights)) / 127 or 1.0
        bodies.append(bytes([NOTHING + round(weight / scales[name]) for weight in weights]))
    header = {
        "size": PLACES,
        "factors": list(factors),
        "scales": scales,
        "biases": {name: learnt[name][1] for name in HEADS},
        "thresholds": [thresholds.short, thresholds.long, thresholds.both, thresholds.share],
    }
    return b"".join([json.dumps(header, sort_keys=True).encode(), b"\n", *bodies])


def load(data: bytes, head: str = EMERGENCY) -> Model:
    """One head of a packed model; raises ModelUnreadable."""
    line, _, body = data.partition(b"\n")
    try:
        header = json.loads(line)
        places, at = header["size"], HEADS.index(head)
        factors = [factor * header["scales"][head] for factor in header["factors"]]
        bias, thresholds = header["biases"][head], Thresholds(*header["thresholds"])
    except (ValueError, KeyError, TypeError) as error:
        raise ModelUnreadable(ModelUnreadable.__doc__) from error
    if places != PLACES or len(body) != places * len(HEADS):
        raise ModelUnreadable(ModelUnreadable.__doc__)
    return Model(body[at * places : (at + 1) * places], factors, bias, thresholds)


@cache
def model(head: str = EMERGENCY) -> Model:
    """The model that comes with the program."""
    return load(files("hotline.triage").joinpath(FILE).read_bytes(), head)
