"""Learning the weights from labelled messages, and choosing the thresholds on writers that were left out while learning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.triage.examples import EVERYDAY, OTHERS, STRANGERS, UNSEEN, Labelled
from bot.triage.learning import Learnt, Row, Scale, Views, judged, learn, scale, seen, together
from hotline.triage import danger_words, group_of
from hotline.triage.model import HEADS, SHORT, Thresholds, packed
from hotline.triage.traits import read

RECALL, HARD, DAILY = 0.97, 0.08, 0.01
"""The goals: emergencies heard; false alarms on hard messages; false alarms on everyday messages."""
_BLOCK, _PARTS = 40, 5
"""Everyday answers stand in blocks by subject: whole blocks are left out, a fifth of them at a time."""


@dataclass(frozen=True, slots=True)
class Left:
    """A message scored by a model that never saw its writer (or, of the everyday answers, its block)."""

    row: Labelled
    score: float
    lexicon: bool
    short: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A labelled message, read once: what the model sees of the whole and of each part of a long one."""

    row: Labelled
    views: list[Views]
    lexicon: bool
    short: bool


def prepare(rows: Iterable[Labelled]) -> list[Prepared]:
    """The messages as the model sees them."""
    found = []
    for row in rows:
        words = danger_words(row.text)
        message = read(row.text, tuple(group_of(word) for word in words))
        found.append(Prepared(row, seen(message), bool(words), len(message.words) <= SHORT))
    return found


def left_out(
    every: Sequence[Prepared], tell: Callable[[str], None] = lambda _: None, writers: Sequence[str] = (*STRANGERS, *OTHERS)
) -> list[Left]:
    """Scores of the writers and of the everyday answers, each by a model that learned without them."""
    learned = [one for one in every if one.row.writer not in UNSEEN]
    found = []
    for writer in writers:
        tell(writer)
        found += scored([one for one in learned if one.row.writer != writer], [one for one in learned if one.row.writer == writer])
    daily = [one for one in learned if one.row.writer == EVERYDAY]
    for part in range(_PARTS):
        tell(f"{EVERYDAY}{part + 1}")
        apart = [one for at, one in enumerate(daily) if at // _BLOCK % _PARTS == part]
        ids = {one.row.id for one in apart}
        found += scored([one for one in learned if one.row.id not in ids], apart)
    return found


def scored(learned: Sequence[Prepared], others: Sequence[Prepared]) -> list[Left]:
    """Scores of messages by a model that learned from others."""
    if not others:
        return []
    size = scale([one.views[0] for one in learned])
    head = _head([one.row.emergency for one in learned], _rows(learned, size))
    return [Left(one.row, together([judged(head, size.row(views)) for views in one.views]), one.lexicon, one.short) for one in others]


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
    """The thresholds: a short message may alarm falsely as seldom as the goal says; for the others both goals fall short alike."""
    daily = sorted((one.score for one in left if one.short and one.row.writer == EVERYDAY), reverse=True)
    short = daily[int(len(daily) * DAILY)] + 1e-6 if daily else 0.0
    cries = sorted(one.score for one in left if not one.short and one.row.emergency)
    calm = sorted(one.score for one in left if not one.short and one.row.writer in STRANGERS and not one.row.emergency)

    def shortfall(at: float) -> float:
        heard = sum(score >= at for score in cries) / len(cries)
        false = sum(score >= at for score in calm) / len(calm)
        return max((RECALL - heard) / (1 - RECALL), (false - HARD) / HARD)

    long = min((round(step / 100 - 1, 2) for step in range(200)), key=shortfall)
    return Thresholds(short, long)


def train(every: Sequence[Prepared], thresholds: Thresholds) -> bytes:
    """The packed model, learned from every writer but those kept for measuring."""
    learned = [one for one in every if one.row.writer not in UNSEEN]
    size = scale([one.views[0] for one in learned])
    rows = _rows(learned, size)
    heads = {}
    for at, head in enumerate(HEADS):
        learnt = _head([one.row.emergency or (at > 0 and one.row.level in HEADS[: at + 1]) for one in learned], rows)
        heads[head] = ((learnt.weights * size.rare).tolist(), learnt.bias)
    return packed(heads, size.factors, thresholds)
