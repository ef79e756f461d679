"""A message that comes while an operator answers in the chat: kept in the case they hold, not walked."""

from __future__ import annotations

from hotline import talking
from hotline.case import Told
from hotline.engine.beside import Heard, beside, fits
from hotline.engine.effects import Alarm, Effect, Send
from hotline.messages import Incoming, Outgoing
from hotline.store import talks
from hotline.store.talks import Talk
from hotline.talking import LATE, Why
from hotline.visit import Visit


def overhear(visit: Visit, talk: Talk, incoming: Incoming) -> tuple[Effect, ...] | None:
    """What the host must do with the message; None: the talk is over, and the tree takes it.

    Words are kept first, so that they stand in the case also when they end the talk.
    """
    if visit.ledger.state(talk.case_id).closed or visit.now >= talk.quiet_at + LATE:
        _end(visit, talk, Why.CLOSED if visit.ledger.state(talk.case_id).closed else Why.QUIET)
        return None
    person = visit.person
    person.session, effects, heard = beside(visit.desk.book, person.session, incoming, visit.now)
    if heard is Heard.LEAVE:
        _end(visit, talk, Why.LEFT)
        return effects
    danger = any(isinstance(effect, Alarm) for effect in effects)
    if talk.asked and not danger and not fits(incoming.text):
        _end(visit, talk, Why.NOT_NOW)
        return (*effects, _say(visit, "another_time"))
    if talk.asked:
        talks.change(visit.conn, talk.id, quiet_at=talking.quiet_after(visit.now, asked=False), asked=False, waiting=True)
        return (*effects, _say(visit, "person_here"))
    quiet = talk.quiet_at if talk.waiting else talking.quiet_after(visit.now, asked=False)
    talks.change(visit.conn, talk.id, quiet_at=quiet, waiting=True)
    return effects


def told_before(visit: Visit, talk: Talk) -> bool:
    """Whether the case's story had ended before the talk: silence then makes nothing of it."""
    return visit.ledger.state(talk.case_id).told is not Told.BERJALAN


def _end(visit: Visit, talk: Talk, why: Why) -> None:
    person = visit.person
    visit.ledger.append(talk.case_id, [talking.end(visit.conn, visit.desk, person, talk, why, visit.now)])


def _say(visit: Visit, phrase: str) -> Send:
    book = visit.desk.book
    return Send(Outgoing(text=book.phrase(phrase, book.speaks(visit.person.session.language))))
