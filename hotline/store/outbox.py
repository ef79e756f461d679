"""The outbox: a message waits here from the transaction that decided it until a provider took it, and every try is a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, exists, insert, literal_column, null, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from hotline.compact import dumps, loads
from hotline.ids import new_id
from hotline.messages import Outgoing
from hotline.seal import Seal, SealError
from hotline.store.bulk import Bulk
from hotline.store.tables import Attempt, Contact, Outbox, Rate
from hotline.store.upsert import insert_if_missing
from hotline.times import to_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_attempt = Attempt.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_rate = Rate.__table__  # type: ignore[attr-defined]
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


def row(
    seal: Seal, *, region: str, channel: str, contact_id: int, seq: int, message: Outgoing, purpose: str, case_id: int | None, now: datetime
) -> dict[str, Any]:
    """One outbox row, sealed, ready to insert."""
    row_id, at = new_id(), to_us(now)
    body = dumps(message.to_json())
    return {
        "id": row_id,
        "region": region,
        "channel": channel,
        "contact_id": contact_id,
        "seq": seq,
        "case_id": case_id,
        "purpose": purpose,
        "body_sealed": seal(body, "outbox", row_id, "body"),
        "state": DUE,
        "due_at": at,
        "lease_until": None,
        "tries": 0,
        "reason": "",
        "created_at": at,
        "sent_at": None,
        "provider_id": None,
    }


def insert_rows(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
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


def _is(column: ColumnElement[str], *values: str) -> ColumnElement[bool]:
    """Written into the statement: with a parameter SQLite could not see that a partial index answers it, and would read every row."""
    return column.in_([literal_column(f"'{value}'") for value in values])


_earlier = _outbox.alias("earlier")
_lately = _outbox.alias("lately")
# The head of each contact's line: nothing earlier waits or is under way, and the provider's pause between two messages has passed.
_line_is_free = ~exists().where(
    and_(
        _earlier.c.contact_id == _outbox.c.contact_id,
        _earlier.c.seq < _outbox.c.seq,
        _is(_earlier.c.state, DUE, SENDING),
        # An answer never waits for a push, which may be waiting for the morning; nothing waits for an alert, nor an alert for anything.
        or_(_is(_earlier.c.purpose, REPLY), and_(_is(_outbox.c.purpose, PUSH), _is(_earlier.c.purpose, PUSH))),
    )
)
_paused_long_enough = ~exists().where(and_(_lately.c.contact_id == _outbox.c.contact_id, _lately.c.sent_at > bindparam("quiet_since")))
# What is being sent was due before.
_ready = and_(
    _outbox.c.channel == bindparam("of_channel"),
    _outbox.c.due_at <= bindparam("now"),
    _is(_outbox.c.state, DUE, SENDING),
    or_(_is(_outbox.c.state, DUE), _outbox.c.lease_until <= bindparam("now")),
)
_alert = _is(_outbox.c.purpose, ALERT)


def _claiming(*conditions: ColumnElement[bool]) -> ReturningUpdate[Any]:
    # The rows are picked in a WITH part of their own: a plain sub-select PostgreSQL may run again for each row, and claim beyond the limit.
    picked = (
        select(_outbox.c.id)
        .where(_ready, *conditions)
        .order_by(_outbox.c.due_at, _outbox.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=_outbox)
        .cte("picked")
    )
    return (
        update(_outbox)
        .where(_outbox.c.id.in_(select(picked.c.id)))
        .values(state=SENDING, lease_until=bindparam("lease"), tries=_outbox.c.tries + 1)
        .returning(_outbox)
    )


_claim = _claiming(~_alert, _line_is_free)
_claim_with_pause = _claiming(~_alert, _line_is_free, _paused_long_enough)
_claim_alerts = _claiming(_alert)
_alert_waits = select(_outbox.c.id).where(_ready, _alert).limit(1)
_contacts = select(_contact).where(_contact.c.id.in_(bindparam("ids", expanding=True)))


def claim(
    conn: Connection,
    seal: Seal,
    channel: str,
    *,
    most: int,
    alerts: int = 10,
    per_second: float,
    pair_seconds: float,
    lease: timedelta,
    now: datetime,
) -> list[Claimed]:
    """Take messages of a channel that may go now: up to `alerts` alerts first, then up to `most` others, oldest first, one a contact.

    All workers together keep the sender's rate. Alerts have a slot of their own in it, so that no backlog delays them; what they use
    the others go without.
    """
    at = to_us(now)
    values = {"of_channel": channel, "now": at, "lease": at + int(lease.total_seconds() * 1e6)}
    rows: list[Row[Any]] = []
    if alerts and conn.execute(_alert_waits, values).first() is not None:
        slot = channel + ALERT_SLOT
        rows += _take(conn, _claim_alerts, values, slot, _within_rate(conn, slot, alerts, per_second, now), per_second, now)
        _within_rate(conn, channel, 0, per_second, now)
        _spend(conn, channel, len(rows), per_second, now)
    free = _within_rate(conn, channel, most, per_second, now) if most > 0 else 0
    claiming = _claim_with_pause if pair_seconds else _claim
    rows += _take(conn, claiming, values | {"quiet_since": at - int(pair_seconds * 1e6)}, channel, free, per_second, now)
    if not rows:
        return []
    people = {c.id: c for c in conn.execute(_contacts, {"ids": [r.contact_id for r in rows]})}
    opened = {r.id: _opened(seal, r, people.get(r.contact_id)) for r in rows}
    settle(conn, [Outcome(id=i, at=now, outcome="unreadable", state=DEAD, reason="unreadable") for i, c in opened.items() if c is None])
    return [c for r in rows if (c := opened[r.id]) is not None]


def _take(
    conn: Connection, claiming: ReturningUpdate[Any], values: dict[str, Any], slot: str, allowed: int, per_second: float, now: datetime
) -> list[Row[Any]]:
    if allowed <= 0:
        return []
    rows = conn.execute(claiming, values | {"most": allowed}).all()
    if rows:
        _spend(conn, slot, len(rows), per_second, now)
    return sorted(rows, key=lambda r: (r.due_at, r.id))


def _opened(seal: Seal, r: Row[Any], c: Row[Any] | None) -> Claimed | None:
    """The message, or None for a row that does not open: it must not hold up everybody else's."""
    try:
        return None if c is None else _claimed(seal, r, c)
    except (SealError, ValueError, KeyError, AssertionError):
        return None


def _claimed(seal: Seal, r: Row[Any], c: Row[Any]) -> Claimed:
    return Claimed(
        id=r.id,
        region=r.region,
        channel=r.channel,
        contact_id=r.contact_id,
        case_id=r.case_id,
        purpose=r.purpose,
        tries=r.tries - 1,
        created_at=r.created_at,
        reason=r.reason,
        message=Outgoing.from_json(loads(seal.open(r.body_sealed, "outbox", r.id, "body"))),
        address=seal.open(c.address_sealed, "contact", c.id, "address"),
        last_in_at=c.last_in_at,
        phone=c.phone,
        push=c.push,
        push_hours=c.push_hours,
        stopped=bool(c.stopped),
    )


ALERT_SLOT = "!alert"
"""What an alert's rate is called, behind the channel's name."""
_BELIEVED_US = 60_000_000
"""A number further ahead than this comes from a clock that was set back, and is forgotten."""
BURST_SECONDS = 1.0
"""How much unused rate may be saved up."""


def _within_rate(conn: Connection, key: str, most: int, per_second: float, now: datetime) -> int:
    """How many messages the sender may send now (a generic cell rate algorithm whose one number is a row, so all workers share it)."""
    at = to_us(now)
    next_at = conn.execute(select(_rate.c.next_at).where(_rate.c.key == key).with_for_update()).scalar()
    if next_at is None:
        insert_if_missing(conn, _rate, {"key": key, "next_at": at})
        next_at = conn.execute(select(_rate.c.next_at).where(_rate.c.key == key).with_for_update()).scalar_one()
    ahead = next_at - at if next_at - at < _BELIEVED_US else 0
    slack = max(BURST_SECONDS, 1 / per_second) - max(0, ahead) / 1e6
    return max(0, min(most, int(slack * per_second + 1e-9)))


def _spend(conn: Connection, key: str, count: int, per_second: float, now: datetime) -> None:
    cost, at = int(count / per_second * 1e6), to_us(now)
    from_now_or_later = case((_rate.c.next_at.between(at, at + _BELIEVED_US), _rate.c.next_at), else_=at)
    conn.execute(update(_rate).where(_rate.c.key == key).values(next_at=from_now_or_later + cost))


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
