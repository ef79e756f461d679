"""The clock of the alarms: calls that failed are noticed, rungs that are due ring, and what was seen but not acted on rings anew.

Everything is read from rows each time it looks, and changed in the transaction that looked. So it may be killed at any moment, start
late, or run in several processes at once: each rung rings once, on time or as soon as anybody looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import structlog
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from hotline.alarm.bell import State
from hotline.case import SYSTEM, Event, EventKind
from hotline.desk import Desk
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import alarms, bells, cases, outbox, pages, ringing
from hotline.store.bells import Held
from hotline.store.tables import Contact
from hotline.times import Clock, now

_MOST = 50
_contact = Contact.__table__  # type: ignore[attr-defined]
_log = structlog.get_logger(__name__)
PHRASE = "unanswered"
"""The reporter's text among the phrases of the dialogs."""


class Escalator:
    """Looks once a second (`bot.schedule`)."""

    def __init__(self, desks: Mapping[str, Desk], seal: Seal, clock: Clock = now) -> None:
        self._desks, self._seal, self._clock = desks, seal, clock

    def look(self, conn: Connection) -> int:
        """Do what is due; gives how many alarms that concerned. One alarm that cannot be worked now holds up no other."""
        moment = self._clock()
        touched = pages.settle(conn, moment)
        worked, ids = 0, list(dict.fromkeys([*sorted(touched), *pages.due_alarms(conn, self._desks, moment, _MOST)]))
        bells.lock(conn, ids)
        for alarm_id in ids:
            try:
                with conn.begin_nested():
                    worked += self._work(conn, alarm_id, moment)
            except OperationalError:
                raise
            except Exception as error:
                _log.error("alarm not worked, will be looked at again", error=type(error).__name__, alarm=alarm_id)
        return worked

    def _work(self, conn: Connection, alarm_id: int, moment: datetime) -> bool:
        held = bells.hold(conn, alarm_id, waiting=False)
        desk = None if held is None else self._desks.get(held.region)
        if held is None or desk is None:
            return False
        if not held.bell.rungs:
            bells.give_ladder(conn, held, desk.ladders[held.region])
        if held.bell.state is State.SILENCED:
            return self._silent(conn, held, moment)
        ringing.ring(conn, self._seal, held, moment, self._tell)
        return True

    def _silent(self, conn: Connection, held: Held, moment: datetime) -> bool:
        """Seen, but nothing was done in time: the case rings anew, in the panel as on the phones."""
        if held.bell.rearm_at is None or held.bell.rearm_at > moment:
            bells.save(conn, held)
            return False
        if held.case_id is None:
            return alarms.ring_anew(conn, self._seal, held.id, moment)
        body = {"level": held.level, "reasons": [], "by": "alarm", "again": True}
        again = Event(kind=EventKind.RAISED, at=moment, author=SYSTEM, body=body)
        desk = self._desks[held.region]
        cases.append(conn, self._seal, held.case_id, [again], deadlines=desk.deadlines, ladders=desk.ladders)
        return True

    def _tell(self, conn: Connection, held: Held) -> tuple[int, int, str] | None:
        """Tell the reporter honestly that nobody has answered yet. It is an answer to what they said: the gate decides by their phone."""
        if held.contact_id is None:
            return None
        person = conn.execute(
            select(_contact.c.address_key, _contact.c.language, _contact.c.channel).where(_contact.c.id == held.contact_id)
        ).first()
        if person is None:
            return None
        book = self._desks[held.region].book
        notice = Outgoing(text=book.phrase(PHRASE, book.speaks(person.language)))
        queued = outbox.put(conn, self._seal, held.contact_id, notice, purpose=outbox.REPLY, case_id=held.case_id, now=self._clock())
        return queued, held.contact_id, person.channel
