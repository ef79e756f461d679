"""Small rows that processes share: who leads, who is alive, how far something was read."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select, update

from hotline.store.sql.upsert import insert_if_missing
from hotline.store.tables.process import Bookmark, Heartbeat, Lease
from hotline.times import from_us, to_us

_lease = Lease.__table__  # type: ignore[attr-defined]
_beat = Heartbeat.__table__  # type: ignore[attr-defined]
_mark = Bookmark.__table__  # type: ignore[attr-defined]


def take(conn: Connection, name: str, owner: str, ttl: timedelta, now: datetime) -> bool:
    """Become or stay the leader of this name until `now + ttl`; False while another one leads."""
    at, until = to_us(now), to_us(now + ttl)
    # One further ahead than any lease can be comes from a clock that was set back.
    free = or_(_lease.c.owner == owner, _lease.c.until < at, _lease.c.until > at + 10 * (until - at))
    if conn.execute(update(_lease).where(_lease.c.name == name, free).values(owner=owner, until=until)).rowcount:
        return True
    return insert_if_missing(conn, _lease, {"name": name, "owner": owner, "until": until})


def give_up(conn: Connection, name: str, owner: str) -> None:
    """Let another process lead at once."""
    conn.execute(delete(_lease).where(_lease.c.name == name, _lease.c.owner == owner))


def beat(conn: Connection, process: str, now: datetime) -> None:
    """This process is alive."""
    if not conn.execute(update(_beat).where(_beat.c.process == process).values(at=to_us(now))).rowcount:
        insert_if_missing(conn, _beat, {"process": process, "at": to_us(now)})


def beats(conn: Connection) -> dict[str, datetime]:
    """When each process was last alive."""
    return {row.process: from_us(row.at) for row in conn.execute(select(_beat))}


def forget_beats(conn: Connection, before: datetime) -> None:
    """Drop processes that ended long ago."""
    conn.execute(delete(_beat).where(_beat.c.at < to_us(before)))


def bookmark(conn: Connection, name: str) -> int | None:
    """The stored number, or None."""
    value = conn.execute(select(_mark.c.value).where(_mark.c.name == name)).scalar()
    return None if value is None else int(value)


def set_bookmark(conn: Connection, name: str, value: int) -> None:
    """Store the number."""
    if not conn.execute(update(_mark).where(_mark.c.name == name).values(value=value)).rowcount:
        insert_if_missing(conn, _mark, {"name": name, "value": value})
