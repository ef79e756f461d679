"""Triage: how grave a story is, and which answers say so. It only ever judges; that a level is never lowered is the case's rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hotline.case import Level, Track
from hotline.triage.answers import LOOKED_AT, WORD, read, words_found
from hotline.triage.explain import detail, explain
from hotline.triage.hearing import Heard, alarming, hear, sounding
from hotline.triage.rules import Rules
from hotline.triage.table import ADDED_UP, EMERGENCY, HIGH, MEDIUM, NO_SIGN, SIGNS_TO_REVIEW
from hotline.triage.words import danger_words, group_of

__all__ = ["Assessment", "Heard", "alarming", "assess", "danger_words", "detail", "explain", "group_of", "hear", "sounding"]


_TABLE = (*EMERGENCY, *HIGH, *MEDIUM)
_RULES = Rules(_TABLE)
_LOOKED_AT = frozenset().union(LOOKED_AT, *(rule.condition.keys for rule in _TABLE))
"""The questions whose answers matter: their answers are codes, never words of the person."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A level and every answer that caused it, each as `question=code`; `explain` says them in words."""

    level: Level
    reasons: tuple[str, ...]


def assess(track: Track, answers: Mapping[str, str], *, unreached: bool) -> Assessment:
    """The level of a story told so far, by the table of `hotline.triage.table`.

    `answers` maps question keys to codes; other keys are ignored. With `unreached`, a child-track indicator without an answer
    counts as tidak_tahu, as for a finished or abandoned story; without it, only what was said is judged.
    """
    return _assess(track, tuple([said for said in answers.items() if said[0] in _LOOKED_AT]), unreached)


@lru_cache(maxsize=512)
def _assess(track: Track, given: tuple[tuple[str, str], ...], unreached: bool) -> Assessment:
    """Kept for the next story with the same codes: most stories are judged at every turn, and many say the same."""
    answers = dict(given)
    said = read(track, answers, unreached=unreached)
    found = _RULES.matched(said)
    if reasons := [why for rule, why in found if rule.level is Level.DARURAT]:
        return Assessment(Level.DARURAT, _with_words(_once(reasons), answers))
    high = [(rule, why) for rule, why in found if rule.level is Level.TINGGI]
    signs = [why for rule, why in high if rule.counts]
    if len(signs) >= SIGNS_TO_REVIEW:
        return Assessment(Level.DARURAT_TELAAH, _with_words(_once([*signs, (ADDED_UP,)]), answers))
    if reasons := signs or [why for _, why in high]:
        return Assessment(Level.TINGGI, _with_words(_once(reasons), answers))
    if found:
        return Assessment(Level.SEDANG, _once([why for _, why in found]))
    return Assessment(Level.RENDAH, (NO_SIGN,))


def _once(reasons: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for found in reasons for reason in found))


def _with_words(reasons: tuple[str, ...], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The words beside the reason that there were some."""
    if not any(reason.startswith("kata_bahaya=") for reason in reasons):
        return reasons
    return reasons + tuple(f"{WORD}={word}" for word in words_found(answers))
