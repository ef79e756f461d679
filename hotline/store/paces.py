"""How long people took to answer cases, as read from their events (`hotline.remember`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from hotline.case import Level
from hotline.figures.pace import Answered, gauges
from hotline.store.tables.live import CaseWatch
from hotline.times import from_us, to_us

_watch = CaseWatch.__table__  # type: ignore[attr-defined]
_SHOWN = timedelta(days=30)
_MOST = 20_000


def answered(conn: Connection, region: str, start: datetime, end: datetime) -> list[Answered]:
    """The cases of a region that began in this time, the newest first."""
    query = select(_watch).where(_watch.c.region == region, _watch.c.began_at >= to_us(start), _watch.c.began_at < to_us(end))
    return [
        Answered(
            level=Level(row.level),
            began_at=from_us(row.began_at),
            acknowledge=_minutes(row.began_at, row.acknowledged_at),
            act=_minutes(row.began_at, row.acted_at),
        )
        for row in conn.execute(query.order_by(_watch.c.began_at.desc()).limit(_MOST))
    ]


def measure(conn: Connection, regions: Iterable[str], now: datetime) -> dict[str, float]:
    """The last thirty days, by metric name with its labels."""
    found: dict[str, float] = {}
    for region in regions:
        found |= gauges(region, answered(conn, region, now - _SHOWN, now))
    return found


def _minutes(began: int, ended: int | None) -> float | None:
    return None if ended is None else max(0.0, (ended - began) / 6e7)
