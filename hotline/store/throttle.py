"""The sign-in throttle, in rows so that all processes share it: it knows failed tries by fingerprint, never whether a name exists."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from hotline.ids import new_id
from hotline.seal import Seal
from hotline.store.operators import as_kept
from hotline.store.tables.office import SignInTry
from hotline.times import from_us, to_us

_try = SignInTry.__table__  # type: ignore[attr-defined]

FREE_TRIES, FREE_TRIES_OF_ADDRESS = 5, 40
"""Wrong sign-ins without a pause: for one name or from one known browser, and from one address (an office shares one) or from all known
browsers of a name."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=15)
_REMEMBERED = timedelta(hours=1)


class TooManyTries(Exception):
    """Too many wrong sign-ins for this name or from this address: wait, then try again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(TooManyTries.__doc__)
        self.wait = wait


def check(conn: Connection, seal: Seal, name: str, address: str, now: datetime, browser: str = "") -> None:
    """Raises TooManyTries while a pause runs. It knows failed tries only, so it answers alike for every name, known or not.

    `browser`: a mark of one that this operator has signed in with before. Its tries are counted apart, so that whoever knows a name
    or shares the address cannot keep its operator out.
    """
    # Whoever knew the password for a day may have many marks: together they are slowed as an address is.
    whole = _marks_key(seal, name) if browser else _address_key(seal, address)
    for key, free in ((_name_key(seal, name, browser), FREE_TRIES), (whole, FREE_TRIES_OF_ADDRESS)):
        tries, last = conn.execute(
            select(func.count(), func.max(_try.c.at)).where(_try.c.key == key, _try.c.at > to_us(now - _REMEMBERED))
        ).one()
        if tries >= free:
            until = from_us(last) + min(_FIRST_PAUSE * 2 ** min(tries - free, 10), _LONGEST_PAUSE)
            if until > now:
                raise TooManyTries(until - now)


def failed(conn: Connection, seal: Seal, name: str, address: str, now: datetime, browser: str = "") -> None:
    """Remember a wrong sign-in for an hour, by fingerprint only."""
    conn.execute(delete(_try).where(_try.c.at <= to_us(now - _REMEMBERED)))
    keys = [_name_key(seal, name, browser), _address_key(seal, address), *([_marks_key(seal, name)] if browser else [])]
    conn.execute(insert(_try), [{"id": new_id(), "key": key, "at": to_us(now)} for key in keys])


def succeeded(conn: Connection, seal: Seal, name: str, browser: str = "") -> None:
    """A right sign-in clears the failed tries of its name, or of its browser where that is known; those of the address stay."""
    conn.execute(delete(_try).where(_try.c.key == _name_key(seal, name, browser)))


def _name_key(seal: Seal, name: str, browser: str) -> bytes:
    return seal.fingerprint("sign-in name", as_kept(name), *([browser] if browser else []))


def _marks_key(seal: Seal, name: str) -> bytes:
    return seal.fingerprint("sign-in known browsers", as_kept(name))


def _address_key(seal: Seal, address: str) -> bytes:
    return seal.fingerprint("sign-in address", _line(address))


def _line(address: str) -> str:
    """Whose address it is: one IPv6 line has more addresses (/64) than anybody could count tries of."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.IPv6Network((int(found), 64), strict=False))
    return address
