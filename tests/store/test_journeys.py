"""What is written last leaves with the COMMIT: all of it is kept or nothing, and the connection is whole afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from hotline.store.bulk import Bulk, last_words, together
from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.tables import Lease

_lease = Lease.__table__  # type: ignore[attr-defined]
_put = Bulk(insert(_lease))
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'teduh' AND datname = current_database()"


def row(name: str) -> dict[str, object]:
    return {"name": name, "owner": "me", "until": 1}


def names(database: Database) -> list[str]:
    with database.read() as conn:
        return sorted(conn.execute(text("SELECT name FROM lease")).scalars())


def test_what_is_written_last_is_kept(database: Database) -> None:
    with database.write() as conn:
        _put(conn, [row("first")])
        last_words(conn)
        with together(conn):
            _put(conn, [row("second")])
        last_words(conn)
        _put(conn, [row(f"more {i}") for i in range(6)])
    assert names(database) == ["first", *(f"more {i}" for i in range(6)), "second"]


def test_one_refused_row_undoes_all_and_is_told(database: Database) -> None:
    with database.write() as conn:
        _put(conn, [row("known")])
    with pytest.raises(IntegrityError), database.write() as conn:
        _put(conn, [row("before")])
        last_words(conn)
        _put(conn, [row("known")])
        _put(conn, [row("after")])
    assert names(database) == ["known"]
    with database.write() as conn:
        last_words(conn)
        _put(conn, [row("later")])
    assert names(database) == ["known", "later"]


def test_an_error_of_ours_undoes_what_was_to_leave(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as conn:
        last_words(conn)
        _put(conn, [row("never")])
        raise ZeroDivisionError
    with database.write() as conn:
        assert conn.execute(text("SELECT count(*) FROM lease")).scalar() == 0


def test_a_connection_cut_on_the_way_keeps_nothing_and_says_so(postgresql_url: str) -> None:
    database, cutter = Database(postgresql_url), Database(postgresql_url)
    with pytest.raises(DatabaseUnavailable), database.write() as conn:
        conn.execute(text("SELECT 1"))
        last_words(conn)
        with cutter.engine.connect() as other:
            other.execute(text(CUT + " AND pid <> pg_backend_pid()"))
        _put(conn, [row("never")])
    assert names(cutter) == []
    with database.write() as conn:
        last_words(conn)
        _put(conn, [row("again")])
    assert names(cutter) == ["again"]
    database.close()
    cutter.close()
