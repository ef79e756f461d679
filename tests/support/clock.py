"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Call it for the time, as one calls `hotline.times.now`."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)) -> None:
        """Begins on a Monday, 09:00 in Jakarta."""
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def shift(self, **by: float) -> datetime:
        """Move on by timedelta's arguments, such as `minutes=5`; the new time."""
        self._now += timedelta(**by)
        return self._now

    def set(self, moment: datetime) -> None:
        """Jump to this moment."""
        self._now = moment
