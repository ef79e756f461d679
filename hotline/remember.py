"""The clocks of cases: kept as rows, and told to those who must know when their time nears and when it is over, once each.

A message to an officer's phone holds code, level and kecamatan; what the clock is about stands in the panel.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, select

from hotline.alarm.words import in_language, shown
from hotline.case import CaseState, Event, Level
from hotline.clocks import HOLDER, Clock, Kind, Response, Rules, Telling, read
from hotline.desk import Desk
from hotline.i18n import N_
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import cases, clocks, conflicts, officers, outbox
from hotline.store.alarm import roster
from hotline.store.tables.office import Operator
from hotline.times import Clock as Times
from hotline.times import now, to_us

_operator = Operator.__table__  # type: ignore[attr-defined]
_log = structlog.get_logger(__name__)
_MOST = 100
_MOST_WOUND = 33
"""Cases in one transaction. Those who write wait for it, and while a crowd writes there are always as many: fewer, and more often."""
_AHEAD = timedelta(days=400)
"""Holidays so far ahead and behind are read."""
_NEAR = N_("Tenggat dekat. Tiket {code} · {level} · Kec. {area}. Buka panel.")
_PASSED = N_("Tenggat lewat. Tiket {code} · {level} · Kec. {area}. Buka panel.")
_NUMBERS = 1 << 31


class Rememberer:
    """Looks every few seconds (`bot.processes`). May run twice, late, or be killed: what is due is read from rows and done with them."""

    def __init__(self, desks: Mapping[str, Desk], seal: Seal, clock: Times = now, *, most: int = _MOST) -> None:
        self._desks, self._seal, self._clock, self._at_once = desks, seal, clock, most
        self._stuck: dict[str, int] = {}
        """By kind of look, how many cases could not be done at the last one: they take no place from the others."""
        self._told_of: set[int] = set()
        """Cases of which the log says already that they cannot be done."""

    def wind(self, conn: Connection) -> int:
        """Bring the clocks of cases to which something happened up to date; gives how many cases."""
        return self._wind_all(conn, "wind", clocks.moved(conn, self._clock(), self._most("wind", _MOST_WOUND)))

    def sweep(self, conn: Connection) -> int:
        """The same for every open case whose clocks are behind for any other reason."""
        return self._wind_all(conn, "sweep", clocks.stale(conn, self._desks, self._most("sweep")))

    def tell(self, conn: Connection) -> int:
        """Tell of the clocks whose time nears or is over; gives how many were told."""
        return self._each(conn, "tell", clocks.to_tell(conn, self._desks, self._clock(), self._most("tell")), self._tell)

    def _most(self, look: str, most: int = _MOST) -> int:
        return min(most, self._at_once) + self._stuck.get(look, 0)

    def _each(self, conn: Connection, look: str, things: Sequence[tuple[Any, ...]], work: Callable[..., int]) -> int:
        """One thing that cannot be done now holds up no other."""
        self._stuck[look] = 0
        if not things:
            return 0
        done, rules = 0, {region: self._rules(conn, region) for region in self._desks}
        # In the order in which everybody takes cases, so that nobody waits in a circle.
        for thing in sorted(things):
            try:
                with conn.begin_nested():
                    done += work(conn, rules, *thing)
            except Exception as error:
                if getattr(error, "connection_invalidated", False):
                    raise
                self._stuck[look] += 1
                if thing[0] not in self._told_of:
                    self._told_of.add(thing[0])
                    _log.error("clock not kept, will be looked at again", error=type(error).__name__, case=thing[0])
        return done

    def _rules(self, conn: Connection, region: str) -> Rules:
        today = self._clock().date()
        days = roster.holidays(conn, region, today - _AHEAD, today + _AHEAD)
        return Rules(self._desks[region].profile, frozenset(holiday.day for holiday in days))

    def _wind_all(self, conn: Connection, look: str, case_ids: Sequence[int]) -> int:
        """All at once; and if one of them cannot be done, each on its own."""
        if not case_ids:
            return self._each(conn, look, [], self._wind)
        rules = {region: self._rules(conn, region) for region in self._desks}
        try:
            with conn.begin_nested():
                done = self._wind(conn, rules, *case_ids)
            self._stuck[look] = 0
            return done
        except Exception as error:
            if getattr(error, "connection_invalidated", False):
                raise
        return self._each(conn, look, [(i,) for i in case_ids], self._wind)

    def _wind(self, conn: Connection, rules: Mapping[str, Rules], *case_ids: int) -> int:
        held = [case for case in clocks.hold_all(conn, case_ids) if case.region in rules]
        events = cases.load_all_events(conn, self._seal, [case.id for case in held])
        clocks.save(conn, [self._wound(case, rules[case.region], events[case.id]) for case in held])
        return len(held)

    @staticmethod
    def _wound(case: Any, own: Rules, events: Sequence[Event]) -> clocks.Wound:
        found, response = read(events, own)
        state = cases.state_of(case)
        return clocks.Wound(case=case, rows=[_row(clock, own, state) for clock in found], watch=_watch(response))

    def _tell(self, conn: Connection, rules: Mapping[str, Rules], case_id: int, kind: str, told: int) -> bool:
        case = clocks.hold(conn, case_id)
        if case is None or case.closed:
            return False
        own, moment = rules[case.region], self._clock()
        state = cases.state_of(case)
        found, _ = read(cases.load_events(conn, self._seal, case_id), own)
        clock = next((c for c in found if c.kind is Kind(kind)), None)
        listed = own.tellings(clock, held=state.owner_id is not None) if clock is not None and clock.running else ()
        due = [telling for telling in listed[told:] if telling.at <= moment]
        later = listed[told + len(due)].at if told + len(due) < len(listed) else None
        if not clocks.told(conn, case_id, kind, before=told, now_told=told + len(due), next_at=later) or not due:
            return False
        # After a long stop only the last word is said, to everybody who should have heard one.
        roles = {role for telling in due for role in telling.to}
        self._send(conn, case, roles, passed=due[-1].passed, now=moment)
        return True

    def _send(self, conn: Connection, case: Any, roles: set[str], *, passed: bool, now: datetime) -> None:
        named = _operator.c.role.in_(sorted(roles - {HOLDER}))
        whom = named | (_operator.c.id == case.owner_id) if HOLDER in roles and case.owner_id is not None else named
        people = conn.execute(
            select(_operator).where(_operator.c.region == case.region, _operator.c.disabled.is_(False), whom).order_by(_operator.c.id)
        ).all()
        kept_from = conflicts.kept_from(conn, case, people)
        phones = officers.chats(conn, [person.id for person in people if person.id not in kept_from])
        rows = []
        for person in people:
            code, level, area = shown(person.language, code=case.code, level=Level(case.level), area=case.area)
            text = in_language(person.language, _PASSED if passed else _NEAR).format(code=code, level=level, area=area)
            message = Outgoing(text=text, alert=(code, level, area))
            rows += [self._row(case, chat, message, now) for chat in phones.get(person.id, [])]
        outbox.insert_rows(conn, rows)

    def _row(self, case: Any, chat: officers.Chat, message: Outgoing, now: datetime) -> dict[str, Any]:
        # As a call of the alarm: no place in the line of the officer's own conversation.
        seq = -1 - secrets.randbelow(_NUMBERS)
        return outbox.row(
            self._seal,
            region=case.region,
            channel=chat.channel,
            contact_id=chat.contact_id,
            seq=seq,
            message=message,
            purpose=outbox.ALERT,
            case_id=case.id,
            now=now,
        )


def _row(clock: Clock, rules: Rules, state: CaseState) -> clocks.Row:
    tells: tuple[Telling, ...] = rules.tellings(clock, held=state.owner_id is not None)
    return clocks.Row(
        kind=clock.kind.value,
        level=int(clock.level),
        started_at=clock.started_at,
        due_at=clock.due_at,
        running=clock.running,
        tells=tuple(telling.at for telling in tells),
    )


def _watch(response: Response | None) -> dict[str, Any] | None:
    if response is None:
        return None
    moments = {"acknowledged_at": response.acknowledged_at, "acted_at": response.acted_at}
    told = {name: None if at is None else to_us(at) for name, at in moments.items()}
    return {"level": int(response.level), "began_at": to_us(response.began_at), **told}
