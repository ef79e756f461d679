"""Operators' accounts: names, roles, password hashes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from hotline import passwords
from hotline.ids import new_id
from hotline.staff import Role
from hotline.store import sign_ins
from hotline.store.tables.office import Operator
from hotline.times import to_us

_operator = Operator.__table__  # type: ignore[attr-defined]


class NameTaken(Exception):
    """There is already an operator of this name."""


class RoleUnknown(Exception):
    """There is no such role."""


class OperatorUnknown(Exception):
    """There is no operator of this name."""


def add_operator(conn: Connection, *, region: str, name: str, display_name: str, role: str, now: datetime) -> str:
    """Make an account; gives its one-time password, to be changed at the first sign-in. Raises NameTaken, RoleUnknown."""
    try:
        known = Role(role.strip().upper())
    except ValueError:
        raise RoleUnknown(RoleUnknown.__doc__) from None
    password, clean = passwords.one_time(), as_kept(name)
    row = {
        "id": new_id(),
        "region": region,
        "name": clean,
        "display_name": display_name.strip() or clean,
        "role": known.value,
        "language": "id",
        "password_hash": passwords.hashed(password),
        "must_change": True,
        "disabled": False,
        "created_at": to_us(now),
    }
    if conn.execute(select(_operator.c.id).where(_operator.c.name == clean)).first():
        raise NameTaken(NameTaken.__doc__)
    try:
        conn.execute(insert(_operator), row)
    except IntegrityError as error:  # two people added the same name at once
        raise NameTaken(NameTaken.__doc__) from error
    return password


def any_operator(conn: Connection) -> bool:
    """Whether anybody could sign in."""
    return conn.execute(select(_operator.c.id).limit(1)).first() is not None


def reset_password(conn: Connection, name: str, now: datetime) -> str:
    """A new one-time password; every sign-in of this operator ends. Raises OperatorUnknown."""
    row = conn.execute(select(_operator.c.id).where(_operator.c.name == as_kept(name))).first()
    if row is None:
        raise OperatorUnknown(OperatorUnknown.__doc__)
    password = passwords.one_time()
    conn.execute(update(_operator).where(_operator.c.id == row.id).values(password_hash=passwords.hashed(password), must_change=True))
    sign_ins.end_all(conn, row.id)
    return password


def disable(conn: Connection, name: str) -> None:
    """The account can no longer sign in and every running sign-in ends. Raises OperatorUnknown."""
    row = conn.execute(update(_operator).where(_operator.c.name == as_kept(name)).values(disabled=True).returning(_operator.c.id)).first()
    if row is None:
        raise OperatorUnknown(OperatorUnknown.__doc__)
    sign_ins.end_all(conn, row.id)


def find(conn: Connection, name: str) -> Row[Any] | None:
    """The account of this sign-in name, disabled ones left out."""
    return conn.execute(select(_operator).where(_operator.c.name == as_kept(name), _operator.c.disabled.is_(False))).first()


def set_password(conn: Connection, operator_id: int, password_hash: str) -> None:
    """The operator chose a password; their sign-ins end, so that whoever knew the old one is out."""
    conn.execute(update(_operator).where(_operator.c.id == operator_id).values(password_hash=password_hash, must_change=False))
    sign_ins.end_all(conn, operator_id)


def set_language(conn: Connection, operator_id: int, language: str) -> None:
    """The language of the operator's pages."""
    conn.execute(update(_operator).where(_operator.c.id == operator_id).values(language=language))


def names(conn: Connection, ids: set[int]) -> dict[int, str]:
    """Display names by id."""
    if not ids:
        return {}
    return {r.id: r.display_name for r in conn.execute(select(_operator.c.id, _operator.c.display_name).where(_operator.c.id.in_(ids)))}


def as_kept(name: str) -> str:
    """A sign-in name as it is looked for.

    No database looks for a NUL, nor for bytes that a shell gave and that are no text: those become a mark that no name has.
    """
    return name.replace("\0", "").encode(errors="replace").decode().strip().lower()
