"""Hearing danger in free text: the lexicon, the region's own words and the learned model, each of which can only raise."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hotline.triage.lexicon import WORDING
from hotline.triage.model import HEADS, model
from hotline.triage.network import network
from hotline.triage.traits import Message, Sentence, sentences, told
from hotline.triage.words import found_in, group_of

NOTHING = "BUKAN"
"""The level of a text that speaks of nothing to act upon."""
_CALM = 0.45
"""So far below the threshold the rest of a text speaks clearly against its danger word (long past, solved, told of a film)."""
_STEEP = 5.0


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
        level = next((head for head in HEADS[1:] if model(head).score(message) > 0), NOTHING)
        level = HEADS[1] if words and level != NOTHING else level
    return Heard(level, _share(above), words, weighing)


def alarming(text: str, extra: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The danger words of a text, or the one name of what the model heard: “susunan kata + kunci + malam”; empty for most texts.

    Where the lexicon found something the model adds nothing: a medical word stays a medical word in the aid track (domain 5.3).
    """
    words, parts = _words(text, extra)
    if words:
        return words
    message = told(text, parts, ())
    return (" + ".join((WORDING, *model().weighing(message))),) if _above(message) >= 0 else ()


def _above(message: Message) -> float:
    """How far the message lies above its threshold: by the linear model, and where that is in doubt by the network too."""
    ear = model()
    return ear.thresholds.above(ear.score(message), len(message.words), lambda: network().score(message))


def _words(text: str, extra: frozenset[str]) -> tuple[tuple[str, ...], list[Sentence]]:
    """The danger words and the sentences; the text is folded once for both."""
    parts = sentences(text)
    return found_in(" ".join([word for one in parts for word in one.words]), extra), parts


def _share(above: float) -> float:
    return 1 / (1 + math.exp(-_STEEP * above)) if above > -100 else 0.0
