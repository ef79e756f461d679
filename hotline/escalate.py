"""The clock of the alarms: calls that failed are noticed, rungs that are due ring, and what was seen but not acted on rings anew.

Everything is read from rows each time it looks, and changed in the transaction that looked. So it may be killed at any moment, start
late, or run in several processes at once: each rung rings once, on time or as soon as anybody looks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from hotline.alarm.bell import State
from hotline.alarm.heard import Heard
from hotline.alarm.reach import Why
from hotline.case import SYSTEM, Emergency, Event, EventKind
from hotline.desk import Desk
from hotline.gate import push_verdict
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.sending import Failure
from hotline.store import cases, conversations, outbox
from hotline.store.alarm import alarms, bells, drills, old_alarms, pages, pushes, rewind, ringing, spoken
from hotline.store.alarm.bells import Held
from hotline.store.ledger import Ledger
from hotline.times import Clock, now
from hotline.turns import hiding
from hotline.turns.talking import is_here

_MOST = 50
_LATELY = timedelta(days=1)
_FORGOTTEN_AT_ONCE = 200
_log = structlog.get_logger(__name__)
PHRASE = "unanswered"
"""The reporter's text among the phrases of the dialogs."""


class Escalator:
    """Looks once a second (`bot.processes.schedule`)."""

    def __init__(
        self,
        desks: Mapping[str, Desk],
        seal: Seal,
        clock: Clock = now,
        *,
        most: int = _MOST,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desks, self._seal, self._clock, self._most, self._monotonic = desks, seal, clock, most, monotonic
        self._before: tuple[datetime, float] | None = None
        """The wall clock and one that nobody sets, at the last look."""
        self._stuck = 0
        """How many alarms could not be worked at the last look: they take no place from the others."""

    def look(self, conn: Connection) -> int:
        """Do what is due; gives how many alarms that concerned. One alarm that cannot be worked now holds up no other."""
        moment = self._clock()
        self._notice_set_back(conn, moment)
        pushes.retire(conn, moment)
        news = pages.news(conn, moment)
        due = pages.due_alarms(conn, self._desks, moment, self._most + self._stuck)
        worked, stuck, ids = 0, 0, list(dict.fromkeys([*sorted(news), *spoken.answered(conn, self._desks), *due]))
        bells.lock(conn, ids)
        for alarm_id in ids:
            try:
                with conn.begin_nested():
                    pages.settle(conn, alarm_id, news.get(alarm_id, ()))
                    worked += self._work(conn, alarm_id, moment)
            except Exception as error:
                if getattr(error, "connection_invalidated", False):
                    raise
                stuck += 1
                _log.error("alarm not worked, will be looked at again", error=type(error).__name__, alarm=alarm_id)
        self._stuck = stuck
        return worked

    def _notice_set_back(self, conn: Connection, moment: datetime) -> None:
        """Whoever sets the clock back delays no rung: the alarms' times go back with it."""
        ticks, before = self._monotonic(), self._before
        self._before = moment, ticks
        if before is not None:
            passed = timedelta(seconds=ticks - before[1])
            back = before[0] + passed - moment
            if back > rewind.AHEAD:
                moved = rewind.move(conn, back, (moment - passed - rewind.AHEAD, moment))
                rewind.hurry(conn, moment)
                _log.error("the wall clock was set back, the alarms' times with it", seconds=int(back.total_seconds()), alarms=moved)
        if mended := rewind.mend(conn, moment):
            rewind.hurry(conn, moment)
            _log.error("alarms rang in what is now the future, they go on from now", alarms=mended)

    def forget(self, conn: Connection) -> int:
        """Alarms that ended longer ago than the region keeps them."""
        moment = self._clock()
        gone = 0
        for region, desk in self._desks.items():
            gone += old_alarms.forget(conn, region, moment - timedelta(days=desk.profile.file.on_call.keep_days), _FORGOTTEN_AT_ONCE)
        if gone:
            _log.info("old alarms forgotten", alarms=gone)
        return gone

    def end_abandoned(self, conn: Connection) -> int:
        """Drills whose command was killed ring no longer."""
        ended = drills.end_abandoned(conn, self._clock())
        if ended:
            _log.warning("drill without its command, ended", drills=ended)
        return ended

    def sweep(self, conn: Connection) -> int:
        """Emergencies of the last day that nobody has seen and that have no alarm ring now, whatever kept it from beginning."""
        moment, begun = self._clock(), 0
        for case_id in ringing.unheard(conn, self._desks, moment - _LATELY, self._most):
            row = Ledger(conn, self._seal).row(case_id)
            if row["emergency"] != Emergency.AKTIF or row["closed"]:
                continue
            _log.error("emergency without an alarm, rings now", case=case_id)
            rings = Event(kind=EventKind.RAISED, at=moment, author=SYSTEM)
            ringing.follow(conn, self._seal, [(row, [(Heard.RINGS, rings)], self._desks[row["region"]].ladders[row["region"]])])
            begun += 1
        return begun

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
        """Seen: it ends once an officer's words have left for the reporter. Nothing done in time: it rings anew, in panel and phones."""
        if (words := spoken.left(conn, held.id)) is not None:
            ringing.over(conn, held, Heard.ACTED.value, int(words.author.partition(":")[2]), words.sent_at)
            return True
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

    def _tell(self, conn: Connection, held: Held) -> tuple[int, int, str] | str:
        """Tell the reporter honestly that nobody has answered yet: in the running conversation, or on a phone that may be written to first.

        Everybody else is told when they write again (domain 4.4 before 4.6: the numbers to call were shown at the cry); gives the reason
        then. No failure of this one notice holds up the calls to officers.
        """
        try:
            with conn.begin_nested():
                return self._notice(conn, held)
        except Exception as error:
            if getattr(error, "connection_invalidated", False):
                raise
            _log.error("reporter not told, will be when they write", error=type(error).__name__, alarm=held.id)
            return Failure.UNKNOWN.value

    def _notice(self, conn: Connection, held: Held) -> tuple[int, int, str] | str:
        people = [] if held.contact_id is None else [held.contact_id]
        person = conversations.load_by_id(conn, self._seal, people).get(people[0]) if people else None
        if person is None:
            return Why.NO_CONTACT
        if person.stopped or not hiding.is_met(person):
            return "stopped" if person.stopped else outbox.CLOSED
        desk, moment = self._desks[held.region], self._clock()
        if not is_here(person, moment):
            # Whoever no longer looks at the chat is surprised by it, and it tells that help was called: only their own phone, as allowed.
            safe = push_verdict(person.phone, person.push, person.push_hours, moment, ZoneInfo(desk.profile.timezone))
            if not safe.go:
                return safe.reason
        book = desk.book
        notice = Outgoing(text=book.phrase(PHRASE, book.speaks(person.language)))
        queued = outbox.put(conn, self._seal, person.id, notice, purpose=outbox.REPLY, case_id=held.case_id, now=moment)
        return queued, person.id, person.channel
