"""What people have found out of a case, as its events tell it."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from hotline.case import FACTS, EventKind
from hotline.compact import loads
from hotline.seal import Seal
from hotline.store.sql.bulk import Lookup
from hotline.store.tables.cases import CaseEvent

_event = CaseEvent.__table__  # type: ignore[attr-defined]
_records = Lookup(
    select(_event.c.id, _event.c.body_sealed).where(
        _event.c.case_id.in_(bindparam("ids", expanding=True)), _event.c.kind == EventKind.RECORDED.value
    )
)


def found_out(conn: Connection, seal: Seal, case_id: int) -> frozenset[str]:
    """The columns of the queue that people filled in: `kind`, `area`. Of what is written; not of what a transaction still holds."""
    bodies = (loads(seal.open(row.body_sealed, "case_event", row.id, "body")) for row in _records(conn, ids=[case_id]))
    return frozenset(FACTS) & {str(body["what"]) for body in bodies}
