"""Alarms to look at and to answer: what rings in a region, each rung and page of it, and calls that reached nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from hotline.alarm import bell as bells_of
from hotline.alarm.bell import State
from hotline.alarm.heard import Heard
from hotline.alarm.ladder import Ladder
from hotline.alarm.reach import NOT_REACHED, Outcome
from hotline.case import Level
from hotline.messages import WEB_PUSH
from hotline.seal import Seal
from hotline.store.alarm import bells, pushes, ringing
from hotline.store.alarm.rungs import Rung, moment, rungs_of
from hotline.store.tables.alarm import AlarmPage, AlarmRow, AlarmRung, not_ended
from hotline.store.tables.office import Operator
from hotline.times import from_us, to_us

_alarm = AlarmRow.__table__  # type: ignore[attr-defined]
_rung = AlarmRung.__table__  # type: ignore[attr-defined]
_page = AlarmPage.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
SHOWN_FOR = timedelta(hours=24)
"""A call that failed is told of for so long, also when its alarm is over: the phone may still be deaf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One ringing emergency or drill, now or in the past. Times are aware, in UTC; see `hotline.store.tables.alarm`."""

    id: int
    region: str
    case_id: int | None
    code: str
    """Nine digits."""
    level: Level
    area: str
    drill: bool
    state: State
    started_at: datetime
    first_sent_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: int | None
    first_action_at: datetime | None
    first_action_by: int | None
    ended_at: datetime | None
    end_reason: str
    """acted, lowered, closed, drill; empty while it runs."""
    rearm_at: datetime | None
    next_rung_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A call that reached nobody, and why."""

    alarm_id: int
    case_id: int | None
    code: str
    drill: bool
    number: int
    """The rung."""
    operator_id: int | None
    name: str
    """Whose phone; empty for the reporter's, and where the rung meant nobody at all."""
    channel: str
    reason: str
    at: datetime


def open_alarms(conn: Connection, region: str) -> list[Alarm]:
    """What rings or is only silenced now, drills too; the oldest first."""
    query = select(_alarm).where(_alarm.c.region == region, not_ended)
    return [_made(row) for row in conn.execute(query.order_by(_alarm.c.started_at, _alarm.c.id))]


def of_case(conn: Connection, case_id: int) -> list[Alarm]:
    """Every alarm that a case ever had, the oldest first."""
    query = select(_alarm).where(_alarm.c.case_id == case_id).order_by(_alarm.c.started_at, _alarm.c.id)
    return [_made(row) for row in conn.execute(query)]


def started_between(conn: Connection, region: str, start: datetime, end: datetime) -> list[Alarm]:
    """Alarms that started in this time, drills too; the oldest first."""
    query = select(_alarm).where(_alarm.c.region == region, _alarm.c.started_at >= to_us(start), _alarm.c.started_at < to_us(end))
    return [_made(row) for row in conn.execute(query.order_by(_alarm.c.started_at, _alarm.c.id))]


def by_id(conn: Connection, alarm_id: int) -> Alarm | None:
    """One alarm."""
    row = conn.execute(select(_alarm).where(_alarm.c.id == alarm_id)).first()
    return None if row is None else _made(row)


def rungs(conn: Connection, alarm_id: int) -> list[Rung]:
    """Its ladder and its repetitions by number, each with its calls."""
    return rungs_of(conn, [alarm_id]).get(alarm_id, [])


def unsent(conn: Connection, region: str, now: datetime) -> list[Unsent]:
    """Calls of open alarms and of the last day that reached nobody, the newest first.

    A call that failed is left out once a later one to the same phone arrived.
    """
    since = to_us(now - SHOWN_FOR)
    recent = and_(_alarm.c.region == region, or_(not_ended, _alarm.c.started_at > since))
    calls = (
        select(_page, _alarm.c.case_id, _alarm.c.code, _alarm.c.drill, _operator.c.display_name)
        .join(_alarm, _alarm.c.id == _page.c.alarm_id)
        .outerjoin(_operator, _operator.c.id == _page.c.operator_id)
        .where(recent)
        .order_by(_page.c.queued_at.desc(), _page.c.id.desc())
    )
    found: list[Unsent] = []
    arrived: dict[tuple[int | None, str, int | None], int] = {}
    for row in conn.execute(calls):
        # A browser whose subscription is gone is armed anew under another address; the others of its officer are other browsers.
        anew = row.channel != WEB_PUSH or row.reason == pushes.GONE
        phone = (row.operator_id, row.channel, None if anew else row.contact_id)
        if row.outcome in (Outcome.SENT, Outcome.TAKEN, Outcome.DECLINED) and row.sent_at is not None:
            for one in (phone, (row.operator_id, row.channel, None)):
                arrived.setdefault(one, row.queued_at)
        elif row.outcome in NOT_REACHED and arrived.get(phone, 0) <= row.queued_at:
            found.append(_unsent(row, row.number, row.operator_id, row.display_name or "", row.channel, row.reason, row.queued_at))
    empty = select(_rung, _alarm.c.case_id, _alarm.c.code, _alarm.c.drill).join(_alarm, _alarm.c.id == _rung.c.alarm_id)
    for row in conn.execute(empty.where(recent, _rung.c.rung_at.is_not(None), _rung.c.reason != "")):
        found += [_unsent(row, row.number, None, "", "", reason, row.rung_at) for reason in row.reason.split(",")]
    return sorted(found, key=lambda u: u.at, reverse=True)


def start(
    conn: Connection,
    seal: Seal,
    *,
    region: str,
    ladder: Ladder,
    code: str,
    level: Level,
    area: str,
    now: datetime,
    drill: bool,
    case_id: int | None = None,
) -> int:
    """Begin an alarm and call its first people in this transaction; gives its id.

    A case's own alarm begins by itself when the case begins to ring (`hotline.store.ledger`); this is for a drill, which has no case.
    """
    held = bells.start(
        conn,
        bells.fresh(
            region=region,
            ladder=ladder,
            code=code,
            level=int(level),
            area=area,
            case_id=case_id,
            contact_id=None,
            drill=drill,
            now=now,
        ),
    )
    ringing.ring(conn, seal, held, now)
    return held.id


def acknowledge(conn: Connection, alarm_id: int, operator_id: int, now: datetime) -> bool:
    """An officer has seen a drill; False when it is over. An emergency is acknowledged through its case, which silences its alarm."""
    held = bells.hold(conn, alarm_id)
    if held is None:
        return False
    ringing.seen(conn, held, operator_id, now)
    bells.save(conn, held)
    return True


def act(conn: Connection, alarm_id: int, operator_id: int, now: datetime) -> bool:
    """An officer has acted on a drill, which ends it; False when it is over."""
    held = bells.hold(conn, alarm_id)
    if held is not None:
        ringing.over(conn, held, Heard.ACTED.value, operator_id, now)
    return held is not None


def end(conn: Connection, alarm_id: int, now: datetime, reason: str = "drill") -> bool:
    """End an alarm without an action, as a drill's time is up; False when it is over."""
    held = bells.hold(conn, alarm_id)
    if held is not None:
        ringing.over(conn, held, reason, None, now)
    return held is not None


def ring_anew(conn: Connection, seal: Seal, alarm_id: int, now: datetime) -> bool:
    """A silenced alarm rings again at once: whom it had reached is called once more, then every rung that is due. False: it is over."""
    held = bells.hold(conn, alarm_id)
    if held is None:
        return False
    held.bell = bells_of.anew(held.bell, now)
    ringing.ring(conn, seal, held, now)
    return True


def columns(row: Row[Any]) -> dict[str, Any]:
    """The fields of `Alarm`, from a row that has the alarm's columns."""
    return {
        "id": row.id,
        "region": row.region,
        "case_id": row.case_id,
        "code": row.code,
        "level": Level(row.level),
        "area": row.area,
        "drill": bool(row.drill),
        "state": State(row.state),
        "started_at": from_us(row.started_at),
        "first_sent_at": moment(row.first_sent_at),
        "acknowledged_at": moment(row.acknowledged_at),
        "acknowledged_by": row.acknowledged_by,
        "first_action_at": moment(row.first_action_at),
        "first_action_by": row.first_action_by,
        "ended_at": moment(row.ended_at),
        "end_reason": row.end_reason,
        "rearm_at": moment(row.rearm_at),
        "next_rung_at": moment(row.next_rung_at),
    }


def _made(row: Row[Any]) -> Alarm:
    return Alarm(**columns(row))


def _unsent(row: Any, number: int, operator_id: int | None, name: str, channel: str, reason: str, at: int) -> Unsent:
    return Unsent(
        alarm_id=row.alarm_id,
        case_id=row.case_id,
        code=row.code,
        drill=bool(row.drill),
        number=number,
        operator_id=operator_id,
        name=name,
        channel=channel,
        reason=reason,
        at=from_us(at),
    )
