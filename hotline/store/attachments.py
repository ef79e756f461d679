"""Files of messages: what is still to be fetched, what is kept in sealed pieces, and which provider's copy is still to be deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from hotline.compact import dumps, loads
from hotline.ids import new_id
from hotline.messages import Incoming, storable
from hotline.seal import Seal, SealError
from hotline.store.sql.bulk import Bulk
from hotline.store.tables.media import Attachment
from hotline.times import from_us, to_us

_log = structlog.get_logger(__name__)
_file = Attachment.__table__  # type: ignore[attr-defined]
_insert = Bulk(insert(_file))
_of_nobody = (_file.c.contact_id == bindparam("k"), _file.c.case_id.is_(None))
_adopt = Bulk(update(_file).where(*_of_nobody).values(case_id=bindparam("case_"), closed_off=False))

WANTED, KEPT, FAILED, REFUSED = "wanted", "kept", "failed", "refused"
BROKEN = "broken"
"""Shown, never stored: what is known of the file does not open."""
_UNREADABLE = (SealError, ValueError, TypeError)
NONE, CHECK, DUE, GONE, STUCK = "", "check", "due", "gone", "stuck"
ORIGINAL, WORKING = "original", "working"
OFFICE = "dinas"
"""The channel of a file that the Dinas itself put to a case."""


class FileNotFound(Exception):
    """There is no such file at this case, or it is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One version of a file: content type, length in bytes, SHA-256 in hex, number of pieces."""

    content_type: str
    size: int
    sha256: str
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file as a case shows it: never its content."""

    id: int
    state: str
    reason: str
    provider: str
    at: datetime
    copies: Mapping[str, Copy]
    """By version; empty unless kept."""
    opened_by: int | None = None
    opened_at: datetime | None = None
    closed_off: bool = False
    by_office: bool = False
    """Put to the case by the Dinas itself: no evidence, and never closed off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A file to fetch (state wanted), or whose copy over there is to go."""

    id: int
    message_id: int
    contact_id: int
    case_id: int | None
    region: str
    channel: str
    reference: str
    state: str
    provider: str
    tries: int
    created_at: datetime
    copies: Mapping[str, Copy]


def rows(seal: Seal, message_row: Mapping[str, Any], incoming: Incoming) -> list[dict[str, Any]]:
    """The rows of one message's files, to be inserted with it."""
    whose = {"message_id": message_row["id"], "contact_id": message_row["contact_id"], "created_at": message_row["received_at"]}
    place = {"region": incoming.region, "channel": incoming.channel}
    return [
        new_row(seal, storable(file.reference), **whose, **place, position=i, due_at=message_row["received_at"])
        for i, file in enumerate(incoming.media)
    ]


def new_row(seal: Seal, reference: str, **known: Any) -> dict[str, Any]:
    """The row of a file that is still to be fetched, but for what is `known` of it: columns of `Attachment`."""
    row_id = new_id()
    return {
        "id": row_id,
        "case_id": None,
        "reference_sealed": seal(reference, "attachment", row_id, "reference"),
        "state": WANTED,
        "reason": "",
        "provider": NONE,
        "tries": 0,
        "lease_until": None,
        "facts_sealed": None,
        "opened_by": None,
        "opened_at": None,
        "closed_off": False,
        **known,
    }


def close_off(new: Iterable[dict[str, Any]]) -> None:
    """They came before a track was chosen: nobody simply looks at them, whatever case they join (domain 4.3)."""
    for row in new:
        row["closed_off"] = True


def insert_rows(conn: Connection, new: Sequence[Mapping[str, Any]]) -> None:
    """Keep these rows."""
    _insert(conn, new)


def adopt(conn: Connection, opened: Iterable[tuple[int, int]]) -> None:
    """(contact, case): what the contact sent before the story became a case belongs to it too, and that case's track decides over it."""
    _adopt(conn, [{"k": contact, "case_": case} for contact, case in opened])


_ready = and_(
    or_(_file.c.state == WANTED, _file.c.provider.in_([CHECK, DUE])),
    _file.c.due_at <= bindparam("now"),
    or_(_file.c.lease_until.is_(None), _file.c.lease_until <= bindparam("now")),
    _file.c.channel.in_(bindparam("channels", expanding=True)),
)
_picked = select(_file.c.id).where(_ready).order_by(_file.c.due_at, _file.c.id).limit(bindparam("most"))
_claim = (
    update(_file)
    .where(_file.c.id.in_(select(_picked.with_for_update(skip_locked=True, of=_file).cte("picked").c.id)))
    .values(lease_until=bindparam("lease"), tries=_file.c.tries + 1)
    .returning(_file)
)


def claim(conn: Connection, seal: Seal, channels: Collection[str], *, most: int, lease: timedelta, now: datetime) -> list[Claimed]:
    """Take up to `most` files that something is to be done for; whoever dies over one loses it after `lease`."""
    values = {"now": to_us(now), "lease": to_us(now + lease), "most": most, "channels": list(channels)}
    found = []
    for row in conn.execute(_claim, values).all():  # SQLite commits nothing for anybody while a statement that writes is half-read.
        try:
            found.append(_claimed(seal, row))
        except _UNREADABLE as error:  # It must not hold up others; its lease ends.
            _log.error("a file's row does not open, will be tried again", attachment=row.id, error=type(error).__name__)
    return found


def _claimed(seal: Seal, r: Row[Any]) -> Claimed:
    return Claimed(
        id=r.id,
        message_id=r.message_id,
        contact_id=r.contact_id,
        case_id=r.case_id,
        region=r.region,
        channel=r.channel,
        reference=seal.open(r.reference_sealed, "attachment", r.id, "reference"),
        state=r.state,
        provider=r.provider,
        tries=r.tries - 1,
        created_at=from_us(r.created_at),
        copies=_copies(seal, r),
    )


def _copies(seal: Seal, r: Row[Any]) -> dict[str, Copy]:
    if r.facts_sealed is None:
        return {}
    return {version: Copy(**facts) for version, facts in loads(seal.open(r.facts_sealed, "attachment", r.id, "facts")).items()}


def sent_before(conn: Connection, file: Claimed, within: timedelta) -> int:
    """How many files the same person had sent in the time before this one."""
    since = to_us(file.created_at - within)
    earlier = (_file.c.contact_id == file.contact_id, _file.c.created_at > since, _file.c.state != REFUSED)
    before = or_(_file.c.created_at < to_us(file.created_at), and_(_file.c.created_at == to_us(file.created_at), _file.c.id < file.id))
    return int(conn.execute(select(func.count()).where(*earlier, before)).scalar_one())


def settle(
    conn: Connection,
    file_id: int,
    *,
    state: str,
    provider: str,
    due: datetime,
    reason: str | None = None,
    facts: bytes | None = None,
    tries: int | None = None,
) -> None:
    """Write what became of a try, and let go of the file. `reason`, `facts` and `tries` stay as they are unless given."""
    values: dict[str, Any] = {"state": state, "provider": provider, "due_at": to_us(due), "lease_until": None}
    more = {"reason": reason, "facts_sealed": facts, "tries": tries}
    conn.execute(update(_file).where(_file.c.id == file_id).values(values | {k: v for k, v in more.items() if v is not None}))


def sealed_facts(seal: Seal, file_id: int, copies: Mapping[str, Copy]) -> bytes:
    """What is known of a kept file, for its row."""
    named = {
        version: {"content_type": c.content_type, "size": c.size, "sha256": c.sha256, "pieces": c.pieces} for version, c in copies.items()
    }
    return seal(dumps(named), "attachment", file_id, "facts")


def told_before(conn: Connection, file: Claimed) -> bool:
    """Whether another file of the same message was refused already, so that its sender knows."""
    others = (_file.c.message_id == file.message_id, _file.c.id != file.id, _file.c.state == REFUSED)
    return conn.execute(select(_file.c.id).where(*others).limit(1)).first() is not None


def of_case(conn: Connection, seal: Seal, case_id: int) -> list[Shown]:
    """A case's files, oldest first. Whether the caller may see the case is the caller's business."""
    found = conn.execute(select(_file).where(_file.c.case_id == case_id).order_by(_file.c.created_at, _file.c.position, _file.c.id))
    return [_shown(seal, row) for row in found]


def one(conn: Connection, seal: Seal, case_id: int, file_id: int) -> Shown:
    """One kept file of a case; raises FileNotFound."""
    row = conn.execute(select(_file).where(_file.c.id == file_id, _file.c.case_id == case_id, _file.c.state == KEPT)).first()
    if row is None:
        raise FileNotFound(FileNotFound.__doc__)
    return _shown(seal, row)


def _shown(seal: Seal, r: Row[Any]) -> Shown:
    opened = None if r.opened_at is None else from_us(r.opened_at)
    try:
        copies, state, reason = _copies(seal, r), r.state, r.reason
    except _UNREADABLE:  # One file must not keep a case's page from being shown.
        copies, state, reason = {}, BROKEN, ""
    return Shown(
        id=r.id,
        state=state,
        reason=reason,
        provider=r.provider,
        at=from_us(r.created_at),
        copies=copies,
        opened_by=r.opened_by,
        opened_at=opened,
        closed_off=r.closed_off,
        by_office=r.channel == OFFICE,
    )


def entrust(conn: Connection, file_id: int, operator_id: int, now: datetime) -> None:
    """From now on this operator answers for the file."""
    conn.execute(update(_file).where(_file.c.id == file_id).values(opened_by=operator_id, opened_at=to_us(now)))


def waiting(conn: Connection) -> tuple[int, int]:
    """(files still to fetch, copies still at a provider)."""
    fetch = conn.execute(select(func.count()).where(_file.c.state == WANTED)).scalar_one()
    there = conn.execute(select(func.count()).where(_file.c.provider.in_([CHECK, DUE, STUCK]))).scalar_one()
    return int(fetch), int(there)
