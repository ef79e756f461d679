"""How the scheduler finds the cases to which something happened."""

from __future__ import annotations

from typing import Any

from sqlalchemy.event import listen

from hotline.store import clocks
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
