"""The log of SQLite: carried away while people write, begun anew, and nothing of it lost."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import text

from hotline.store.carry import carrying
from hotline.store.database import Database

_KIB, _MIB = 1024, 1024 * 1024
_LONG = _MIB // 2
_MANY = 1_200


def _log(database: Database) -> Path:
    return Path(f"{database.url.removeprefix('sqlite:///')}-wal")


def _note(database: Database, number: int, size: int) -> None:
    with database.write() as conn:
        conn.execute(text("INSERT INTO carried (id, body) VALUES (:id, zeroblob(:size))"), {"id": number, "size": size})


async def _beside(database: Database, people: Callable[[], Awaitable[None]]) -> None:
    carrier = asyncio.create_task(carrying(database, long=_LONG))
    try:
        await people()
    finally:
        carrier.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await carrier


def test_a_log_that_people_write_begins_anew_before_it_is_long_and_nothing_is_lost(sqlite_database: Database) -> None:
    longest = 0

    async def write() -> None:
        nonlocal longest
        for number in range(_MANY):
            _note(sqlite_database, number, 20 * _KIB)
            longest = max(longest, _log(sqlite_database).stat().st_size)
            await asyncio.sleep(0.001)

    with sqlite_database.write() as conn:
        conn.execute(text("CREATE TABLE carried (id INTEGER PRIMARY KEY, body BLOB)"))
    asyncio.run(_beside(sqlite_database, write))
    assert longest < 12 * _MIB, "24 were written in all"
    with sqlite_database.read() as conn:
        assert conn.execute(text("SELECT count(*), sum(length(body)) FROM carried")).one() == (_MANY, _MANY * 20 * _KIB)


def test_what_was_committed_is_in_the_file_soon_after(sqlite_database: Database, tmp_path: Path) -> None:
    """Also where it was too little for the log to begin anew."""

    async def one() -> None:
        await asyncio.sleep(0.1)
        _note(sqlite_database, 1, 100)
        for _ in range(200):
            await asyncio.sleep(0.05)
            alone = tmp_path / "alone.db"
            alone.write_bytes(Path(sqlite_database.url.removeprefix("sqlite:///")).read_bytes())
            with contextlib.closing(sqlite3.connect(alone)) as without_log:
                if without_log.execute("SELECT count(*) FROM carried").fetchone() == (1,):
                    return
        raise AssertionError

    with sqlite_database.write() as conn:
        conn.execute(text("CREATE TABLE carried (id INTEGER PRIMARY KEY, body BLOB)"))
    sqlite_database.carry()
    asyncio.run(_beside(sqlite_database, one))


def test_there_is_nothing_to_carry_where_there_is_no_such_log(database: Database) -> None:
    with database.write() as conn:
        conn.execute(text("CREATE TABLE carried (id INTEGER PRIMARY KEY)"))
    assert (database.carry() > 0) == (database.dialect == "sqlite")
