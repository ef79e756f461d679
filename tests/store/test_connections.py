"""Connections that the server cut while they were idle."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from hotline.store.database import Database, DatabaseUnavailable

CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'teduh' AND datname = current_database()"


def use_and_lose(database: Database, cutter: Database) -> None:
    with database.write() as conn:
        conn.execute(text("SELECT 1"))
    with cutter.engine.connect() as conn:
        conn.execute(text(CUT + " AND pid <> pg_backend_pid()"))


def test_one_idle_for_a_while_is_asked_before_it_is_used(postgresql_url: str) -> None:
    database, cutter = Database(postgresql_url, trusted_seconds=0), Database(postgresql_url)
    use_and_lose(database, cutter)
    with database.write() as conn:
        assert conn.execute(text("SELECT 1")).scalar() == 1
    database.close()
    cutter.close()


def test_one_just_used_fails_once_and_all_others_are_made_anew(postgresql_url: str) -> None:
    database, cutter = Database(postgresql_url, trusted_seconds=60), Database(postgresql_url)
    use_and_lose(database, cutter)
    with pytest.raises(DatabaseUnavailable), database.write() as conn:
        conn.execute(text("SELECT 1"))
    with database.write() as conn:
        assert conn.execute(text("SELECT 1")).scalar() == 1
    database.close()
    cutter.close()
