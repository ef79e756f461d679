"""Learning the weights from labelled messages, and choosing the thresholds on writers that were left out while learning."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.triage.examples import EVERYDAY, STRANGERS, UNSEEN, Labelled
from hotline.triage import danger_words, group_of
from hotline.triage.learning import Example, Learnt, example, judged, learn, rarity, weighed
from hotline.triage.model import EMERGENCY, HEADS, SHORT, Thresholds, packed
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
    """A labelled message, read once."""

    row: Labelled
    example: Example
    lexicon: bool
    short: bool


def prepare(rows: Iterable[Labelled]) -> list[Prepared]:
    """The messages as the model sees them."""
    found = []
    for row in rows:
        words = danger_words(row.text)
        message = read(row.text, tuple(group_of(word) for word in words))
        found.append(Prepared(row, example(message), bool(words), len(message.words) <= SHORT))
    return found


def left_out(every: Sequence[Prepared], tell: Callable[[str], None] = lambda _: None) -> list[Left]:
    """Scores of the independent writers and of the everyday answers, each by a model that learned without them."""
    learned = [one for one in every if one.row.writer not in UNSEEN]
    found = []
    for writer in STRANGERS:
        tell(writer)
        found += _scores([one for one in learned if one.row.writer != writer], [one for one in learned if one.row.writer == writer])
    daily = [one for one in learned if one.row.writer == EVERYDAY]
    for part in range(_PARTS):
        tell(f"{EVERYDAY}{part + 1}")
        apart = [one for at, one in enumerate(daily) if at // _BLOCK % _PARTS == part]
        ids = {one.row.id for one in apart}
        found += _scores([one for one in learned if one.row.id not in ids], apart)
    return found


def _scores(learned: Sequence[Prepared], others: Sequence[Prepared]) -> list[Left]:
    rare = rarity([one.example for one in learned])
    head = _head(learned, _weigh(learned, rare), EMERGENCY)
    return [Left(one.row, judged(head, weighed(one.example, rare)), one.lexicon, one.short) for one in others]


def _weigh(learned: Sequence[Prepared], rare: array[float]) -> list[tuple[array[int], array[float]]]:
    return [weighed(one.example, rare) for one in learned]


def _head(learned: Sequence[Prepared], rows: Sequence[tuple[array[int], array[float]]], head: str) -> Learnt:
    grave = HEADS[: HEADS.index(head) + 1]
    positive = [one.row.emergency or (head != EMERGENCY and one.row.level in grave) for one in learned]
    return learn(rows, positive, [1.0] * len(rows))


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
    rare = rarity([one.example for one in learned])
    rows = _weigh(learned, rare)
    return packed(rare, {head: _head(learned, rows, head) for head in HEADS}, thresholds)
