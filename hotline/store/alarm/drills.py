"""Drills as they were: every call with when it was queued, sent, received by the phone and answered."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, literal_column, select

from hotline.alarm.ladder import REPORTER, Ladder
from hotline.alarm.reach import Outcome
from hotline.case import Level
from hotline.drill import ABANDONED_AFTER, Call, Drill
from hotline.seal import Seal
from hotline.store import leases
from hotline.store.alarm import alarms
from hotline.store.tables.alarm import AlarmPage, AlarmRow, AlarmRung
from hotline.store.tables.office import Operator
from hotline.store.tables.sending import Outbox, Receipt
from hotline.times import from_us, to_us

_alarm = AlarmRow.__table__  # type: ignore[attr-defined]
_rung = AlarmRung.__table__  # type: ignore[attr-defined]
_page = AlarmPage.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_receipt = Receipt.__table__  # type: ignore[attr-defined]
_arrived = (
    _receipt.c.channel == _outbox.c.channel,
    _receipt.c.provider_id == _outbox.c.provider_id,
    _receipt.c.status.in_(["delivered", "read"]),
)
_delivered = select(func.min(_receipt.c.at)).where(*_arrived).scalar_subquery()
_joined = _page.outerjoin(_operator, _operator.c.id == _page.c.operator_id).outerjoin(_outbox, _outbox.c.id == _page.c.outbox_id)


ABANDONED = "abandoned"
_BEAT = "drill/"


class DrillRuns(Exception):
    """A drill is running in this region already."""


def begin(conn: Connection, seal: Seal, region: str, ladder: Ladder, now: datetime, *, all_rungs: bool = False) -> int:
    """Ring the ladder as for an emergency, marked as a drill; gives its id. Raises DrillRuns.

    `all_rungs`: it goes on when somebody answers, so that each rung is measured. Whoever began it says that they are there (`alive`).
    """
    if all_rungs:
        ladder = replace(ladder, rearm=timedelta())
    if any(alarm.drill for alarm in alarms.open_alarms(conn, region)):
        raise DrillRuns(DrillRuns.__doc__)
    code = str(secrets.randbelow(9 * 10**8) + 10**8)
    made = alarms.start(conn, seal, region=region, ladder=ladder, code=code, level=Level.DARURAT, area="", now=now, drill=True)
    alive(conn, made, now)
    return made


def alive(conn: Connection, drill_id: int, now: datetime) -> None:
    """Whoever began this drill still watches it."""
    leases.beat(conn, f"{_BEAT}{drill_id}", now)


def end_abandoned(conn: Connection, now: datetime) -> int:
    """End the drills whose command is gone, killed perhaps: they would ring on until somebody ends them. Gives how many."""
    open_drills = select(_alarm.c.id).where(_alarm.c.state != literal_column("'ended'"), _alarm.c.drill.is_(True))
    ids = [int(i) for i in conn.execute(open_drills).scalars()]
    if not ids:
        return 0
    heard = leases.beats(conn)
    gone = [i for i in ids if (at := heard.get(f"{_BEAT}{i}")) is None or abs(now - at) > ABANDONED_AFTER]
    return sum(alarms.end(conn, i, now, ABANDONED) for i in gone)


def read(conn: Connection, drill_id: int) -> Drill | None:
    """One drill as it stands; None when there is none of this id."""
    row = conn.execute(select(_alarm).where(_alarm.c.id == drill_id, _alarm.c.drill.is_(True))).first()
    return None if row is None else _drill(conn, row)


def between(conn: Connection, region: str, start: datetime, end: datetime) -> list[Drill]:
    """The drills that began in this time, the oldest first."""
    time = (_alarm.c.started_at >= to_us(start), _alarm.c.started_at < to_us(end))
    query = select(_alarm).where(_alarm.c.region == region, _alarm.c.drill.is_(True), *time).order_by(_alarm.c.started_at, _alarm.c.id)
    return [_drill(conn, row) for row in conn.execute(query).all()]


def _drill(conn: Connection, row: Any) -> Drill:
    pages = conn.execute(
        select(_page, _operator.c.display_name, _outbox.c.sent_at.label("left_at"), _delivered.label("delivered_at"))
        .select_from(
            _page.outerjoin(_operator, _operator.c.id == _page.c.operator_id).outerjoin(_outbox, _outbox.c.id == _page.c.outbox_id)
        )
        .where(_page.c.alarm_id == row.id, _page.c.operator_id.is_not(None))
        .order_by(_page.c.number, _page.c.queued_at, _page.c.id)
    )
    rang = (_rung.c.alarm_id == row.id, _rung.c.rung_at.is_not(None), _rung.c.targets != REPORTER)
    rung = (_rung.c.alarm_id == row.id, _rung.c.rung_at.is_not(None), _rung.c.reason != "")
    empty = conn.execute(select(_rung.c.reason).where(*rung).order_by(_rung.c.number)).scalars()
    by = conn.execute(select(_operator.c.display_name).where(_operator.c.id == row.acknowledged_by)).scalar()
    return Drill(
        id=row.id,
        region=row.region,
        started_at=from_us(row.started_at),
        ended_at=_moment(row.ended_at),
        acknowledged_at=_moment(row.acknowledged_at),
        acknowledged_by=by or "",
        rang=tuple(conn.execute(select(_rung.c.number).where(*rang).order_by(_rung.c.number)).scalars()),
        empty=tuple(reason for reasons in empty for reason in reasons.split(",")),
        calls=tuple(_call(page) for page in pages),
    )


def _call(page: Any) -> Call:
    return Call(
        rung=page.number,
        name=page.display_name or "",
        channel=page.channel,
        outcome=Outcome(page.outcome),
        reason=page.reason,
        queued_at=from_us(page.queued_at),
        sent_at=_moment(page.left_at if page.left_at is not None else page.sent_at),
        delivered_at=_moment(page.delivered_at),
        answered_at=_moment(page.answered_at),
        contact_id=page.contact_id,
    )


def _moment(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)
