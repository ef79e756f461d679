"""Who must not see a case: the desk itself when the person spoken of works there, and each operator who was excluded by name.

Domain 2.3: one level up. An emergency that nobody has acknowledged stays visible to all who work, and until it is over to whoever
acknowledged it, or a conflict would delay help (I3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, insert, or_, select, true

from hotline.case import Emergency, Event, EventKind
from hotline.staff import RIGHTS, Right, Role, Who
from hotline.store.sql.bulk import Bulk, Lookup, together
from hotline.store.tables.alarm import AlarmRow
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.intake import CaseConflict, CaseExclusion
from hotline.store.tables.office import Operator
from hotline.times import to_us

_case = CaseFile.__table__  # type: ignore[attr-defined]
_alarm = AlarmRow.__table__.alias("answered")  # type: ignore[attr-defined]
"""Under a name of its own: the queries it stands in may list alarms themselves."""
_conflict = CaseConflict.__table__  # type: ignore[attr-defined]
_exclusion = CaseExclusion.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]

QUESTION = "R14"
AT_THE_DESK = frozenset({"dinas"})
"""The answers that name the desk's own office; of the others nobody signs in here."""


def not_kept_from(who: Who) -> ColumnElement[bool]:
    """The part of `hotline.store.queue.visible` that keeps a case from those whom it concerns."""
    named: ColumnElement[bool] = exists().where(_exclusion.c.case_id == _case.c.id, _exclusion.c.operator_id == who.id)
    if who.may(Right.APPROVE):
        return ~named
    concerned = exists().where(_conflict.c.case_id == _case.c.id)
    answers = exists().where(_alarm.c.case_id == _case.c.id, _alarm.c.acknowledged_by == who.id)
    answering = and_(_case.c.emergency == Emergency.DITANGANI.value, answers)
    given = or_(_case.c.owner_id == who.id, _case.c.emergency == Emergency.AKTIF.value, answering)
    return and_(~named, or_(~concerned, given))


def told(events: Iterable[Event]) -> str | None:
    """The answer to R14 among these events, empty when it was taken back; None when there is none."""
    answers = [e.text("value") for e in events if e.kind is EventKind.ANSWERED and e.text("key") == QUESTION]
    return answers[-1] if answers else None


_forget = Bulk(delete(_conflict).where(_conflict.c.case_id == bindparam("case_id")))
_note = Bulk(insert(_conflict))


def note(conn: Connection, places: Iterable[tuple[int, str]]) -> None:
    """Keep for each of these cases where the person spoken of works, or forget it when it is not the desk."""
    rows = [{"case_id": case_id, "place": place} for case_id, place in places]
    _forget(conn, rows)
    _note(conn, [row for row in rows if row["place"] in AT_THE_DESK])


def concerned(conn: Connection, case_id: int) -> bool:
    """Whether the case is one level up."""
    return bool(conn.execute(select(exists().where(_conflict.c.case_id == case_id))).scalar())


def exclude(conn: Connection, case_id: int, operator_id: int, by_id: int, now: datetime) -> bool:
    """Keep the case from this operator; False when it is so already."""
    if operator_id in excluded(conn, case_id):
        return False
    conn.execute(insert(_exclusion).values(case_id=case_id, operator_id=operator_id, by_id=by_id, at=to_us(now)))
    return True


def include(conn: Connection, case_id: int, operator_id: int) -> bool:
    """Let this operator see the case again; False when nothing kept it from them."""
    gone = delete(_exclusion).where(_exclusion.c.case_id == case_id, _exclusion.c.operator_id == operator_id)
    return bool(conn.execute(gone).rowcount)


def excluded(conn: Connection, case_id: int) -> dict[int, str]:
    """Whom the case is kept from: id and name."""
    query = select(_operator.c.id, _operator.c.display_name).join(_exclusion, _exclusion.c.operator_id == _operator.c.id)
    return {row.id: row.display_name for row in conn.execute(query.where(_exclusion.c.case_id == case_id))}


_excluded_from = Lookup(
    select(_exclusion.c.case_id, _exclusion.c.operator_id).where(_exclusion.c.case_id.in_(bindparam("ids", expanding=True)))
)
_above = Lookup(select(_conflict.c.case_id).where(_conflict.c.case_id.in_(bindparam("ids", expanding=True))))


def kept(conn: Connection, case_ids: Iterable[int]) -> tuple[dict[int, set[int]], set[int]]:
    """Whom each of these cases is kept from by name (a case that is kept from nobody is not in it), and which are about the desk itself."""
    ids = list(case_ids)
    with together(conn):
        named, above = _excluded_from.ask(conn, ids=ids), _above.ask(conn, ids=ids)
    found: dict[int, set[int]] = {}
    for row in named.rows():
        found.setdefault(row.case_id, set()).add(row.operator_id)
    return found, {row.case_id for row in above.rows()}


def leads(role: str) -> bool:
    """Whether a case about the desk itself is this role's."""
    return Right.APPROVE in RIGHTS[Role(role)]


def kept_from(conn: Connection, case: Any, people: Iterable[Any]) -> set[int]:
    """Which of these accounts (`id`, `role`) may not hear of this case on their phones: `not_kept_from` for a row that is at hand.

    An emergency makes no difference here: the panel shows it to all who work, but nobody's phone is told beside the ladder.
    """
    named = set(excluded(conn, case.id))
    given = not concerned(conn, case.id)
    answering = _answering(conn, [case.id]) if case.emergency == Emergency.DITANGANI else set()
    beneath = (p.id for p in people if not given and p.id != case.owner_id and not leads(p.role))
    return named | {person for person in beneath if (case.id, person) not in answering}


def _answering(conn: Connection, case_ids: Iterable[int]) -> set[tuple[int, int]]:
    """(case, operator): who acknowledged an alarm of it."""
    query = select(_alarm.c.case_id, _alarm.c.acknowledged_by)
    found = conn.execute(query.where(_alarm.c.case_id.in_(list(case_ids)), _alarm.c.acknowledged_by.is_not(None)))
    return {(row.case_id, row.acknowledged_by) for row in found}


def hiding(conn: Connection, case_ids: Iterable[int]) -> Callable[[Who, Any], bool]:
    """`not_kept_from`, turned round, for rows of these cases that are at hand (`case_id`, `owner_id`, `emergency`)."""
    ids = list(case_ids)
    excluded_from = conn.execute(select(_exclusion.c.case_id, _exclusion.c.operator_id).where(_exclusion.c.case_id.in_(ids)))
    named = {(row.case_id, row.operator_id) for row in excluded_from}
    above = set(conn.execute(select(_conflict.c.case_id).where(_conflict.c.case_id.in_(ids))).scalars())
    answering = _answering(conn, above)

    def hidden(who: Who, row: Any) -> bool:
        key = (row.case_id, who.id)
        if key in named:
            return True
        if who.may(Right.APPROVE) or row.case_id not in above or row.owner_id == who.id:
            return False
        return not (row.emergency == Emergency.AKTIF or (row.emergency == Emergency.DITANGANI and key in answering))

    return hidden


def colleagues(conn: Connection, who: Who) -> dict[int, str]:
    """Everybody of the region who may be excluded: id and name, without oneself."""
    query = select(_operator.c.id, _operator.c.display_name).where(_operator.c.region == who.region, _operator.c.disabled.is_not(true()))
    return {row.id: row.display_name for row in conn.execute(query.order_by(_operator.c.display_name)) if row.id != who.id}
