"""Keeping the roster: who is on duty when, week after week, and the holidays; each change has its row in the audit log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from hotline.seal import Seal
from hotline.staff import Right, Who
from hotline.store import audit
from hotline.store.alarm import roster
from hotline.store.alarm.roster import Duty

LONGEST = timedelta(days=14)
MOST_WEEKS = 26
ACTIONS = ("duty.add", "duty.remove", "holiday.add", "holiday.remove")
"""What the audit log calls each change."""


class DutyOver(Exception):
    """A duty that has already ended cannot be entered any more."""


class DutyTooLong(Exception):
    """One duty lasts at most fourteen days: enter it in parts."""


class WeeksInvalid(Exception):
    """A duty is repeated for at most 26 weeks."""


class DutyGone(Exception):
    """This duty is not on the roster any more."""


class HolidayInvalid(Exception):
    """A holiday has a name, and lies at most two years ahead."""


def add(
    conn: Connection,
    seal: Seal,
    who: Who,
    zone: ZoneInfo,
    *,
    operator_id: int,
    position: int,
    starts_at: datetime,
    ends_at: datetime,
    weeks: int,
    now: datetime,
) -> int:
    """Put an officer on duty, and again at the same local hours in the `weeks` weeks after; gives how many duties were entered.

    Raises DutyOver, DutyTooLong, WeeksInvalid and what `roster.add_duty` raises; then none is entered.
    """
    who.must(Right.ROSTER)
    if not 0 <= weeks <= MOST_WEEKS:
        raise WeeksInvalid(WeeksInvalid.__doc__)
    if ends_at - starts_at > LONGEST:
        raise DutyTooLong(DutyTooLong.__doc__)
    if starts_at < ends_at <= now:
        raise DutyOver(DutyOver.__doc__)
    local = starts_at.astimezone(zone), ends_at.astimezone(zone)
    for week in range(weeks + 1):
        begins, ends = (moment + timedelta(weeks=week) for moment in local)
        roster.add_duty(conn, who.region, operator_id=operator_id, position=position, starts_at=begins, ends_at=ends)
    _record(
        conn, seal, who, "duty.add", now, officer=str(operator_id), position=str(position), start=local[0].isoformat(), weeks=str(weeks)
    )
    return weeks + 1


def remove(conn: Connection, seal: Seal, who: Who, duty_id: int, *, now: datetime) -> Duty:
    """Take a duty off the roster; gives what it was, so that it can be put back. Raises DutyGone."""
    who.must(Right.ROSTER)
    found = roster.duty(conn, who.region, duty_id)
    if found is None or not roster.remove_duty(conn, who.region, duty_id):
        raise DutyGone(DutyGone.__doc__)
    _record(
        conn, seal, who, "duty.remove", now, officer=str(found.operator_id), position=str(found.position), start=found.starts_at.isoformat()
    )
    return found


def add_holiday(conn: Connection, seal: Seal, who: Who, *, day: date, name: str, now: datetime) -> None:
    """Enter a public holiday. Raises HolidayInvalid."""
    who.must(Right.ROSTER)
    clean = " ".join(name.split())
    if not 1 <= len(clean) <= roster.NAME_LIMIT or not clean.isprintable() or abs(day - now.date()) > timedelta(days=731):
        raise HolidayInvalid(HolidayInvalid.__doc__)
    if roster.add_holiday(conn, who.region, day, clean):
        _record(conn, seal, who, "holiday.add", now, day=day.isoformat())


def remove_holiday(conn: Connection, seal: Seal, who: Who, *, day: date, now: datetime) -> None:
    """Make it an ordinary day again."""
    who.must(Right.ROSTER)
    if roster.remove_holiday(conn, who.region, day):
        _record(conn, seal, who, "holiday.remove", now, day=day.isoformat())


def _record(conn: Connection, seal: Seal, who: Who, action: str, now: datetime, **detail: str) -> None:
    audit.record(conn, seal, region=who.region, action=action, now=now, operator_id=who.id, detail=detail)
