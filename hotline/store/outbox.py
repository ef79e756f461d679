"""The outbox: a message waits here from the transaction that decided it until a provider took it, and every try is a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, literal_column, null, select, update

from hotline.compact import dumps
from hotline.ids import new_id
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store.sql.bulk import Bulk
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Attempt, Outbox
from hotline.times import to_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_attempt = Attempt.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_insert = Bulk(insert(_outbox))
_next_seq = (
    update(_contact)
    .where(_contact.c.id == bindparam("k"))
    .values(sent_seq=_contact.c.sent_seq + 1)
    .returning(_contact.c.sent_seq, _contact.c.region, _contact.c.channel)
)

REPLY, PUSH = "reply", "push"
ALERT = "alert"
"""Rings an officer: claimed before everything else, never behind another message to the same phone, at a rate of its own."""
DUE, SENDING, SENT, HELD, DEAD = "due", "sending", "sent", "held", "dead"
OUTSIDE_HOURS = "outside_hours"
"""Why it waits: for the hours that the person named."""
CLOSED = "closed"
"""Why it is held: the person wrote TUTUP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message taken for sending, with what the gate and the sender must know of its contact."""

    id: int
    region: str
    channel: str
    contact_id: int
    case_id: int | None
    purpose: str
    message: Outgoing
    address: str
    tries: int
    """Tries made before this one."""
    created_at: int
    reason: str
    """Why it came back, such as window_closed; empty for the first try."""
    last_in_at: int
    phone: str
    push: str
    push_hours: str
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one try: the attempt's row and the message's new state."""

    id: int
    at: datetime
    outcome: str
    state: str
    took: timedelta = timedelta()
    detail: str = ""
    reason: str = ""
    due_at: datetime | None = None
    provider_id: str | None = None


class Queued(dict[str, Any]):
    """One outbox row, sealed, ready to insert, and the message that it holds."""

    __slots__ = ("message",)
    message: Outgoing


def reason_of(row: Any) -> str:
    """Why a message of this state and reason did not go; a sent one keeps the form it went in there, which is for `receipts` alone."""
    return "" if row.state == SENT else str(row.reason)


def row(
    seal: Seal, *, region: str, channel: str, contact_id: int, seq: int, message: Outgoing, purpose: str, case_id: int | None, now: datetime
) -> Queued:
    """One outbox row for one contact's next message."""
    row_id, at = new_id(), to_us(now)
    queued = Queued(
        id=row_id,
        region=region,
        channel=channel,
        contact_id=contact_id,
        seq=seq,
        case_id=case_id,
        purpose=purpose,
        body_sealed=seal(dumps(message.to_json()), "outbox", row_id, "body"),
        state=DUE,
        due_at=at,
        lease_until=None,
        tries=0,
        reason="",
        created_at=at,
        sent_at=None,
        provider_id=None,
    )
    queued.message = message
    return queued


def insert_rows(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put many messages in the outbox at once."""
    _insert(conn, rows)


def put(conn: Connection, seal: Seal, contact_id: int, message: Outgoing, *, purpose: str, case_id: int | None, now: datetime) -> int:
    """Put one message in the outbox behind all others of this contact; gives its id."""
    seq, region, channel = conn.execute(_next_seq, {"k": contact_id}).one()
    made = row(
        seal, region=region, channel=channel, contact_id=contact_id, seq=seq, message=message, purpose=purpose, case_id=case_id, now=now
    )
    _insert(conn, [made])
    return int(made["id"])


def withdraw(conn: Connection, contact_id: int, unwritten: Iterable[Queued]) -> None:
    """Answers that wait for this contact, and those that this transaction has still to write, never leave: the person closed the chat."""
    conn.execute(_withdraw, {"k": contact_id})
    for queued in unwritten:
        if queued["contact_id"] == contact_id:
            queued.update(state=HELD, reason=CLOSED)


def is_one_of(column: ColumnElement[str], *values: str) -> ColumnElement[bool]:
    """Written into the statement: with a parameter SQLite could not see that a partial index answers it, and would read every row."""
    return column.in_([literal_column(f"'{value}'") for value in values])


ONE: ColumnElement[int] = literal_column("1")
"""Written into the statement, so that PostgreSQL plans for one row."""
_lately = _outbox.alias("lately")


def last_sent_to(contact: ColumnElement[int]) -> ColumnElement[int]:
    """When the last message in the line of this contact was sent, 0 for none: of all that was ever sent to them no more is read."""
    last = select(_lately.c.sent_at).where(_lately.c.contact_id == contact, _lately.c.sent_at.is_not(None))
    return func.coalesce(last.order_by(_lately.c.seq.desc()).limit(ONE).scalar_subquery(), literal_column("0"))


_waits_as_answer = is_one_of(_outbox.c.state, DUE) & is_one_of(_outbox.c.purpose, REPLY)
_withdraw = update(_outbox).where(_outbox.c.contact_id == bindparam("k"), _waits_as_answer).values(state=HELD, reason=CLOSED)
_release = update(_outbox).where(_outbox.c.id.in_(bindparam("ids", expanding=True)), is_one_of(_outbox.c.state, SENDING))
_release = _release.values(state=DUE, lease_until=null(), tries=_outbox.c.tries - 1)


def release(conn: Connection, ids: Sequence[int]) -> None:
    """Give claimed messages back that nobody began to send: others may take them at once."""
    if ids:
        conn.execute(_release, {"ids": list(ids)})


_settle = Bulk(
    update(_outbox)
    .where(_outbox.c.id == bindparam("k"))
    .values(
        state=bindparam("state_"),
        reason=bindparam("reason_"),
        due_at=bindparam("due_"),
        sent_at=bindparam("sent_"),
        provider_id=bindparam("provider_"),
        lease_until=null(),
    )
)
_insert_attempts = Bulk(insert(_attempt))


def settle(conn: Connection, outcomes: Sequence[Outcome]) -> None:
    """Write what became of tries: one attempt row each, and the messages' new states."""
    _settle(conn, [_new_state(o) for o in outcomes])
    _insert_attempts(conn, [_attempt_row(o) for o in outcomes])


def _new_state(o: Outcome) -> dict[str, Any]:
    sent_at = to_us(o.at) if o.state == SENT else None
    return {
        "k": o.id,
        "state_": o.state,
        "reason_": o.reason,
        "due_": to_us(o.due_at or o.at),
        "sent_": sent_at,
        "provider_": o.provider_id,
    }


def _attempt_row(o: Outcome) -> dict[str, Any]:
    took_us = int(o.took.total_seconds() * 1e6)
    return {"id": new_id(), "outbox_id": o.id, "at": to_us(o.at), "took_us": took_us, "outcome": o.outcome, "detail": o.detail}
