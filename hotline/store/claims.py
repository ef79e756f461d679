"""Claiming: workers take what may go now out of the outbox, alerts first, each contact's messages in order, within the sender's rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, bindparam, case, false, literal_column, or_, select, update

from hotline.compact import loads
from hotline.messages import Outgoing
from hotline.seal import Seal, SealError
from hotline.store import rate
from hotline.store.outbox import ALERT, DEAD, DUE, ONE, PUSH, REPLY, SENDING, Claimed, Outcome, is_one_of, last_sent_to, settle
from hotline.store.sql.bulk import Lookup, Rows, together
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import to_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_earlier = _outbox.alias("earlier")
# The head of each contact's line: nothing earlier waits or is under way, and the provider's pause between two messages has passed.
_blocks = and_(
    _earlier.c.contact_id == _outbox.c.contact_id,
    _earlier.c.seq < _outbox.c.seq,
    is_one_of(_earlier.c.state, DUE, SENDING),
    # An answer never waits for a push, which may be waiting for the morning; nothing waits for an alert, nor an alert for anything.
    or_(is_one_of(_earlier.c.purpose, REPLY), and_(is_one_of(_outbox.c.purpose, PUSH), is_one_of(_earlier.c.purpose, PUSH))),
)
# Asked for each message that may go, whatever PostgreSQL believes to be in the outbox: a NOT EXISTS it joins instead, and while it takes
# the outbox for empty it reads all that waits for each message that waits.
_line_is_free = select(ONE).where(_blocks).limit(ONE).scalar_subquery().is_(None)
_paused_long_enough = last_sent_to(_outbox.c.contact_id) <= bindparam("quiet_since", type_=BigInteger)
# Only for who is at the head of a line: in a CASE one is asked before the other.
_line_is_free_after_a_pause = case((_line_is_free, _paused_long_enough), else_=false())
# What is being sent was due before. The channel's name opens the index of those alone who ask for it (`tables.sending`).
_ready = and_(
    _outbox.c.channel != literal_column("''"),
    _outbox.c.channel == bindparam("of_channel"),
    _outbox.c.due_at <= bindparam("now"),
    is_one_of(_outbox.c.state, DUE, SENDING),
    or_(is_one_of(_outbox.c.state, DUE), _outbox.c.lease_until <= bindparam("now")),
)
_alert = is_one_of(_outbox.c.purpose, ALERT)
_oldest_first = _outbox.c.due_at, _outbox.c.id


def _claiming(*conditions: ColumnElement[bool]) -> Lookup:
    # The rows are picked in a WITH part of their own: a plain sub-select PostgreSQL may run again for each row, and claim beyond the limit.
    picked = (
        select(_outbox.c.id)
        .where(_ready, *conditions)
        .order_by(*_oldest_first)
        .limit(bindparam("most", type_=BigInteger))
        .with_for_update(skip_locked=True, of=_outbox)
        .cte("picked")
    )
    return Lookup(
        update(_outbox)
        .where(_outbox.c.id.in_(select(picked.c.id)))
        .values(state=SENDING, lease_until=bindparam("lease"), tries=_outbox.c.tries + 1)
        .returning(_outbox)
    )


def _waiting(*conditions: ColumnElement[bool]) -> Lookup:
    return Lookup(select(_outbox.c.id).where(_ready, *conditions).order_by(*_oldest_first).limit(ONE))


_claim = _claiming(~_alert, _line_is_free)
_claim_with_pause = _claiming(~_alert, _line_is_free_after_a_pause)
_claim_alerts = _claiming(_alert)
_alert_waits = _waiting(_alert)
_others_wait = _waiting(~_alert, _line_is_free)
_others_wait_with_pause = _waiting(~_alert, _line_is_free_after_a_pause)
_gate = _contact.c["id", "address_sealed", "last_in_at", "phone", "push", "push_hours", "stopped"]
_contacts = Lookup(select(*_gate).where(_contact.c.id.in_(bindparam("ids", expanding=True))))


@dataclass(frozen=True, slots=True)
class Claims:
    """What was claimed; `more`: others could go too, but for the room or the rate."""

    messages: list[Claimed]
    more: bool


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
) -> Claims:
    """Take messages of a channel that may go now: up to `alerts` alerts first, then up to `most` others, oldest first, one a contact.

    All workers together keep the sender's rate. Alerts have a slot of their own in it, so that no backlog delays them; what they use
    the others go without.
    """
    at = to_us(now)
    values: dict[str, Any] = {"of_channel": channel, "now": at}
    paused = {"quiet_since": at - int(pair_seconds * 1e6)} if pair_seconds else {}
    waiting, claiming = (_others_wait_with_pause, _claim_with_pause) if pair_seconds else (_others_wait, _claim)
    with together(conn):
        alert_waits, others_wait = _alert_waits.ask(conn, **values), waiting.ask(conn, **values, **paused)
    rows: Rows = []
    values |= {**paused, "lease": at + int(lease.total_seconds() * 1e6)}
    if alerts > 0 and alert_waits.rows():
        rows += _take(conn, _claim_alerts, values, channel + rate.ALERT_SLOT, alerts, per_second, now)[0]
        rate.within(conn, channel, 0, per_second, now)
        rate.spend(conn, channel, len(rows), per_second, now)
    more = False
    if others_wait.rows():
        others, more = _take(conn, claiming, values, channel, most, per_second, now)
        rows += others
    return Claims(_read(conn, seal, rows, now) if rows else [], more)


def _take(
    conn: Connection, claiming: Lookup, values: dict[str, Any], slot: str, most: int, per_second: float, now: datetime
) -> tuple[Rows, bool]:
    """What was taken, and whether room or rate set the bound: there may be more."""
    allowed = rate.within(conn, slot, most, per_second, now) if most > 0 else 0
    rows = claiming(conn, **values, most=allowed) if allowed else []
    if rows:
        rate.spend(conn, slot, len(rows), per_second, now)
    return sorted(rows, key=lambda r: (r.due_at, r.id)), len(rows) >= allowed


def _read(conn: Connection, seal: Seal, rows: Rows, now: datetime) -> list[Claimed]:
    people = {c.id: c for c in _contacts(conn, ids=[r.contact_id for r in rows])}
    opened = {r.id: _opened(seal, r, people.get(r.contact_id)) for r in rows}
    settle(conn, [Outcome(id=i, at=now, outcome="unreadable", state=DEAD, reason="unreadable") for i, c in opened.items() if c is None])
    return [c for r in rows if (c := opened[r.id]) is not None]


def _opened(seal: Seal, r: Any, c: Any) -> Claimed | None:
    """The message, or None for a row that does not open: it must not hold up everybody else's."""
    try:
        return None if c is None else _claimed(seal, r, c)
    except (SealError, ValueError, KeyError, AssertionError):
        return None


def _claimed(seal: Seal, r: Any, c: Any) -> Claimed:
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
