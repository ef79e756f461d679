"""The audit trail: who did or saw what. Each row holds the keyed hash of the one before; the database refuses to change or delete one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, text

from hotline.seal import Seal
from hotline.store.tables.office import Audit
from hotline.times import from_us, to_us

_audit = Audit.__table__  # type: ignore[attr-defined]
_last = select(_audit.c.seq, _audit.c.hash).order_by(_audit.c.seq.desc()).limit(1)
_insert = insert(_audit)
_of_case = select(_audit).where(_audit.c.case_id == bindparam("k")).order_by(_audit.c.seq.desc()).limit(bindparam("most"))
_viewed_since = (
    select(_audit.c.seq)
    .where(
        _audit.c.case_id == bindparam("case"),
        _audit.c.operator_id == bindparam("operator"),
        _audit.c.action == bindparam("act"),
        _audit.c.at > bindparam("since"),
    )
    .limit(1)
)
# One writer at a time, until its commit, so that every row is chained to the one really before it. Taken last in every
# transaction, after case and contact locks, so nobody waits in a circle. SQLite's write lock does the same.
_lock = text("SELECT pg_advisory_xact_lock(7013601)")
_GENESIS = bytes(32)


class AuditBroken(Exception):
    """The audit trail was changed: the row `seq` does not follow from the one before it."""

    def __init__(self, seq: int) -> None:
        super().__init__(AuditBroken.__doc__)
        self.seq = seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the trail, opened."""

    seq: int
    at: datetime
    operator_id: int | None
    action: str
    case_id: int | None
    detail: Mapping[str, str]


def record(
    conn: Connection,
    seal: Seal,
    *,
    region: str,
    action: str,
    now: datetime,
    operator_id: int | None = None,
    case_id: int | None = None,
    detail: Mapping[str, str] | None = None,
) -> int:
    """Add a row and give its number. Call it last in the transaction of the act it records, so that neither is kept without the other."""
    if conn.dialect.name == "postgresql":
        conn.execute(_lock)
    last = conn.execute(_last).first()
    seq, before = (last.seq + 1, bytes(last.hash)) if last else (1, _GENESIS)
    sealed = seal(json.dumps(dict(detail), ensure_ascii=False, sort_keys=True), "audit", seq, "detail") if detail else None
    row: dict[str, Any] = {
        "seq": seq,
        "at": to_us(now),
        "operator_id": operator_id,
        "region": region,
        "action": action,
        "case_id": case_id,
        "detail_sealed": sealed,
    }
    conn.execute(_insert, row | {"hash": _hash(seal, before, row)})
    return seq


def _hash(seal: Seal, before: bytes, row: Mapping[str, Any]) -> bytes:
    """Keyed, so that whoever holds only the database cannot make a new chain after changing a row."""
    detail = row["detail_sealed"]
    parts = [row[name] for name in ("seq", "at", "operator_id", "region", "action", "case_id")]
    parts.append(bytes(detail).hex() if detail else None)
    said = json.dumps([before.hex(), *parts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(seal.fingerprint("audit", said) + said.encode()).digest()


def verify(conn: Connection, seal: Seal) -> int:
    """Walk the whole chain; gives the number of rows, raises AuditBroken at the first that does not fit.

    Rows cut off at the end leave a chain that fits: keep the number of the last row elsewhere to notice that.
    """
    before, count = _GENESIS, 0
    for row in conn.execute(select(_audit).order_by(_audit.c.seq)).mappings():
        count += 1
        if row["seq"] != count or bytes(row["hash"]) != _hash(seal, before, dict(row)):
            raise AuditBroken(int(row["seq"]))
        before = bytes(row["hash"])
    return count


def of_case(conn: Connection, seal: Seal, case_id: int, most: int = 50) -> list[Entry]:
    """The newest entries of one case, newest first."""
    return [_entry(seal, row) for row in conn.execute(_of_case, {"k": case_id, "most": most}).all()]


_LOOKED_BACK = 20_000


def latest(conn: Connection, seal: Seal, region: str, actions: Collection[str], most: int = 20) -> list[Entry]:
    """The newest entries of these actions in a region, newest first, found among the log's last 20,000 rows."""
    newest = select(func.max(_audit.c.seq)).scalar_subquery()
    query = select(_audit).where(_audit.c.seq > newest - _LOOKED_BACK, _audit.c.region == region, _audit.c.action.in_(actions))
    return [_entry(seal, row) for row in conn.execute(query.order_by(_audit.c.seq.desc()).limit(most)).all()]


def seen_since(conn: Connection, operator_id: int, case_id: int, action: str, since: datetime) -> bool:
    """Whether this operator already did this with this case after `since`."""
    values = {"case": case_id, "operator": operator_id, "act": action, "since": to_us(since)}
    return conn.execute(_viewed_since, values).first() is not None


def _entry(seal: Seal, row: Row[Any]) -> Entry:
    detail = json.loads(seal.open(row.detail_sealed, "audit", row.seq, "detail")) if row.detail_sealed else {}
    return Entry(seq=row.seq, at=from_us(row.at), operator_id=row.operator_id, action=row.action, case_id=row.case_id, detail=detail)
