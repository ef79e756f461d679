"""Learning the weights from labelled messages, and choosing the thresholds on writers that were left out while learning."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import pstdev

from bot.triage.examples import EVERYDAY, OTHERS, STRANGERS, UNSEEN, Labelled
from bot.triage.learning import Learnt, Row, Scale, Views, judged, learn, scale, seen, together
from bot.triage.network import Learned
from bot.triage.network import learned as second
from hotline.triage import danger_words, group_of
from hotline.triage.model import HEADS, SHORT, Thresholds, packed
from hotline.triage.traits import read

RECALL, HARD, DAILY = 0.97, 0.08, 0.01
"""The goals: emergencies heard; false alarms on hard messages; false alarms on everyday messages."""
_BESIDE = 0.5
"""What the network's score counts where it is asked, both scores being measured by their spread."""


@dataclass(frozen=True, slots=True)
class Left:
    """A message scored by a model that never saw its writer."""

    row: Labelled
    score: float
    lexicon: bool
    words: int
    second: float = 0.0
    """The network's score."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A labelled message, read once: what the model sees of the whole and of each part of a long one."""

    row: Labelled
    views: list[Views]
    lexicon: bool
    words: int


def prepare(rows: Iterable[Labelled]) -> list[Prepared]:
    """The messages as the model sees them."""
    found = []
    for row in rows:
        words = danger_words(row.text)
        message = read(row.text, tuple(group_of(word) for word in words))
        found.append(Prepared(row, seen(message), bool(words), len(message.words)))
    return found


def left_out(every: Sequence[Prepared], tell: Callable[[str], None] = lambda _: None) -> list[Left]:
    """Scores of the writers, each by a model that learned without them; one on each core at a time."""
    learned = [at for at, one in enumerate(every) if one.row.writer not in UNSEEN]
    groups = (*OTHERS, *((writer,) for writer in (*STRANGERS, *EVERYDAY)))
    folds = {", ".join(writers): {at for at in learned if every[at].row.writer in writers} for writers in groups}
    _shared[:] = every
    found: list[Left] = []
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        done = pool.map(_one_fold, [([at for at in learned if at not in apart], sorted(apart)) for apart in folds.values()])
        for name, left in zip(folds, done, strict=True):
            tell(name)
            found += left
    return found


_shared: list[Prepared] = []
"""What the processes of `left_out` read: inherited, so that it is not copied for each fold."""


def _one_fold(fold: tuple[list[int], list[int]]) -> list[Left]:
    learned, apart = fold
    return scored([_shared[at] for at in learned], [_shared[at] for at in apart])


def scored(learned: Sequence[Prepared], others: Sequence[Prepared]) -> list[Left]:
    """Scores of messages by a model that learned from others."""
    if not others:
        return []
    size = scale([one.views[0] for one in learned])
    head = _head([one.row.emergency for one in learned], _rows(learned, size))
    seconds = second_hearer(learned).judged([one.views[0] for one in others])
    return [
        Left(one.row, together([judged(head, size.row(views)) for views in one.views]), one.lexicon, one.words, second)
        for one, second in zip(others, seconds, strict=True)
    ]


def second_hearer(learned: Sequence[Prepared]) -> Learned:
    """The network that learned from these."""
    ranks = {level: rank for rank, level in enumerate((*HEADS, "BUKAN"))}
    levels = [ranks[one.row.level] for one in learned]
    return second([one.views[0] for one in learned], [one.row.emergency for one in learned], levels, len(ranks))


def _rows(learned: Sequence[Prepared], size: Scale) -> list[list[Row]]:
    return [[size.row(views) for views in one.views] for one in learned]


def _head(positive: Sequence[bool], rows: Sequence[Sequence[Row]]) -> Learnt:
    """Learned from the wholes first; then also from each long emergency's part that sounds gravest, and from all parts of the others."""
    wholes = [whole for whole, *_ in rows]
    first = learn(wholes, positive, [1.0] * len(wholes))
    parts, sides, counts = [], [], []
    for is_, (_, *several) in zip(positive, rows, strict=True):
        if is_ and several:
            several = [max(several, key=lambda row: judged(first, row))]
        for part in several:
            parts.append(part)
            sides.append(is_)
            counts.append(1 / len(several))
    return learn([*wholes, *parts], [*positive, *sides], [1.0] * len(wholes) + counts)


def choose(left: Sequence[Left]) -> Thresholds:
    """The thresholds: a short message may alarm falsely as seldom as the goal says; with the others' both goals fall short alike."""
    daily = sorted((one.score for one in left if one.words <= SHORT and one.row.writer in EVERYDAY), reverse=True)
    short = daily[int(len(daily) * DAILY)] + 1e-6 if daily else 0.0
    strange = [one for one in left if one.row.writer in STRANGERS]
    cries, calm = [one for one in strange if one.row.emergency], [one for one in strange if not one.row.emergency]

    def shortfall(at: Thresholds) -> float:
        def share(some: Sequence[Left]) -> float:
            return sum(above(one, at) >= 0 for one in some) / len(some)

        return max((RECALL - share(cries)) / (1 - RECALL), (share(calm) - HARD) / HARD)

    steps = [round(step / 100 - 1, 2) for step in range(200)]
    long = min(steps, key=lambda at: shortfall(Thresholds(short, at)))
    longer = [one for one in strange if one.words > SHORT]
    spread = pstdev([one.second for one in longer]) or 1.0
    beside = _BESIDE * pstdev([one.score for one in longer]) / spread
    both = min((2 * at for at in steps), key=lambda at: shortfall(Thresholds(short, long, at, beside)))
    return Thresholds(short, long, both, beside)


def above(one: Left, thresholds: Thresholds) -> float:
    """How far a score lies above its threshold."""
    return thresholds.above(one.score, one.words, lambda: one.second)


def taught(every: Sequence[Prepared]) -> list[Prepared]:
    """Those of the writers that may be learned from."""
    return [one for one in every if one.row.writer not in UNSEEN]


def train(every: Sequence[Prepared], thresholds: Thresholds) -> bytes:
    """The packed model, learned from every writer but those kept for measuring."""
    learned = taught(every)
    size = scale([one.views[0] for one in learned])
    rows = _rows(learned, size)
    heads = {}
    for at, head in enumerate(HEADS):
        learnt = _head([one.row.emergency or (at > 0 and one.row.level in HEADS[: at + 1]) for one in learned], rows)
        heads[head] = ((learnt.weights * size.rare).tolist(), learnt.bias)
    return packed(heads, size.factors, thresholds)
