"""Outages of the program's own parts, each noticed once: the row is what keeps two processes from both telling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from hotline.ids import new_id
from hotline.store import leases
from hotline.store.sql.upsert import insert_if_missing
from hotline.store.tables.watch import Outage
from hotline.times import from_us, to_us

_outage = Outage.__table__  # type: ignore[attr-defined]
SCHEDULER, WORKER = "scheduler", "worker"
PARTS = (SCHEDULER, WORKER)
_SILENT = {SCHEDULER: "teduh_scheduler_silent_seconds", WORKER: "teduh_worker_silent_seconds"}
SILENT_AFTER = timedelta(seconds=60)
"""A part that nothing was heard of for so long has stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A part that is silent now."""

    part: str
    heard_at: datetime | None
    noticed_at: datetime
    told: int


def last_heard(conn: Connection, now: datetime | None = None) -> dict[str, datetime]:
    """When each part was last heard of, by any of its processes; one never heard of is not in it.

    With `now`, beats far ahead of it are left out: they come from before a clock was set back, and their process may be dead.
    """
    found: dict[str, datetime] = {}
    for process, at in leases.beats(conn).items():
        part = process.partition("/")[0]
        if now is None or at <= now + SILENT_AFTER:
            found[part] = max(at, found.get(part, at))
    return found


def silent(conn: Connection, now: datetime) -> dict[str, datetime | None]:
    """The parts that have stopped, with when they were last heard of."""
    heard = last_heard(conn, now)
    return {part: heard.get(part) for part in PARTS if part not in heard or now - heard[part] > SILENT_AFTER}


def begin(conn: Connection, part: str, heard_at: datetime | None, by: str, now: datetime) -> int | None:
    """Note that a part is silent; gives the outage's id, or None when it was noted already, also by another process at this moment."""
    values = {
        "id": new_id(),
        "part": part,
        "heard_at": None if heard_at is None else to_us(heard_at),
        "noticed_at": to_us(now),
        "noticed_by": by,
        "told": 0,
        "ended_at": None,
    }
    return int(str(values["id"])) if insert_if_missing(conn, _outage, values) else None


def set_told(conn: Connection, outage_id: int, phones: int) -> None:
    """How many phones a message was queued to."""
    conn.execute(update(_outage).where(_outage.c.id == outage_id).values(told=phones))


def end(conn: Connection, part: str, now: datetime) -> bool:
    """It is heard of again; False when no outage was open."""
    ours = (_outage.c.part == part, _outage.c.ended_at.is_(None))
    return bool(conn.execute(update(_outage).where(*ours).values(ended_at=to_us(now))).rowcount)


def running(conn: Connection) -> list[Stopped]:
    """What is silent now, by part."""
    query = select(_outage).where(_outage.c.ended_at.is_(None)).order_by(_outage.c.part)
    return [
        Stopped(
            part=row.part,
            heard_at=None if row.heard_at is None else from_us(row.heard_at),
            noticed_at=from_us(row.noticed_at),
            told=row.told,
        )
        for row in conn.execute(query)
    ]


def gauges(conn: Connection, now: datetime) -> dict[str, float]:
    """By metric name: for how many seconds each part was silent (-1: never heard of), and how many outages are open."""
    heard = last_heard(conn)
    ages = {name: (now - heard[part]).total_seconds() if part in heard else -1.0 for part, name in _SILENT.items()}
    return {**ages, "teduh_outages_open": float(len(running(conn)))}
