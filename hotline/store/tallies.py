"""Counting the register of cases by its categories; nothing that is sealed is opened."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from hotline.figures.tally import Counted, Trait
from hotline.staff import Who
from hotline.store.tables.cases import CaseFile
from hotline.times import from_us, to_us

_case = CaseFile.__table__  # type: ignore[attr-defined]


def counted(conn: Connection, who: Who, begin: datetime, end: datetime) -> list[Counted]:
    """The cases of the operator's region that were opened in this time, by each trait."""
    of = (_case.c.region == who.region, _case.c.opened_at >= to_us(begin), _case.c.opened_at < to_us(end))
    found = []
    for trait in Trait:
        column = _case.c[trait.value]
        rows = conn.execute(select(_case.c.track, column, func.count()).where(*of).group_by(_case.c.track, column))
        found += [Counted(track=track, trait=trait, value=str(value), cases=cases) for track, value, cases in rows]
    return found


def first(conn: Connection, who: Who) -> datetime | None:
    """When the oldest case of the operator's region was opened."""
    found = conn.execute(select(func.min(_case.c.opened_at)).where(_case.c.region == who.region)).scalar()
    return None if found is None else from_us(found)
