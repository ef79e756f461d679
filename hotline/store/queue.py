"""The operators' queue in SQL: three lanes and two lists, worst and longest waiting first, paged by key, scoped to who asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, select, tuple_

from hotline.case import Emergency, Level
from hotline.staff import Right, Who
from hotline.store import conflicts
from hotline.store.cases import CODE_DIGITS, CaseNotFound
from hotline.store.only import ALL, Only
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.office import Operator
from hotline.store.tables.people import Contact
from hotline.times import from_us, to_us

_case = CaseFile.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
_NEVER = (1 << 62) - 1
MOST = 50
"""Cases on one page of one list."""


class Lane(StrEnum):
    """The lists of the queue: the three lanes, all open cases, closed ones."""

    DARURAT = "darurat"
    BARU = "baru"
    SAYA = "saya"
    TERBUKA = "terbuka"
    DITUTUP = "ditutup"


LANES = (Lane.DARURAT, Lane.BARU, Lane.SAYA)


class CursorInvalid(Exception):
    """The mark of the next page was not made here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case as the queue shows it: categories and times, no words, no names, no address."""

    id: int
    region: str
    code: str
    track: str
    level: Level
    stage: str
    emergency: Emergency
    owner_id: int | None
    owner: str
    owner_gone: bool
    """The holder's account is disabled: nobody works on it, whoever it names."""
    kind: str
    reporter: str
    age_band: str
    area: str
    told: str
    wants_talk: bool
    """The reporter asked to speak with an officer, and nobody has answered what they said since."""
    lowering_by: int | None
    """The operator who wishes its level lower and waits for a second person."""
    closed: bool
    opened_at: datetime
    waiting_since: datetime | None
    unread: int
    due_at: datetime | None
    version: int
    contact_id: int | None
    channel: str
    last_in_at: datetime | None
    phone: str
    push: str
    push_hours: str
    rank: int
    """0 emergency nobody acknowledged, 1 emergency taken, 2 deadline missed, 3 TINGGI, 4 somebody waits for us, 5 the rest."""
    reasons: tuple[str, ...] = ()
    """The answers that caused the level; filled in by `hotline.store.reasons`."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases of a list and the mark of the next page, empty on the last."""

    lines: tuple[Line, ...]
    next: str = ""


def visible(who: Who) -> ColumnElement[bool]:
    """Which rows of case_file this operator may see at all. Every query of the panel that reaches a case goes through here."""
    if not who.may(Right.READ):
        return false()
    mine: ColumnElement[bool] = _case.c.region == who.region
    mine = and_(mine, conflicts.not_kept_from(who))
    return and_(mine, _case.c.owner_id == who.id) if who.own_cases_only else mine


def _of(lane: Lane, who: Who) -> ColumnElement[bool]:
    still: ColumnElement[bool] = _case.c.closed.is_(False)
    rings = _case.c.emergency == Emergency.AKTIF.value
    match lane:
        case Lane.DARURAT:
            return and_(still, rings)
        case Lane.BARU:
            return and_(still, ~rings, _case.c.owner_id.is_(None))
        case Lane.SAYA:
            return and_(still, ~rings, _case.c.owner_id == who.id)
        case Lane.TERBUKA:
            return still
        case Lane.DITUTUP:
            closed: ColumnElement[bool] = _case.c.closed.is_(True)
            return closed


def _rank(now_us: int) -> ColumnElement[int]:
    return case(
        (_case.c.emergency == Emergency.AKTIF.value, 0),
        (and_(_case.c.emergency == Emergency.DITANGANI.value, _case.c.level >= int(Level.DARURAT_TELAAH)), 1),
        (_case.c.due_at < now_us, 2),
        (_case.c.level >= int(Level.TINGGI), 3),
        (_case.c.waiting_since.is_not(None), 4),
        else_=5,
    )


# Ties go to the oldest words nobody has answered, so that a reporter who writes again neither jumps the queue nor loses their place.
_waiting: ColumnElement[int] = func.coalesce(_case.c.waiting_since, _NEVER)
_COLUMNS = (
    *_case.c,
    _operator.c.display_name.label("owner"),
    _operator.c.disabled.label("owner_gone"),
    _contact.c.channel,
    _contact.c.last_in_at,
    _contact.c.phone,
    _contact.c.push,
    _contact.c.push_hours,
)
_FROM = _case.outerjoin(_operator, _operator.c.id == _case.c.owner_id).outerjoin(_contact, _contact.c.id == _case.c.contact_id)


def page(conn: Connection, who: Who, lane: Lane, *, now: datetime, after: str = "", most: int = MOST, only: Only = ALL) -> Page:
    """One page of a list in the order of urgency; `after` is the mark that the page before gave. Raises CursorInvalid."""
    if lane is Lane.DITUTUP:
        return _closed(conn, who, after, most, only)
    mark = _parse(after, 4) if after else None
    # Later pages rank by the first page's moment, or a deadline missed in between would move cases across the page's edge.
    moment = mark[0] if mark else to_us(now)
    rank = _rank(moment)
    query = select(*_COLUMNS, rank.label("rank")).select_from(_FROM).where(visible(who), _of(lane, who), only.condition(who))
    if mark:
        query = query.where(tuple_(rank, _waiting, _case.c.id) > tuple_(*mark[1:]))
    rows = conn.execute(query.order_by(rank, _waiting, _case.c.id).limit(most + 1)).all()
    lines = tuple(_line(row) for row in rows[:most])
    if len(rows) <= most:
        return Page(lines)
    last = rows[most - 1]
    return Page(lines, f"{moment}.{last.rank}.{_NEVER if last.waiting_since is None else last.waiting_since}.{last.id}")


def _closed(conn: Connection, who: Who, after: str, most: int, only: Only) -> Page:
    these = visible(who), _of(Lane.DITUTUP, who), only.condition(who)
    query = select(*_COLUMNS, _rank(0).label("rank")).select_from(_FROM).where(*these)
    if after:
        query = query.where(_case.c.id < _parse(after, 1)[0])
    rows = conn.execute(query.order_by(_case.c.id.desc()).limit(most + 1)).all()
    lines = tuple(_line(row) for row in rows[:most])
    return Page(lines, str(lines[-1].id) if len(rows) > most else "")


def _parse(mark: str, parts: int) -> tuple[int, ...]:
    if not re.fullmatch(r"\d{1,19}(\.\d{1,19})*", mark, re.ASCII) or mark.count(".") != parts - 1:
        raise CursorInvalid(CursorInvalid.__doc__)
    numbers = tuple(int(n) for n in mark.split("."))
    if max(numbers) > (1 << 63) - 1:
        raise CursorInvalid(CursorInvalid.__doc__)
    return numbers


def counts(conn: Connection, who: Who) -> Mapping[Lane, int]:
    """How many cases each lane holds; closed ones are not counted (there may be a million)."""
    open_lanes = (*LANES, Lane.TERBUKA)
    sums = [func.count(case((_of(lane, who), 1))) for lane in open_lanes]
    row = conn.execute(select(*sums).where(visible(who), _case.c.closed.is_(False))).one()
    return dict(zip(open_lanes, map(int, row), strict=True))


def by_code(conn: Connection, who: Who, written: str) -> Line:
    """The case of a code as a person writes it, with spaces or dashes. Raises CaseNotFound, also for a case this operator may not see."""
    code = re.sub(r"[\s.\-]", "", written)
    if not re.fullmatch(rf"\d{{{CODE_DIGITS}}}", code, re.ASCII):
        raise CaseNotFound(CaseNotFound.__doc__)
    return _one(conn, visible(who), _case.c.code == code)


def by_id(conn: Connection, who: Who, case_id: int) -> Line:
    """The case of an id. Raises CaseNotFound, also for a case this operator may not see."""
    return _one(conn, visible(who), _case.c.id == case_id)


def by_ids(conn: Connection, who: Who, case_ids: Iterable[int]) -> dict[int, Line]:
    """The cases of these ids, as far as this operator may see them."""
    query = select(*_COLUMNS, _rank(0).label("rank")).select_from(_FROM).where(visible(who), _case.c.id.in_(list(case_ids)))
    return {row.id: _line(row) for row in conn.execute(query)}


def _one(conn: Connection, *conditions: ColumnElement[bool]) -> Line:
    row = conn.execute(select(*_COLUMNS, _rank(0).label("rank")).select_from(_FROM).where(*conditions)).first()
    if row is None:
        raise CaseNotFound(CaseNotFound.__doc__)
    return _line(row)


def with_reasons(lines: Iterable[Line], reasons: Mapping[int, tuple[str, ...]]) -> tuple[Line, ...]:
    """The same lines with the reasons of their level."""
    return tuple(replace(line, reasons=reasons.get(line.id, ())) for line in lines)


def to_approve(conn: Connection, who: Who, most: int = MOST) -> list[str]:
    """The codes of cases whose lowering waits for a second person, which this operator may be; the longest known first."""
    if not who.may(Right.APPROVE):
        return []
    waits = _case.c.lowering_by.is_not(None), _case.c.lowering_by != who.id, _case.c.closed.is_(False)
    return list(conn.execute(select(_case.c.code).where(visible(who), *waits).order_by(_case.c.id).limit(most)).scalars())


def _line(row: Any) -> Line:
    return Line(
        id=row.id,
        region=row.region,
        code=row.code,
        track=row.track,
        level=Level(row.level),
        stage=row.stage,
        emergency=Emergency(row.emergency),
        owner_id=row.owner_id,
        owner=row.owner or "",
        owner_gone=bool(row.owner_gone),
        kind=row.kind,
        reporter=row.reporter,
        age_band=row.age_band,
        area=row.area,
        told=row.told,
        wants_talk=row.wants_talk == "ya" and row.waiting_since is not None,
        lowering_by=row.lowering_by,
        closed=bool(row.closed),
        opened_at=from_us(row.opened_at),
        waiting_since=_moment(row.waiting_since),
        unread=row.unread,
        due_at=_moment(row.due_at),
        version=row.version,
        contact_id=row.contact_id,
        channel=row.channel or "",
        last_in_at=_moment(row.last_in_at),
        phone=row.phone or "",
        push=row.push or "",
        push_hours=row.push_hours or "",
        rank=row.rank,
    )


def _moment(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)
