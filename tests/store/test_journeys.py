"""What is written last leaves with the COMMIT: all of it is kept or nothing, and the connection is whole afterwards."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import BigInteger, Boolean, LargeBinary, SmallInteger, String, bindparam, column, insert, select, table, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError

from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.sql.bulk import Bulk, Lookup, OutOfTurn, last_words, together
from hotline.store.tables.process import Lease
from hotline.store.tables.sending import Rate

_lease, _rate = Lease.__table__, Rate.__table__  # type: ignore[attr-defined]
_put = Bulk(insert(_lease))
_find = Lookup(select(_lease.c.name).where(_lease.c.name.in_(bindparam("names", expanding=True))))
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


@pytest.mark.parametrize("with_last_words", [True, False])
def test_a_transaction_that_failed_before_is_never_taken_for_kept(postgresql_database: Database, with_last_words: bool) -> None:
    """PostgreSQL answers its COMMIT with a ROLLBACK and no error."""
    with pytest.raises(InternalError, match="nothing of it was kept"), postgresql_database.write() as conn:
        _put(conn, [row("before")])
        with suppress(DBAPIError):
            conn.execute(text("SELECT 1/0"))
        if with_last_words:
            last_words(conn)
    assert names(postgresql_database) == []
    with postgresql_database.write() as conn:
        last_words(conn)
        _put(conn, [row("after")])
    assert names(postgresql_database) == ["after"]


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


def test_the_rows_of_a_question_that_has_not_travelled_are_not_to_be_had(postgresql_database: Database) -> None:
    with postgresql_database.write() as conn:
        with together(conn):
            asked = _find.ask(conn, names=["a"])
            with pytest.raises(RuntimeError, match="not travelled"):
                asked.rows()
        assert asked.rows() == []


def test_nothing_overtakes_what_waits_for_its_journey(postgresql_database: Database) -> None:
    with pytest.raises(OutOfTurn), postgresql_database.write() as conn, together(conn):
        conn.execute(text("SELECT 1"))  # Nothing waits yet.
        _put(conn, [row("waits")])
        conn.execute(text("SELECT 1"))
    assert names(postgresql_database) == []


def test_a_statement_refused_at_its_first_journey_or_rolled_back_is_still_understood(postgresql_database: Database) -> None:
    put, find = Bulk(insert(_lease)), Lookup(select(_lease.c.name).where(_lease.c.name == bindparam("name")))
    with pytest.raises(IntegrityError), postgresql_database.write() as conn, together(conn):
        put(conn, [row("twice"), row("twice")])
        find.ask(conn, name="twice")  # Never made known: the journey had failed before.
    with pytest.raises(ZeroDivisionError), postgresql_database.write() as conn:
        put(conn, [row("undone")])
        raise ZeroDivisionError
    with postgresql_database.write() as conn:
        put(conn, [row("once")])
        assert [found.name for found in find(conn, name="once")] == ["once"]
    assert names(postgresql_database) == ["once"]


def test_far_more_than_the_buffers_hold_travels_both_ways(postgresql_database: Database) -> None:
    """Server and client each wait for the other when neither reads while it writes."""
    with postgresql_database.write() as conn:
        conn.execute(text("CREATE TEMP TABLE letter (id bigint, page bytea)"))
        letter = table("letter", column("id", BigInteger), column("page", LargeBinary))
        put = Bulk(insert(letter).values(id=bindparam("id"), page=bindparam("page")))
        find = Lookup(select(letter.c.id, letter.c.page).where(letter.c.id.in_(bindparam("ids", expanding=True))))
        pages = [{"id": i, "page": bytes([i % 256]) * 100_000} for i in range(60)]
        with together(conn):
            put(conn, pages)
            found = [find.ask(conn, ids=list(range(60))) for _ in range(3)]
            put(conn, pages)
        assert [sorted((r.id, r.page) for r in asked.rows()) for asked in found] == [[(p["id"], p["page"]) for p in pages]] * 3


def test_every_kind_of_value_comes_back_as_it_left(postgresql_database: Database) -> None:
    kinds = {"big": BigInteger, "small": SmallInteger, "words": String(40), "seal": LargeBinary, "flag": Boolean}
    thing = table("thing", column("id", BigInteger), *[column(name, kind) for name, kind in kinds.items()])
    with postgresql_database.write() as conn:
        conn.execute(text("CREATE TEMP TABLE thing (id bigint, big bigint, small smallint, words varchar(40), seal bytea, flag boolean)"))
        put = Bulk(insert(thing).values({c.name: bindparam(c.name, type_=c.type) for c in thing.c}))
        values = [(-(1 << 63), -7, "", b"", False), ((1 << 63) - 1, 7, 'anak "😀" \\{a,b},NULL\n', bytes(range(256)), True), (None,) * 5]
        rows = [{"id": i, **dict(zip(kinds, found, strict=True))} for i, found in enumerate(values * 3)]
        put(conn, rows[:2])
        put(conn, rows[2:])
        found = Lookup(select(thing))(conn)
    assert sorted(map(tuple, found)) == [tuple(one.values()) for one in rows]


@pytest.mark.parametrize("number", [1, 8])
def test_a_number_too_great_for_its_column_is_refused(postgresql_database: Database, number: int) -> None:
    rows = [{"key": f"{i}", "next_at": 1 << 63} for i in range(number)]
    put = Bulk(insert(_rate))
    with pytest.raises(struct.error), postgresql_database.write() as conn:
        put(conn, rows)
    with postgresql_database.write() as conn:
        put(conn, [{"key": "a", "next_at": 1}])


def test_a_column_changed_under_a_running_system_costs_one_turn_and_not_all(postgresql_url: str) -> None:
    """The server refuses a prepared statement whose columns are no longer what they were."""
    database = Database(postgresql_url)
    with database.write() as conn:
        conn.execute(text("CREATE TABLE changing (id bigint, word varchar(5))"))
    find = Lookup(select(column("word", String)).select_from(table("changing")).where(column("id", BigInteger) == bindparam("id")))
    try:
        with database.write() as conn:
            assert find(conn, id=1) == []
        with database.write() as conn:
            conn.execute(text("ALTER TABLE changing ALTER COLUMN word TYPE text"))
        with pytest.raises(DatabaseUnavailable), database.write() as conn:
            find(conn, id=1)
        with database.write() as conn:
            assert find(conn, id=1) == []
    finally:
        with database.write() as conn:
            conn.execute(text("DROP TABLE changing"))
        database.close()


def test_a_journey_broken_off_in_the_middle_takes_its_connection_along(postgresql_database: Database) -> None:
    class Hangup(BaseException):
        pass

    with pytest.raises(Hangup), postgresql_database.write() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None
        driver.wait = raising(Hangup())
        Lookup(select(_lease.c.name))(conn)
    assert driver.closed
    assert names(postgresql_database) == []


def raising(error: BaseException) -> Callable[..., None]:
    def instead(*_: object, **__: object) -> None:
        raise error

    return instead


def test_a_last_journey_does_not_begin_within_another(postgresql_database: Database) -> None:
    with pytest.raises(OutOfTurn), postgresql_database.write() as conn, together(conn):
        last_words(conn)


def test_a_connection_lost_within_a_journey_is_told_as_that(postgresql_url: str) -> None:
    database, cutter = Database(postgresql_url), Database(postgresql_url)
    with pytest.raises(DatabaseUnavailable), database.write() as conn:
        conn.execute(text("SELECT 1"))
        with together(conn):
            with cutter.engine.connect() as other:
                other.execute(text(CUT + " AND pid <> pg_backend_pid()"))
            conn.execute(text("SELECT 1"))
    database.close()
    cutter.close()
