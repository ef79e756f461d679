"""Alarms as the panel shows them: what rings, whom each rung called, and what became of it. Looks only; `hotline.store.alarms` writes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from hotline.case import Level
from hotline.staff import Right, Who
from hotline.store.alarm_tables import AlarmPage, AlarmRow, AlarmRung
from hotline.store.queue import visible
from hotline.store.tables import CaseFile, Operator
from hotline.times import from_us

_alarm = AlarmRow.__table__  # type: ignore[attr-defined]
_rung = AlarmRung.__table__  # type: ignore[attr-defined]
_page = AlarmPage.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
MOST = 50
"""Alarms told at once; a storm has more, and the queue shows those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One call to one phone."""

    name: str
    """The officer's display name; empty for the reporter."""
    channel: str
    outcome: str
    reason: str
    queued_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung: due, and once rung also when and with whom."""

    number: int
    targets: tuple[str, ...]
    repeat: bool
    due_at: datetime
    rung_at: datetime | None
    reasons: tuple[str, ...]
    calls: tuple[Called, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm with its rungs in order."""

    id: int
    case_id: int | None
    code: str
    level: Level
    area: str
    drill: bool
    state: str
    started_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str
    first_action_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    rearm_at: datetime | None
    steps: tuple[Step, ...]

    @property
    def ringing(self) -> bool:
        """Whether nobody has said that they have seen it, or the silence after that is over."""
        return self.state == "ringing"

    @property
    def rung(self) -> tuple[Step, ...]:
        """The rungs that have rung."""
        return tuple(step for step in self.steps if step.rung_at is not None)

    @property
    def next(self) -> Step | None:
        """The next rung that will ring if nobody acts."""
        return next((step for step in self.steps if step.rung_at is None), None)


def open_alarms(conn: Connection, who: Who, most: int = MOST) -> list[Alarm]:
    """What rings or is silenced for now, of the cases this operator may see, and drills: ringing ones first, oldest first."""
    if not who.may(Right.READ):
        return []
    seen = or_(_alarm.c.drill.is_(True), and_(_case.c.id.is_not(None), visible(who)))
    query = _alarms(_alarm.c.region == who.region, _alarm.c.state != "ended", seen)
    return _with_steps(conn, conn.execute(query.order_by(_alarm.c.state, _alarm.c.started_at).limit(most)).all())


def of_case(conn: Connection, case_id: int) -> list[Alarm]:
    """All alarms of a case, the oldest first; the caller has seen to it that the case may be seen."""
    return _with_steps(conn, conn.execute(_alarms(_alarm.c.case_id == case_id).order_by(_alarm.c.started_at)).all())


def _alarms(*conditions: ColumnElement[bool]) -> Any:
    joined = _alarm.outerjoin(_case, _case.c.id == _alarm.c.case_id).outerjoin(_operator, _operator.c.id == _alarm.c.acknowledged_by)
    return select(_alarm, _operator.c.display_name).select_from(joined).where(*conditions)


def _with_steps(conn: Connection, rows: Any) -> list[Alarm]:
    if not rows:
        return []
    ids = [row.id for row in rows]
    pages = select(_page, _operator.c.display_name).outerjoin(_operator, _operator.c.id == _page.c.operator_id)
    calls: dict[tuple[int, int], list[Called]] = defaultdict(list)
    for page in conn.execute(pages.where(_page.c.alarm_id.in_(ids)).order_by(_page.c.queued_at, _page.c.id)):
        calls[page.alarm_id, page.number].append(_called(page))
    steps: dict[int, list[Step]] = defaultdict(list)
    for rung in conn.execute(select(_rung).where(_rung.c.alarm_id.in_(ids)).order_by(_rung.c.number)):
        steps[rung.alarm_id].append(_step(rung, tuple(calls[rung.alarm_id, rung.number])))
    return [_of(row, tuple(steps[row.id])) for row in rows]


def _of(row: Any, steps: tuple[Step, ...]) -> Alarm:
    return Alarm(
        id=row.id,
        case_id=row.case_id,
        code=row.code,
        level=Level(row.level),
        area=row.area,
        drill=bool(row.drill),
        state=row.state,
        started_at=from_us(row.started_at),
        acknowledged_at=_moment(row.acknowledged_at),
        acknowledged_by=row.display_name or "",
        first_action_at=_moment(row.first_action_at),
        ended_at=_moment(row.ended_at),
        end_reason=row.end_reason,
        rearm_at=_moment(row.rearm_at),
        steps=steps,
    )


def _step(row: Any, calls: tuple[Called, ...]) -> Step:
    return Step(
        number=row.number,
        targets=tuple(t for t in row.targets.split(",") if t),
        repeat=bool(row.repeat),
        due_at=from_us(row.due_at),
        rung_at=_moment(row.rung_at),
        reasons=tuple(r for r in row.reason.split(",") if r),
        calls=calls,
    )


def _called(row: Any) -> Called:
    return Called(
        name=(row.display_name or "?") if row.operator_id is not None else "",
        channel=row.channel,
        outcome=row.outcome,
        reason=row.reason,
        queued_at=from_us(row.queued_at),
        sent_at=_moment(row.sent_at),
        answered_at=_moment(row.answered_at),
    )


def _moment(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)
