"""The clocks of cases as rows: which cases must be read anew, what runs, what must be told, and what was told already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from hotline.case import EventKind
from hotline.staff import Who
from hotline.store import leases
from hotline.store.live_tables import CaseClock, CaseWatch
from hotline.store.queue import visible
from hotline.store.tables import CaseEvent, CaseFile
from hotline.times import from_us, to_us

_clock = CaseClock.__table__  # type: ignore[attr-defined]
_watch = CaseWatch.__table__  # type: ignore[attr-defined]
_event = CaseEvent.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_READ_TO = "clocks"
_LATE_US, _FIRST_LOOK = 60_000_000, timedelta(hours=1)
"""An event is looked for so long after its time: its transaction may have ended later than those of younger ones."""
# What a reporter says moves no clock by itself; that a story ended does, so its answers are read then.
_MOVES = [
    k.value
    for k in EventKind
    if k not in (EventKind.ANSWERED, EventKind.SAID, EventKind.NOTED, EventKind.READ, EventKind.PROPOSED, EventKind.DECLINED)
]
_moved = (
    select(_event.c.case_id, func.max(_event.c.at).label("at"))
    .outerjoin(_watch, _watch.c.case_id == _event.c.case_id)
    .where(
        _event.c.at > bindparam("since"),
        _event.c.kind.in_(_MOVES),
        or_(_watch.c.version.is_(None), _watch.c.version < _event.c.seq),
    )
    .group_by(_event.c.case_id)
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
    return sorted(row.case_id for row in rows)


def stale(conn: Connection, regions: Iterable[str], most: int) -> list[int]:
    """Open cases whose clocks are behind, whyever: read by a slow sweep."""
    return [int(i) for i in conn.execute(_stale, {"most": most, "regions": list(regions)}).scalars()]


def hold(conn: Connection, case_id: int) -> Any:
    """The case's row, locked until the commit; None when it is gone."""
    return conn.execute(_hold, {"k": case_id}).first()


def save(conn: Connection, case: Any, rows: Iterable[Row], watch: Mapping[str, Any] | None) -> None:
    """Write the clocks of a held case. One that began anew or has another end is told of anew; a changed one is not forgotten."""
    old = {row.kind: row for row in conn.execute(select(_clock).where(_clock.c.case_id == case.id))}
    running = []
    for row in rows:
        values: dict[str, Any] = {
            "level": row.level,
            "started_at": to_us(row.started_at),
            "due_at": to_us(row.due_at),
            "running": row.running,
        }
        before = old.pop(row.kind, None)
        same = before is not None and (before.started_at, before.due_at) == (values["started_at"], values["due_at"])
        told = before.told if before is not None and same else 0
        values |= {"told": told, "tell_at": to_us(row.tells[told]) if row.running and told < len(row.tells) else None}
        if row.running:
            running.append(values["due_at"])
        if before is None:
            conn.execute(insert(_clock), {"case_id": case.id, "kind": row.kind, "region": case.region, **values})
        else:
            conn.execute(update(_clock).where(_clock.c.case_id == case.id, _clock.c.kind == row.kind).values(values))
    if old:
        conn.execute(delete(_clock).where(_clock.c.case_id == case.id, _clock.c.kind.in_(list(old))))
    conn.execute(update(_case).where(_case.c.id == case.id).values(due_at=min(running, default=None)))
    _save_watch(conn, case, watch)


def _save_watch(conn: Connection, case: Any, watch: Mapping[str, Any] | None) -> None:
    values = {"version": case.version, "level": case.level, "began_at": case.opened_at, **(watch or {})}
    if not conn.execute(update(_watch).where(_watch.c.case_id == case.id).values(values)).rowcount:
        conn.execute(insert(_watch), {"case_id": case.id, "region": case.region, **values})


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
