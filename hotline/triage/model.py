"""The learned model: what each trait of a message weighs, read from one file of small whole numbers. Standard library alone."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hotline.triage.roots import ideas
from hotline.triage.traits import DAMPING, IDEAS, PIECES, PLACES, WEIGHTS, WORDS, Message, pieces, shape, size, thoughts, words

if TYPE_CHECKING:
    from hotline.triage.learning import Learnt

FILE = "weights.bin"
EMERGENCY = "DARURAT"
HEADS = (EMERGENCY, "TINGGI", "SEDANG", "RENDAH")
"""What is learned: is a message this grave or graver? The first is the one that the hotline listens with."""
SHORT = 6
"""Up to so many words a message is an everyday answer as a rule, and must sound graver before it counts."""
_RARE = 25.0
_MOST_KEPT = 4096
_MOST_NAMED = 4


class ModelUnreadable(Exception):
    """The weights of the triage model are damaged or belong to another version: run `teduh triage --train`."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score a message sounds like an emergency: a short one, and any other."""

    short: float
    long: float

    def of(self, message: Message) -> float:
        """The one for this message."""
        return self.short if len(message.words) <= SHORT else self.long


class Model:
    """One head of the model. `score` is above `thresholds.of(message)` when the message sounds like an emergency."""

    def __init__(self, rare: memoryview, weights: memoryview, scale: float, bias: float, thresholds: Thresholds) -> None:
        self._rare, self._weights, self._scale, self._bias = rare, weights, scale, bias
        self.thresholds = thresholds
        self._kept: dict[str, tuple[int, int]] = {}

    def score(self, message: Message) -> float:
        """How much the message sounds like the head's level."""
        sums = [self._pieces(message), *(self._sum(places) for places in (words(message), thoughts(message), shape(message)))]
        return self._bias + sum([weighed * self._factor(view, squares) for view, (weighed, squares) in enumerate(sums)])

    def weighing(self, message: Message) -> tuple[str, ...]:
        """The roots that spoke most for it, the heaviest first; only roots that the list of ideas knows, so never a name."""
        shares = self._shares(message)
        named: dict[str, float] = {}
        for root, share in zip(message.roots, shares, strict=True):
            if root.ideas and share > 0:
                named[root.text] = max(share, named.get(root.text, 0.0))
        return tuple(sorted(named, key=lambda text: -named[text])[:_MOST_NAMED])

    def _shares(self, message: Message) -> list[float]:
        """What each word adds: its pieces, itself, and half of each pair that it stands in."""
        by_piece = self._factor(PIECES, self._pieces(message)[1])
        by_word = self._factor(WORDS, self._sum(words(message))[1])
        shares = [self._of(word)[0] * by_piece for word in message.words]
        for at, root in enumerate(message.roots):
            alone = Message((root.text,), (root,), (), False, False, False)
            shares[at] += self._sum(words(alone))[0] * by_word
            for other in (at - 1, at + 1):
                if 0 <= other < len(message.roots):
                    first, second = sorted((at, other))
                    pair = Message((), (message.roots[first], message.roots[second]), (), False, False, False)
                    shares[at] += self._sum(words(pair)[-1:])[0] * by_word / 2
        return [share + idea for share, idea in zip(shares, self._idea_shares(message), strict=True)]

    def _idea_shares(self, message: Message) -> list[float]:
        places = thoughts(message)
        factor, number = self._factor(IDEAS, self._sum(places)[1]), len(ideas())
        by_idea = [0.0] * number
        for place in places:
            first, second = divmod(place - PLACES - number, number)
            if place < PLACES + number:
                by_idea[place - PLACES] += self._weights[place] * factor
            elif first < number:
                by_idea[first] += self._weights[place] * factor / 2
                by_idea[second] += self._weights[place] * factor / 2
        return [sum([by_idea[idea] for idea in root.ideas]) for root in message.roots]

    def _factor(self, view: int, squares: int) -> float:
        length = squares / _RARE**2 + DAMPING[view]
        return WEIGHTS[view] * self._scale / math.sqrt(length) if length else 0.0

    def _sum(self, places: Sequence[int]) -> tuple[int, int]:
        weights, rare = self._weights, self._rare
        return sum([weights[place] for place in places]), sum([rare[place] ** 2 for place in places])

    def _pieces(self, message: Message) -> tuple[int, int]:
        found = [self._of(word) for word in dict.fromkeys(message.words)]
        return sum([weighed for weighed, _ in found]), sum([squares for _, squares in found])

    def _of(self, word: str) -> tuple[int, int]:
        """A word's pieces together. Kept for the words that come again; what is kept never grows without bound."""
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = self._sum(pieces(word))
        return found


def packed(rare: Sequence[float], learnt: dict[str, Learnt], thresholds: Thresholds) -> bytes:
    """The file: one line that describes it, then a byte for how telling each place is, then a byte a place for each head."""
    scales, bodies = {}, []
    for name in HEADS:
        products = [weight * rarity for weight, rarity in zip(learnt[name].weights, rare, strict=True)]
        scales[name] = max(map(abs, products)) / 127 or 1.0
        bodies.append(bytes([round(product / scales[name]) & 0xFF for product in products]))
    about = {
        "size": size(),
        "scales": scales,
        "biases": {name: learnt[name].bias for name in HEADS},
        "thresholds": [thresholds.short, thresholds.long],
    }
    return b"".join([json.dumps(about, sort_keys=True).encode(), b"\n", bytes([round(r * _RARE) for r in rare]), *bodies])


def load(data: bytes, head: str = EMERGENCY) -> Model:
    """One head of a packed model; raises ModelUnreadable."""
    line, _, body = data.partition(b"\n")
    try:
        about = json.loads(line)
        places, at = about["size"], HEADS.index(head) + 1
        scale, bias, (short, long) = about["scales"][head], about["biases"][head], about["thresholds"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelUnreadable(ModelUnreadable.__doc__) from error
    if places != size() or len(body) != places * (1 + len(HEADS)):
        raise ModelUnreadable(ModelUnreadable.__doc__)
    weights = memoryview(body[at * places : (at + 1) * places]).cast("b")
    return Model(memoryview(body[:places]), weights, scale, bias, Thresholds(short, long))


@cache
def model(head: str = EMERGENCY) -> Model:
    """The model that comes with the program."""
    return load(files("hotline.triage").joinpath(FILE).read_bytes(), head)
