"""Answers to a question about danger that may mean both: none is taken for a no, and what may be a yes counts until it is asked."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from hotline.engine.danger import rang
from hotline.engine.effects import Said
from hotline.engine.fold import fold
from hotline.engine.hints import denies
from hotline.engine.match import Labels
from hotline.engine.program import Question
from hotline.engine.turn import Turn

_CLAUSES = re.compile(r"[^\w\s'’-]+|\n")
_CRY = "bahaya"
_CRIES = frozenset({"bahaya", "bebaya", "danger", "terancam"})
_YES = frozenset({"ya", "ada", "inggih", "nggih", "yes", "yeah", "betul", "benar", "ana", "ono", "wonten"})
_MERE = frozenset({"ok", "oke", "okey", "okay", "oce", "boleh", "sip", "siap"})
"""They agree to go on: “ok” answers that this is an automatic service."""
_COURTESY = frozenset(["kak", "pak", "bu", "min", "mas", "mbak", "deh", "aja", "saja"])
_ASKING = ["siapa", "kenapa", "putus", "apa", "apakah", "maksud", "maksudnya", "tanya", "nanya", "bertanya", "info", "informasi"]
_SMALL = ["siap", "sudah", "baik", "begini", "ampun", "allah", "tuhan", "tamu", "kabar", "pertanyaan", "perlu", "dibantu", "bantu", "salah"]
_BEGINNING = ["selamat", "pagi", "siang", "sore", "malam", "halo", "assalamualaikum", "terima", "makasih"]
_WISHING = ["mau", "ingin", "lapor", "melapor", "cerita", "bantuan", "bansos", "minta"]
_CALM = frozenset(["aman", *_SMALL, *_ASKING, *_BEGINNING, *_WISHING])
"""Words of somebody who begins or asks."""
_MOST_YES = 6


class Doubt(Enum):
    """What became of words at a question."""

    NONE = auto()
    """Nothing speaks against understanding them as any others."""
    UNCLEAR = auto()
    """They are asked about again."""
    ACCEPTED = auto()
    """They were taken for the yes."""


def weigh(turn: Turn, question: Question, text: str, folded: str) -> Doubt:
    """At a question about danger: what may say yes rings and is asked about; where that was asked already, it is taken for the yes."""
    if not about_danger(question):
        return Doubt.UNCLEAR if _merely_agrees(question, text, folded) else Doubt.NONE
    both = _cries_and_denies(question, text)
    if not both and _says_little(question, text, folded):
        return Doubt.UNCLEAR
    may_be = (folded.startswith("mungkin ya") or question.match.close(folded) is None) and _may_be_yes(text, folded)
    if not both and not may_be:
        return Doubt.NONE
    if "kata_bahaya" not in turn.answers:
        if not rang(turn):
            _count_as_danger(turn)
        return Doubt.UNCLEAR
    code = question.match.named(_CRY)
    if both or code is None:
        return Doubt.UNCLEAR
    turn.effects.append(Said(text))
    turn.accept(question, code)
    return Doubt.ACCEPTED


def unclear(question: Question, text: str, folded: str) -> bool:
    """Whether words that a choice knows must not be taken for it, since they say something else too."""
    if not about_danger(question):
        return _merely_agrees(question, text, folded)
    return _says_little(question, text, folded) or _cries_and_denies(question, text)


def agreed(match: Labels, text: str) -> str | None:
    """The one choice that every part of the text names: “tidak, aman”."""
    parts = _clauses(text)
    named = {match.named(part) for part in parts} if len(parts) > 1 else set()
    return named.pop() if len(named) == 1 else None


@lru_cache(maxsize=2)
def _clauses(text: str) -> tuple[str, ...]:
    """What stands between punctuation, folded: “tidak, ada bahaya” says two things.

    Kept for the turn: eight questions are asked of them, and words with a mark behind each letter have thousands.
    """
    return tuple(folded for part in _CLAUSES.split(text) if (folded := fold(part)))


def about_danger(question: Question | None) -> bool:
    """Whether the question is whether there is danger now."""
    code = question.match.named(_CRY) if question is not None else None
    return question is not None and code is not None and question.choices[code].alarm


def _cries_and_denies(question: Question, text: str) -> bool:
    """Whether one part of the text says that there is danger and another denies it or says something else: “bukan, ada bahaya”."""
    parts = _clauses(text)
    named = [question.match.named(part) for part in parts]
    alarms = [code is not None and question.choices[code].alarm for code in named]
    cries = [alarm and part not in _YES for alarm, part in zip(alarms, parts, strict=True)]
    other = [not alarm and (code is not None or denies(part.split())) for alarm, code, part in zip(alarms, named, parts, strict=True)]
    return any(cries) and any(other)


def _mere(text: str) -> bool:
    """Whether the words only agree to go on: “ok”."""
    words = re.findall(r"\w+", text.lower())
    return not _MERE.isdisjoint(words) and (_MERE | _COURTESY).issuperset(words)


def _merely_agrees(question: Question, text: str, folded: str) -> bool:
    """Whether an “ok” would be taken for a “Ya” to what is asked. Where the choice reads “Boleh”, it is one."""
    if not _mere(text) or question.free is not None:
        return False
    code = question.match.named(folded) or question.match.close(folded)
    return code is not None and question.label(code, "id").startswith("Ya")


def _says_little(question: Question, text: str, folded: str) -> bool:
    """Whether the words only agree to go on (“ok”), or are a no part by part and a yes without the comma: “tidak, aman”."""
    mere = _mere(text)
    both = len({code for part in _clauses(text) if (code := question.match.named(part)) is not None}) > 1
    agreed_on, taken_for = agreed(question.match, text), question.match.named(folded) or question.match.close(folded)
    return mere or both or (agreed_on is not None and taken_for not in (None, agreed_on))


def _may_be_yes(text: str, folded: str) -> bool:
    """Whether words that no choice knows may say that there is danger: “iya adikku”, “temanku bahaya”, “mungkin iya”."""
    parts, words = _clauses(text), folded.split()
    if words[:1] == ["mungkin"]:
        words = words[1:]
    if "?" in text or not words or not _CALM.isdisjoint(words):
        return False
    if any(_CRIES.intersection(part.split()) for part in parts):
        return not denies(words) or len(parts) > 1
    return len(words) <= _MOST_YES and words[0] in _YES and not denies(words)


def _count_as_danger(turn: Turn) -> None:
    """It rings, and what was meant is the next question."""
    turn.alarm("text")
    turn.settle("kata_bahaya", "belum_dijawab")
    turn.alarmed = True
