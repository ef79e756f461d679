"""Finds the cases whose level changed in a span of time, without opening anything."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from hotline.case import EventKind
from hotline.store.tables.cases import CaseEvent, CaseFile
from hotline.times import to_us

_case = CaseFile.__table__  # type: ignore[attr-defined]
_event = CaseEvent.__table__  # type: ignore[attr-defined]


def looked_at(conn: Connection, region: str, kinds: Collection[EventKind], begin: datetime, end: datetime) -> list[tuple[int, str]]:
    """Id and code of every case of the region with such an event from `begin` until before `end`."""
    asked = (
        select(_case.c.id, _case.c.code)
        .join(_event, _event.c.case_id == _case.c.id)
        .where(
            _case.c.region == region,
            _event.c.kind.in_([kind.value for kind in kinds]),
            _event.c.at >= to_us(begin),
            _event.c.at < to_us(end),
        )
        .distinct()
        .order_by(_case.c.id)
    )
    return [(int(row.id), str(row.code)) for row in conn.execute(asked)]
