"""The roster of a region: who is on duty when, its gaps, and the Dinas calendar of public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select

from hotline.alarm.gaps import Stretch
from hotline.alarm.gaps import gaps as gaps_of
from hotline.ids import new_id
from hotline.store.sql.bulk import Asked, Lookup
from hotline.store.sql.upsert import insert_if_missing
from hotline.store.tables.alarm import DutyRow, HolidayRow
from hotline.store.tables.office import Operator
from hotline.times import from_us, to_us

_duty = DutyRow.__table__  # type: ignore[attr-defined]
_holiday = HolidayRow.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
FIRST, SECOND = 1, 2
POSITIONS = (FIRST, SECOND)
NAME_LIMIT = 120


class DutyInvalid(Exception):
    """A duty ends after it starts, and its position is 1 (first on call) or 2 (second)."""


class DutyTwice(Exception):
    """This officer already has this position in a part of that time."""


class OfficerUnknown(Exception):
    """There is no such officer in this region, or the account is disabled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One stretch of duty. Times are aware, in UTC; the end is not included."""

    id: int
    operator_id: int
    name: str
    """The officer's name for colleagues."""
    position: int
    """1 petugas piket pertama, 2 petugas piket kedua."""
    starts_at: datetime
    ends_at: datetime
    disabled: bool = False
    """The officer's account is disabled: this duty covers nothing."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day without office hours, as the Dinas keeps it."""

    day: date
    name: str


def add_duty(conn: Connection, region: str, *, operator_id: int, position: int, starts_at: datetime, ends_at: datetime) -> int:
    """Put an officer on the roster; gives the duty's id. Raises DutyInvalid, DutyTwice, OfficerUnknown."""
    if ends_at <= starts_at or position not in POSITIONS:
        raise DutyInvalid(DutyInvalid.__doc__)
    # The account's row is held, so that of two people who add the same duty at once the second one sees the first.
    mine = select(_operator.c.id).where(_operator.c.id == operator_id, _operator.c.region == region, _operator.c.disabled.is_(False))
    if conn.execute(mine.with_for_update()).first() is None:
        raise OfficerUnknown(OfficerUnknown.__doc__)
    same = (_duty.c.operator_id == operator_id, _duty.c.position == position)
    if conn.execute(select(_duty.c.id).where(*same, *_between(starts_at, ends_at)).limit(1)).first():
        raise DutyTwice(DutyTwice.__doc__)
    row_id = new_id()
    times = {"starts_at": to_us(starts_at), "ends_at": to_us(ends_at)}
    conn.execute(insert(_duty), {"id": row_id, "region": region, "operator_id": operator_id, "position": position, **times})
    return row_id


def remove_duty(conn: Connection, region: str, duty_id: int) -> bool:
    """Take a duty off the roster; False when this region has no such duty."""
    return bool(conn.execute(delete(_duty).where(_duty.c.id == duty_id, _duty.c.region == region)).rowcount)


def duty(conn: Connection, region: str, duty_id: int) -> Duty | None:
    """One duty of this region."""
    row = conn.execute(_listed.where(_duty.c.region == region, _duty.c.id == duty_id)).first()
    return None if row is None else _made(row)


def duties(conn: Connection, region: str, start: datetime, end: datetime) -> list[Duty]:
    """Every duty that lies at least partly between these moments, by start, then position."""
    return [_made(row) for row in conn.execute(_listed.where(_duty.c.region == region, *_between(start, end)))]


def on_duty(conn: Connection, region: str, at: datetime) -> list[Duty]:
    """Who is on duty at this moment, first position first; officers whose account is disabled are left out."""
    return on_duty_in(ask_on_duty(conn, region, at))


def ask_on_duty(conn: Connection, region: str, at: datetime) -> Asked:
    """For `on_duty_in`."""
    return _on_duty.ask(conn, of_region=region, at=to_us(at))


def on_duty_in(asked: Asked) -> list[Duty]:
    """`on_duty`, once it is answered."""
    return sorted((_made(row) for row in asked.rows()), key=lambda d: (d.position, d.starts_at, d.id))


def gaps(conn: Connection, region: str, start: datetime, end: datetime, position: int = FIRST) -> list[Stretch]:
    """When nobody with a working account is on duty in this position, between these moments: (from, until), in order."""
    held = (d for d in duties(conn, region, start, end) if d.position == position and not d.disabled)
    return gaps_of(((d.starts_at, d.ends_at) for d in held), start, end)


def add_holiday(conn: Connection, region: str, day: date, name: str) -> bool:
    """Enter a public holiday; False when the day was one already (its name stays)."""
    values = {"region": region, "day": day.isoformat(), "name": name.strip()[:NAME_LIMIT]}
    return insert_if_missing(conn, _holiday, values)


def remove_holiday(conn: Connection, region: str, day: date) -> bool:
    """Make it an ordinary day again; False when it was one."""
    return bool(conn.execute(delete(_holiday).where(_holiday.c.region == region, _holiday.c.day == day.isoformat())).rowcount)


def holidays(conn: Connection, region: str, start: date, end: date) -> list[Holiday]:
    """The holidays from `start` to `end`, both included, in order."""
    days = _holiday.c.day.between(start.isoformat(), end.isoformat())
    query = select(_holiday).where(_holiday.c.region == region, days).order_by(_holiday.c.day)
    return [Holiday(date.fromisoformat(row.day), row.name) for row in conn.execute(query)]


_listed = (
    select(_duty, _operator.c.display_name, _operator.c.disabled)
    .join(_operator, _operator.c.id == _duty.c.operator_id)
    .order_by(_duty.c.starts_at, _duty.c.position, _duty.c.id)
)


_runs = (_duty.c.starts_at <= bindparam("at"), _duty.c.ends_at > bindparam("at"))
_on_duty = Lookup(_listed.where(_duty.c.region == bindparam("of_region"), *_runs, _operator.c.disabled.is_(False)))


def _between(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _duty.c.ends_at > to_us(start), _duty.c.starts_at < to_us(end)


def _made(row: Any) -> Duty:
    return Duty(
        id=row.id,
        operator_id=row.operator_id,
        name=row.display_name,
        position=row.position,
        starts_at=from_us(row.starts_at),
        ends_at=from_us(row.ends_at),
        disabled=bool(row.disabled),
    )
