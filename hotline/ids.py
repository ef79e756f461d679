"""Row ids made by the application, so that a row can be sealed under its id before it is inserted."""

from __future__ import annotations

import itertools
import secrets
import time

_EPOCH = 1_767_225_600  # 2026-01-01T00:00:00Z, so that 32 bits of seconds last until 2162
_BITS = 31


class _Counter:
    """Ids rise within a process and sort roughly by time; each second starts at a random place, so two processes rarely meet.

    A meeting is a primary-key conflict: the transaction fails whole and is tried again with new ids.
    """

    def __init__(self) -> None:
        self._second = 0
        self._next = itertools.count()

    def __call__(self) -> int:
        second = int(time.time())
        if second > self._second:
            # The upper quarter stays free, so that counting on never runs into the next second's ids.
            self._second, self._next = second, itertools.count(secrets.randbelow(3 << (_BITS - 2)))
        return (self._second - _EPOCH) << _BITS | next(self._next)


new_id = _Counter()
"""A new positive 63-bit id."""
