"""What counts as a database that is away, and what is a mistake of ours that no waiting mends."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hotline.store.database import Database, DatabaseUnavailable, DatabaseUnwritable, TransactionConflict


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM tidak_ada", "SELEC 1", "SELECT tidak_ada FROM contact", "INSERT INTO contact (id) VALUES (1)"]
)
def test_a_mistake_in_a_statement_is_no_absence(database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError), database.write() as conn:
        conn.execute(text(statement))
    with database.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM contact")).scalar() == 0


def test_nobody_at_the_address_is() -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(DatabaseUnavailable), away.read():
        pass
    away.close()


def test_a_folder_that_is_not_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "folder.db"
    folder.mkdir()
    away = Database(f"sqlite:///{folder}")
    with pytest.raises(DatabaseUnwritable), away.read():
        pass
    away.close()


@pytest.mark.parametrize("pragma", ["max_page_count=1", "query_only=ON"])
def test_a_file_without_room_or_right_to_write_is_one_that_cannot_be_written(sqlite_database: Database, pragma: str) -> None:
    with pytest.raises(DatabaseUnwritable), sqlite_database.write() as conn:
        conn.exec_driver_sql(f"PRAGMA {pragma}")
        conn.exec_driver_sql("CREATE TABLE lain (isi)")
        conn.exec_driver_sql("INSERT INTO lain VALUES (zeroblob(1000000))")


def test_a_file_that_somebody_else_holds_is_until_patience_ends(sqlite_url: str) -> None:
    held = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    held.execute("BEGIN EXCLUSIVE")
    database = Database(sqlite_url)
    try:
        with pytest.raises(DatabaseUnavailable), database.write(patience=0.05):
            pass
        threading.Timer(0.3, held.rollback).start()
        with database.write(patience=20):
            pass
    finally:
        held.rollback()
        held.close()
        database.close()


def test_a_statement_that_takes_too_long_is_and_a_deadlock_may_be_tried_again(postgresql_database: Database) -> None:
    with pytest.raises(DatabaseUnavailable), postgresql_database.read() as conn:
        conn.execute(text("SET LOCAL statement_timeout = '10ms'"))
        conn.execute(text("SELECT pg_sleep(1)"))
    with pytest.raises(TransactionConflict), postgresql_database.read() as conn:
        conn.execute(text("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$"))


def test_the_driver_takes_bytes_and_nothing_as_they_are() -> None:
    kept = b"kept"
    assert sqlite3.adapt(kept) is kept
    assert sqlite3.adapt(None) is None
