"""Officers' own phones: registered with a short code that the panel shows and the phone sends, found again by contact."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, insert, select

from hotline.ids import new_id
from hotline.staff import RIGHTS, Right, Role
from hotline.store.sql.bulk import Asked, Lookup
from hotline.store.sql.upsert import insert_if_missing
from hotline.store.tables.alarm import OfficerChat, OfficerInvite
from hotline.store.tables.office import Operator
from hotline.times import from_us, to_us

_chat = OfficerChat.__table__  # type: ignore[attr-defined]
_invite = OfficerInvite.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Whose phone a contact is. A disabled account's phone is nobody's."""

    operator_id: int
    region: str
    display_name: str
    role: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One registered phone of one operator."""

    operator_id: int
    channel: str
    contact_id: int
    registered_at: datetime


def invite(conn: Connection, operator_id: int, now: datetime) -> str:
    """A new six-digit code for this operator, good for fifteen minutes and one use; the one before it ends."""
    conn.execute(delete(_invite).where((_invite.c.operator_id == operator_id) | (_invite.c.expires_at <= to_us(now))))
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if insert_if_missing(conn, _invite, {"code": code, "operator_id": operator_id, "expires_at": to_us(now + CODE_LASTS)}):
            return code


def register(conn: Connection, code: str, contact_id: int, now: datetime, *, channel: str, region: str) -> Officer | None:
    """The phone that sent the code is this officer's from now on, in place of an earlier one on the same channel.

    None when the code is wrong, used or too old, when the account is disabled, or when the phone writes to another region.
    """
    ours = (_invite.c.code == code, _invite.c.expires_at > to_us(now))
    owner = select(_operator).join(_invite, _invite.c.operator_id == _operator.c.id).where(*ours, _operator.c.disabled.is_(False))
    row = conn.execute(owner).first()
    if row is None or row.region != region:
        return None
    if not conn.execute(delete(_invite).where(*ours)).rowcount:
        return None  # another phone was faster
    conn.execute(delete(_chat).where(_chat.c.operator_id == row.id, _chat.c.channel == channel))
    conn.execute(delete(_chat).where(_chat.c.contact_id == contact_id))
    values = {"operator_id": row.id, "channel": channel, "contact_id": contact_id, "registered_at": to_us(now)}
    conn.execute(insert(_chat), {"id": new_id(), **values})
    return _officer(row)


def revoke(conn: Connection, operator_id: int, channel: str) -> bool:
    """This phone is no longer rung; False when none was registered."""
    return bool(conn.execute(delete(_chat).where(_chat.c.operator_id == operator_id, _chat.c.channel == channel)).rowcount)


_chats = Lookup(select(_chat).where(_chat.c.operator_id.in_(bindparam("ids", expanding=True))).order_by(_chat.c.registered_at, _chat.c.id))


def chats(conn: Connection, operator_ids: Iterable[int]) -> dict[int, list[Chat]]:
    """The registered phones of these operators, by operator, the first registered first; one without any is not in it."""
    return chats_in(ask_chats(conn, operator_ids))


def ask_chats(conn: Connection, operator_ids: Iterable[int]) -> Asked:
    """For `chats_in`."""
    return _chats.ask(conn, ids=list(operator_ids))


def chats_in(asked: Asked) -> dict[int, list[Chat]]:
    """`chats`, once they are answered."""
    found: dict[int, list[Chat]] = {}
    for row in asked.rows():
        chat = Chat(operator_id=row.operator_id, channel=row.channel, contact_id=row.contact_id, registered_at=from_us(row.registered_at))
        found.setdefault(row.operator_id, []).append(chat)
    return found


_working = Lookup(
    select(_operator.c.id, _operator.c.role, _operator.c.language)
    .where(_operator.c.region == bindparam("of_region"), _operator.c.disabled.is_(False))
    .order_by(_operator.c.id)
)


def ask_working(conn: Connection, region: str) -> Asked:
    """For `working_in`."""
    return _working.ask(conn, of_region=region)


def working_in(asked: Asked) -> dict[int, Any]:
    """The accounts of a region that are not disabled, by id: rows of `id`, `role` and `language`."""
    return {row.id: row for row in asked.rows()}


def works(conn: Connection, region: str, operator_id: int) -> bool:
    """Whether this account may work on cases now."""
    row = working_in(ask_working(conn, region)).get(operator_id)
    return row is not None and Right.WORK in RIGHTS[Role(row.role)]


_owners = Lookup(
    select(*_operator.c, _chat.c.contact_id)
    .join(_chat, _chat.c.operator_id == _operator.c.id)
    .where(_chat.c.contact_id.in_(bindparam("ids", expanding=True)), _operator.c.disabled.is_(False))
)


def owners(conn: Connection, contact_ids: Iterable[int]) -> dict[int, Officer]:
    """Which of these contacts are officers' phones: by contact id."""
    return {row.contact_id: _officer(row) for row in _owners(conn, ids=list(contact_ids))}


def is_officers(contact_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether an officer, working or not, registered this phone."""
    return exists().where(_chat.c.contact_id == contact_id)


def _officer(row: Any) -> Officer:
    return Officer(operator_id=row.id, region=row.region, display_name=row.display_name, role=row.role, language=row.language)
