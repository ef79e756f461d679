"""Operators' accounts as those who keep them see them: names, roles, whether they may sign in; never a password, never a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from hotline.ids import new_id
from hotline.staff import RIGHTS, Right, Role
from hotline.store import sign_ins
from hotline.store.operators import NameTaken, OperatorUnknown
from hotline.store.tables.office import Operator, SignIn
from hotline.times import from_us, to_us

_operator = Operator.__table__  # type: ignore[attr-defined]
_sign_in = SignIn.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of a region."""

    id: int
    name: str
    display_name: str
    role: Role
    disabled: bool
    must_change: bool
    """The password is still the one-time one."""
    created_at: datetime
    seen_at: datetime | None = None
    """When one of their running sign-ins was last used; none when nobody is signed in with it."""


_seen = select(_sign_in.c.operator_id, func.max(_sign_in.c.seen_at).label("seen_at")).group_by(_sign_in.c.operator_id).subquery()
_listed = (
    select(_operator, _seen.c.seen_at)
    .outerjoin(_seen, _seen.c.operator_id == _operator.c.id)
    .order_by(_operator.c.disabled, _operator.c.display_name, _operator.c.id)
)


def accounts(conn: Connection, region: str) -> list[Account]:
    """All accounts of the region, those that may sign in first."""
    return [_account(row) for row in conn.execute(_listed.where(_operator.c.region == region))]


def held(conn: Connection, region: str) -> list[Account]:
    """The same without `seen_at`, locked until the commit: who counts them to decide something must not be overtaken."""
    query = select(_operator).where(_operator.c.region == region).order_by(_operator.c.id).with_for_update()
    return [_account(row) for row in conn.execute(query)]


def insert_account(conn: Connection, *, region: str, name: str, display_name: str, role: Role, password_hash: str, now: datetime) -> int:
    """A new account with a one-time password that was hashed before, out of the transaction; gives its id. Raises NameTaken."""
    made = new_id()
    row = {
        "id": made,
        "region": region,
        "name": name,
        "display_name": display_name,
        "role": role.value,
        "language": "id",
        "password_hash": password_hash,
        "must_change": True,
        "disabled": False,
        "created_at": to_us(now),
    }
    if conn.execute(select(_operator.c.id).where(_operator.c.name == name)).first():
        raise NameTaken(NameTaken.__doc__)
    try:
        conn.execute(insert(_operator), row)
    except IntegrityError as error:  # two people added the same name at once
        raise NameTaken(NameTaken.__doc__) from error
    return made


def change(conn: Connection, region: str, account_id: int, **values: Any) -> None:
    """Set columns of one account of this region; whenever what it may do changes, its sign-ins end. Raises OperatorUnknown."""
    mine = (_operator.c.id == account_id) & (_operator.c.region == region)
    if not conn.execute(update(_operator).where(mine).values(**values)).rowcount:
        raise OperatorUnknown(OperatorUnknown.__doc__)
    if set(values) - {"display_name"}:
        sign_ins.end_all(conn, account_id)


def may(account: Account, right: Right) -> bool:
    """Whether the account's role has this right wherever it is, whatever the profile adds."""
    return right in RIGHTS[account.role]


def _account(row: Any) -> Account:
    seen = getattr(row, "seen_at", None)
    return Account(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        role=Role(row.role),
        disabled=bool(row.disabled),
        must_change=bool(row.must_change),
        created_at=from_us(row.created_at),
        seen_at=None if seen is None else from_us(seen),
    )
