"""Questions asked before a service is relied on: does the key open the data, can anybody sign in."""

from __future__ import annotations

import hmac
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, make_url, select

from hotline.messages import WEB_PUSH
from hotline.seal import Seal, SealError
from hotline.store.database import Database
from hotline.store.tables.office import Operator
from hotline.store.tables.people import Contact

_contact = Contact.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]

LEAST_ROOM = 4 * 1024 * 1024
"""Bytes: with less a crowd's commit soon fails, while small ones still fit and make the service look well."""


def has_room(url: str, least: int = LEAST_ROOM) -> bool:
    """Whether SQLite's folder has room for what people write. PostgreSQL sees to its own."""
    address = make_url(url)
    return not address.drivername.startswith("sqlite") or shutil.disk_usage(Path(address.database or ".").parent).free >= least


def key_opens(conn: Connection, seal: Seal) -> bool | None:
    """Whether the oldest and the newest sealed address open, and the oldest is found by its fingerprint; None when nothing is stored yet.

    Keys in the wrong order open everything and find nobody again. What was written while they once stood so keeps nobody from a start in
    the right order. A browser's fingerprint is of a part of what is sealed: none is asked.
    """
    sealed = select(_contact).where(_contact.c.channel != WEB_PUSH)
    ends = [conn.execute(sealed.order_by(order).limit(1)).first() for order in (_contact.c.id, _contact.c.id.desc())]
    rows = [row for row in ends if row is not None]
    try:
        addresses = [seal.open(row.address_sealed, "contact", row.id, "address") for row in rows]
    except SealError:
        return False
    return _is_of(seal, rows[0], addresses[0]) if rows else None


def _is_of(seal: Seal, row: Any, address: str) -> bool:
    return hmac.compare_digest(seal.fingerprint(row.region, row.channel, address), bytes(row.address_key))


def require_key(database: Database, seal: Seal) -> None:
    """Raises SealError when the key does not open what is stored: going on would split every person in two and send nothing."""
    with database.read() as conn:
        if key_opens(conn, seal) is False:
            raise SealError(SealError.__doc__)


def operators(conn: Connection, region: str) -> tuple[int, int]:
    """How many may sign in, and how many of them have never changed their one-time password."""
    may = (_operator.c.region == region) & _operator.c.disabled.is_(False)
    counted = select(func.count()).select_from(_operator).where(may)
    return conn.execute(counted).scalar_one(), conn.execute(counted.where(_operator.c.must_change.is_(True))).scalar_one()
