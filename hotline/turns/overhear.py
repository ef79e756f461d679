"""A message that comes while an operator answers in the chat: kept in the case they hold, not walked."""

from __future__ import annotations

from hotline.case import Told
from hotline.engine.effects import Alarm, Effect, Send
from hotline.engine.yielded import Heard, beside, fits
from hotline.messages import Incoming, Outgoing
from hotline.store import talks
from hotline.store.talks import Talk
from hotline.turns import talking
from hotline.turns.talking import LATE, Why
from hotline.turns.visit import Visit


def overhear(visit: Visit, talk: Talk, incoming: Incoming) -> tuple[tuple[Effect, ...], Why | None] | None:
    """What the host must do with the message, and how the talk ends after it, if it does. None: it is over; the tree takes the message."""
    if visit.ledger.state(talk.case_id).closed or visit.now >= talk.quiet_at + LATE:
        leave(visit, talk, Why.CLOSED if visit.ledger.state(talk.case_id).closed else Why.QUIET)
        return None
    person = visit.person
    person.session, effects, heard = beside(visit.desk.book, person.session, incoming, visit.now)
    if heard is Heard.LEAVE:
        return effects, Why.LEFT
    danger = any(isinstance(effect, Alarm) for effect in effects)
    if talk.asked and not danger and not fits(incoming.text):
        return (*effects, _say(visit, "another_time")), Why.NOT_NOW
    if talk.asked:
        talks.change(visit.conn, talk.id, quiet_at=talking.quiet_after(visit.now, asked=False), asked=False, waiting=True)
        return (*effects, _say(visit, "person_here")), None
    quiet = talk.quiet_at if talk.waiting else talking.quiet_after(visit.now, asked=False)
    talks.change(visit.conn, talk.id, quiet_at=quiet, waiting=True)
    return effects, None


def leave(visit: Visit, talk: Talk, why: Why) -> None:
    """The talk is over; the case tells how."""
    visit.ledger.append(talk.case_id, [talking.end(visit.conn, visit.desk, visit.person, talk, why, visit.now)])


def told_before(visit: Visit, talk: Talk) -> bool:
    """Whether the case's story had ended before the talk: silence then makes nothing of it."""
    return visit.ledger.state(talk.case_id).told is not Told.BERJALAN


def _say(visit: Visit, phrase: str) -> Send:
    book = visit.desk.book
    return Send(Outgoing(text=book.phrase(phrase, book.speaks(visit.person.session.language))))
