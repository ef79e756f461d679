"""Alarms after the wall clock was set back: their times move with it, so that the ladder goes on as if nothing had happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, or_, select, update

from hotline.alarm.reach import Outcome
from hotline.store.outbox import ALERT, DUE, REPLY, is_one_of
from hotline.store.tables.alarm import RUNS, AlarmPage, AlarmRow, AlarmRung
from hotline.store.tables.sending import Outbox
from hotline.times import to_us

_alarm, _rung, _page = AlarmRow.__table__, AlarmRung.__table__, AlarmPage.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
AHEAD = timedelta(seconds=2)
"""Two machines' clocks may differ by so much; what an alarm did further ahead than that, it did before the clock was set back."""
_LONGEST_WAIT = timedelta(seconds=60)
"""No alert that a provider refused waits longer for its next try."""


def move(conn: Connection, back: timedelta, begun: tuple[datetime, datetime]) -> int:
    """The clock was set back by `back`: so are all running alarms, but for those that `begun` in between, by the new clock."""
    first, last = map(to_us, begun)
    older = or_(_alarm.c.started_at < first, _alarm.c.started_at > last)
    ids = list(conn.execute(select(_alarm.c.id).where(RUNS, older).order_by(_alarm.c.id).with_for_update()).scalars())
    _shift(conn, ids, back)
    return len(ids)


def mend(conn: Connection, now: datetime) -> int:
    """Alarms that rang in what is now the future, where nobody saw by how much the clock was set back: they rang just now, then."""
    # From the running alarms, which are few, to their rungs: never over all that ever rang.
    rang = select(func.max(_rung.c.rung_at)).where(_rung.c.alarm_id == _alarm.c.id).scalar_subquery()
    at, limit = func.coalesce(rang, _alarm.c.started_at), to_us(now + AHEAD)
    found = select(_alarm.c.id, at.label("at")).where(RUNS, at > limit)
    ahead = [(row.id, row.at) for row in conn.execute(found)]
    for alarm_id, last in ahead:
        held = conn.execute(select(_alarm.c.id).where(_alarm.c.id == alarm_id, RUNS).with_for_update()).first()
        if held is not None:
            _shift(conn, [alarm_id], timedelta(microseconds=last - to_us(now)))
    return len(ahead)


def hurry(conn: Connection, now: datetime) -> None:
    """Alerts that wait for a moment further away than any pause between tries go now; answers too, which hold up all that follow them.

    An answer that waits for an hour that the person named is looked at once more, and put off again.
    """
    waits = (is_one_of(_outbox.c.state, DUE), is_one_of(_outbox.c.purpose, ALERT, REPLY), _outbox.c.due_at > to_us(now + _LONGEST_WAIT))
    conn.execute(update(_outbox).where(*waits).values(due_at=to_us(now)))


def _shift(conn: Connection, ids: Sequence[int], back: timedelta) -> None:
    if not ids:
        return
    by = back // timedelta(microseconds=1)
    conn.execute(update(_alarm).where(_alarm.c.id.in_(ids)).values(_earlier(_alarm, by, "started_at", "rearm_at", "next_rung_at")))
    conn.execute(update(_rung).where(_rung.c.alarm_id.in_(ids)).values(_earlier(_rung, by, "due_at", "rung_at")))
    queued = (_page.c.alarm_id.in_(ids), _page.c.outcome == Outcome.QUEUED.value)
    conn.execute(update(_page).where(*queued).values(_earlier(_page, by, "queued_at")))


def _earlier(table: Table, by: int, *columns: str) -> dict[str, Any]:
    return {name: table.c[name] - by for name in columns}
