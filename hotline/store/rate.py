"""A sender's rate, shared by all workers: a generic cell rate algorithm whose one number is a row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, case, select, update

from hotline.store.sql.bulk import Bulk, Lookup
from hotline.store.sql.upsert import insert_if_missing
from hotline.store.tables.sending import Rate
from hotline.times import to_us

_rate = Rate.__table__  # type: ignore[attr-defined]
_BELIEVED_US = 60_000_000
"""A number further ahead than this comes from a clock that was set back, and is forgotten."""
BURST_SECONDS = 1.0
"""How much unused rate may be saved up."""
ALERT_SLOT = "!alert"
"""What the rate of a channel's alerts is called, behind the channel's name."""

_next_at = Lookup(select(_rate.c.next_at).where(_rate.c.key == bindparam("slot")).with_for_update())
_at = bindparam("at", type_=BigInteger)
_at_or_later = case((_rate.c.next_at.between(_at, bindparam("believed")), _rate.c.next_at), else_=_at)
_push_back = Bulk(update(_rate).where(_rate.c.key == bindparam("slot")).values(next_at=_at_or_later + bindparam("cost")))


def within(conn: Connection, slot: str, most: int, per_second: float, now: datetime) -> int:
    """How many messages, `most` at most, the sender may send now. The row stays locked until the commit."""
    at = to_us(now)
    found = _next_at(conn, slot=slot)
    if not found:
        insert_if_missing(conn, _rate, {"key": slot, "next_at": at})
        found = _next_at(conn, slot=slot)
    next_at = found[0][0]
    ahead = next_at - at if next_at - at < _BELIEVED_US else 0
    slack = max(BURST_SECONDS, 1 / per_second) - max(0, ahead) / 1e6
    return max(0, min(most, int(slack * per_second + 1e-9)))


def spend(conn: Connection, slot: str, count: int, per_second: float, now: datetime) -> None:
    """So many messages of the rate are used. The row must be there (`within` makes it)."""
    at = to_us(now)
    _push_back(conn, [{"slot": slot, "at": at, "believed": at + _BELIEVED_US, "cost": int(count / per_second * 1e6)}])
