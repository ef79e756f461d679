"""Whoever works messages takes the cases of those who write in one order, so that two processes never wait in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic, sleep

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import OperationalError

from hotline.seal import Seal
from hotline.store import conversations
from hotline.store.crowd import Crowd
from hotline.store.database import Database
from hotline.store.tables.cases import CaseFile
from tests.support.clock import Clock
from tests.support.house import House, desk

_case = CaseFile.__table__  # type: ignore[attr-defined]
HIT = "anaknya dipukuli sekarang"


@pytest.fixture
def house(postgresql_database: Database, seal: Seal, clock: Clock) -> House:
    """A person with one story put away, one finished before it, and none that runs."""
    house = House(postgresql_database, seal, clock, {"kendal": desk("kendal")})
    house.say("ibu", HIT, "TUTUP", HIT)
    with house.database.write() as conn:
        person = the_person(house, conn)
        first, second = sorted(conn.execute(select(_case.c.id)).scalars())
        person.session = replace(person.session, waits=first)
        person.case_id, person.last_case_id, person.changed = None, second, True
        conversations.save(conn, seal, [person])
    return house


@pytest.fixture
def elsewhere(postgresql_database: Database) -> Iterator[Database]:
    """The same database, as another process sees it."""
    other = Database(postgresql_database.url)
    yield other
    other.close()


def the_person(house: House, conn: Connection) -> conversations.Conversation:
    return next(iter(conversations.load(conn, house.seal, [house.seal.fingerprint("kendal", "sim-whatsapp", "ibu")]).values()))


def until_somebody_waits(conn: Connection) -> None:
    end = monotonic() + 20
    while not conn.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar():
        assert monotonic() < end, "nobody waits for the lock"
        sleep(0.01)


def test_a_case_put_away_is_locked_before_younger_ones(house: House, elsewhere: Database) -> None:
    with house.database.read() as conn:
        first, second = sorted(conn.execute(select(_case.c.id)).scalars())

    def write() -> set[int]:
        with elsewhere.write() as conn:
            crowd = Crowd(conn, house.seal, {}, [house.incoming("ibu", "halo")], alarm_ids=[])
            return {one for one in (first, second) if crowd.ledger.state(one).version}

    with ThreadPoolExecutor(1) as another, house.database.write() as conn:
        conn.execute(select(_case.c.id).where(_case.c.id == first).with_for_update())
        waits = another.submit(write)
        until_somebody_waits(conn)
        try:
            conn.execute(select(_case.c.id).where(_case.c.id == second).with_for_update(nowait=True))
        except OperationalError:
            pytest.fail("the younger case is held by somebody who waits for the older one")
        assert not waits.done()
        conn.rollback()
        assert waits.result(timeout=20) == {first, second}
