"""Chats to be emptied at the messenger: the wish is a row of the turn that heard it, so a crash only delays it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from hotline.compact import loads
from hotline.ids import new_id
from hotline.seal import Seal, SealError
from hotline.store.outbox import CLOSED, DUE, HELD, PUSH, SENDING, SENT
from hotline.store.tables.media import Wipe
from hotline.store.tables.people import Contact, Message
from hotline.store.tables.sending import Outbox
from hotline.times import from_us, to_us

_wipe = Wipe.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_message = Message.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
TO_DO, DONE, FAILED = "due", "done", "failed"
UNREADABLE = "unreadable"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A chat to be emptied of everything up to `at`."""

    id: int
    contact_id: int
    channel: str
    address: str
    at: datetime
    keep_outbox_id: int | None
    tries: int


def begin(conn: Connection, *, contact_id: int, channel: str, region: str, keep_outbox_id: int | None, now: datetime) -> None:
    """Ask for a chat to be emptied; `keep_outbox_id` is the sentence that stays."""
    at = to_us(now)
    row = {"id": new_id(), "contact_id": contact_id, "channel": channel, "region": region, "at": at, "keep_outbox_id": keep_outbox_id}
    row |= {"state": TO_DO, "reason": "", "tries": 0, "due_at": at, "lease_until": None, "deleted": 0, "remaining": 0}
    conn.execute(insert(_wipe), row)


_picked = (
    select(_wipe.c.id)
    .where(
        _wipe.c.state == TO_DO,
        _wipe.c.channel.in_(bindparam("channels", expanding=True)),
        _wipe.c.due_at <= bindparam("now"),
        or_(_wipe.c.lease_until.is_(None), _wipe.c.lease_until <= bindparam("now")),
    )
    .order_by(_wipe.c.due_at, _wipe.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=_wipe)
    .cte("picked")
)
_claim = (
    update(_wipe)
    .where(_wipe.c.id.in_(select(_picked.c.id)))
    .values(lease_until=bindparam("lease"), tries=_wipe.c.tries + 1)
    .returning(_wipe)
)


def claim(conn: Connection, seal: Seal, channels: Collection[str], *, most: int, lease: timedelta, now: datetime) -> list[Claimed]:
    """Take up to `most` chats that are to be emptied now."""
    values = {"channels": list(channels), "now": to_us(now), "lease": to_us(now + lease), "most": most}
    rows = conn.execute(_claim, values).all()
    people = {c.id: c for c in conn.execute(select(_contact).where(_contact.c.id.in_([r.contact_id for r in rows])))} if rows else {}
    opened = [_claimed(seal, r, people.get(r.contact_id)) for r in rows]
    for r, wipe in zip(rows, opened, strict=True):
        if wipe is None:
            # It must not hold up everybody else's, and no later try would open it.
            _log.error("chat not emptied: its address does not open", wipe=r.id)
            settle(conn, r.id, state=FAILED, due=now, reason=UNREADABLE)
    return [wipe for wipe in opened if wipe is not None]


def _claimed(seal: Seal, r: Row[Any], person: Row[Any] | None) -> Claimed | None:
    if person is None:
        return None
    try:
        address = seal.open(person.address_sealed, "contact", r.contact_id, "address")
    except (SealError, ValueError):
        return None
    tries, at = r.tries - 1, from_us(r.at)
    return Claimed(
        id=r.id, contact_id=r.contact_id, channel=r.channel, address=address, at=at, keep_outbox_id=r.keep_outbox_id, tries=tries
    )


def failed(conn: Connection) -> int:
    """How many chats could not be emptied, ever: whoever asked for it must not rely on it."""
    return int(conn.execute(select(func.count()).where(_wipe.c.state == FAILED)).scalar_one())


def hold_back(conn: Connection, wipe: Claimed) -> bool:
    """Answers from before that still wait are never sent. True: one is under way just now, so its number is not known yet."""
    earlier = (_outbox.c.contact_id == wipe.contact_id, _outbox.c.created_at <= to_us(wipe.at), _outbox.c.id != (wipe.keep_outbox_id or 0))
    ours = (*earlier, _outbox.c.purpose != PUSH)
    conn.execute(update(_outbox).where(*ours, _outbox.c.state == DUE).values(state=HELD, reason=CLOSED))
    return conn.execute(select(_outbox.c.id).where(*earlier, _outbox.c.state == SENDING).limit(1)).first() is not None


def numbers(conn: Connection, seal: Seal, wipe: Claimed, since: datetime) -> list[int]:
    """The messenger's numbers of both sides' messages from `since` on, newest first, without the sentence that stays."""
    first, last = to_us(since), to_us(wipe.at)
    sent = select(_outbox.c.provider_id).where(
        _outbox.c.contact_id == wipe.contact_id,
        _outbox.c.state == SENT,
        _outbox.c.sent_at > first,
        _outbox.c.created_at <= last,
        _outbox.c.id != (wipe.keep_outbox_id or 0),
    )
    said = select(_message.c.id, _message.c.body_sealed).where(
        _message.c.contact_id == wipe.contact_id, _message.c.received_at > first, _message.c.received_at <= last
    )
    found = {int(word) for (ids,) in conn.execute(sent) if ids for word in ids.split() if word.isdecimal()}
    found |= {n for row in conn.execute(said) if (n := _number(seal, row.id, row.body_sealed)) is not None}
    return sorted(found, reverse=True)


def _number(seal: Seal, row_id: int, body: bytes) -> int | None:
    try:
        word = str(loads(seal.open(body, "message", row_id, "body")).get("in_chat", ""))
    except (SealError, ValueError):
        return None
    return int(word) if word.isdecimal() else None


def settle(
    conn: Connection, wipe_id: int, *, state: str, due: datetime, reason: str = "", deleted: int | None = None, remaining: int = 0
) -> None:
    """Write what became of a try; `deleted` None leaves both counts as they are."""
    values: dict[str, object] = {"state": state, "due_at": to_us(due), "reason": reason, "lease_until": None}
    values |= {} if deleted is None else {"deleted": deleted, "remaining": remaining}
    conn.execute(update(_wipe).where(_wipe.c.id == wipe_id).values(values))
