"""Operators' passwords: argon2id, one-time passwords a person can read out, and what a chosen one must be."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# RFC 9106, second recommended option: 64 MiB, three passes. About 0.1 s, so callers keep it out of the event loop and few at a time.
_hasher = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=2)
MINIMUM = 12
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0, 1
_GROUPS, _GROUP = 4, 4


class PasswordTooShort(Exception):
    """A password has at least 12 characters."""


class PasswordTooPlain(Exception):
    """This password is easy to guess: too few different characters, or it holds the sign-in name."""


class PasswordUnchanged(Exception):
    """The new password must differ from the old one."""


def one_time() -> str:
    """A password to hand over, 79 bits, such as `kx7m-9pqr-twe3-hd5n`."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(_GROUP)) for _ in range(_GROUPS))


def hashed(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password. Without a stored hash it takes as long and says no, so that a name cannot be probed by time."""
    try:
        _hasher.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _nobody() -> str:
    return hashed(secrets.token_urlsafe())


def check(password: str, name: str) -> None:
    """Raises PasswordTooShort or PasswordTooPlain."""
    if len(password) < MINIMUM:
        raise PasswordTooShort(PasswordTooShort.__doc__)
    if len(set(password.lower())) < 5 or name.lower() in password.lower():
        raise PasswordTooPlain(PasswordTooPlain.__doc__)
