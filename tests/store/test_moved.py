"""How cases to which something happened are found, and how they are read: neither slows down with what ever was."""

from __future__ import annotations

from typing import Any

from sqlalchemy.event import listen

from hotline.store import clocks, ledger
from hotline.store.database import Database
from tests.support.clock import Clock


def test_looking_for_moved_cases_reads_the_latest_events_and_not_all_there_ever_were(sqlite_database: Database, clock: Clock) -> None:
    asked: list[tuple[str, Any]] = []
    listen(sqlite_database.engine, "before_cursor_execute", lambda _conn, _cursor, sql, values, *_: asked.append((sql, values)))
    with sqlite_database.write() as conn:
        clocks.moved(conn, clock(), 100)
        look = next((sql, values) for sql, values in asked if "FROM case_event" in sql)
        plan = conn.exec_driver_sql("EXPLAIN QUERY PLAN " + look[0], look[1]).all()
    assert [step[3] for step in plan if "case_event" in step[3]] == ["SEARCH case_event USING INDEX ix_case_event_at (at>?)"]


def test_reading_a_case_looks_at_its_running_alarm_and_not_at_every_call_that_ever_failed(sqlite_database: Database) -> None:
    with sqlite_database.write() as conn:
        look = ledger._select.written(conn, ids=[1, 2])
        plan = [step[3] for step in conn.exec_driver_sql("EXPLAIN QUERY PLAN " + look[0], tuple(look[1]))]
    assert "SEARCH alarm USING INDEX uq_alarm_case_id (case_id=?)" in plan
    assert "SEARCH alarm_page USING INDEX ix_alarm_page_alarm_id (alarm_id=?)" in plan
    assert "ringing" not in look[1], "with a parameter SQLite would compile the statement anew at every use"
