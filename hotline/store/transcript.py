"""What was said between us and one contact, in order, as it truly came in and went out: for channels without a messenger of their own."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store.outbox import DUE, SENDING, SENT
from hotline.store.silence import AT_ONCE
from hotline.store.tables.people import Contact, Message
from hotline.store.tables.sending import Outbox

_contact = Contact.__table__  # type: ignore[attr-defined]
_message = Message.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the contact said: `body` has the keys of `hotline.store.conversations.message_row`."""

    id: int
    message_id: str
    at: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a provider took from us; `at` is when (microseconds)."""

    id: int
    at: int
    message: Outgoing
    purpose: str


Line = Heard | Told


@dataclass(frozen=True, slots=True)
class Known:
    """A contact that has written before."""

    region: str
    channel: str
    sender: str


def contact_id(conn: Connection, seal: Seal, region: str, channel: str, sender: str) -> int | None:
    """The row of a contact; none before its first message."""
    key = seal.fingerprint(region, channel, sender)
    found = conn.execute(select(_contact.c.id).where(_contact.c.address_key == key)).scalar()
    return None if found is None else int(found)


def contacts(conn: Connection, seal: Seal, regions: Sequence[str], channels: Sequence[str], most: int) -> list[Known]:
    """The contacts of these channels, who wrote last first."""
    rows = conn.execute(
        select(_contact.c.id, _contact.c.region, _contact.c.channel, _contact.c.address_sealed)
        .where(_contact.c.region.in_(regions), _contact.c.channel.in_(channels))
        .order_by(_contact.c.last_in_at.desc())
        .limit(most)
    )
    return [Known(r.region, r.channel, seal.open(r.address_sealed, "contact", r.id, "address")) for r in rows]


def lines(conn: Connection, seal: Seal, contact: int, most: int, *, without: Collection[int] = ()) -> list[Line]:
    """The last `most` lines of either side, oldest first, less those whose ids the caller has already."""
    told = _last(conn, _outbox, (_outbox.c.contact_id == contact) & (_outbox.c.state == SENT), _outbox.c.seq, most, without)
    heard = _last(conn, _message, _message.c.contact_id == contact, _message.c.received_at, most, without)
    found: list[Line] = [_heard(seal, row) for row in heard]
    found += [_told(seal, row) for row in told]
    return sorted(found, key=lambda line: (line.at, line.id))


def _last(conn: Connection, table: Any, condition: Any, order: Any, most: int, without: Collection[int]) -> Sequence[Row[Any]]:
    # First the ids alone, since whoever looks again and again nearly always has all of them.
    ids = [i for i in conn.execute(select(table.c.id).where(condition).order_by(order.desc()).limit(most)).scalars() if i not in without]
    return conn.execute(select(table).where(table.c.id.in_(ids))).all() if ids else []


def _heard(seal: Seal, row: Row[Any]) -> Heard:
    body = json.loads(seal.open(row.body_sealed, "message", row.id, "body"))
    return Heard(id=row.id, message_id=row.message_id, at=row.received_at, body=body)


def _told(seal: Seal, row: Row[Any]) -> Told:
    message = Outgoing.from_json(json.loads(seal.open(row.body_sealed, "outbox", row.id, "body")))
    return Told(id=row.id, at=row.sent_at or row.created_at, message=message, purpose=row.purpose)


def fall_quiet(conn: Connection, contact: int) -> bool:
    """Let the silence of a half-told story be over now; False when no story is being told."""
    waiting = (_contact.c.id == contact) & _contact.c.quiet_at.is_not(None)
    return bool(conn.execute(update(_contact).where(waiting).values(quiet_at=AT_ONCE)).rowcount)


def under_way(conn: Connection, contact: int) -> bool:
    """Whether something for the contact still waits to be sent."""
    waiting = (_outbox.c.contact_id == contact) & _outbox.c.state.in_([DUE, SENDING])
    return conn.execute(select(_outbox.c.id).where(waiting).limit(1)).first() is not None
