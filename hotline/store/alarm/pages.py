"""What became of calls: read back from the outbox, and the officers' own answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, func, or_, select, update

from hotline.alarm.bell import State
from hotline.alarm.reach import LATE_AFTER, Outcome, Why
from hotline.case import Level
from hotline.store.outbox import DEAD, DUE, HELD, SENDING, SENT, is_one_of
from hotline.store.tables.alarm import AlarmPage, AlarmRow, not_ended
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.sending import Attempt, Outbox
from hotline.times import to_us

_page = AlarmPage.__table__  # type: ignore[attr-defined]
_alarm = AlarmRow.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_attempt = Attempt.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_WATCHED = timedelta(hours=2)
"""A provider may still say for so long after taking a call that it did not arrive."""
ANSWERABLE = timedelta(hours=24)
"""So long an officer's bare word, number or tap is taken for the answer to a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The last call to a phone."""

    alarm_id: int
    code: str
    outbox_id: int | None
    answered: bool
    over: bool
    """Its alarm ended."""


def news(conn: Connection, now: datetime) -> dict[int, list[Row[Any]]]:
    """By alarm, the calls that left, failed or are late since this was written down. Looks only, so it may come before any lock."""
    late = and_(_page.c.outcome == Outcome.QUEUED, _page.c.queued_at <= to_us(now - LATE_AFTER))
    # A worker had it in hand when the alarm was answered, and gave it back unsent.
    needless = and_(_alarm.c.state != State.RINGING.value, _outbox.c.state == DUE)
    left = and_(_page.c.outcome.in_([Outcome.QUEUED, Outcome.LATE]), or_(_outbox.c.state.in_([SENT, DEAD, HELD]), late, needless))
    taken_back = and_(_page.c.outcome == Outcome.SENT, _page.c.queued_at > to_us(now - _WATCHED), _outbox.c.state.in_([DEAD, HELD]))
    columns = (_page.c.id, _page.c.alarm_id, _page.c.outcome, _outbox.c.state, _outbox.c.reason, _outbox.c.sent_at, _tried)
    more = (_outbox.c.id.label("outbox_id"), needless.label("needless"))
    query = select(*columns, *more).join(_outbox, _outbox.c.id == _page.c.outbox_id).join(_alarm, _alarm.c.id == _page.c.alarm_id)
    found: dict[int, list[Row[Any]]] = {}
    # Two looks, each over one end of the index: together they would read every call that ever arrived.
    for row in [*conn.execute(query.where(left)), *conn.execute(query.where(taken_back))]:
        found.setdefault(int(row.alarm_id), []).append(row)
    return found


def settle(conn: Connection, alarm_id: int, rows: Iterable[Row[Any]]) -> None:
    """Write down the news of one alarm, unless another transaction holds it now: then they are news still at the next look."""
    free = select(_alarm.c.id).where(_alarm.c.id == alarm_id).with_for_update(skip_locked=True)
    if conn.execute(free).first() is None:
        return
    for row in rows:
        if row.state == SENT and row.sent_at is not None:
            _write(conn, row, Outcome.SENT, "", row.sent_at)
            first = (_alarm.c.id == row.alarm_id, or_(_alarm.c.first_sent_at.is_(None), _alarm.c.first_sent_at > row.sent_at))
            conn.execute(update(_alarm).where(*first).values(first_sent_at=row.sent_at))
        elif row.needless:
            waits = (_outbox.c.id == row.outbox_id, _outbox.c.state == DUE)
            if conn.execute(update(_outbox).where(*waits).values(state=HELD, reason=Outcome.OVERTAKEN.value)).rowcount:
                _write(conn, row, Outcome.OVERTAKEN, "", None)
        elif row.state in (DUE, SENDING):
            _write(conn, row, Outcome.LATE, row.tried or Why.WAITING, None)
        else:
            _write(conn, row, Outcome.FAILED, row.reason or row.state, None)


_tried = (
    select(_attempt.c.outcome)
    .where(_attempt.c.outbox_id == _outbox.c.id)
    .order_by(_attempt.c.at.desc(), _attempt.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("tried")
)


def _write(conn: Connection, row: Row[Any], outcome: Outcome, reason: str, sent_at: int | None) -> None:
    # An officer may have answered since it was read: that stays.
    same = (_page.c.id == row.id, _page.c.outcome == row.outcome)
    values = {"outcome": outcome.value, "reason": str(reason)[:40]} | ({"sent_at": sent_at} if sent_at is not None else {})
    conn.execute(update(_page).where(*same).values(values))


def answered(conn: Connection, alarm_id: int, operator_id: int, outcome: Outcome, now: datetime) -> bool:
    """The officer answered this alarm, on whatever phone: TAKEN or DECLINED for all their calls. False: they were never called."""
    mine: tuple[ColumnElement[bool], ...] = (_page.c.alarm_id == alarm_id, _page.c.operator_id == operator_id)
    return bool(conn.execute(update(_page).where(*mine).values(outcome=outcome.value, answered_at=to_us(now))).rowcount)


_last = (
    select(_page.c.alarm_id, _page.c.outbox_id, _page.c.answered_at, _alarm.c.code, _alarm.c.state)
    .join(_alarm, _alarm.c.id == _page.c.alarm_id)
    .where(_page.c.contact_id == bindparam("k"), _page.c.operator_id.is_not(None), _page.c.queued_at > bindparam("since"))
    # An alarm that still runs and waits for this officer goes before those that are over.
    .order_by(_alarm.c.state == State.ENDED.value, _page.c.answered_at.is_not(None), _page.c.queued_at.desc(), _page.c.id.desc())
    .limit(1)
)


def last_call(conn: Connection, contact_id: int, now: datetime) -> Call | None:
    """The call of the last day that a bare "Ambil" from this phone answers."""
    row = conn.execute(_last, {"k": contact_id, "since": to_us(now - ANSWERABLE)}).first()
    if row is None:
        return None
    return Call(
        alarm_id=row.alarm_id,
        code=row.code,
        outbox_id=row.outbox_id,
        answered=row.answered_at is not None,
        over=row.state == State.ENDED.value,
    )


def last_message(conn: Connection, contact_id: int) -> int | None:
    """The newest message to this phone, of whatever kind: a bare number answers it and no other."""
    newest = (
        select(_outbox.c.id).where(_outbox.c.contact_id == contact_id).order_by(_outbox.c.created_at.desc(), _outbox.c.id.desc()).limit(1)
    )
    found = conn.execute(newest).scalar()
    return None if found is None else int(found)


def untold() -> ColumnElement[int | None]:
    """As a column of `case_file`: the notice that its reporter should have had (nobody has answered yet) and could not be given.

    None once it is answered. Only an emergency is looked after. Read by whoever holds the reporter (`conversations.lock`), as all do who
    change it: PostgreSQL would show the notice as it was before a wait for the case alone.
    """
    # The open ones are named beside, so that the index of open alarms answers it, and not every call that ever failed is read.
    rings = (_alarm.c.case_id == _case.c.id, not_ended, is_one_of(_alarm.c.state, State.RINGING.value))
    failed = (_page.c.operator_id.is_(None), is_one_of(_page.c.outcome, Outcome.FAILED.value))
    found = select(func.max(_page.c.id)).join(_alarm, _alarm.c.id == _page.c.alarm_id).where(*rings, *failed)
    return case((_case.c.level >= int(Level.DARURAT_TELAAH), found.correlate(_case).scalar_subquery()))


def told_after_all(conn: Connection, page_id: int, outbox_id: int) -> None:
    """It goes with an answer to what the reporter just wrote."""
    values = {"outcome": Outcome.QUEUED.value, "reason": "", "outbox_id": outbox_id}
    conn.execute(update(_page).where(_page.c.id == page_id, _page.c.outcome == Outcome.FAILED.value).values(values))


def cases_of(conn: Connection, alarm_ids: Sequence[int]) -> list[int]:
    """The cases of these alarms; a drill has none."""
    if not alarm_ids:
        return []
    query = select(_alarm.c.case_id).where(_alarm.c.id.in_(alarm_ids), _alarm.c.case_id.is_not(None))
    return [int(i) for i in conn.execute(query).scalars()]


def due_alarms(conn: Connection, regions: Iterable[str], now: datetime, most: int) -> list[int]:
    """Alarms at which something is due now, the longest overdue first."""
    query = select(_alarm.c.id).where(not_ended, _alarm.c.next_rung_at <= to_us(now), _alarm.c.region.in_(list(regions)))
    return [int(i) for i in conn.execute(query.order_by(_alarm.c.next_rung_at, _alarm.c.id).limit(most)).scalars()]


def running(conn: Connection) -> int:
    """How many alarms run, drills too."""
    return int(conn.execute(select(func.count()).where(not_ended)).scalar_one())
