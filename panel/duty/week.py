"""One week of the roster, day by day, as people read it: each duty cut at midnight, gaps between them, who shares an hour. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hotline.store.alarm.roster import Duty

DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of one day: a duty's, or a gap when `duty` is none. `ends` may be the next midnight."""

    begins: datetime
    ends: datetime
    duty: Duty | None = None
    shared: bool = False
    """Somebody else has the same position in a part of the duty."""

    @property
    def sort(self) -> tuple[datetime, int]:
        """By time; of two that begin together the first position first, a gap before both."""
        return self.begins, self.duty.position if self.duty else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the week shown."""

    date: date
    holiday: str
    today: bool
    stretches: tuple[Stretch, ...]


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins."""
    return datetime.combine(day, time(), zone)


def week(
    first: date,
    zone: ZoneInfo,
    duties: Iterable[Duty],
    gaps: Iterable[tuple[datetime, datetime]],
    holidays: Iterable[tuple[date, str]],
    today: date,
) -> list[Day]:
    """Seven days from `first` on."""
    held, open_, named = list(duties), list(gaps), dict(holidays)
    shared = {d.id for d in held if any(_meet(d, other) for other in held if other.id != d.id and other.position == d.position)}
    days = []
    for day in (first + timedelta(days=i) for i in range(DAYS)):
        begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)
        parts = [
            Stretch(begins=max(d.starts_at, begins), ends=min(d.ends_at, ends), duty=d, shared=d.id in shared)
            for d in held
            if d.starts_at < ends and d.ends_at > begins
        ]
        parts += [Stretch(begins=max(g[0], begins), ends=min(g[1], ends)) for g in open_ if g[0] < ends and g[1] > begins]
        days.append(Day(date=day, holiday=named.get(day, ""), today=day == today, stretches=tuple(sorted(parts, key=lambda s: s.sort))))
    return days


def proposed(gaps: Iterable[tuple[datetime, datetime]], zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """What the form offers first: the nearest gap from its full hour on, at most a day long; without a gap the next twelve hours."""
    begins, ends = next(iter(gaps), (now, now + timedelta(hours=12)))
    start = begins.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    return start, min(ends.astimezone(zone), start + timedelta(days=1))


def _meet(one: Duty, other: Duty) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
