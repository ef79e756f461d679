"""Whether the phone has come into other hands while somebody told what happens to them: then the story is put away."""

from __future__ import annotations

from hotline.case import Track
from hotline.engine.asked_back import asks_who, claims_kin, claims_the_child, thanks
from hotline.engine.effects import SafeContact
from hotline.engine.forbids import wrong_number
from hotline.engine.program import Question
from hotline.engine.turn import Turn
from hotline.engine.words import Word, word_of

CHILD, GROWN_UP = "anak", "dewasa"
"""Who tells of themselves."""
MINE = "mine"
"""The answer that says of a phone that the person alone holds it."""
PAUSE = 1800
"""Seconds after which, where others may hold the phone, what a newcomer writes (a greeting, MENU) is taken to come from one."""
MOMENT = 60
"""The same for “who is this?” on a phone of which others were told of: within it the owner may be asking."""
_ANSWERING = frozenset(["ya", "tidak", "belum", "sudah", "ada", "kadang", "sering", "pernah", "masih", "mungkin", "bukan", "lupa", "entah"])
_SPEAKING = frozenset(["aku", "saya", "kak", "dia", "kakak"])
"""Words of whoever tells; somebody else asks what this is, or tells where the child is."""
_OPEN_PHONES = ("shared", "watched")


def somebody_else(turn: Turn, folded: str, as_newcomers_write: bool) -> bool:
    """Whether the phone may have come into other hands while something was told: a pause, then what a newcomer writes; or they say so."""
    track = turn.book.track(turn.session)
    if track is None:
        return False
    who = turn.answers.get("pelapor")
    if (who == CHILD and claims_the_child(folded)) or (who == GROWN_UP and claims_kin(folded)):
        turn.effects.append(SafeContact("shared", "no"))
        return True
    if wrong_number(folded) and turn.now - turn.session.seen >= PAUSE:
        return True
    phone, asks = turn.answers.get("hp", "" if track is Track.ANAK else MINE), asks_who(folded)
    if phone == MINE or not (asks or as_newcomers_write):
        return False
    return turn.now - turn.session.seen >= (MOMENT if asks and phone in _OPEN_PHONES else PAUSE)


def may_be_looked_at(turn: Turn) -> bool:
    """Whether others hold the phone of whoever is hurt, and some time has passed: what comes now may be theirs."""
    theirs = turn.answers.get("hp") != MINE and turn.answers.get("pelapor") in (CHILD, GROWN_UP)
    return theirs and turn.book.track(turn.session) is not None and turn.now - turn.session.seen >= PAUSE


def lies_in_other_hands(turn: Turn, question: Question | None, folded: str) -> bool:
    """Words that answer nothing, and that are not of somebody who goes on telling: whoever that is is not shown again what was asked.

    `question` is None at the summary, which shows all.
    """
    if not may_be_looked_at(turn) or _goes_on(folded):
        return False
    if question is None or question.many:
        return True
    return question.free is None and question.match.close(folded) is None and question.match.hinted(folded) is None


def _goes_on(folded: str) -> bool:
    """“Iya kak, dia tinggal di rumah”, “aku takut”, thanks, LANJUT, a face that cries."""
    words = folded.split()
    return not words or words[0] in _ANSWERING or not _SPEAKING.isdisjoint(words) or thanks(folded) or word_of(folded) is Word.LANJUT
