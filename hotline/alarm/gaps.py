"""The roster's gaps: stretches of time in which nobody is on duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

Stretch = tuple[datetime, datetime]
"""From, until; aware datetimes, the end not included."""


def gaps(covered: Iterable[Stretch], start: datetime, end: datetime) -> list[Stretch]:
    """The parts of start..end that no stretch covers, in order. Stretches may overlap and come in any order."""
    found: list[Stretch] = []
    open_from = start
    for begins, ends in sorted(covered):
        if begins >= end:
            break
        if begins > open_from:
            found.append((open_from, begins))
        open_from = max(open_from, ends)
    if open_from < end:
        found.append((open_from, end))
    return found
