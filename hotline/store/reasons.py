"""Why cases have their level, for many cases at once: the reasons of the latest rise or fall."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from hotline.case import EventKind
from hotline.seal import Seal
from hotline.store.tables.cases import CaseEvent

_event = CaseEvent.__table__  # type: ignore[attr-defined]
_levels = (
    select(_event.c.id, _event.c.case_id, _event.c.kind, _event.c.body_sealed)
    .where(
        _event.c.case_id.in_(bindparam("ids", expanding=True)),
        _event.c.kind.in_([EventKind.RAISED.value, EventKind.LOWERED.value]),
    )
    .order_by(_event.c.case_id, _event.c.seq)
)


def of_cases(conn: Connection, seal: Seal, case_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """case id -> reasons such as ("R1=ya", "R3=serumah"), as `hotline.case.fold` would keep them."""
    found: dict[int, tuple[str, ...]] = {}
    for row in conn.execute(_levels, {"ids": list(case_ids)}).all():
        body = json.loads(seal.open(row.body_sealed, "case_event", row.id, "body"))
        listed = body.get("reasons")
        if row.kind == EventKind.LOWERED.value:
            found[row.case_id] = ()
        elif isinstance(listed, list) and listed:
            found[row.case_id] = tuple(map(str, listed))
    return found
