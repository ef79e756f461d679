"""PINs: four digits, known afterwards only by a slow hash over a keyed digest, so neither the table nor a guesser gets far."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hotline.seal import Seal

PIN_DIGITS = 4
TRIES = 5
"""Wrong PINs in a row before a lock (domain 4.4)."""
CASE_LOCK = timedelta(hours=24)
CONTACT_LOCK = timedelta(hours=1)

# The digest's key is what protects four digits; the hash makes each guess of someone who has the key cost milliseconds and memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=8 * 1024, parallelism=1)
_NO_CASE = _hasher.hash("no such case")


def new_pin() -> str:
    """Four random digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def hashed(seal: Seal, code: str, pin: str) -> str:
    """The slow hash to store (some milliseconds)."""
    return _hasher.hash(seal.fingerprint("pin", code, pin))


def matches(seal: Seal, code: str, pin: str, *, stored: str | None, sealed: str | None) -> bool:
    """Whether this is the PIN; takes as long for a case that does not exist (both None)."""
    try:
        fits = _hasher.verify(stored or _NO_CASE, seal.fingerprint("pin", code, pin)) and stored is not None
    except (VerificationError, InvalidHashError):
        fits = False
    return fits if sealed is None else hmac.compare_digest(sealed.encode(), pin.encode())
