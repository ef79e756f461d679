"""An operator answers in the reporter's own chat: the dialog yields, the words go straight there, and the dialog resumes afterwards.

Only in a session that the reporter opened, and only where the safe-contact gate lets a message through. The contact is locked before
the case, as a turn of the reporter's does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection, select

from hotline.case import LIVE, CaseState, Emergency, EventKind
from hotline.casework.acting import REPLY_LIMIT, At, NothingToDo, at_case, said
from hotline.desk import Desk
from hotline.engine.yielded import WAITS
from hotline.gate import push_verdict, reply_verdict
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.staff import Right, Who
from hotline.store import cases, conversations, outbox, talks
from hotline.store.conversations import Conversation
from hotline.store.queue import visible
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact
from hotline.store.talks import Talk
from hotline.times import Clock, from_us, now
from hotline.turns import talking
from hotline.turns.talking import Why

_case = CaseFile.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_log = structlog.get_logger(__name__)


class NobodyInTheChat(NothingToDo):
    """This case has no reporter who could be written to."""


class SessionOver(NothingToDo):
    """The reporter's session is over: they have not written for a day, or asked us to stop."""


class TellsOfSomethingElse(NothingToDo):
    """The reporter is telling of something else by now, in another case."""


class NotSafeToWrite(NothingToDo):
    """The reporter has been silent for a while, and their phone may not be written to first now."""


class TalkTaken(NothingToDo):
    """Another operator answers in this chat."""


class NotHeld(NothingToDo):
    """This operator does not answer in this chat, or no longer."""


class NotAgreedYet(NothingToDo):
    """The reporter has not said yet that this is a good time."""


@dataclass(slots=True)
class _Seat:
    """One act in one chat: the reporter, the case, and who holds the conversation."""

    at: At
    desk: Desk
    person: Conversation
    talk: Talk | None

    def save(self, action: str, events: list[Any], rows: list[dict[str, Any]]) -> CaseState:
        conversations.save(self.at.conn, self.at.seal, [self.person])
        outbox.insert_rows(self.at.conn, rows)
        return self.at.save(action, *events, deadlines=self.desk.deadlines)


def take(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, *, now: datetime) -> CaseState:
    """Answer in the chat from now on. Somebody who was silent is greeted neutrally first, and nothing else goes until they agree.

    Raises NobodyInTheChat, SessionOver, TellsOfSomethingElse, NotSafeToWrite, TalkTaken (a supervisor takes it over instead).
    """
    seat = _sit(conn, seal, desk, who, case_id, now)
    at, person = seat.at, seat.person
    if seat.talk is not None and (seat.talk.operator_id == who.id or not who.may(Right.APPROVE)):
        raise (NothingToDo if seat.talk.operator_id == who.id else TalkTaken)(TalkTaken.__doc__)
    here = talking.is_here(person, now)
    _may_begin(seat, now, here=here)
    events = []
    if seat.talk is not None:
        events.append(talking.end(conn, desk, person, seat.talk, Why.OTHER, now, at.event(EventKind.GIVEN_BACK).author))
    quiet = talking.quiet_after(now, asked=not here)
    talks.begin(
        conn, case_id=case_id, contact_id=person.id, region=person.region, operator_id=who.id, asked=not here, quiet_at=quiet, now=now
    )
    person.turn_to(case_id, telling=desk.track(person.session) is not None)
    if at.row.emergency == Emergency.AKTIF:
        events.append(at.event(EventKind.ACKNOWLEDGED))
    if at.row.owner_id is None:
        events.append(at.claimed())
    events.append(at.event(EventKind.TAKEN, operator=who.id, name=who.display_name, asked=not here))
    message = _told(desk, person, "person_here") if here else desk.book.notice("good_time", person.language)
    row = talking.queued(seal, person, message, outbox.REPLY if here else outbox.PUSH, case_id, now)
    return seat.save("talk.take", events, [row])


def speak(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, *, text: str, now: datetime) -> CaseState:
    """Words straight into the chat. Raises NotHeld, NotAgreedYet, TextMissing, TextTooLong, and NotSafeToWrite where the safe-contact
    gate would hold them: words that nobody reads are no action, and must not end an alarm.
    """
    seat = _sit(conn, seal, desk, who, case_id, now)
    talk = _held(seat, who)
    if talk.asked:
        raise NotAgreedYet(NotAgreedYet.__doc__)
    words, person = said(text, REPLY_LIMIT), seat.person
    silent = now - from_us(person.last_in_at)
    if not reply_verdict(person.phone, person.push, person.push_hours, silent, now, ZoneInfo(desk.profile.timezone)).go:
        raise NotSafeToWrite(NotSafeToWrite.__doc__)
    row = talking.queued(seal, seat.person, Outgoing(text=words), outbox.REPLY, case_id, now)
    talks.change(conn, talk.id, quiet_at=talking.quiet_after(now, asked=False), waiting=False)
    return seat.save("talk.speak", [seat.at.event(EventKind.SPOKEN, text=words, outbox=row["id"])], [row])


def give_back(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, *, now: datetime) -> CaseState:
    """The dialog goes on, and says so if the reporter is there. Raises NotHeld."""
    seat = _sit(conn, seal, desk, who, case_id, now)
    talk = _held(seat, who)
    event = talking.end(conn, desk, seat.person, talk, Why.GIVEN_BACK, now, seat.at.event(EventKind.GIVEN_BACK).author)
    rows = [] if talk.asked else talking.say_so(seal, desk, seat.person, case_id, now)
    return seat.save("talk.give_back", [event], rows)


def end_of(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, operator_id: int, *, now: datetime) -> None:
    """The case is kept from this colleague now: where they talk, the dialog goes on. Raises NotAllowed."""
    who.must(Right.APPROVE)
    try:
        seat = _sit(conn, seal, desk, who, case_id, now, also_closed=True)
    except NobodyInTheChat:
        return
    talk = seat.talk
    if talk is None or (talk.operator_id, talk.case_id) != (operator_id, case_id):
        return
    event = talking.end(conn, desk, seat.person, talk, Why.GIVEN_BACK, now, seat.at.event(EventKind.GIVEN_BACK).author)
    seat.save("talk.give_back", [event], [] if talk.asked else talking.say_so(seal, desk, seat.person, case_id, now))


def open_question(seal: Seal, desk: Desk, conn: Connection, contact_id: int) -> str:
    """What the dialog asked last and would ask again, in the source language; empty when nothing is open."""
    person = conversations.load_by_id(conn, seal, [contact_id]).get(contact_id)
    key = person.session.open_key if person is not None else ""
    question = desk.book.question(key) if key and key != WAITS else None
    return question.source if question is not None else ""


def _sit(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, now: datetime, *, also_closed: bool = False) -> _Seat:
    query = select(_contact.c.id, _contact.c.address_key).join(_case, _case.c.contact_id == _contact.c.id)
    found = conn.execute(query.where(visible(who), _case.c.id == case_id)).first()
    if found is not None:
        conversations.lock(conn, [bytes(found.address_key)])
    at = at_case(conn, seal, who, case_id, now, also_closed=also_closed)
    if found is None:
        raise NobodyInTheChat(NobodyInTheChat.__doc__)
    return _Seat(at, desk, conversations.load_by_id(conn, seal, [found.id])[found.id], talks.of_contact(conn, found.id))


def _held(seat: _Seat, who: Who) -> Talk:
    talk = seat.talk
    if talk is None or talk.operator_id != who.id or talk.case_id != seat.at.row.id:
        raise NotHeld(NotHeld.__doc__)
    return talk


def _may_begin(seat: _Seat, now: datetime, *, here: bool) -> None:
    desk, person, row = seat.desk, seat.person, seat.at.row
    telling = person.case_id if person.case_id is not None else None if desk.track(person.session) else person.last_case_id
    # Who is in danger is answered, whatever else they tell of by now; after TUTUP somebody else may hold the phone.
    urgent = row.emergency in LIVE and not person.session.hidden
    if telling != row.id and not urgent:
        raise TellsOfSomethingElse(TellsOfSomethingElse.__doc__)
    if person.stopped or now - from_us(person.last_in_at) > talking.OPEN:
        raise SessionOver(SessionOver.__doc__)
    zone = ZoneInfo(desk.profile.timezone)
    if not here and not push_verdict(person.phone, person.push, person.push_hours, now, zone).go:
        raise NotSafeToWrite(NotSafeToWrite.__doc__)


def _told(desk: Desk, person: Conversation, phrase: str) -> Outgoing:
    return Outgoing(text=desk.book.phrase(phrase, desk.book.speaks(person.language)))


class TalkKeeper:
    """Ends the talks that nobody ends: the operator fell silent, signed out or was disabled, or the case was closed."""

    def __init__(self, desks: Mapping[str, Desk], seal: Seal, clock: Clock = now) -> None:
        self._desks, self._seal, self._clock = desks, seal, clock

    def end_forgotten(self, conn: Connection) -> int:
        """One contact at a time; one that cannot be ended now holds up nobody else. Gives how many ended."""
        moment, ended = self._clock(), 0
        due = talks.forgotten(conn, self._desks, moment)
        conversations.lock(conn, [key for _, key, _ in due])
        for contact_id, _, why in due:
            try:
                with conn.begin_nested():
                    ended += self._end(conn, contact_id, Why(why), moment)
            except Exception as error:
                if getattr(error, "connection_invalidated", False):
                    raise
                _log.error("talk not ended, will be looked at again", error=type(error).__name__, contact=contact_id)
        return ended

    def _end(self, conn: Connection, contact_id: int, why: Why, moment: datetime) -> bool:
        talk = talks.of_contact(conn, contact_id)
        if talk is None or (why is Why.QUIET and talk.quiet_at > moment):
            return False
        person = conversations.load_by_id(conn, self._seal, [contact_id])[contact_id]
        desk = self._desks[person.region]
        event = talking.end(conn, desk, person, talk, why, moment)
        rows = [] if talk.asked else talking.say_so(self._seal, desk, person, talk.case_id, moment)
        cases.append(conn, self._seal, talk.case_id, [event])
        conversations.save(conn, self._seal, [person])
        outbox.insert_rows(conn, rows)
        return True
