"""Hearing danger in free text: the lexicon, the region's own words and the learned model, each of which can only raise."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hotline.triage.lexicon import BESIDE_A_CALL, CALLS, DEGREES, FADED, HANDLED, PLEADED, WORDING
from hotline.triage.model import HEADS, model
from hotline.triage.network import network
from hotline.triage.traits import Message, Sentence, sentences, told
from hotline.triage.words import found_in, group_of

NOTHING = "BUKAN"
"""The level of a text that speaks of nothing to act upon."""
_CALM = 0.45
"""So far below the threshold the rest of a text speaks clearly against its danger word (long past, solved, told of a film)."""
_STEEP = 5.0
_CLEAR = 0.4
"""So far above nought the words of a story must lie to raise its level by themselves: an ordinary request for aid lies lower."""
_CALLED = 0.2
"""So far above the threshold a mere call for help lies at least."""
_FEWEST = 3
"""Fewer words are a name, a place or a choice mistyped, and no story."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text sounds like by itself, with nobody asked back."""

    level: str
    """DARURAT, TINGGI, SEDANG, RENDAH or BUKAN."""
    score: float
    """0 to 1; from 0.5 on the model hears an emergency."""
    words: tuple[str, ...]
    """The danger words found, as the lexicon or the region names them; one is enough for the danger question."""
    weighing: tuple[str, ...]
    """The roots that weighed most in the model, if it heard an emergency."""

    @property
    def asks(self) -> bool:
        """Whether the bot asks the danger question, and the case counts as DARURAT until it is answered."""
        return bool(self.words) or self.score >= 0.5


def hear(text: str, extra: frozenset[str] = frozenset()) -> Heard:
    """The level of one text with its reasons. `extra` holds a region's own danger words."""
    words, parts = _words(text, extra)
    message = told(text, parts, tuple([group_of(word) for word in words]))
    above = _above(message)
    weighing = model().weighing(message) if above >= 0 else ()
    if above >= 0 or (words and above >= -_CALM):
        level = HEADS[0]
    else:
        level = _level(message, HEADS[1:], 0.0)
        level = HEADS[1] if words and level != NOTHING else level
    return Heard(level, _share(above), words, weighing)


def alarming(text: str, extra: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The danger words of a text, or the one name of what the model heard: “susunan kata + kunci + malam”; empty for most texts.

    Where the lexicon found something the model adds nothing: a medical word stays a medical word in the aid track (domain 5.3).
    """
    return _rings(text, extra)[0]


def sounding(text: str, extra: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], str]:
    """The same, and where it is nothing, how grave the words of the story sound: TINGGI, SEDANG, or empty for most texts."""
    words, message = _rings(text, extra)
    if words or message is None or len(message.words) < _FEWEST:
        return words, ""
    return (), _level(message, HEADS[1:3], _CLEAR).replace(NOTHING, "")


def _rings(text: str, extra: frozenset[str]) -> tuple[tuple[str, ...], Message | None]:
    """What makes the bot ask, and the message as the model sees it, read once for both, unless a danger word says enough."""
    words, parts = _words(text, extra)
    if words:
        return words, None
    message = told(text, parts, ())
    return ((" + ".join((WORDING, *model().weighing(message))),) if _above(message) >= 0 else ()), message


def _above(message: Message) -> float:
    """How far the message lies above its threshold: by the linear model, and where that is in doubt by the network too."""
    if _faded(message):
        return -math.inf
    ear = model()
    above = ear.thresholds.above(ear.score(message), len(message.words), lambda: network().score(message))
    return max(above, _CALLED) if _only_calls(message) else above


def _level(message: Message, levels: tuple[str, ...], least: float) -> str:
    """The gravest of these levels that the message lies above by more than `least`."""
    return NOTHING if _faded(message) else next((head for head in levels if model(head).score(message) > least), NOTHING)


def _only_calls(message: Message) -> bool:
    """Whether it is nothing but a call for help with its small words: “eh tolong saya ya”."""
    return not CALLS.isdisjoint(message.words) and BESIDE_A_CALL.issuperset(message.words)


def _faded(message: Message) -> bool:
    """Whether it says only how something was, “cepat sekali”, or presses for a case, “tolong dipercepat”. “Cepat” alone calls somebody."""
    words = message.words
    pairs = (DEGREES, FADED), (HANDLED, PLEADED)
    return any(not telling.isdisjoint(words) and harmless.issuperset(words) for telling, harmless in pairs)


def _words(text: str, extra: frozenset[str]) -> tuple[tuple[str, ...], list[Sentence]]:
    """The danger words and the sentences; the text is folded once for both."""
    parts = sentences(text)
    return found_in(" ".join([word for one in parts for word in one.words]), extra), parts


def _share(above: float) -> float:
    return 1 / (1 + math.exp(-_STEEP * above)) if above > -100 else 0.0
