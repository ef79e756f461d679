"""Whether the phone has come into other hands while a child told something: then the story is put away."""

from __future__ import annotations

from hotline.case import Track
from hotline.engine.asked_back import asks_who, claims_the_child
from hotline.engine.effects import SafeContact
from hotline.engine.forbids import wrong_number
from hotline.engine.program import Question
from hotline.engine.turn import Turn

MINE = "mine"
"""The answer that says of a phone that the person alone holds it."""
PAUSE = 1800
"""Seconds after which, where others may hold the phone, what a newcomer writes (a greeting, MENU) is taken to come from one."""
MOMENT = 60
"""The same for “who is this?” on a phone of which others were told of: within it the owner may be asking."""
_OPEN_PHONES = ("shared", "watched")


def somebody_else(turn: Turn, folded: str, as_newcomers_write: bool) -> bool:
    """Whether the phone may have come into other hands while something was told: a pause, then what a newcomer writes; or they say so."""
    track = turn.book.track(turn.session)
    if track is None:
        return False
    if turn.answers.get("pelapor") == "anak" and claims_the_child(folded):
        turn.effects.append(SafeContact("shared", "no"))
        return True
    if wrong_number(folded) and turn.now - turn.session.seen >= PAUSE:
        return True
    phone, asks = turn.answers.get("hp", "" if track is Track.ANAK else MINE), asks_who(folded)
    if phone == MINE or not (asks or as_newcomers_write):
        return False
    return turn.now - turn.session.seen >= (MOMENT if asks and phone in _OPEN_PHONES else PAUSE)


def lies_in_other_hands(turn: Turn, question: Question | None, folded: str) -> bool:
    """Words that answer nothing, after a pause, where others hold the child's phone: whoever that is is not shown again what was asked."""
    if turn.answers.get("hp") == MINE or turn.book.track(turn.session) is not Track.ANAK or turn.answers.get("pelapor") != "anak":
        return False
    if turn.now - turn.session.seen < PAUSE or question is None or question.free is not None or question.many:
        return False
    return question.match.close(folded) is None and question.match.hinted(folded) is None
