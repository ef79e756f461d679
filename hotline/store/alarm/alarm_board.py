"""Alarms as the panel shows them: what rings, whom each rung called, and what became of it. Looks only; `alarms` beside it writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select

from hotline.alarm.bell import State
from hotline.staff import Right, Who
from hotline.store.alarm import alarms
from hotline.store.alarm.alarms import Alarm
from hotline.store.alarm.rungs import Page, Rung, rungs_of
from hotline.store.queue import visible
from hotline.store.tables.alarm import AlarmRow, not_ended
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.office import Operator

_alarm = AlarmRow.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
MOST = 50
"""Alarms told at once; a storm has more, and the queue shows those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Alarm):
    """One alarm with its rungs in order, and by name who acknowledged it."""

    officer: str
    """Empty while nobody has."""
    rungs: tuple[Rung, ...]

    @property
    def ringing(self) -> bool:
        """Whether nobody has said that they have seen it, or the silence after that is over."""
        return self.state is State.RINGING

    @property
    def rung(self) -> tuple[Rung, ...]:
        """The rungs that have rung."""
        return tuple(rung for rung in self.rungs if rung.rung_at is not None)

    @property
    def last_calls(self) -> tuple[Page, ...]:
        """The last call to each phone, in the order in which they were first called."""
        return tuple({(page.operator_id, page.channel): page for rung in self.rung for page in rung.pages}.values())

    @property
    def next(self) -> Rung | None:
        """The next rung that will ring if nobody acts."""
        return next((rung for rung in self.rungs if rung.rung_at is None), None)


def open_alarms(conn: Connection, who: Who, most: int = MOST) -> list[Shown]:
    """What rings or is silenced for now, of the cases this operator may see, and drills: ringing ones first, oldest first."""
    if not who.may(Right.READ):
        return []
    seen = or_(_alarm.c.drill.is_(True), and_(_case.c.id.is_not(None), visible(who)))
    query = _alarms(_alarm.c.region == who.region, not_ended, seen)
    return _with_rungs(conn, conn.execute(query.order_by(_alarm.c.state, _alarm.c.started_at).limit(most)).all())


def of_case(conn: Connection, case_id: int) -> list[Shown]:
    """All alarms of a case, the oldest first; the caller has seen to it that the case may be seen."""
    return _with_rungs(conn, conn.execute(_alarms(_alarm.c.case_id == case_id).order_by(_alarm.c.started_at)).all())


def _alarms(*conditions: ColumnElement[bool]) -> Any:
    joined = _alarm.outerjoin(_case, _case.c.id == _alarm.c.case_id).outerjoin(_operator, _operator.c.id == _alarm.c.acknowledged_by)
    return select(_alarm, _operator.c.display_name).select_from(joined).where(*conditions)


def _with_rungs(conn: Connection, rows: Sequence[Row[Any]]) -> list[Shown]:
    rungs = rungs_of(conn, [row.id for row in rows]) if rows else {}
    return [Shown(**alarms.columns(row), officer=row.display_name or "", rungs=tuple(rungs.get(row.id, ()))) for row in rows]
