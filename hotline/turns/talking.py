"""What holds while an operator answers in a reporter's chat: how long, when it may begin, and how the conversation is given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from hotline.case import SYSTEM, Event, EventKind
from hotline.desk import Desk
from hotline.engine.effects import Send
from hotline.engine.session import Session
from hotline.engine.yielded import resume, waiting
from hotline.gate import REPLY_STAYS_A_REPLY
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import outbox, talks
from hotline.store.conversations import Conversation
from hotline.store.talks import Talk
from hotline.times import from_us
from hotline.turns import hiding

QUIET = timedelta(minutes=10)
"""Without a word of the operator for so long the dialog goes on: a reporter must not wait for somebody who has left."""
ASKED = timedelta(minutes=30)
"""So long an answer to “is this a good time?” is waited for."""
LATE = timedelta(minutes=1)
"""A talk that should have ended so long ago is over, also when nobody kept the clock."""
HERE = REPLY_STAYS_A_REPLY
"""Whoever wrote within this time is still looking at the chat; later only a neutral greeting may come first."""
OPEN = timedelta(hours=24)
"""After this the reporter's session is over on every channel: only a notice and CEK reach them."""


class Why(StrEnum):
    """How a talk ended."""

    GIVEN_BACK = "given_back"
    OTHER = "other"
    """Somebody else took it over."""
    QUIET = "quiet"
    SIGNED_OUT = "signed_out"
    CLOSED = "closed"
    """The case was closed."""
    LEFT = "left"
    """The reporter wrote TUTUP or STOP."""
    NOT_NOW = "not_now"
    """The reporter did not answer the greeting as somebody who can talk now."""


def is_here(person: Conversation, now: datetime) -> bool:
    """Whether the person is thought to be looking at the chat. After TUTUP they are not, however short ago it was."""
    return hiding.is_met(person) and not person.stopped and now - from_us(person.last_in_at) <= HERE


def quiet_after(now: datetime, *, asked: bool) -> datetime:
    """When a talk ends by itself if the operator says nothing more."""
    return now + (ASKED if asked else QUIET)


def end(conn: Connection, desk: Desk, person: Conversation, talk: Talk, why: Why, now: datetime, author: str = SYSTEM) -> Event:
    """The talk is over: its row, the person's session, and the event to be kept. Says nothing; the caller saves the person."""
    talks.end(conn, talk.id, why.value, now)
    if why is not Why.LEFT:
        person.session = waiting(person.session)
    person.changed = True
    person.turn_back()
    _let_go(desk, person, talk.case_id)
    return Event(kind=EventKind.GIVEN_BACK, at=now, author=author, body={"operator": talk.operator_id, "why": why.value})


def _let_go(desk: Desk, person: Conversation, case_id: int) -> None:
    """A story that was told before is over again: the next one is another case."""
    if person.case_id != case_id or desk.book.track(_without_danger(person.session)) is not None:
        return
    person.last_case_id, person.case_id = person.case_id, None
    person.session, person.quiet_at = _without_danger(person.session), None


def _without_danger(session: Session) -> Session:
    """Danger said during the talk belongs to its case, where it rings: it begins no other."""
    kept = {k: v for k, v in session.answers.items() if k not in ("kata_bahaya", "kata") and (k, v) != ("R1", "ya")}
    return replace(session, answers=kept, danger=[])


def say_so(seal: Seal, desk: Desk, person: Conversation, case_id: int, now: datetime) -> list[dict[str, Any]]:
    """If the person is there, the dialog says that it goes on and asks its question anew; gives the messages as outbox rows."""
    if not is_here(person, now):
        return []
    person.session, effects = resume(desk.book, person.session, now)
    person.changed = True
    return [queued(seal, person, effect.message, outbox.REPLY, case_id, now) for effect in effects if isinstance(effect, Send)]


def queued(seal: Seal, person: Conversation, message: Outgoing, purpose: str, case_id: int, now: datetime) -> dict[str, Any]:
    """The next message of this contact's line, as a row; the caller saves the person and inserts it."""
    person.sent_seq, person.changed = person.sent_seq + 1, True
    return outbox.row(
        seal,
        region=person.region,
        channel=person.channel,
        contact_id=person.id,
        seq=person.sent_seq,
        message=message,
        purpose=purpose,
        case_id=case_id,
        now=now,
    )
