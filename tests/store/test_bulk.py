"""Statements compiled once give what SQLAlchemy's own execution gives, for lists of every length, on both engines."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from hotline.seal import Seal
from hotline.store.database import Database
from hotline.store.sql.bulk import Bulk, Lookup, together
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Rate
from tests.store.people import arrive
from tests.support.clock import Clock

_contact, _rate = Contact.__table__, Rate.__table__  # type: ignore[attr-defined]
_insert = Bulk(insert(_rate))
_update = Bulk(update(_rate).where(_rate.c.key == bindparam("k")).values(next_at=bindparam("at")))
_all = Lookup(select(_rate).where(_rate.c.key.in_(bindparam("keys", expanding=True))))


def test_a_list_of_any_length_finds_its_rows_each_once(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        ids = [arrive(conn, seal, f"p{i}", clock()) for i in range(20)]
        of_region = (_contact.c.region == bindparam("of_region"), _contact.c.id.in_(bindparam("ids", expanding=True)))
        lookup = Lookup(select(_contact).where(*of_region))
        for length in [*range(1, 21), 3, 20]:
            rows = lookup(conn, of_region="kendal", ids=ids[:length])
            assert sorted(r.id for r in rows) == ids[:length]
            assert lookup(conn, ids=ids[:length], of_region="entah") == []
        assert {bytes(r.address_key) for r in lookup(conn, of_region="kendal", ids=ids)} == {
            seal.fingerprint("kendal", "sim-whatsapp", f"p{i}") for i in range(20)
        }


def test_what_looks_like_a_placeholder_is_text(database: Database) -> None:
    lookup = Lookup(select(_contact.c.id).where(_contact.c.region == bindparam("of_region"), _contact.c.channel != "50 %s :x ?"))
    with database.read() as conn:
        assert lookup(conn, of_region="100 %(a)s ? :b") == []


@pytest.mark.parametrize("number", [1, 3, 4, 70])
def test_rows_are_written_however_many_there_are(database: Database, number: int) -> None:
    rows = [{"key": f"slot {i}, \"{{'}}\\", "next_at": i} for i in range(number)]
    with database.write() as conn:
        _insert(conn, rows)
        _update(conn, [{"k": row["key"], "at": row["next_at"] + (1 << 40)} for row in rows[1:]])
        found = {row.key: row.next_at for row in _all(conn, keys=[row["key"] for row in rows])}
        assert found == {row["key"]: row["next_at"] + ((1 << 40) if i else 0) for i, row in enumerate(rows)}
        assert _all(conn, keys=[]) == []


@pytest.mark.parametrize("number", [1, 8])
@pytest.mark.parametrize("at_once", [True, False])
def test_what_the_database_refuses_is_raised_as_everywhere_without_the_values(database: Database, number: int, at_once: bool) -> None:
    rows = [{"key": f"rahasia {i}", "next_at": i} for i in range(number)]
    with pytest.raises(IntegrityError) as refused, database.write() as conn, together(conn) if at_once else nullcontext():
        _insert(conn, rows)
        _insert(conn, rows)
    assert refused.value.params is None
    with database.read() as conn:
        assert _all(conn, keys=[row["key"] for row in rows]) == []


def test_what_is_asked_together_is_answered_in_its_order(database: Database) -> None:
    with database.write() as conn:
        with together(conn):
            _insert(conn, [{"key": "a", "next_at": 1}])
            first = _all.ask(conn, keys=["a"])
            _insert(conn, [{"key": "b", "next_at": 2}])
            then = _all.ask(conn, keys=["a", "b"])
        assert ([r.key for r in first.rows()], sorted(r.key for r in then.rows())) == (["a"], ["a", "b"])


@pytest.mark.parametrize("number", [1, 8])
def test_what_is_too_long_for_its_column_is_refused_and_never_cut(postgresql_database: Database, number: int) -> None:
    rows = [{"key": "x" * 1000 + str(i), "next_at": 1} for i in range(number)]
    with pytest.raises(DataError), postgresql_database.write() as conn:
        _insert(conn, rows)
