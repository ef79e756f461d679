"""What became of the last alert to an officer's phone, as the officer sees it beside the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from hotline.store.outbox import ALERT, reason_of
from hotline.store.tables.sending import Outbox
from hotline.times import from_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCall:
    """The newest alert to one phone: its state and reason as in `hotline.store.outbox`."""

    state: str
    reason: str
    at: datetime
    """When it left, or when it was queued if it has not."""


def last_call(conn: Connection, contact_id: int) -> LastCall | None:
    """None when this phone was never rung."""
    query = select(_outbox.c.state, _outbox.c.reason, _outbox.c.sent_at, _outbox.c.created_at)
    mine = query.where(_outbox.c.contact_id == contact_id, _outbox.c.purpose == ALERT)
    row = conn.execute(mine.order_by(_outbox.c.created_at.desc(), _outbox.c.id.desc()).limit(1)).first()
    return None if row is None else LastCall(state=row.state, reason=reason_of(row), at=from_us(row.sent_at or row.created_at))
