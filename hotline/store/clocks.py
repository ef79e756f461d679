"""The clocks of cases as rows: which cases must be read anew, what runs, what must be told, and what was told already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from hotline.case import EventKind
from hotline.staff import Who
from hotline.store import leases
from hotline.store.queue import visible
from hotline.store.sql.bulk import Bulk, Lookup
from hotline.store.tables.cases import CaseEvent, CaseFile
from hotline.store.tables.live import CaseClock, CaseWatch
from hotline.times import from_us, to_us

_clock = CaseClock.__table__  # type: ignore[attr-defined]
_watch = CaseWatch.__table__  # type: ignore[attr-defined]
_event = CaseEvent.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_READ_TO = "clocks"
_LATE_US, _FIRST_LOOK = 60_000_000, timedelta(hours=1)
"""An event is looked for so long after its time: its transaction may have ended later than those of younger ones."""
# What a reporter says begins at most the clock of hours in which somebody must see it: the sweep of the minute reads that. That a story
# ended moves others, so its answers are read then.
_MOVES = [
    k.value
    for k in EventKind
    if k not in (EventKind.ANSWERED, EventKind.SAID, EventKind.NOTED, EventKind.READ, EventKind.PROPOSED, EventKind.DECLINED)
]
# By its sum SQLite cannot group along the index of cases: it would read every event there ever was, instead of the latest by their time.
_zero: ColumnElement[int] = literal_column("0")
_moved_case = (_event.c.case_id + _zero).label("moved")
_moved = (
    select(_moved_case, func.max(_event.c.at).label("at"))
    .outerjoin(_watch, _watch.c.case_id == _event.c.case_id)
    .where(
        _event.c.at > bindparam("since"),
        _event.c.kind.in_(_MOVES),
        or_(_watch.c.version.is_(None), _watch.c.version < _event.c.seq),
    )
    .group_by(_moved_case)
    .order_by(func.max(_event.c.at))
    .limit(bindparam("most"))
)
_stale = (
    select(_case.c.id)
    .outerjoin(_watch, _watch.c.case_id == _case.c.id)
    .where(or_(_watch.c.version.is_(None), _watch.c.version < _case.c.version), _case.c.closed.is_(False))
    .where(_case.c.region.in_(bindparam("regions", expanding=True)))
    .order_by(_case.c.id)
    .limit(bindparam("most"))
)
_hold = select(_case).where(_case.c.id == bindparam("k")).with_for_update()
_ids: BindParameter[list[int]] = bindparam("ids", expanding=True)
_hold_free = select(_case).where(_case.c.id.in_(_ids)).order_by(_case.c.id).with_for_update(skip_locked=True)
_clocks_of, _watches_of = Lookup(select(_clock).where(_clock.c.case_id.in_(_ids))), Lookup(select(_watch).where(_watch.c.case_id.in_(_ids)))


def _all_but(table: Table, *key: str) -> dict[str, BindParameter[Any]]:
    return {column.name: bindparam(f"{column.name}_") for column in table.c if column.name not in key}


_insert, _insert_watch = Bulk(insert(_clock)), Bulk(insert(_watch))
_mine = and_(_clock.c.case_id == bindparam("case_id_"), _clock.c.kind == bindparam("kind_"))
_update = Bulk(update(_clock).where(_mine).values(_all_but(_clock, "case_id", "kind")))
_update_watch = Bulk(update(_watch).where(_watch.c.case_id == bindparam("case_id_")).values(_all_but(_watch, "case_id")))
_next_end = Bulk(update(_case).where(_case.c.id == bindparam("k")).values(due_at=bindparam("due_")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clock as it is written; `tells` are the moments at which somebody hears of it, in order."""

    kind: str
    level: int
    started_at: datetime
    due_at: datetime
    running: bool
    tells: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wound:
    """A held case with all its clocks as they are to be; `watch` tells how fast people answered, where that is known."""

    case: Any
    rows: Sequence[Row]
    watch: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running clock for the queue."""

    kind: str
    due_at: datetime


def moved(conn: Connection, now: datetime, most: int) -> list[int]:
    """Cases to which something happened since the last look that their clocks do not know yet; remembers how far it looked."""
    since = leases.bookmark(conn, _READ_TO) or to_us(now - _FIRST_LOOK)
    rows = conn.execute(_moved, {"since": since - _LATE_US, "most": most}).all()
    if rows and rows[-1].at > since:
        leases.set_bookmark(conn, _READ_TO, rows[-1].at)
    return sorted(row.moved for row in rows)


def stale(conn: Connection, regions: Iterable[str], most: int) -> list[int]:
    """Open cases whose clocks are behind, whyever: read by a slow sweep."""
    return [int(i) for i in conn.execute(_stale, {"most": most, "regions": list(regions)}).scalars()]


def behind(conn: Connection, most: int = 1000) -> int:
    """How many open cases have clocks that are behind, counted up to `most`: more than a few for minutes are cases that do not open."""
    late = or_(_watch.c.version.is_(None), _watch.c.version < _case.c.version)
    joined = select(_case.c.id).outerjoin(_watch, _watch.c.case_id == _case.c.id).where(late, _case.c.closed.is_(False))
    return int(conn.execute(select(func.count()).select_from(joined.limit(most).subquery())).scalar_one())


def hold(conn: Connection, case_id: int) -> Any:
    """The case's row, locked until the commit; None when it is gone."""
    return conn.execute(_hold, {"k": case_id}).first()


def hold_all(conn: Connection, case_ids: Sequence[int]) -> list[Any]:
    """The cases' rows, locked until the commit. Whatever somebody else holds just now is left out: it is looked at again soon."""
    return list(conn.execute(_hold_free, {"ids": list(case_ids)}))


def save(conn: Connection, wound: Sequence[Wound]) -> None:
    """Write the clocks of held cases. One that began anew or has another end is told of anew; a changed one is not forgotten."""
    ids = [each.case.id for each in wound]
    if not ids:
        return
    before = {(row.case_id, row.kind): row for row in _clocks_of(conn, ids=ids)}
    new, changed = list[dict[str, Any]](), list[dict[str, Any]]()
    for each in wound:
        for row in each.rows:
            old = before.pop((each.case.id, row.kind), None)
            (new if old is None else changed).append(_written(each.case, row, old))
    _insert(conn, [{name.rstrip("_"): value for name, value in row.items()} for row in new])
    _update(conn, changed)
    for case_id, kind in before:
        conn.execute(delete(_clock).where(_clock.c.case_id == case_id, _clock.c.kind == kind))
    _next_end(conn, [{"k": each.case.id, "due_": min((to_us(r.due_at) for r in each.rows if r.running), default=None)} for each in wound])
    _save_watches(conn, ids, wound)


def _written(case: Any, row: Row, before: Any) -> dict[str, Any]:
    started, due = to_us(row.started_at), to_us(row.due_at)
    same = before is not None and (before.started_at, before.due_at) == (started, due)
    told = before.told if same else 0
    tell_at = to_us(row.tells[told]) if row.running and told < len(row.tells) else None
    values = {"level": row.level, "started_at": started, "due_at": due, "running": row.running, "told": told, "tell_at": tell_at}
    return {"case_id_": case.id, "kind_": row.kind, "region_": case.region, **{f"{name}_": value for name, value in values.items()}}


def _save_watches(conn: Connection, ids: list[int], wound: Sequence[Wound]) -> None:
    known = {row.case_id: row for row in _watches_of(conn, ids=ids)}
    new, changed = list[dict[str, Any]](), list[dict[str, Any]]()
    for each in wound:
        case, old = each.case, known.get(each.case.id)
        begun = {"level": case.level, "began_at": case.opened_at, "acknowledged_at": None, "acted_at": None}
        kept = begun if old is None else {**{name: getattr(old, name) for name in begun}, "level": case.level, "began_at": case.opened_at}
        values = {"case_id": case.id, "region": case.region, "version": case.version, **kept, **(each.watch or {})}
        (new if old is None else changed).append(values)
    _insert_watch(conn, new)
    _update_watch(conn, [{f"{name}_": value for name, value in row.items()} for row in changed])


def to_tell(conn: Connection, regions: Iterable[str], now: datetime, most: int) -> list[tuple[int, str, int]]:
    """Clocks of which somebody must hear now: (case, kind, how many were told)."""
    due = and_(_clock.c.tell_at.is_not(None), _clock.c.tell_at <= to_us(now), _clock.c.region.in_(list(regions)))
    rows = conn.execute(select(_clock.c.case_id, _clock.c.kind, _clock.c.told).where(due).order_by(_clock.c.tell_at).limit(most))
    return [(row.case_id, row.kind, row.told) for row in rows]


def told(conn: Connection, case_id: int, kind: str, *, before: int, now_told: int, next_at: datetime | None) -> bool:
    """Remember that these were told; False when another scheduler did so in the same moment."""
    mine = and_(_clock.c.case_id == case_id, _clock.c.kind == kind, _clock.c.told == before)
    values = {"told": now_told, "tell_at": None if next_at is None else to_us(next_at)}
    return bool(conn.execute(update(_clock).where(mine).values(values)).rowcount)


def of_cases(conn: Connection, case_ids: Iterable[int]) -> dict[int, list[Running]]:
    """The running clocks of these cases, the nearest end first."""
    found: dict[int, list[Running]] = {}
    query = select(_clock).where(_clock.c.case_id.in_(list(case_ids)), _clock.c.running.is_(True)).order_by(_clock.c.due_at)
    for row in conn.execute(query):
        found.setdefault(row.case_id, []).append(Running(kind=row.kind, due_at=from_us(row.due_at)))
    return found


def nearest(conn: Connection, who: Who, most: int) -> list[tuple[int, str, datetime]]:
    """The cases whose next end is over or comes first: (case, kind, end), one line a case."""
    of_region = and_(_clock.c.running.is_(True), _clock.c.region == who.region)
    first = select(_clock.c.case_id, func.min(_clock.c.due_at).label("due_at")).where(of_region).group_by(_clock.c.case_id).subquery()
    rows = conn.execute(
        select(_clock.c.case_id, func.min(_clock.c.kind).label("kind"), _clock.c.due_at)
        .join(first, and_(first.c.case_id == _clock.c.case_id, first.c.due_at == _clock.c.due_at))
        .join(_case, _case.c.id == _clock.c.case_id)
        .where(_clock.c.running.is_(True), visible(who), _case.c.closed.is_(False))
        .group_by(_clock.c.case_id, _clock.c.due_at)
        .order_by(_clock.c.due_at, _clock.c.case_id)
        .limit(most)
    )
    return [(row.case_id, row.kind, from_us(row.due_at)) for row in rows]


def count_passed(conn: Connection, who: Who, now: datetime) -> int:
    """How many cases that this operator may see have a clock whose time is over."""
    late = and_(_clock.c.running.is_(True), _clock.c.region == who.region, _clock.c.due_at < to_us(now))
    cases = select(func.count(func.distinct(_clock.c.case_id))).select_from(_clock.join(_case, _case.c.id == _clock.c.case_id))
    return int(conn.execute(cases.where(late, visible(who), _case.c.closed.is_(False))).scalar() or 0)
