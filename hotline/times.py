"""Moments: aware datetimes in the core, whole microseconds since 1970 (UTC) in the tables of both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

Clock = Callable[[], datetime]
"""Where the time comes from; tests pass their own."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def now() -> datetime:
    """The real time, in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=64)
def to_us(moment: datetime) -> int:
    """Whole microseconds since 1970; the datetime must be aware. A turn asks for its own moment seven times.

    Of a zone whose clocks are put back, the two hours of that name are one to it; Indonesia's have none.
    """
    return (moment - _EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    """The aware datetime of a stored moment."""
    return _EPOCH + timedelta(microseconds=microseconds)
