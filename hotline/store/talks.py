"""Conversations that operators hold: who answers in whose chat, since when, and until when without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from hotline.ids import new_id
from hotline.store.sign_ins import IDLE
from hotline.store.sql.bulk import Asked, Lookup
from hotline.store.tables import live
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.office import Operator, SignIn
from hotline.store.tables.people import Contact
from hotline.times import from_us, to_us

_talk = live.Talk.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_sign_in = SignIn.__table__  # type: ignore[attr-defined]
_open = _talk.c.ended_at.is_(None)
_columns = (*_talk.c, _operator.c.display_name)
_with_names = _talk.outerjoin(_operator, _operator.c.id == _talk.c.operator_id)
_of_contacts = Lookup(select(_talk).where(_open, _talk.c.contact_id.in_(bindparam("ids", expanding=True))))
_of_case = select(*_columns).select_from(_with_names).where(_talk.c.case_id == bindparam("k"))


class TalkHeld(Exception):
    """Somebody else began to answer in this chat at the same moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation held by an operator; `why` once it has ended."""

    id: int
    case_id: int
    contact_id: int
    region: str
    operator_id: int
    operator: str
    """Display name; empty where it was not asked for."""
    asked: bool
    waiting: bool
    began_at: datetime
    quiet_at: datetime
    ended_at: datetime | None
    why: str


def is_held(contact_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether somebody answers in this contact's chat."""
    return exists().where(_open, _talk.c.contact_id == contact_id)


def ask(conn: Connection, contact_ids: list[int]) -> Asked:
    """For `by_contact`."""
    return _of_contacts.ask(conn, ids=contact_ids)


def by_contact(asked: Asked) -> dict[int, Talk]:
    """The running talks of the contacts asked for, by contact."""
    return {row.contact_id: _read(row) for row in asked.rows()}


def of_contact(conn: Connection, contact_id: int) -> Talk | None:
    """The running talk of a contact."""
    return by_contact(ask(conn, [contact_id])).get(contact_id)


def of_case(conn: Connection, case_id: int) -> Talk | None:
    """The latest talk of a case, running or ended, with its operator's name."""
    row = conn.execute(_of_case.order_by(_talk.c.began_at.desc(), _talk.c.id.desc()).limit(1), {"k": case_id}).first()
    return None if row is None else _read(row, row.display_name or "")


def begin(
    conn: Connection, *, case_id: int, contact_id: int, region: str, operator_id: int, asked: bool, quiet_at: datetime, now: datetime
) -> Talk:
    """Hold the conversation. Raises TalkHeld when somebody else's began in the same moment; the contact is locked by the caller."""
    row: dict[str, Any] = {"id": new_id(), "case_id": case_id, "contact_id": contact_id, "region": region, "operator_id": operator_id}
    row |= {"asked": asked, "waiting": False, "began_at": to_us(now), "quiet_at": to_us(quiet_at), "ended_at": None, "why": ""}
    try:
        conn.execute(insert(_talk), row)
    except IntegrityError:
        raise TalkHeld(TalkHeld.__doc__) from None
    return _read(conn.execute(select(_talk).where(_talk.c.id == row["id"])).one())


def change(conn: Connection, talk_id: int, *, quiet_at: datetime, asked: bool | None = None, waiting: bool | None = None) -> None:
    """Somebody wrote: when it ends without another word, and who waits for whom."""
    values: dict[str, Any] = {"quiet_at": to_us(quiet_at)}
    values |= {name: value for name, value in (("asked", asked), ("waiting", waiting)) if value is not None}
    conn.execute(update(_talk).where(_talk.c.id == talk_id).values(values))


def end(conn: Connection, talk_id: int, why: str, now: datetime) -> None:
    """It is over."""
    conn.execute(update(_talk).where(_talk.c.id == talk_id, _open).values(ended_at=to_us(now), why=why))


def forgotten(conn: Connection, regions: Iterable[str], now: datetime) -> list[tuple[int, bytes, str]]:
    """Running talks that must end: (contact, its fingerprint, why: quiet, signed_out or closed)."""
    at, fresh = to_us(now), to_us(now - IDLE)
    signed_in = exists().where(
        and_(_sign_in.c.operator_id == _talk.c.operator_id, _sign_in.c.expires_at > at, _sign_in.c.seen_at > fresh),
    )
    gone = or_(_operator.c.disabled.is_(True), ~signed_in)
    rows = conn.execute(
        select(_talk.c.contact_id, _talk.c.quiet_at, _contact.c.address_key, _case.c.closed)
        .select_from(
            _with_names.join(_contact, _contact.c.id == _talk.c.contact_id).join(_case, _case.c.id == _talk.c.case_id),
        )
        .where(_open, _talk.c.region.in_(list(regions)), or_(_talk.c.quiet_at <= at, gone, _case.c.closed.is_(True)))
        .order_by(_talk.c.quiet_at)
        .limit(50)
    )
    return [(r.contact_id, bytes(r.address_key), _why(r, at)) for r in rows]


def _why(row: Any, at: int) -> str:
    if row.closed:
        return "closed"
    return "quiet" if row.quiet_at <= at else "signed_out"


def _read(row: Any, operator: str = "") -> Talk:
    return Talk(
        id=row.id,
        case_id=row.case_id,
        contact_id=row.contact_id,
        region=row.region,
        operator_id=row.operator_id,
        operator=operator,
        asked=bool(row.asked),
        waiting=bool(row.waiting),
        began_at=from_us(row.began_at),
        quiet_at=from_us(row.quiet_at),
        ended_at=None if row.ended_at is None else from_us(row.ended_at),
        why=row.why,
    )
