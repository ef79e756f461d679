"""What the provider says later of a message: a failure it only noticed then puts the message back, or among the dead letters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, BigInteger, BindParameter, Connection, Select, bindparam, column, func, literal_column, select, update

from hotline.ids import new_id
from hotline.store.outbox import DEAD, DUE, SENT
from hotline.store.sql.bulk import Asked, Lookup
from hotline.store.sql.upsert import insert_if_missing
from hotline.store.tables.sending import Outbox, Receipt
from hotline.times import to_us

_receipt = Receipt.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_FAILED = ("failed", "undelivered")
_WINDOW_CLOSED = "63016"
"""Twilio's number for free text after the 24-hour window: the same message may still go as a template."""
AS_TEXT = "as_text"
_CONTENT_REFUSED = ("63005", "63013", "63021")
"""WhatsApp did not take the content: buttons or a list may still go as numbered lines."""
BUSY = ("20429", "14107", "63017", "63018")
"""Limits of Twilio and WhatsApp that a message ran into after it was taken: it goes again a little later."""
REASONS = {
    "21610": "blocked",
    "63014": "blocked",
    "63003": "no_such_contact",
    "63024": "no_such_contact",
    "21211": "no_such_contact",
    "21614": "no_such_contact",
}
"""What the other numbers mean that people must know of, as `hotline.sending.Failure` names it."""
_PAUSE, _MOST_TRIES = timedelta(minutes=1), 8
_ARRIVED = ("delivered", "read")


_early = Lookup(
    select(_receipt.c.provider_id, _receipt.c.error, _receipt.c.at).where(
        _receipt.c.channel == bindparam("of_channel"),
        _receipt.c.provider_id.in_(bindparam("ids", expanding=True)),
        _receipt.c.status.in_([literal_column(f"'{status}'") for status in _FAILED]),
    )
)
# A receipt and the note of the message's provider id may be committed at the same moment, each blind for the other: whoever comes second
# waits for the first. SQLite's write lock already sees to that.
_given: BindParameter[Any] = bindparam("locks", type_=ARRAY(BigInteger))
_lock = Lookup(select(func.pg_advisory_xact_lock(column("k"))).select_from(func.unnest(_given).table_valued("k").render_derived()))


def _one_by_one(conn: Connection, provider_ids: Iterable[str]) -> None:
    if conn.dialect.name == "postgresql":
        digests = (hashlib.blake2b(b"receipt" + i.encode(), digest_size=8).digest() for i in provider_ids)
        _lock.ask(conn, locks=sorted({int.from_bytes(d, "big", signed=True) for d in digests}))


def take(conn: Connection, channel: str, provider_id: str, status: str, error: str, at: datetime) -> None:
    """Keep one receipt (a repeated one changes nothing) and act on it if its message is known already."""
    if status in _FAILED:
        _one_by_one(conn, [provider_id])
    values = {
        "id": new_id(),
        "channel": channel,
        "provider_id": provider_id[:80],
        "status": status[:24],
        "error": error[:16],
        "at": to_us(at),
    }
    if insert_if_missing(conn, _receipt, values) and status in _FAILED:
        _act(conn, channel, provider_id, error, to_us(at))


def told_before(conn: Connection, channel: str, provider_ids: Sequence[str]) -> Asked:
    """Failures that were told before we knew the messages' provider ids, for `act_on`."""
    _one_by_one(conn, provider_ids)
    return _early.ask(conn, of_channel=channel, ids=list(provider_ids))


def act_on(conn: Connection, channel: str, failures: Asked) -> None:
    """Do now what was to be done when they were told."""
    for row in failures.rows():
        _act(conn, channel, row.provider_id, row.error, row.at)


def _act(conn: Connection, channel: str, provider_id: str, error: str, at: int) -> None:
    mine = (_outbox.c.provider_id == provider_id, _outbox.c.channel == channel, _outbox.c.state == SENT)
    if conn.execute(_told(channel, provider_id, _ARRIVED)).first() is not None:
        return  # Receipts come in any order; what arrived did not fail.
    otherwise = "window_closed" if error == _WINDOW_CLOSED else AS_TEXT if error in _CONTENT_REFUSED else ""
    again: dict[str, Any] = {"state": DUE, "provider_id": None, "sent_at": None}
    if otherwise and conn.execute(update(_outbox).where(*mine, _outbox.c.reason == "").values(reason=otherwise, **again)).rowcount:
        return
    if error in BUSY:
        later = update(_outbox).where(*mine, _outbox.c.tries < _MOST_TRIES).values(due_at=at + _PAUSE // timedelta(microseconds=1), **again)
        if conn.execute(later).rowcount:
            return
    conn.execute(update(_outbox).where(*mine).values(state=DEAD, reason=REASONS.get(error, "undelivered")))


def _told(channel: str, provider_id: str, statuses: Sequence[str]) -> Select[Any]:
    ours = (_receipt.c.channel == channel, _receipt.c.provider_id == provider_id, _receipt.c.status.in_(statuses))
    return select(_receipt.c.id).where(*ours).limit(1)
