"""Running sign-ins to the panel: known only by a digest of the cookie's token, ended by deleting the row."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from hotline.staff import Role, Who
from hotline.store.tables.office import Operator, SignIn
from hotline.times import from_us, to_us

_operator = Operator.__table__  # type: ignore[attr-defined]
_sign_in = SignIn.__table__  # type: ignore[attr-defined]

IDLE = timedelta(hours=2)
"""A sign-in that was not used for so long is over."""
LASTS = timedelta(hours=12)
"""A sign-in is over after one shift, used or not."""
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One running sign-in and the operator behind it."""

    digest: bytes
    who: Who
    csrf: str
    must_change: bool
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def begin(conn: Connection, operator_id: int, now: datetime) -> str:
    """Start a sign-in and give the cookie's token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    conn.execute(delete(_sign_in).where(_sign_in.c.expires_at <= to_us(now)))
    conn.execute(
        insert(_sign_in),
        {
            "token_digest": digest(token),
            "operator_id": operator_id,
            "csrf": secrets.token_urlsafe(24),
            "created_at": to_us(now),
            "seen_at": to_us(now),
            "expires_at": to_us(now + LASTS),
        },
    )
    return token


def digest(token: str) -> bytes:
    """What is stored of a token; 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


_running = (
    select(
        _sign_in,
        _operator.c.region,
        _operator.c.name,
        _operator.c.display_name,
        _operator.c.role,
        _operator.c.language,
        _operator.c.must_change,
    )
    .join(_operator, _operator.c.id == _sign_in.c.operator_id)
    .where(_operator.c.disabled.is_(False), _sign_in.c.expires_at > bindparam("at"), _sign_in.c.seen_at > bindparam("idle"))
)


def session(conn: Connection, token_digest: bytes, now: datetime) -> Session | None:
    """The running sign-in of this digest; none when it ended, fell idle or was revoked."""
    for row in conn.execute(_running.where(_sign_in.c.token_digest == token_digest), _moment(now)):
        return _session(row)
    return None


def sessions(conn: Connection, operator_id: int, now: datetime) -> list[Session]:
    """All running sign-ins of an operator, newest first."""
    rows = conn.execute(_running.where(_sign_in.c.operator_id == operator_id).order_by(_sign_in.c.created_at.desc()), _moment(now))
    return [_session(row) for row in rows]


def _moment(now: datetime) -> dict[str, int]:
    return {"at": to_us(now), "idle": to_us(now - IDLE)}


def _session(row: Any) -> Session:
    who = Who(
        id=row.operator_id, region=row.region, name=row.name, display_name=row.display_name, role=Role(row.role), language=row.language
    )
    return Session(
        digest=bytes(row.token_digest),
        who=who,
        csrf=row.csrf,
        must_change=bool(row.must_change),
        created_at=from_us(row.created_at),
        seen_at=from_us(row.seen_at),
        expires_at=from_us(row.expires_at),
    )


def needs_touch(running: Session, now: datetime) -> bool:
    """Whether `touch` should write; once a minute is enough for an idle limit of hours."""
    return now - running.seen_at >= _SEEN_EVERY


def touch(conn: Connection, token_digest: bytes, now: datetime) -> None:
    """The operator did something: the idle limit counts from now."""
    conn.execute(update(_sign_in).where(_sign_in.c.token_digest == token_digest).values(seen_at=to_us(now)))


def end(conn: Connection, operator_id: int, token_digest: bytes) -> bool:
    """End one sign-in of this operator; False when it is not theirs or already over."""
    mine = delete(_sign_in).where(_sign_in.c.token_digest == token_digest, _sign_in.c.operator_id == operator_id)
    return bool(conn.execute(mine).rowcount)


def leave(conn: Connection, token_digest: bytes) -> None:
    """End the sign-in that a browser brings along when somebody signs in there, whoever's it is: nobody could sign out of it any more."""
    conn.execute(delete(_sign_in).where(_sign_in.c.token_digest == token_digest))


def end_all(conn: Connection, operator_id: int, keep: bytes | None = None) -> None:
    """End all sign-ins of an operator, but for the one of the digest `keep`."""
    gone = delete(_sign_in).where(_sign_in.c.operator_id == operator_id)
    conn.execute(gone if keep is None else gone.where(_sign_in.c.token_digest != keep))
