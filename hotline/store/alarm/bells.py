"""One alarm held for a change: its row locked, its rungs and pages read into a `Bell`, and what changed written back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, null, select, update

from hotline.alarm.bell import Bell, Rung, State, begin, look_at
from hotline.alarm.ladder import Ladder
from hotline.alarm.reach import Outcome, spent
from hotline.ids import new_id
from hotline.messages import WEB_PUSH
from hotline.store import conversations
from hotline.store.outbox import DUE, HELD
from hotline.store.sql.bulk import Bulk, Lookup, Rows, together
from hotline.store.tables.alarm import RUNS, AlarmPage, AlarmRow, AlarmRung
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import from_us, to_us

_alarm = AlarmRow.__table__  # type: ignore[attr-defined]
_rung = AlarmRung.__table__  # type: ignore[attr-defined]
_page = AlarmPage.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_insert_alarms, _insert_rungs, _insert_pages = Bulk(insert(_alarm)), Bulk(insert(_rung)), Bulk(insert(_page))
OVERTAKEN = "overtaken"


@dataclass(slots=True)
class Held:
    """An alarm locked until the commit. Code, level and area are those of its case now."""

    id: int
    region: str
    case_id: int | None
    contact_id: int | None
    """The reporter."""
    code: str
    level: int
    area: str
    drill: bool
    bell: Bell
    pages: Rows = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    """Other columns to write."""
    acknowledged_at: int | None = None
    known: dict[int, Rung] = field(default_factory=dict)
    """The rungs as they are stored."""

    def said_no(self, now: datetime) -> set[int]:
        """Officers who said a little while ago that they cannot come: they are not called again before the next repetition could be."""
        since = to_us(now - self.bell.repeat)
        said = (p for p in self.pages if p.outcome == Outcome.DECLINED and p.answered_at is not None and p.answered_at > since)
        return {p.operator_id for p in said if p.operator_id is not None}


def lock(conn: Connection, alarm_ids: Sequence[int]) -> None:
    """Hold the reporters and the cases of these alarms, in the order in which every turn takes them: contact, case, alarm."""
    if not alarm_ids:
        return
    joined = select(_case.c.id, _contact.c.address_key).join(_alarm, _alarm.c.case_id == _case.c.id)
    joined = joined.outerjoin(_contact, _contact.c.id == _case.c.contact_id).where(_alarm.c.id.in_(alarm_ids))
    found = conn.execute(joined).all()
    conversations.lock(conn, [bytes(row.address_key) for row in found if row.address_key is not None])
    ids = [row.id for row in found]
    conn.execute(select(_case.c.id).where(_case.c.id.in_(ids)).order_by(_case.c.id).with_for_update()).all()


def hold(conn: Connection, alarm_id: int, *, waiting: bool = True) -> Held | None:
    """This alarm, unless it ended; None too when `waiting` is False and another transaction holds it."""
    return _hold(conn, (_by_id if waiting else _by_id_if_free)(conn, k=alarm_id))


def hold_of_case(conn: Connection, case_id: int) -> Held | None:
    """The running alarm of a case."""
    return _hold(conn, _by_case(conn, k=case_id))


_runs_still = select(_alarm).where(RUNS)
_by_id = Lookup(_runs_still.where(_alarm.c.id == bindparam("k")).with_for_update())
_by_id_if_free = Lookup(_runs_still.where(_alarm.c.id == bindparam("k")).with_for_update(skip_locked=True))
_by_case = Lookup(_runs_still.where(_alarm.c.case_id == bindparam("k")).with_for_update())
_rungs_of = Lookup(select(_rung).where(_rung.c.alarm_id == bindparam("k")).order_by(_rung.c.number))
_pages_of = Lookup(select(_page).where(_page.c.alarm_id == bindparam("k")).order_by(_page.c.id))
_of_case = Lookup(select(_case.c.code, _case.c.level, _case.c.area, _case.c.contact_id).where(_case.c.id == bindparam("k")))
_running = Lookup(select(_alarm.c.case_id).where(_alarm.c.case_id.in_(bindparam("ids", expanding=True)), RUNS))


def running(conn: Connection, case_ids: Sequence[int]) -> set[int]:
    """Which of these cases have a running alarm."""
    return {row.case_id for row in _running(conn, ids=list(case_ids))}


def _hold(conn: Connection, found: Rows) -> Held | None:
    if not found:
        return None
    row = found[0]
    with together(conn):
        rungs, pages = _rungs_of.ask(conn, k=row.id), _pages_of.ask(conn, k=row.id)
        cases = _of_case.ask(conn, k=row.case_id) if row.case_id is not None else None
    held = refreshed(_held(row, _bell(row, rungs.rows()), pages.rows()))
    if cases is not None:
        (case,) = cases.rows()
        held.code, held.level, held.area, held.contact_id = case.code, case.level, case.area, case.contact_id
    return held


def _held(row: Any, bell: Bell, pages: Rows) -> Held:
    return Held(
        id=row.id,
        region=row.region,
        case_id=row.case_id,
        contact_id=None,
        code=row.code,
        level=row.level,
        area=row.area,
        drill=bool(row.drill),
        bell=bell,
        pages=pages,
        acknowledged_at=row.acknowledged_at,
        known={r.number: r for r in bell.rungs},
    )


def _bell(row: Any, rungs: Rows) -> Bell:
    return Bell(
        state=State(row.state),
        started_at=from_us(row.started_at),
        rungs=tuple(_read_rung(r) for r in rungs),
        rearm=timedelta(minutes=row.rearm_minutes),
        repeat=timedelta(minutes=row.repeat_minutes),
        rearm_at=None if row.rearm_at is None else from_us(row.rearm_at),
    )


def _read_rung(row: Any) -> Rung:
    return Rung(
        number=row.number,
        targets=tuple(filter(None, row.targets.split(","))),
        due_at=from_us(row.due_at),
        repeat=bool(row.repeat),
        rung_at=None if row.rung_at is None else from_us(row.rung_at),
    )


def fresh(
    *,
    region: str,
    ladder: Ladder | None,
    code: str,
    level: int,
    area: str,
    case_id: int | None,
    contact_id: int | None,
    drill: bool,
    now: datetime,
) -> Held:
    """A new alarm, none of its rungs rung; not written yet. Without a ladder the scheduler, who knows the profiles, gives it one."""
    return Held(new_id(), region, case_id, contact_id, code, level, area, drill, begin(ladder or _UNKNOWN, now))


def start(conn: Connection, held: Held) -> Held:
    """Write a fresh alarm and its rungs."""
    start_all(conn, [(held, {})])
    return held


def start_all(conn: Connection, fresh: Sequence[tuple[Held, dict[int, str]]]) -> None:
    """The same for several, which may have rung by now: each with the reasons that `save` would be given."""
    _insert_alarms(conn, [_alarm_row(held) for held, _ in fresh])
    _insert_rungs(conn, [_rung_row(held.id, r, why.get(r.number, "")) for held, why in fresh for r in held.bell.rungs])
    for held, _ in fresh:
        held.known = {r.number: r for r in held.bell.rungs}


def _alarm_row(held: Held) -> dict[str, Any]:
    bell = held.bell
    row = {"id": held.id, "region": held.region, "case_id": held.case_id, "code": held.code, "drill": held.drill}
    row |= {"started_at": to_us(bell.started_at), "end_reason": ""}
    row |= {"rearm_minutes": _minutes(bell.rearm), "repeat_minutes": _minutes(bell.repeat)}
    return _NOTHING_YET | row | _standing(held)


_NOTHING_YET: dict[str, Any] = {column.name: None for column in _alarm.c}
_UNKNOWN = Ladder((), timedelta(minutes=10), timedelta(minutes=15))


def give_ladder(conn: Connection, held: Held, ladder: Ladder) -> None:
    """The ladder that was not known when it started; its minutes count from the start all the same."""
    held.bell = begin(ladder, held.bell.started_at)
    held.values |= {"rearm_minutes": _minutes(ladder.rearm), "repeat_minutes": _minutes(ladder.repeat)}


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


def save(conn: Connection, held: Held, reasons: dict[int, str] | None = None) -> None:
    """Write what changed; `reasons` says for a rung why it did not reach everybody."""
    _save_rungs(conn, held, reasons or {})
    _stand(conn, [{"k": held.id} | {name + "_": value for name, value in _standing(held).items()}])
    if held.values:
        conn.execute(update(_alarm).where(_alarm.c.id == held.id).values(held.values))
        held.values = {}


def _save_rungs(conn: Connection, held: Held, why: dict[int, str]) -> None:
    rungs = held.bell.rungs
    _insert_rungs(conn, [_rung_row(held.id, r, why.get(r.number, "")) for r in rungs if r.number not in held.known])
    for r in rungs:
        before = held.known.get(r.number)
        if before is not None and before.rung_at is None and r.rung_at is not None:
            mine = (_rung.c.alarm_id == held.id, _rung.c.number == r.number, _rung.c.rung_at.is_(None))
            conn.execute(update(_rung).where(*mine).values(rung_at=to_us(r.rung_at), reason=why.get(r.number, "")))
    held.known = {r.number: r for r in rungs}


_STANDING = ("state", "rearm_at", "next_rung_at", "level", "area")
_stand = Bulk(update(_alarm).where(_alarm.c.id == bindparam("k")).values({name: bindparam(name + "_") for name in _STANDING}))


def _standing(held: Held) -> dict[str, Any]:
    bell = held.bell
    next_look = look_at(bell) if bell.rungs or bell.state is State.ENDED else bell.started_at
    return {
        "state": bell.state.value,
        "rearm_at": None if bell.rearm_at is None else to_us(bell.rearm_at),
        "next_rung_at": None if next_look is None else to_us(next_look),
        "level": held.level,
        "area": held.area,
    }


def _rung_row(alarm_id: int, rung: Rung, reason: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "alarm_id": alarm_id,
        "number": rung.number,
        "targets": ",".join(rung.targets)[:160],
        "repeat": rung.repeat,
        "due_at": to_us(rung.due_at),
        "rung_at": None if rung.rung_at is None else to_us(rung.rung_at),
        "reason": reason,
    }


def add_pages(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write calls."""
    _insert_pages(conn, rows)


def read_pages(conn: Connection, held: Held) -> None:
    """Read its calls again."""
    held.pages = _pages_of(conn, k=held.id)


def refreshed(held: Held) -> Held:
    """With what its calls, read again, say of who is left to answer."""
    rungs = tuple(
        r if r.rung_at is None or r.tells_reporter else replace(r, spent=spent(_outcomes(held.pages, r.number))) for r in held.bell.rungs
    )
    held.bell = replace(held.bell, rungs=rungs)
    return held


def _outcomes(pages: Rows, number: int) -> list[tuple[int | None, str]]:
    """Phones only: a push service that took a call has reached nobody yet."""
    return [(p.operator_id, p.outcome) for p in pages if p.number == number and p.channel != WEB_PUSH]


def withdraw(conn: Connection, held: Held) -> None:
    """Calls that have not left do not leave any more: the alarm is answered. One that a worker has in hand may still leave."""
    waiting = [p for p in held.pages if p.outcome in (Outcome.QUEUED, Outcome.LATE) and p.outbox_id is not None]
    if not waiting:
        return
    stopped = (
        update(_outbox)
        .where(_outbox.c.id.in_([p.outbox_id for p in waiting]), _outbox.c.state == DUE)
        .values(state=HELD, reason=OVERTAKEN, lease_until=null())
        .returning(_outbox.c.id)
    )
    ids = list(conn.execute(stopped).scalars())
    if ids:
        conn.execute(update(_page).where(_page.c.outbox_id.in_(ids)).values(outcome=Outcome.OVERTAKEN.value))
