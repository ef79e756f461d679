"""What is written while a code, a PIN or a word of one's own is asked: the secret is nobody's to read, a story is never lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hotline.engine.effects import Alarm
from hotline.engine.nodes import Free
from hotline.engine.ticket import bare, check_of

if TYPE_CHECKING:
    from hotline.engine.turn import Turn

SECRETS = (Free.PIN, Free.CODE, Free.SECRET)
_OF_THE_TICKET = ("kode", "pin")
"""The questions for what the ticket gave."""
_FEWEST_WORDS, _FEWEST_BESIDE = 3, 6
_NUMBER = re.compile(r"\d(?:[\s.-]*\d){3,}")


def asked(turn: Turn) -> Free | None:
    """The kind of secret that the open question asks for, if it asks for one."""
    question = (turn.book.question(turn.open_key) or turn.walk()[1].question) if turn.open_key else None
    return question.free if question is not None and question.free in SECRETS else None


def check(turn: Turn, text: str) -> tuple[str, str] | None:
    """Code and PIN, if the message is nothing else; the PIN is empty when left out."""
    return check_of(text, turn.book.ticket_words, asked=turn.open_key in _OF_THE_TICKET)


def alone(turn: Turn, text: str) -> bool:
    """Whether this is nothing but a code, a PIN, or both: nobody's to read."""
    return bare(text) or check(turn, text) is not None


def story(turn: Turn, text: str, *, given: bool = False) -> str:
    """What of these words is to be kept: all of them, or where a secret is asked what is plainly more than one, its numbers hidden.

    Call after the words were listened to: what rang is always a story. `given`: the secret itself was found among them.
    """
    if asked(turn) is None:
        return text
    rang = any(isinstance(effect, Alarm) for effect in turn.effects)
    told = sum(any(c.isalpha() for c in word) for word in text.split()) >= (_FEWEST_BESIDE if given else _FEWEST_WORDS)
    return _NUMBER.sub("…", text) if rang or told else ""


def kept(turn: Turn, text: str) -> str:
    """The words to keep where the conversation rests: whoever looked for a PIN in vain may write it there after all."""
    looked_for = any(question.free in (Free.CODE, Free.PIN) for question in turn.program.questions.values())
    return "…" if looked_for and bare(text) else text


def missed_phrase(turn: Turn) -> str:
    """The name of the sentence that answers words nobody understood, other words each time."""
    kind, time = asked(turn), (turn.missed - 1) % 3 + 1
    if kind is Free.SECRET:
        return "miss_word"
    return f"miss_{time}" if kind is None else f"miss_secret_{time}"
