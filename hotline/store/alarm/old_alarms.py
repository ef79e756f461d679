"""Alarms that ended long ago: whom each call went to and when is no longer needed, and is forgotten. The figures are kept apart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, or_, select

from hotline.alarm.bell import State
from hotline.store.tables.alarm import AlarmPage, AlarmRow, AlarmRung
from hotline.store.tables.cases import CaseFile
from hotline.times import to_us

_alarm, _rung, _page = AlarmRow.__table__, AlarmRung.__table__, AlarmPage.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]


def forget(conn: Connection, region: str, before: datetime, most: int) -> int:
    """Forget up to `most` alarms of a region that ended before this moment, the oldest first; gives how many.

    Those of open cases stay: who answered one may see it. How fast people answered (`case_watch`) and what they did (the events) stay.
    """
    over = (_alarm.c.region == region, _alarm.c.state == State.ENDED.value, _alarm.c.ended_at < to_us(before))
    closed = or_(_case.c.id.is_(None), _case.c.closed.is_(True))
    old = select(_alarm.c.id).outerjoin(_case, _case.c.id == _alarm.c.case_id).where(*over, _alarm.c.started_at < to_us(before), closed)
    ids = list(conn.execute(old.order_by(_alarm.c.started_at).limit(most)).scalars())
    if ids:
        conn.execute(delete(_page).where(_page.c.alarm_id.in_(ids)))
        conn.execute(delete(_rung).where(_rung.c.alarm_id.in_(ids)))
        conn.execute(delete(_alarm).where(_alarm.c.id.in_(ids)))
    return len(ids)
