"""Inserting unless it is there tells truly whether it inserted, on both engines: leases, receipts and outages rest on it."""

from __future__ import annotations

from datetime import timedelta

from hotline.store import leases, outages
from hotline.store.database import Database
from hotline.store.sql.upsert import insert_if_missing
from hotline.store.tables.process import Lease
from tests.support.clock import Clock

_lease = Lease.__table__  # type: ignore[attr-defined]
TTL = timedelta(seconds=6)


def test_the_second_of_two_equal_rows_is_not_inserted(database: Database) -> None:
    with database.write() as conn:
        assert insert_if_missing(conn, _lease, {"name": "a", "owner": "one", "until": 1}) is True
    with database.write() as conn:
        assert insert_if_missing(conn, _lease, {"name": "a", "owner": "two", "until": 2}) is False


def test_a_partial_unique_index_counts_too(database: Database, clock: Clock) -> None:
    with database.write() as conn:
        assert outages.begin(conn, outages.WORKER, None, "one", clock()) is not None
    with database.write() as conn:
        assert outages.begin(conn, outages.WORKER, None, "two", clock()) is None
        assert outages.end(conn, outages.WORKER, clock()) is True
        assert outages.begin(conn, outages.WORKER, None, "two", clock()) is not None


def test_only_one_leads(database: Database, clock: Clock) -> None:
    with database.write() as conn:
        assert leases.take(conn, "scheduler", "one", TTL, clock()) is True
    with database.write() as conn:
        assert leases.take(conn, "scheduler", "two", TTL, clock()) is False
    with database.write() as conn:
        assert leases.take(conn, "scheduler", "one", TTL, clock()) is True
    clock.shift(seconds=7)
    with database.write() as conn:
        assert leases.take(conn, "scheduler", "two", TTL, clock()) is True
    with database.write() as conn:
        assert leases.take(conn, "scheduler", "one", TTL, clock()) is False
