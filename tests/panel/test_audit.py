"""The audit trail: one chain, also when many write at once, and a change in it is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hotline.seal import Seal
from hotline.store import audit
from hotline.store.database import Database
from tests.support.clock import Clock


def _write(database: Database, seal: Seal, clock: Clock, number: int) -> None:
    with database.write() as conn:
        audit.record(
            conn, seal, region="kendal", action="case.view", now=clock(), operator_id=number, case_id=7, detail={"reason": "menelepon"}
        )


def test_thirty_at_once_make_one_unbroken_chain(database: Database, seal: Seal, clock: Clock) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: _write(database, seal, clock, number), range(30)))
    with database.read() as conn:
        assert audit.verify(conn, seal) == 30
        assert {entry.operator_id for entry in audit.of_case(conn, seal, 7)} == set(range(30))


def test_an_act_that_fails_leaves_no_row(database: Database, seal: Seal, clock: Clock) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as conn:
        audit.record(conn, seal, region="kendal", action="case.view", now=clock())
        raise ZeroDivisionError
    _write(database, seal, clock, 1)
    with database.read() as conn:
        assert audit.verify(conn, seal) == 1


@pytest.mark.parametrize("change", ["UPDATE audit SET action = 'x' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2"])
def test_the_database_refuses_to_change_the_trail(change: str, database: Database, seal: Seal, clock: Clock) -> None:
    for number in range(3):
        _write(database, seal, clock, number)
    with pytest.raises(DBAPIError), database.write() as conn:
        conn.execute(text(change))
    with database.read() as conn:
        assert audit.verify(conn, seal) == 3


CHANGES = {
    "another operator": "UPDATE audit SET operator_id = 99 WHERE seq = 2",
    "another time": "UPDATE audit SET at = at + 1 WHERE seq = 2",
    "no reason": "UPDATE audit SET detail_sealed = NULL WHERE seq = 2",
    "a row gone": "DELETE FROM audit WHERE seq = 2",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_made_behind_its_back_is_found(change: str, database: Database, seal: Seal, clock: Clock) -> None:
    for number in range(4):
        _write(database, seal, clock, number)
    with database.write() as conn:
        _without_triggers(database, conn)
        conn.execute(text(CHANGES[change]))
    with database.read() as conn, pytest.raises(audit.AuditBroken) as broken:
        audit.verify(conn, seal)
    assert broken.value.seq in (2, 3)


def _without_triggers(database: Database, conn: object) -> None:
    if database.dialect == "postgresql":
        conn.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))  # type: ignore[attr-defined]
        return
    names = conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")).scalars()  # type: ignore[attr-defined]
    for name in list(names):
        conn.execute(text(f"DROP TRIGGER {name}"))  # type: ignore[attr-defined]


def test_a_new_chain_cannot_be_made_without_the_key(database: Database, seal: Seal, clock: Clock) -> None:
    _write(database, Seal([b"\x09" * 32]), clock, 1)
    with database.read() as conn, pytest.raises(audit.AuditBroken):
        audit.verify(conn, seal)


def test_reasons_are_sealed(database: Database, seal: Seal, clock: Clock) -> None:
    _write(database, seal, clock, 1)
    with database.read() as conn:
        stored = conn.execute(text("SELECT detail_sealed FROM audit")).scalar_one()
        [entry] = audit.of_case(conn, seal, 7)
    assert b"menelepon" not in bytes(stored)
    assert entry.detail == {"reason": "menelepon"}
